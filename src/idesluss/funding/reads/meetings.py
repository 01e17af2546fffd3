"""Meetings of a round, and what stands between a round and its meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Decision, Meeting, Pot
from idesluss.funding.reads.rulebook import mandates_of
from idesluss.ideas.models import Declaration, handled
from idesluss.logic.lifecycle import Stage
from idesluss.logic.mandates import Mandate, falls_under
from idesluss.people.models import Person, Seat
from idesluss.programmes.models import Round

UNCHECKED = (Stage.RECEIVED.value, Stage.EXPLORING.value)
TO_TAKE_UP = (Stage.ASSESSING.value, Stage.DECIDING.value)


def meetings_of(rounds: QuerySet[Round], person: Any, *, at: datetime) -> QuerySet[Meeting]:
    """The rounds' meetings that ``person`` may see: the open one first, then the latest."""
    return (
        Meeting.objects.visible_to(person, at=at)
        .filter(round__in=rounds)
        .select_related("round__programme__organisation", "round__programme__body")
        .select_related("body", "chair", "secretary")
        .order_by(F("released_at").desc(nulls_first=True), "-pk")
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may come up at the meeting; ``locked`` of ``assigned`` assessments are done."""

    application: Application
    assigned: int
    locked: int
    wanted: int
    under: Mandate | None = None  # whose right to decide it falls under
    here: bool = True  # that is the right of the body that meets
    covered: bool = True  # the body that meets may grant all that is asked for

    @property
    def unchecked(self) -> bool:
        """Whether the formal check is not finished, so that it cannot come up."""
        return self.application.idea.stage in UNCHECKED

    @property
    def paused(self) -> bool:
        """Whether the applicant has been asked to complete it."""
        return self.application.idea.paused_at is not None

    @property
    def assessed(self) -> bool:
        """Whether every assessment is locked, and as many as the round wants."""
        done = self.locked == self.assigned and self.locked >= self.wanted
        return not self.unchecked and (done or self.application.idea.stage == Stage.DECIDING)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is ready for the meeting and what is missing, as far as the reader may see it."""

    mandates: tuple[Mandate, ...]  # everybody's right to decide, the smallest first
    mandate: Mandate | None  # the right of the body that meets; None: nobody decides
    candidates: tuple[Candidate, ...]
    shut_ready: int  # cases shut to the reader that come up with the others
    pot: Pot | None
    people: tuple[Person, ...]  # with a seat in the body, in the order of taking the chair
    undeclared: tuple[Person, ...]  # members who have not yet declared in every case

    @property
    def ready(self) -> tuple[Candidate, ...]:
        """Cases that are assessed."""
        return tuple(one for one in self.candidates if one.assessed)

    @property
    def unassessed(self) -> tuple[Candidate, ...]:
        """Cases that may come up, though assessments are missing."""
        return tuple(one for one in self.candidates if not one.assessed and not one.unchecked)

    @property
    def unchecked(self) -> tuple[Candidate, ...]:
        """Cases whose formal check is not finished."""
        return tuple(one for one in self.candidates if one.unchecked)


def candidates_of(round: Round, person: Any, *, at: datetime) -> QuerySet[Any]:
    """Applications of the round that await a decision and are on no open agenda.

    Each has ``is_visible`` to ``person``, ``assigned`` and ``locked``; an assessor who no longer
    has the case or has a conflict of interest counts in neither.
    """
    counted = Assessment.objects.counted().filter(round=round)
    of_round = Q(idea__assessments__in=counted.values("pk"))
    on_agenda = Decision.objects.filter(application=OuterRef("pk"), meeting__released_at=None)
    return (
        Application.objects.filter(round=round, outcome="")
        .exclude(submitted_at=None)
        .filter(idea__stage__in=(*UNCHECKED, *TO_TAKE_UP))
        .exclude(Q(Exists(on_agenda)) & Q(idea__stage=Stage.DECIDING.value))  # else sent back
        .select_related("idea__unit")
        .annotate(
            is_visible=ExpressionWrapper(
                handled(person, at=at, idea="idea__"), output_field=BooleanField()
            ),
            assigned=Count("idea__assessments", filter=of_round),
            locked=Count(
                "idea__assessments",
                filter=of_round & Q(idea__assessments__locked_at__isnull=False),
            ),
        )
        .order_by("submitted_at", "pk")
    )


def readiness_of(round: Round, person: Any, *, body: int | None = None, at: datetime) -> Readiness:
    """What opening (or adding to) the meeting of ``round`` would find; five queries.

    ``body`` is the number of the body that meets; None, or one that does not decide here: the
    one that may grant most.
    """
    mandates = mandates_of(round.programme)
    largest = mandates[-1] if mandates else None
    mandate = next((it for it in mandates if it.body == body), largest)
    opened, shut = [], 0
    numbers = []
    for application in candidates_of(round, person, at=at):
        under = falls_under(application.asked_minor, mandates)
        candidate = Candidate(
            application,
            application.assigned,
            application.locked,
            round.assessors_wanted,
            under,
            under == mandate,
            mandate is not None and mandate.covers(application.asked_minor),
        )
        if application.is_visible:
            opened.append(candidate)
        else:
            shut += candidate.assessed and candidate.here
        if not candidate.unchecked:
            numbers.append(application.idea_id)
    programme = round.programme
    people = seated_in(mandate.body if mandate else None, at=at)
    return Readiness(
        mandates=mandates,
        mandate=mandate,
        candidates=tuple(opened),
        shut_ready=shut,
        pot=Pot.objects.filter(programme=programme, year=round.project_year).first(),
        people=tuple(people),
        undeclared=_undeclared(people, numbers),
    )


def _undeclared(people: Collection[Person], ideas: Collection[int]) -> tuple[Person, ...]:
    """Those of ``people`` who have not said anything about some of ``ideas``."""
    said = dict(
        Declaration.objects.filter(idea__in=ideas, person__in=people)
        .values_list("person")
        .annotate(Count("pk"))
    )
    return tuple(person for person in people if said.get(person.pk, 0) < len(ideas))


def seated_in(body: int | None, *, at: datetime) -> list[Person]:
    """Those with a seat at ``at`` in the body of that number, in the order of taking the chair."""
    seats = Seat.objects.valid(at.date()).filter(body=body).select_related("person")
    return list({seat.person_id: seat.person for seat in seats}.values())
