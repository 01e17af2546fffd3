"""What the frame of every page needs, added to every template."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from idesluss.logic.themes import fingerprint
from idesluss.web.frame.navigation import links
from idesluss.web.frame.request import Request


def frame(request: Request) -> dict[str, Any]:
    """``organisation``, ``navigation``, ``languages``, ``theme_url`` and ``demo``."""
    organisation = getattr(request, "organisation", None)
    theme_url = ""
    if organisation is not None:
        digest = fingerprint(organisation.colour)
        theme_url = reverse("frame:theme", kwargs={"org": organisation.slug, "digest": digest})
    return {
        "organisation": organisation,
        "navigation": SimpleLazyObject(lambda: links(request)),
        "languages": settings.LANGUAGES,
        "theme_url": theme_url,
        "demo": settings.DEMO,
    }
