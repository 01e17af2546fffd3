"""A long text in pieces that can be worked on one by one, and put together again."""

from __future__ import annotations

import re

MARKS = (re.compile(r"\s*\n\s*"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
"""Where a text is divided: between paragraphs, else between sentences, else between words."""


def divide(text: str, most: int) -> list[tuple[str, str]]:
    """Return pieces of at most ``most`` characters, each with the white space that follows it.

    All joined together are ``text`` without white space at its beginning; no piece is empty.
    """
    rest, found = text.lstrip(), []
    while rest:
        end, after = _cut(rest, most)
        found.append((rest[:end], rest[end:after]))
        rest = rest[after:]
    return found


def _cut(text: str, most: int) -> tuple[int, int]:
    """Where the first piece of ``text`` ends, and where the next one begins."""
    bare = text.rstrip()
    if len(bare) <= most:
        return len(bare), len(text)
    for mark in MARKS:
        places = [it.span() for it in mark.finditer(text) if 0 < it.start() <= most]
        if places:
            return places[-1]
    return most, most
