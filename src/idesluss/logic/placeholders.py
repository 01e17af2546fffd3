"""Places in a proposed text that somebody still has to fill in: ``[[a quote, and whose]]``."""

from __future__ import annotations

import re

OPENS, CLOSES = "[[", "]]"
_PLACE = re.compile(r"\[\[(.*?)\]\]|\[\[|\]\]", re.DOTALL)


def place(words: str) -> str:
    """Return ``words`` marked as to be replaced."""
    return f"{OPENS}{words}{CLOSES}"


def left_in(text: str) -> list[str]:
    """Return what is still to be replaced in ``text``, in order; a lone bracket pair counts."""
    return [found[1].strip() if found[1] is not None else found[0] for found in
            _PLACE.finditer(text)]  # fmt: skip
