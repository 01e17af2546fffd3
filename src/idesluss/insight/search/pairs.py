"""Which cases look like a case: asked with its title and first sentences, both ways round.

How much alike two cases are is said of 1: what the other earns by the question that the one
makes, of what that one earns itself; and the mean of both ways, so that it is the same whichever
was looked at.
"""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.alike import partners
from idesluss.ideas.usecases.alike import Near
from idesluss.insight.search.finding import Asked, Engine, engine_now
from idesluss.insight.search.follow import current, home, state_of
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.things import PUBLIC, SHELVES, Kind
from idesluss.logic.text.asking import Question
from idesluss.logic.text.folding import language
from idesluss.logic.text.gist import gist
from idesluss.programmes.vocab import Visibility

ENOUGH = 0.3  # how much alike two cases must be, with what their shared words add to it
A_WORD, WORDS = 0.025, 5  # what each of so many words adds
DEEP = 60  # answers in which a case is looked for
CANDIDATES = 20  # that are asked the other way round
FIRST_LOOK = 0.1  # how much alike two must be each way round

CASES = SHELVES[0]
KINDS_OF_CASES = [f"kind:{it.value}" for it in (Kind.NEED, Kind.IDEA)]


def followed() -> int | None:
    """The last line of the records that the index here has followed; None: there is no index."""
    folder = current(home())
    state = state_of(folder) if folder else None
    return state.line if state else None


def pairs_of(idea: Idea, *, at: datetime) -> list[Near]:
    """The cases that look like ``idea`` among those it may be a pair with, the most alike first.

    One shared word may be chance, five hardly are: the more they share, the less alike they need
    to be. Without an index: none.
    """
    engine = engine_now()
    if engine is None:
        return []
    asked = asked_by(idea)
    question = engine.ask(asked)
    shares = _shares(engine, question, idea, _within(idea))
    likely = [number for number, share in shares.items() if share >= FIRST_LOOK]
    others = partners(idea, at=at).in_bulk(likely)
    near = []
    for other in [others[it] for it in likely if it in others][:CANDIDATES]:
        both = [[f"id:{CASES.code(it.pk)}" for it in (idea, other)]]
        back = _shares(engine, engine.ask(asked_by(other)), other, both).get(idea.pk, 0.0)
        score = (shares[other.pk] + back) / 2
        if back >= FIRST_LOOK and score >= ENOUGH - WORDS * A_WORD:
            why = engine.shared(other, question, asked.lang)
            if score + min(len(why), WORDS) * A_WORD >= ENOUGH:
                near.append(Near(other.pk, round(score, 4), why))
    return sorted(near, key=lambda it: (-it.score, it.idea))


def _within(idea: Idea) -> list[list[str]]:
    """Where to look: at home, and at what everybody sees if everybody sees this one."""
    near = [f"org:{idea.organisation_id}"]
    if idea.visibility == Visibility.PUBLIC.value:
        near.append(PUBLIC)
    return [KINDS_OF_CASES, near]


def asked_by(idea: Idea) -> Asked:
    """A case as a question."""
    lang = language(idea.language)
    return Asked(gist(idea.title, idea.need, lang), lang)


def _shares(
    engine: Engine, question: Question, idea: Idea, within: list[list[str]]
) -> dict[int, float]:
    """What other cases earn by the ``question`` that ``idea`` makes, of what it earns itself.

    By number, the best first. Nothing, if it does not find itself: it is new to the index.
    """
    found = engine.reader.plain(question, within=within, limit=DEEP)
    earned = {it.code // KINDS: it.score for it in found}
    own = earned.pop(idea.pk, 0.0)
    return {number: min(score / own, 1.0) for number, score in earned.items()} if own else {}
