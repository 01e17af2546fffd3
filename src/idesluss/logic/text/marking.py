"""Where a text was met: the words that answered, told apart from what stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from idesluss.logic.text.folding import words

EXCERPT = 240  # letters of an excerpt
BEFORE = 70  # of them at most before the first word that is met
MORE = "…"

# Letters and digits, with what is not seen between them (soft hyphens, directions) and accents.
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])*"
)
_SPACE = re.compile(r"\s+")
_SIGNS = (
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),  # a link or picture of Markdown
    (re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+", re.MULTILINE), ""),  # heading, quote, item
    (re.compile(r"\*\*|__|`"), ""),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``met``: a word that answered."""

    text: str
    met: bool = False


def pieces(text: str, met: Collection[str]) -> tuple[Piece, ...]:
    """Return ``text`` in pieces, in order and whole; ``met`` holds folded words."""
    found = []
    at = 0
    for match in _WORD.finditer(text):
        if _is_met(match.group(), met):
            if at < match.start():
                found.append(Piece(text[at : match.start()]))
            found.append(Piece(match.group(), met=True))
            at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def excerpt(text: str, met: Collection[str], length: int = EXCERPT) -> tuple[Piece, ...]:
    """Return so many letters of ``text`` around the first word in ``met``, or its beginning.

    In one line, without the signs of Markdown; what is left out before and after is told by "…".
    """
    for sign, instead in _SIGNS:
        text = sign.sub(instead, text)
    text = _SPACE.sub(" ", text).strip()
    first = next((it.start() for it in _WORD.finditer(text) if _is_met(it.group(), met)), 0)
    start = 0 if first <= BEFORE else _next_word(text, first - BEFORE, first)
    end = len(text) if len(text) - start <= length else _last_word(text, start, start + length)
    found = pieces(text[start:end], met)
    before = (Piece(f"{MORE} "),) if start else ()
    after = (Piece(f" {MORE}"),) if end < len(text) else ()
    return (*before, *found, *after)


def _is_met(word: str, met: Collection[str]) -> bool:
    told = words(word)
    return bool(told) and all(it in met for it in told)


def _next_word(text: str, start: int, before: int) -> int:
    """Where a word begins after ``start``, ``before`` at the latest."""
    space = text.find(" ", start, before)
    return before if space < 0 else space + 1


def _last_word(text: str, start: int, end: int) -> int:
    """Where a word ends before ``end``; ``end`` itself in one long word."""
    space = text.rfind(" ", start + 1, end + 1)
    return end if space < 0 else space
