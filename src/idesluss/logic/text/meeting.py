"""Why a text answers a question: which of its words met which of those that were asked with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.asking import Group, Question
from idesluss.logic.text.folding import Lang, words
from idesluss.logic.text.stopwords import STOPWORDS

MOST = 6  # words that are named
MOST_READ = 400  # words of a text that are looked through


@dataclass(frozen=True, slots=True)
class Met:
    """A word of the question, and the words of the text that it met, as they stand there folded."""

    asked: str
    words: tuple[str, ...]


def meet(
    question: Question, title: str, text: str, lang: Lang, lexicon: Lexicon
) -> tuple[Met, ...]:
    """Return what met, in the order of the question.

    A word that was asked with and stands there as it is, is what it met; letters of the title that
    look alike are no reason that could be shown. Words that are spoken of the same matter with
    (themes) are one if there is no better.
    """
    keys, rows = _wanted(question.keys), _wanted(question.notions)
    notions = {int(row): asked for row, asked in rows.items()}
    met: dict[str, dict[str, None]] = {}
    texts = words(title), words(text)[:MOST_READ]
    for told in texts:
        for word in dict.fromkeys(told):
            reading = lexicon.read(word, lang)
            for key in reading.keys:
                for asked in keys.get(key, ()):
                    met.setdefault(asked, {})[word] = None
            for row in reading.all_notions:
                for asked in notions.get(row, ()):
                    met.setdefault(asked, {})[word] = None
        for named, places in lexicon.named(told, lang) if notions else ():
            for asked in (it for row in named for it in notions.get(row, ())):
                met.setdefault(asked, {}).update(dict.fromkeys(told[i] for i in places))
    order = dict.fromkeys(group.word for group in (*question.keys, *question.notions))
    if not met:
        met = _spoken_of(question, texts, lang, lexicon)
        order = dict.fromkeys(group.word for group in question.themes)
    return tuple(Met(asked, tuple(met[asked])[:MOST]) for asked in order if asked in met)


def _spoken_of(
    question: Question, texts: Iterable[Sequence[str]], lang: Lang, lexicon: Lexicon
) -> dict[str, dict[str, None]]:
    """By a word that was asked with, those that are spoken of the same matter with."""
    themes = {int(group.alternatives[0][0]): group.word for group in question.themes}
    met: dict[str, dict[str, None]] = {}
    for told in texts if themes else ():
        for word in dict.fromkeys(told):
            for theme in lexicon.read(word, lang).themes:
                if theme in themes:
                    met.setdefault(themes[theme], {})[word] = None
        for theme, places in lexicon.spoken_of(told, lang):
            if theme in themes:
                met.setdefault(themes[theme], {}).update(dict.fromkeys(told[i] for i in places))
    return met


def couples(met: Iterable[Met], asked_in: Lang, told_in: Lang) -> list[tuple[str, str]]:
    """Return the words that met, in couples: each word once, and none that says little.

    A word meets itself, if it can.
    """
    found: dict[str, str] = {}
    taken = set(STOPWORDS[told_in])
    for one in met:
        free = [word for word in one.words if word not in taken]
        if free and one.asked not in STOPWORDS[asked_in]:
            found[one.asked] = one.asked if one.asked in free else free[0]
            taken.update(free)
    return list(found.items())


def _wanted(groups: Sequence[Group]) -> dict[str, tuple[str, ...]]:
    """By token, the words that were asked with."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for token, _ in group.alternatives:
            found[token] = tuple(dict.fromkeys((*found.get(token, ()), group.word)))
    return found
