"""The administrator's list of a round: what has come in, where it is, and what it waits for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
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
from idesluss.funding.models import Application, Endorsement
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import OPEN, SHUT, Completion, Declaration, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.models import Round, Step
from idesluss.records.listed import Listed, moment_of

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
    managers: tuple[str, ...]  # who are asked and have not answered; beside what it waits for


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

    Three queries: all numbers, the programme's own words, and one for each slice of rows. Give it
    to a Django Paginator.
    """

    def __init__(self, round: Round, person: Any, wish: Wish, *, at: datetime) -> None:
        self.round = round
        self.wish = wish
        self.today = at.astimezone(round.programme.organisation.timezone).date()
        self._all = Application.objects.handled_by(person, at=at).filter(round=round)

    @cached_property
    def steps(self) -> Mapping[str, str]:
        """What the programme itself calls its stages."""
        steps = Step.objects.filter(programme=self.round.programme_id)
        return dict(steps.values_list("stage", "name"))

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
            )
        )
        return [
            Group(
                unit=row["idea__unit"],
                unit_name=row["idea__unit__name"] or "",
                stage=row["idea__stage"],
                step_name=self.steps.get(row["idea__stage"], ""),
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
            .annotate(**_facts(), **(_managers() if self.round.endorsed else {}))
            .order_by(*order)
        )
        return [self._row(application) for application in rows]

    @property
    def _overdue(self) -> Q:
        """Whether an answer is owed and its promised day has passed, while the clock runs."""
        return Q(idea__stage__in=WORKED_ON, idea__paused_at=None, idea__answer_by__lt=self.today)

    def _marked(self) -> QuerySet[Application]:
        """All cases, marked with what they wait for only when that is asked for: it costs."""
        if self.wish.waiting == Waiting.MANAGER:
            return self._all.alias(waits=_for_a_manager())
        return (
            self._all.alias(**marks(self.round.assessors_wanted))
            if self.wish.waiting
            else self._all
        )

    def _row(self, application: Any) -> Row:
        idea = application.idea
        locked = [one["locked_at"] for one in application.judged if one["locked_at"]]
        waits = waits_for(
            Stage(idea.stage),
            asked=application.asked_at is not None,
            assigned=len(application.judged),
            undeclared=sum(one["clear"] is None for one in application.judged),
            locked=len(locked),
            wanted=self.round.assessors_wanted,
        )
        since = idea.stage_at
        if waits is Waiting.COMPLETION:
            since = application.asked_at
        elif waits is Waiting.MEETING and locked:
            since = max(map(moment_of, locked))
        owed = idea.stage in WORKED_ON and idea.paused_at is None
        return Row(
            application=application,
            waiting=waits,
            since=since if waits else None,
            due=application.due if waits is Waiting.COMPLETION else None,
            assigned=len(application.judged),
            locked=len(locked),
            wanted=self.round.assessors_wanted,
            step_name=self.steps.get(idea.stage, ""),
            shut=application.shut,
            overdue=bool(owed and idea.answer_by and idea.answer_by < self.today),
            managers=tuple(one["name"] for one in getattr(application, "managers", ())),
        )


WORKED_ON = tuple(
    stage.value for stage in (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING, Stage.DECIDING)
)
"""Stages in which an answer is still owed."""


def _judged() -> QuerySet[Assessment]:
    """The assessments of an application that count."""
    return Assessment.objects.filter(idea=OuterRef("idea"), round=OuterRef("round")).counted()


def _clear() -> QuerySet[Declaration]:
    """Their assessors' declarations that there is no conflict of interest."""
    return Declaration.objects.filter(
        idea=OuterRef("idea"), person=OuterRef("assessor"), state__in=OPEN
    )


def _asked() -> QuerySet[Completion]:
    """The open request for completion."""
    return Completion.objects.filter(idea=OuterRef("idea"), answered_at=None)


def _asking() -> QuerySet[Endorsement]:
    """The questions to managers that nobody has answered yet."""
    return Endorsement.objects.filter(application=OuterRef("pk")).waiting()


@cache
def _managers() -> Mapping[str, Any]:
    """The same, by name."""
    return {"managers": Listed(_asking().order_by("pk"), name="manager__name")}


def _for_a_manager() -> Case:
    """``waits`` for the one thing that a case may wait for beside the others."""
    return Case(
        When(Exists(_asking()), then=Value(Waiting.MANAGER.value)),
        default=Value(""),
        output_field=CharField(),
    )


@cache
def _facts() -> Mapping[str, Any]:
    """What is told of each application that is shown: ``waits_for`` and a row are made of it.

    The same for every reader, so it is put together once.
    """
    conflicts = Declaration.objects.filter(
        idea=OuterRef("idea"), person=OuterRef("person"), state__in=SHUT
    )
    shut = Involvement.objects.filter(
        Exists(conflicts), idea=OuterRef("idea"), part=Part.ASSESSOR.value, ended_at=None
    )
    judged = _judged().annotate(clear=Subquery(_clear().values("state")[:1]))
    return {
        "judged": Listed(judged.order_by(), locked_at="locked_at", clear="clear"),
        "shut": _number(shut),
        "asked_at": Subquery(_asked().values("asked_at")[:1]),
        "due": Subquery(_asked().values("due")[:1]),
    }


def waits_for(
    stage: Stage, *, asked: bool, assigned: int, undeclared: int, locked: int, wanted: int
) -> Waiting | None:
    """What a case waits for; ``marks`` says the same to the database.

    A manager's answer is awaited beside it: the office goes on checking meanwhile.
    """
    if asked:
        return Waiting.COMPLETION
    if stage in CHECKING:
        return Waiting.CHECK
    if stage is Stage.DECIDING:
        return Waiting.DECISION
    if stage is not Stage.ASSESSING:
        return None
    if assigned < wanted:
        return Waiting.ASSESSORS
    if undeclared:
        return Waiting.DECLARATION
    return Waiting.ASSESSMENT if locked < assigned else Waiting.MEETING


def marks(wanted: Any) -> dict[str, Any]:
    """``waits``: what each application waits for, to choose by; ``waits_for`` says the same.

    ``wanted`` is how many assessors a case is to have: a number, or where the database finds it.
    """
    assessing = Q(idea__stage=Stage.ASSESSING.value)
    waits = Case(
        When(Exists(_asked()), then=Value(Waiting.COMPLETION.value)),
        When(idea__stage__in=CHECKING, then=Value(Waiting.CHECK.value)),
        When(idea__stage=Stage.DECIDING.value, then=Value(Waiting.DECISION.value)),
        When(~assessing, then=Value("")),
        When(assigned__lt=wanted, then=Value(Waiting.ASSESSORS.value)),
        When(Exists(_judged().exclude(Exists(_clear()))), then=Value(Waiting.DECLARATION.value)),
        When(Exists(_judged().filter(locked_at=None)), then=Value(Waiting.ASSESSMENT.value)),
        default=Value(Waiting.MEETING.value),
        output_field=CharField(),
    )
    return {"assigned": _number(_judged()), "waits": waits}


CHECKING = (Stage.RECEIVED.value, Stage.EXPLORING.value)
"""Stages of the formal check."""


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("idea").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


@cache
def _signals() -> Mapping[str, Any]:
    known = Declaration.objects.filter(idea=OuterRef("idea"))
    return {
        "conflicts": _number(known.filter(state__in=SHUT)),
        "suspicions": _number(known.filter(state=ConflictState.SUSPECTED.value)),
    }


def with_signals(cases: QuerySet[Application]) -> QuerySet[Any]:
    """Mark single cases with what a reader must not miss, in the query that finds them.

    ``conflicts`` and ``suspicions`` count people.
    """
    return cases.annotate(**_signals())


def next_to_check(application: Application, cases: QuerySet[Application]) -> int | None:
    """The number of the case of the same round that has waited longest for its formal check.

    None if no other does among ``cases``, those that the reader handles. One query.
    """
    waiting = cases.filter(
        round=application.round_id,
        idea__programme=application.round.programme_id,  # as its round's, and it has the index
        idea__stage=Stage.RECEIVED.value,
        idea__paused_at=None,
    )
    others = waiting.exclude(pk=application.pk).order_by("idea__received_at", "pk")
    return others.values_list("pk", flat=True).first()
