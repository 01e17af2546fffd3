"""What sleeps or has been tried that answers something new: parked cases, projects that were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.offering import sleeping
from idesluss.insight.search import pairs
from idesluss.insight.search.finding import Asked, Engine, engine_now
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.pairs import DEEP, KINDS_OF_CASES
from idesluss.insight.search.things import PUBLIC, Kind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.folding import language
from idesluss.logic.text.gist import plain
from idesluss.logic.text.stopwords import STOPWORDS
from idesluss.pilots.models import Project

NEAR = 0.2  # what something must earn of what is asked, to be told of
LEAST = 3  # and words that it must share: one less, if no more than these are asked with
SHORT = 6
TOLD = 5  # answers that are told of
PARKED = [f"stage:{Stage.PARKED.value}"]


def asked_by(challenge: Challenge) -> Asked:
    """A challenge as a question."""
    words = plain(f"{challenge.title}\n{challenge.text}\n{challenge.for_whom}")
    return Asked(words, language(challenge.programme.organisation.language))


def parked_for(challenge: Challenge) -> Mapping[int, Sequence[str]] | None:
    """Parked cases whose givers may be asked, by number, with the words that they share with it.

    The nearest first. None: there is no index that could be asked.
    """
    engine = engine_now()
    if engine is None:
        return None
    marks = [KINDS_OF_CASES, PARKED, [f"prog:{challenge.programme_id}"]]
    found = _answers(engine, asked_by(challenge), marks, sleeping(challenge))
    return {it.thing.pk: it.words for it in found}


def shared(challenge: Challenge, idea: Idea) -> list[str]:
    """The words of a case that answer those of a challenge; nothing without an index."""
    engine = engine_now()
    if engine is None:
        return []
    asked = asked_by(challenge)
    return [word for _, word in engine.shared(idea, engine.ask(asked), asked.lang)]


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
    asked = pairs.asked_by(idea)
    own = {idea.pk, idea.grown_from_id}
    projects = [it for it in _projects(asked, at=at) if it.thing.idea_id not in own]
    engine = engine_now()
    if engine is None:
        return Tried(projects)
    here = Idea.objects.handled_by(person, at=at).sluiced().exclude(pk=idea.pk)
    asleep = here.filter(stage=Stage.PARKED.value, programme__organisation=idea.organisation_id)
    marks = [KINDS_OF_CASES, PARKED, [f"org:{idea.organisation_id}"]]
    return Tried(projects, _answers(engine, asked, marks, asleep)[:TOLD])


def _projects(asked: Asked, *, at: datetime) -> list[Answer]:
    """As everybody may find them: what is published."""
    engine = engine_now()
    if engine is None:
        return []
    seen = Project.objects.visible_to(None, at=at)
    rows = seen.filter(idea__programme__organisation__archived_at=None)
    rows = rows.select_related("idea__programme__organisation")
    marks = [[PUBLIC], [f"kind:{Kind.PROJECT.value}"]]
    return _answers(engine, asked, marks, rows)[:TOLD]


def _answers(
    engine: Engine,
    asked: Asked,
    marks: Sequence[Sequence[str]],
    rows: QuerySet[Any],
) -> list[Answer]:
    """What answers, of ``rows``, the nearest first: asked of the index, proved on the rows.

    Each shares ``LEAST`` words with what is asked, or nearly. One query, if the index knows of
    anything.
    """
    question = engine.ask(asked)
    hits = engine.reader.plain(question, within=marks, limit=DEEP)
    likely = [it.code // KINDS for it in hits if it.score >= NEAR]
    there = rows.in_bulk(likely) if likely else {}
    meant = {it.word for it in question.keys} - set(STOPWORDS[asked.lang])
    least = LEAST if len(meant) > SHORT else LEAST - 1
    found = []
    for thing in (there[number] for number in likely if number in there):
        words = [word for _, word in engine.shared(thing, question, asked.lang)]
        if len(words) >= least:
            found.append(Answer(thing, words))
    return found
