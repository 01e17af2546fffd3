"""A question, read: what a text must hold to answer it, and how much each thing counts.

A question is made of groups; a text earns a group by its best alternative. "demensklok" written
half, or "demenz" written wrong, earns as what was meant, a little less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.folding import Lang, words
from idesluss.logic.text.stopwords import STOPWORDS

MOST_LETTERS = 5_000
MOST_WORDS = 60  # of a question; what comes after them says little new
MOST_GRAMS = 60
TITLE_WORDS = 12  # of a question, whose letters are held against titles
PART = 0.45  # what a part of a compound counts beside the whole word
INNER = 0.7  # what the notion of a part counts beside that of the whole word
HALF = 0.8  # a word of which only the beginning is written
ONE_EDIT, TWO_EDITS = 0.7, 0.45
EDITED = 4  # letters of a word that may be misspelt; two edits from eight letters on
TWICE_EDITED = 8
HALF_LETTERS = 3  # letters of a half word that is completed
COMPLETED = 8  # at most so many ways

_PHRASE = re.compile(r'"([^"]*)"|[”“]([^”“]*)[”“]')
_WITHOUT = re.compile(r"(?:^|\s)[-–−]([^\W_][^\s]*)")


class Vocabulary(Protocol):
    """The words that are written in what is searched."""

    def count(self, word: str) -> int:
        """How many texts hold the folded word."""

    def beginning(self, start: str) -> Sequence[tuple[str, int]]:
        """The words that begin so, with their counts."""

    def near(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        """The words at most so many edits from ``word``, with the number of edits."""


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for: its alternatives with what each is worth, and the word asked with."""

    alternatives: tuple[tuple[str, float], ...]
    weight: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in three channels, and what must be or must not be there."""

    keys: tuple[Group, ...] = ()
    grams: tuple[Group, ...] = ()
    notions: tuple[Group, ...] = ()
    themes: tuple[Group, ...] = ()
    named: float = 0.0  # the share of the words that name a notion
    phrases: tuple[tuple[str, ...], ...] = ()  # folded words in a row
    without: tuple[str, ...] = ()  # keys

    def __bool__(self) -> bool:
        return bool(self.keys or self.grams or self.notions or self.phrases)


def ask(
    text: str, lang: Lang, lexicon: Lexicon, vocabulary: Vocabulary, *, typing: bool = False
) -> Question:
    """Read a question written in ``lang``; ``typing``: its last word may be half.

    "exact words" must stand in a row, -word must not be there; nothing else is syntax. A question
    of which nothing is left is empty, and finds nothing.
    """
    text = text[:MOST_LETTERS]
    without = tuple(
        lexicon.key(word, lang) for it in _WITHOUT.findall(text) for word in words(it)[:1]
    )
    text = _WITHOUT.sub(" ", text)
    phrases = tuple(tuple(told) for it in _PHRASE.findall(text) if (told := words("".join(it))))
    typing = typing and bool(text) and not text[-1].isspace()
    told = words(text)[:MOST_WORDS]
    keys: dict[tuple[str, ...], Group] = {}
    notions: dict[tuple[str, ...], Group] = {}
    themes: dict[int, list[str]] = defaultdict(list)  # and the words that point to each
    named: set[int] = set()
    meant = [place for place, word in enumerate(told) if word not in STOPWORDS[lang]]
    for place in meant:
        last = typing and place == len(told) - 1
        reader = _Word(told[place], lang, lexicon, vocabulary, half=last)
        for group in reader.key_groups():
            keys.setdefault(tuple(it for it, _ in group.alternatives), group)
        for theme in reader.own.themes:
            themes[theme].append(told[place])
        for group in reader.notion_groups():
            named.add(place)
            notions.setdefault(tuple(it for it, _ in group.alternatives), group)
    for theme, places in lexicon.spoken_of(told, lang):
        themes[theme].append(" ".join(told[place] for place in places))
    for rows, places in lexicon.named(told, lang):
        named.update(places)
        asked_with = " ".join(told[place] for place in places)
        tokens = tuple(map(str, rows))
        group = Group(tuple((token, 1.0) for token in tokens), 1.0, asked_with)
        notions.setdefault(tokens, group)
    return Question(
        keys=tuple(keys.values()),
        grams=_grams(told, lang, lexicon, half=typing),
        notions=tuple(notions.values()),
        themes=tuple(Group(((str(it), 1.0),), len(by), by[0]) for it, by in themes.items()),
        named=len(named.intersection(meant)) / len(meant) if meant else 0.0,
        phrases=phrases,
        without=without,
    )


class _Word:
    """One word of a question, with what else may have been meant by it."""

    def __init__(
        self, word: str, lang: Lang, lexicon: Lexicon, vocabulary: Vocabulary, *, half: bool
    ) -> None:
        self.word, self.lang, self.lexicon = word, lang, lexicon
        self.own = lexicon.read(word, lang)
        others = self._completed(vocabulary) if half else self._mended(vocabulary)
        self.meant = [(lexicon.read(other, lang), worth) for other, worth in others]

    def _completed(self, vocabulary: Vocabulary) -> list[tuple[str, float]]:
        """What a half word may become, the most usual first."""
        if len(self.word) < HALF_LETTERS:
            return []
        found = dict(vocabulary.beginning(self.word))
        for known in self.lexicon.notions(self.lang).beginning(self.word):
            found.setdefault(known, 0)
        found.pop(self.word, None)
        best = sorted(found.items(), key=lambda it: (-it[1], len(it[0]), it[0]))
        return [(it, HALF) for it, _ in best[:COMPLETED]] or self._mended(vocabulary)

    def _mended(self, vocabulary: Vocabulary) -> list[tuple[str, float]]:
        """What a word that nobody has written may have been meant as."""
        word = self.word
        if len(word) < EDITED or not word.isalpha() or self.own.notions or not self.own.keys:
            return []
        if vocabulary.count(word) or self.lexicon.is_word(word, self.lang):
            return []
        edits = 2 if len(word) >= TWICE_EDITED else 1
        found = dict(vocabulary.near(word, edits))
        for other, distance in self.lexicon.near(word, self.lang, edits):
            found.setdefault(other, distance)
        least = min(found.values(), default=0)
        worth = ONE_EDIT if least == 1 else TWO_EDITS
        return [(it, worth) for it in sorted(found) if found[it] == least][:COMPLETED]

    def key_groups(self) -> Iterable[Group]:
        """What the word is found by, and each of its parts."""
        if not self.own.keys:
            return
        whole = [(self.own.keys[0], 1.0)]
        whole += [(it.keys[0], worth) for it, worth in self.meant if it.keys]
        yield Group(_best(whole), 1.0, self.word)
        for key in self.own.keys[1:]:
            yield Group(((key, 1.0),), PART, self.word)
        others: dict[str, float] = {}
        for reading, worth in self.meant:
            for key in reading.keys[1:]:
                others[key] = max(worth, others.get(key, 0.0))
        for key, worth in others.items():
            if key not in self.own.keys:
                yield Group(((key, worth),), PART, self.word)

    def notion_groups(self) -> Iterable[Group]:
        """The rows that the word names, and those that its parts name."""
        rows = [(str(row), 1.0) for row in self.own.notions]
        rows += [(str(row), worth) for it, worth in self.meant for row in it.notions]
        if rows:
            yield Group(_best(rows), 1.0, self.word)
        inner = [(self.own, 1.0), *self.meant]
        weight = INNER if rows else 1.0
        seen: set[tuple[int, ...]] = set()
        for reading, worth in inner:
            for met in reading.parts:
                if met not in seen:
                    seen.add(met)
                    yield Group(tuple((str(row), worth) for row in met), weight, self.word)


def _best(alternatives: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Each alternative once, with the most that it is worth."""
    found: dict[str, float] = {}
    for token, worth in alternatives:
        found[token] = max(worth, found.get(token, 0.0))
    return tuple(found.items())


def _grams(told: Sequence[str], lang: Lang, lexicon: Lexicon, *, half: bool) -> tuple[Group, ...]:
    """The letters of the first words; a half word has no end yet."""
    found = lexicon.grams(told[:TITLE_WORDS], lang)
    if half and found and len(told) <= TITLE_WORDS and found[-1].endswith("_"):
        found = found[:-1]
    return tuple(Group(((it, 1.0),), 1.0) for it in dict.fromkeys(found[:MOST_GRAMS]))
