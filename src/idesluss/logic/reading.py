"""How easy a text is to read, and to listen to: LIX, long sentences, and blanks left to fill in.

LIX (läsbarhetsindex) is the mean number of words in a sentence plus the percentage of words of
more than six letters (Björnsson, Läsbarhet, 1968). It was made for Swedish and holds for the
other Nordic languages too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from idesluss.logic.refusals import Refusal, gettext_noop

LONG_WORD: Final = 7  # letters
LONG_SENTENCE: Final = 20  # words: hard to follow when it is read aloud
FEWEST: Final = 12  # words; of fewer nothing can be said

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d.,:]*")
_END = re.compile(r"(?<=[.!?:])[\"”’)]?\s+|\n+")
_BLANK = re.compile(r"\[[^\[\]\n]{1,200}\](?!\()")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")


class Ease(StrEnum):
    """How easy it is, by Björnsson's scale."""

    VERY_EASY = "very_easy"  # below 30: children's books
    EASY = "easy"  # below 40: fiction
    MEDIUM = "medium"  # below 50: newspapers
    HARD = "hard"  # below 60: official texts
    VERY_HARD = "very_hard"


class BlankLeft(Refusal):
    """A blank of a ready wording is still there. Needs ``blank``."""

    sentence = gettext_noop("Fill this in, or take it away: %(blank)s.")
    field = "answer"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a text. ``lix`` and ``ease`` are None when it has too few words."""

    words: int
    sentences: int
    lix: int | None
    ease: Ease | None
    long: tuple[str, ...]  # sentences of more than ``LONG_SENTENCE`` words, in order


def reading(text: str) -> Reading:
    """Return how easy ``text`` (plain, or Markdown) is to read. Each line ends a sentence."""
    plain = _LINK.sub(r"\1", text)
    spoken = [(one.strip(), _WORD.findall(one)) for one in _END.split(plain)]
    spoken = [(sentence, words) for sentence, words in spoken if words]
    words = [word for _, said in spoken for word in said]
    long = tuple(sentence for sentence, said in spoken if len(said) > LONG_SENTENCE)
    if len(words) < FEWEST:
        return Reading(len(words), len(spoken), None, None, long)
    many_letters = sum(len(word) >= LONG_WORD for word in words)
    lix = round(len(words) / len(spoken) + 100 * many_letters / len(words))
    return Reading(len(words), len(spoken), lix, ease_of(lix), long)


def ease_of(lix: int) -> Ease:
    """Return the step of the scale that a LIX lies on."""
    for limit, ease in ((30, Ease.VERY_EASY), (40, Ease.EASY), (50, Ease.MEDIUM), (60, Ease.HARD)):
        if lix < limit:
            return ease
    return Ease.VERY_HARD


def blanks(text: str) -> tuple[str, ...]:
    """Return the blanks that a ready wording leaves to its writer: "[what we did]", in order.

    Links of Markdown are no blanks.
    """
    return tuple(_BLANK.findall(text))
