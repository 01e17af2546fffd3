"""Which cases look like a case: asked with its title and first sentences, both ways round.

How much alike two cases are is said of 1: what the other earns by the question that the one
makes, of what that one earns itself; and the mean of both ways, so that it is the same whichever
was looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from idesluss.ideas.models import QUITE, Idea
from idesluss.ideas.reads.alike import partners
from idesluss.ideas.usecases.alike import Near
from idesluss.insight.search.finding import Asked, Engine, engine_now
from idesluss.insight.search.follow import current, home, state_of
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.things import PUBLIC, SHELVES, Kind
from idesluss.logic.text.folding import Lang, language, words
from idesluss.logic.text.meeting import Met, meet
from idesluss.logic.text.stopwords import STOPWORDS
from idesluss.programmes.vocab import Visibility

SENTENCES = 2  # of the need, that say what a case is about
LEAST = 3  # words that two cases share, before they are said to look alike
DEEP = 60  # answers in which a case is looked for
CANDIDATES = 20  # that are asked the other way round
FIRST_LOOK = QUITE / 2  # how much alike two must be each way round

CASES = SHELVES[0]
KINDS_OF_CASES = [f"kind:{it.value}" for it in (Kind.NEED, Kind.IDEA)]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def followed() -> int | None:
    """The last line of the records that the index here has followed; None: there is no index."""
    folder = current(home())
    state = state_of(folder) if folder else None
    return state.line if state else None


def plain(text: str) -> str:
    """``text`` as a question in which no sign means anything."""
    return " ".join(words(text))


def gist(title: str, text: str) -> str:
    """What a text is about, as a question: its title and first sentences."""
    first = " ".join(_SENTENCE.split(text.strip())[:SENTENCES])
    return plain(f"{title}\n{first}")


def pairs_of(idea: Idea, *, at: datetime) -> list[Near]:
    """The cases that look like ``idea`` among those it may be a pair with, the most alike first.

    Those at least ``QUITE`` alike that share ``LEAST`` words. Without an index: none.
    """
    engine = engine_now()
    if engine is None:
        return []
    shares = _shares(engine, idea, _within(idea))
    likely = [number for number, share in shares.items() if share >= FIRST_LOOK]
    others = partners(idea, at=at).in_bulk(likely)
    near = []
    for other in [others[it] for it in likely if it in others][:CANDIDATES]:
        both = [[f"id:{CASES.code(it.pk)}" for it in (idea, other)]]
        back = _shares(engine, other, both).get(idea.pk, 0.0)
        score = (shares[other.pk] + back) / 2
        if back >= FIRST_LOOK and score >= QUITE:
            why = shared_words(engine, _asked(idea), other)
            if len(why) >= LEAST:
                near.append(Near(other.pk, round(score, 4), why))
    return sorted(near, key=lambda it: (-it.score, it.idea))


def _within(idea: Idea) -> list[list[str]]:
    """Where to look: at home, and at what everybody sees if everybody sees this one."""
    near = [f"org:{idea.organisation_id}"]
    if idea.visibility == Visibility.PUBLIC.value:
        near.append(PUBLIC)
    return [KINDS_OF_CASES, near]


def _asked(idea: Idea) -> Asked:
    return Asked(gist(idea.title, idea.need), language(idea.language))


def _shares(engine: Engine, idea: Idea, within: list[list[str]]) -> dict[int, float]:
    """What other cases earn by the question that ``idea`` makes, of what it earns itself.

    By number, the best first. Nothing, if it does not find itself: it is new to the index.
    """
    found = engine.reader.plain(engine.ask(_asked(idea)), within=within, limit=DEEP)
    earned = {it.code // KINDS: it.score for it in found}
    own = earned.pop(idea.pk, 0.0)
    return {number: min(score / own, 1.0) for number, score in earned.items()} if own else {}


def shared_words(engine: Engine, asked: Asked, idea: Idea) -> list[tuple[str, str]]:
    """Words that are asked with, each with the word of a case that it met (``couples``)."""
    told = CASES.words(idea)
    lang = language(told.language)
    met = meet(engine.ask(asked), told.title, told.text, lang, engine.lexicon)
    return couples(met, asked.lang, lang)


def couples(met: Iterable[Met], asked_in: Lang, told_in: Lang) -> list[tuple[str, str]]:
    """The words that met, in couples: each word once, and none that says little.

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
