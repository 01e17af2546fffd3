"""What sleeps or has been tried that answers something new: parked cases, projects that were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.offering import sleeping
from idesluss.insight.search.finding import SHOWN, Asked, engine_now
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.pairs import (
    DEEP,
    KINDS_OF_CASES,
    gist,
    plain,
    words_met,
)
from idesluss.insight.search.things import PUBLIC, Kind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.folding import language
from idesluss.logic.text.meeting import meet
from idesluss.pilots.models import Project

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
    cases = sleeping(challenge).in_bulk(likely)
    found = {number: shared(challenge, cases[number]) for number in likely if number in cases}
    return {number: words for number, words in found.items() if words}


def shared(challenge: Challenge, idea: Idea) -> list[str]:
    """The words of a case that answer those of a challenge; nothing without an index."""
    engine = engine_now()
    if engine is None:
        return []
    met = words_met(engine, asked_by(challenge), idea)
    return list(dict.fromkeys(word for one in met for word in one.words))


@dataclass(frozen=True, slots=True)
class Answer:
    """Something there is already, and its words that answer what was asked."""

    thing: Any  # Idea or Project
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What there is already that may answer something new, the nearest first."""

    projects: Sequence[Answer]  # published ones, from everywhere
    parked: Sequence[Answer] = ()  # cases that the reader handles

    def __bool__(self) -> bool:
        return bool(self.projects or self.parked)


def tried_for_challenge(challenge: Challenge, *, at: datetime) -> Tried:
    """Published projects that answer a challenge; one query."""
    return Tried(_projects(asked_by(challenge), at=at))


def tried_for_case(idea: Idea, person: Any, *, at: datetime) -> Tried:
    """Published projects that answer a case, and parked ones that ``person`` handles; two queries.

    The parked ones are those of the case's organisation.
    """
    asked = Asked(gist(idea.title, idea.need), language(idea.language))
    own = {idea.pk, idea.grown_from_id}
    projects = [it for it in _projects(asked, at=at) if it.thing.idea_id not in own]
    here = Idea.objects.handled_by(person, at=at).sluiced().exclude(pk=idea.pk)
    asleep = here.filter(stage=Stage.PARKED.value, programme__organisation=idea.organisation_id)
    marks = [KINDS_OF_CASES, PARKED, [f"org:{idea.organisation_id}"]]
    parked = _answers(asked, marks, asleep, lambda it: (it, f"{it.need}\n{it.answer}"))
    return Tried(projects, parked)


def _projects(asked: Asked, *, at: datetime) -> list[Answer]:
    """As everybody may find them: what is published."""
    seen = Project.objects.visible_to(None, at=at)
    rows = seen.filter(idea__programme__organisation__archived_at=None)
    rows = rows.select_related("idea__programme__organisation")
    told = lambda it: (it.idea, f"{it.purpose}\n{it.results}\n{it.learned}")  # noqa: E731
    return _answers(asked, [[PUBLIC], [f"kind:{Kind.PROJECT.value}"]], rows, told)


def _answers(
    asked: Asked,
    marks: Sequence[Sequence[str]],
    rows: QuerySet[Any],
    told: Callable[[Any], tuple[Idea, str]],
) -> list[Answer]:
    """What answers, of ``rows``: asked of the index, proved on the rows; at most ``TOLD``.

    ``told``: the case that a row is or belongs to, and its text. One query, if anything answers.
    """
    engine = engine_now()
    if engine is None:
        return []
    question = engine.ask(asked)
    answer = engine.reader.find(question, within=marks, limit=DEEP)
    if not answer.hits or answer.sure < SURE:
        return []
    enough = NEAR * answer.hits[0].score
    likely = [it.code // KINDS for it in answer.hits if it.score >= enough]
    there = rows.in_bulk(likely)
    found = []
    for thing in (there[number] for number in likely if number in there):
        idea, text = told(thing)
        met = meet(question, idea.title, text, language(idea.language), engine.lexicon)
        if met:
            found.append(Answer(thing, list(dict.fromkeys(it for one in met for it in one.words))))
    return found[:TOLD]
