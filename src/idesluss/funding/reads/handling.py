"""The administrator's list of a round: what has come in, where it is, and what it waits for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import OPEN, SHUT, Completion, Declaration, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.models import Round, Step

SORTS: Mapping[str, tuple[Any, ...]] = {
    "number": ("idea__received_at", "idea__register_number"),
    "title": ("idea__title",),
    "unit": (F("idea__unit__name").asc(nulls_last=True),),
    "asked": (F("asked_minor").desc(nulls_last=True),),
    "since": ("idea__stage_at",),
    "answer": (F("idea__answer_by").asc(nulls_last=True),),
}
"""How the list can be sorted; equal ones lie in the order in which they were begun."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see; empty strings and None leave everything in."""

    stage: str = ""
    unit: int | None = None
    waiting: str = ""
    text: str = ""
    sort: str = "number"

    @property
    def condition(self) -> Q:
        """The wish as a condition on applications that are marked by ``_marked``."""
        wanted = Q()
        if self.stage:
            wanted &= Q(idea__stage=self.stage)
        if self.unit is not None:
            wanted &= Q(idea__unit=self.unit)
        if self.waiting:
            wanted &= Q(waits=self.waiting)
        if text := re.escape(self.text.strip()):  # SQLite's LIKE knows no å of two sizes
            wanted &= Q(idea__title__iregex=text) | Q(idea__register_number__iregex=text)
        return wanted


@dataclass(frozen=True, slots=True)
class Row:
    """One case. ``assigned`` and ``locked`` leave out assessors with a conflict of interest."""

    application: Application
    waiting: Waiting | None
    since: datetime | None
    due: date | None  # of an open request for completion
    assigned: int
    locked: int
    wanted: int
    step_name: str  # the programme's own name of the stage, or ""
    shut: int  # assessors with a conflict of interest: the case needs others
    overdue: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Applications of one department (None: not said) at one stage, asking in one currency."""

    unit: int | None
    unit_name: str
    stage: str
    step_name: str  # the programme's own name of the stage, or ""
    currency: str
    received: int
    asked_minor: int
    matching: int
    overdue: int


class Handling:
    """The list of ``round`` for ``person``: numbers of the whole, and rows by the page.

    Two queries: one for all numbers, one for each slice of rows. Give it to a Django Paginator.
    """

    def __init__(self, round: Round, person: Any, wish: Wish, *, at: datetime) -> None:
        self.round = round
        self.wish = wish
        self.today = at.astimezone(round.programme.organisation.timezone).date()
        self._all = Application.objects.handled_by(person, at=at).filter(round=round)

    @cached_property
    def groups(self) -> list[Group]:
        """What the numbers are made of."""
        rows = (
            self._marked()
            .order_by("idea__unit__name", "idea__unit", "currency")
            .values("idea__unit", "idea__unit__name", "idea__stage", "currency")
            .annotate(
                received=Count("pk"),
                asked=Coalesce(Sum("asked_minor"), Value(0)),
                matching=Count("pk", filter=self.wish.condition),
                overdue=Count("pk", filter=self._overdue),
                step=_step(self.round),
            )
        )
        return [
            Group(
                unit=row["idea__unit"],
                unit_name=row["idea__unit__name"] or "",
                stage=row["idea__stage"],
                step_name=row["step"] or "",
                currency=row["currency"],
                received=row["received"],
                asked_minor=row["asked"],
                matching=row["matching"],
                overdue=row["overdue"],
            )
            for row in rows
        ]

    def count(self) -> int:
        """How many cases match the wish."""
        return sum(group.matching for group in self.groups)

    def __getitem__(self, part: slice) -> list[Row]:
        order = (*SORTS.get(self.wish.sort, SORTS["number"]), "pk")
        page = self._marked().filter(self.wish.condition).order_by(*order).values("pk")[part]
        rows = (
            Application.objects.filter(pk__in=page)
            .select_related("idea__unit")
            .annotate(
                **_marks(self.round),
                step=_step(self.round),
                overdue=ExpressionWrapper(self._overdue, BooleanField()),
            )
            .order_by(*order)
        )
        return [self._row(application) for application in rows]

    @property
    def _overdue(self) -> Q:
        """Whether an answer is owed and its promised day has passed, while the clock runs."""
        worked_on = [stage.value for stage in WORKED_ON]
        return Q(idea__stage__in=worked_on, idea__paused_at=None, idea__answer_by__lt=self.today)

    def _marked(self) -> QuerySet[Application]:
        """All cases, marked with what they wait for only when that is asked for: it costs."""
        return self._all.alias(**_marks(self.round)) if self.wish.waiting else self._all

    def _row(self, application: Any) -> Row:
        idea = application.idea
        waits = Waiting(application.waits) if application.waits else None
        since = idea.stage_at
        if waits is Waiting.COMPLETION:
            since = application.asked_at
        elif waits is Waiting.MEETING:
            since = application.last_locked_at or since
        return Row(
            application=application,
            waiting=waits,
            since=since if waits else None,
            due=application.due if waits is Waiting.COMPLETION else None,
            assigned=application.assigned,
            locked=application.locked,
            wanted=self.round.assessors_wanted,
            step_name=application.step or "",
            shut=application.shut,
            overdue=bool(application.overdue),
        )


WORKED_ON = (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING, Stage.DECIDING)
"""Stages in which an answer is still owed."""


def _step(round: Round) -> Subquery:
    """What the programme itself calls the stage of a case."""
    steps = Step.objects.filter(programme=round.programme_id, stage=OuterRef("idea__stage"))
    return Subquery(steps.values("name")[:1])


def _marks(round: Round) -> dict[str, Any]:
    """What is counted for each application, and what it waits for: all as subqueries."""
    judged = Assessment.objects.filter(idea=OuterRef("idea"), round=OuterRef("round")).counted()
    clear = Declaration.objects.filter(
        idea=OuterRef("idea"), person=OuterRef("assessor"), state__in=OPEN
    )
    conflicts = Declaration.objects.filter(
        idea=OuterRef("idea"), person=OuterRef("person"), state__in=SHUT
    )
    shut = Involvement.objects.filter(
        Exists(conflicts), idea=OuterRef("idea"), part=Part.ASSESSOR.value, ended_at=None
    )
    asked = Completion.objects.filter(idea=OuterRef("idea"), answered_at=None)
    last = judged.order_by().values("idea").annotate(at=Max("locked_at")).values("at")
    return {
        "assigned": _number(judged),
        "locked": _number(judged.exclude(locked_at=None)),
        "undeclared": _number(judged.exclude(Exists(clear))),
        "shut": _number(shut),
        "asked_at": Subquery(asked.values("asked_at")[:1]),
        "due": Subquery(asked.values("due")[:1]),
        "last_locked_at": Subquery(last),
        "waits": _waits(round),
    }


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("idea").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def _waits(round: Round) -> Case:
    checking = (Stage.RECEIVED.value, Stage.EXPLORING.value)
    assessing = Q(idea__stage=Stage.ASSESSING.value)
    return Case(
        When(asked_at__isnull=False, then=Value(Waiting.COMPLETION.value)),
        When(idea__stage__in=checking, then=Value(Waiting.CHECK.value)),
        When(
            assessing & Q(assigned__lt=round.assessors_wanted),
            then=Value(Waiting.ASSESSORS.value),
        ),
        When(assessing & Q(undeclared__gt=0), then=Value(Waiting.DECLARATION.value)),
        When(assessing & Q(locked__lt=F("assigned")), then=Value(Waiting.ASSESSMENT.value)),
        When(assessing, then=Value(Waiting.MEETING.value)),
        When(idea__stage=Stage.DECIDING.value, then=Value(Waiting.DECISION.value)),
        default=Value(""),
        output_field=CharField(),
    )


def with_signals(cases: QuerySet[Application]) -> QuerySet[Any]:
    """Mark single cases with what a reader must not miss, in the query that finds them.

    ``conflicts`` and ``suspicions`` count people; ``next_to_check`` is the number of the
    application of the round that has waited longest for its formal check, None if none does.
    """
    known = Declaration.objects.filter(idea=OuterRef("idea"))
    waiting = cases.model.objects.filter(
        pk__in=cases.values("pk"),
        round=OuterRef("round"),
        idea__stage=Stage.RECEIVED.value,
        idea__paused_at=None,
    ).exclude(pk=OuterRef("pk"))
    return cases.annotate(
        conflicts=_number(known.filter(state__in=SHUT)),
        suspicions=_number(known.filter(state=ConflictState.SUSPECTED.value)),
        next_to_check=Subquery(waiting.order_by("idea__received_at", "pk").values("pk")[:1]),
    )
