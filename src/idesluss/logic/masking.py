"""Cover a passage in a text, and find what is left of it elsewhere.

Somebody pastes what they saw on a page, so line ends and runs of spaces do not count, nor does
the size of letters. What is covered is kept word for word, so that it can be put back exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SHORTEST = 2  # characters of a passage, spaces not counted
LITTLE_WORDS = 5  # letters of two words such as "på en", which say nothing; a name may be as short


def found(text: str, passage: str) -> list[str]:
    """The stretches of ``text`` that say ``passage``, as they stand there, each once, in order."""
    return list(dict.fromkeys(hit.group() for hit in pattern(passage).finditer(text)))


def pattern(passage: str) -> re.Pattern[str]:
    """What finds ``passage`` with any space between its words, in letters of any size.

    An empty passage is found nowhere.
    """
    words = [re.escape(word) for word in passage.split()]
    return re.compile(r"\s+".join(words) or r"(?!)", re.IGNORECASE)


def cover(text: str, passage: str, mark: str) -> str:
    """``text`` with ``mark`` wherever it says ``passage``."""
    return pattern(passage).sub(lambda _: mark, text)


def cover_all(value: object, passages: Sequence[tuple[str, str]]) -> object:
    """A JSON value in which each (passage, mark) is covered in every text, keys left alone."""
    if isinstance(value, str):
        for passage, mark in passages:
            value = cover(value, passage, mark)
        return value
    if isinstance(value, dict):
        return {key: cover_all(it, passages) for key, it in value.items()}
    if isinstance(value, list):
        return [cover_all(it, passages) for it in value]
    return value


def remnant(text: str, passage: str) -> str:
    """Two neighbouring words of ``passage`` that ``text`` still says, or "": look there too.

    A title is often made of the first words of a need, and may say half of what was covered.
    """
    for one, two in pairwise(passage.split()):
        says_something = one[:1].isupper() or len(one) + len(two) > LITTLE_WORDS
        if says_something and pattern(f"{one} {two}").search(text):
            return f"{one} {two}"
    return ""
