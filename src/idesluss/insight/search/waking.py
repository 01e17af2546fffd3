"""What sleeps or has been tried that answers something new: parked cases, projects that were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.offering import sleeping
from idesluss.insight.search.finding import SHOWN, Asked, Found, engine_now, find
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.pairs import (
    CASES,
    DEEP,
    KINDS_OF_CASES,
    gist,
    plain,
    words_met,
)
from idesluss.insight.search.things import Kind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.folding import language

SURE = SHOWN  # how sure it must be that something answers at all
NEAR = 0.3  # and what others earn, of the best one, to be asked too
TOLD = 5  # answers that are told of
PARKED = [f"stage:{Stage.PARKED.value}"]


def asked_by(challenge: Challenge) -> Asked:
    """A challenge as a question."""
    words = plain(f"{challenge.title}\n{challenge.text}\n{challenge.for_whom}")
    return Asked(words, language(challenge.programme.organisation.language))


def parked_for(challenge: Challenge) -> Mapping[int, Sequence[str]] | None:
    """Parked cases whose givers may be asked, by number, with the words that they share with it.

    The nearest first; none without a word in common. None: there is no index that could be asked.
    """
    engine = engine_now()
    if engine is None:
        return None
    asked = asked_by(challenge)
    within = [KINDS_OF_CASES, PARKED, [f"prog:{challenge.programme_id}"]]
    answer = engine.reader.find(engine.ask(asked), within=within, limit=DEEP)
    if not answer.hits or answer.sure < SURE:
        return {}
    enough = NEAR * answer.hits[0].score
    likely = [it.code // KINDS for it in answer.hits if it.score >= enough]
    rows = sleeping(challenge).select_related("programme", "unit").prefetch_related("goals")
    cases = rows.in_bulk(likely)
    found = {number: shared(challenge, cases[number]) for number in likely if number in cases}
    return {number: words for number, words in found.items() if words}


def shared(challenge: Challenge, idea: Idea) -> list[str]:
    """The words of a case that answer those of a challenge; nothing without an index."""
    engine = engine_now()
    if engine is None:
        return []
    met = words_met(engine, asked_by(challenge), CASES.tell(idea))
    return list(dict.fromkeys(word for one in met for word in one.words))


@dataclass(frozen=True, slots=True)
class Tried:
    """What there is already that may answer something new."""

    projects: Sequence[Found]  # published ones, from everywhere
    parked: Sequence[Found] = ()  # cases that the reader may see

    def __bool__(self) -> bool:
        return bool(self.projects or self.parked)


def tried_for_challenge(challenge: Challenge, *, at: datetime) -> Tried:
    """Published projects that answer a challenge."""
    return Tried(_projects(asked_by(challenge), at=at))


def tried_for_case(idea: Idea, person: Any, *, at: datetime) -> Tried:
    """Published projects that answer a case, and parked cases at home that ``person`` may see."""
    asked = Asked(gist(idea.title, idea.need), language(idea.language))
    marks = [KINDS_OF_CASES, PARKED, [f"org:{idea.organisation_id}"]]
    here = Asked(asked.text, asked.lang, marks)
    parked = find(here, person, at=at, limit=TOLD, without=idea)
    own = {idea.pk, idea.grown_from_id}
    projects = [it for it in _projects(asked, at=at) if it.thing.idea_id not in own]
    return Tried(projects, [it for it in parked.found if it.why])


def _projects(asked: Asked, *, at: datetime) -> list[Found]:
    """As everybody may find them: what is published."""
    marks = [[f"kind:{Kind.PROJECT.value}"]]
    found = find(Asked(asked.text, asked.lang, marks), None, at=at, limit=TOLD).found
    return [it for it in found if it.why]
