"""What a text is about, in few words: its title and first sentences, to ask with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from idesluss.logic.text.folding import Lang, words
from idesluss.logic.text.stopwords import STOPWORDS

ENOUGH = 3  # words that say something, before anything is asked
SENTENCES = 3
FULL = 12  # words that say something; with so many, no further sentence is needed
MOST_WORDS = 40
_END = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; the end of a line ends one too."""
    return [it for it in _END.split(text) if it.strip()]


def plain(text: str) -> str:
    """Return ``text`` as a question in which no sign means anything."""
    return " ".join(words(text))


def gist(title: str, text: str, lang: Lang) -> str:
    """Return what a text is about as a question, "" if it has too few words that say something.

    Nothing in it is read as a sign of the search: no quotes, no dash before a word.
    """
    told = words(title)
    for sentence in sentences(text)[:SENTENCES]:
        if len(_telling(told, lang)) >= FULL:
            break
        told += words(sentence)
    told = told[:MOST_WORDS]
    return " ".join(told) if len(_telling(told, lang)) >= ENOUGH else ""


def _telling(told: Iterable[str], lang: Lang) -> set[str]:
    """The words that say something."""
    return {it for it in told if len(it) > 1 and not it.isdigit() and it not in STOPWORDS[lang]}
