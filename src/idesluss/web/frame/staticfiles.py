"""Addresses of built files that change with their content, so that browsers may keep them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Versioned(StaticFilesStorage):
    """Static files where they lie, with a part of their digest in the address."""

    def url(self, name: str | None) -> str:
        """The address of ``name``; unknown names keep their plain address."""
        plain = super().url(name)
        digest = (_digest_now if settings.DEBUG else _digest)(name or "")
        return f"{plain}?{digest}" if digest else plain


def _digest_now(name: str) -> str:
    found = finders.find(name)
    return sha256(Path(found).read_bytes()).hexdigest()[:12] if found else ""


_digest = cache(_digest_now)
