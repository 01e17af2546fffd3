"""An organisation's rounds and programmes, and how far it is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from idesluss.people.models import Appointment, Body, Organisation, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition, Goal, Programme, Round


@dataclass(slots=True)
class Rounds:
    """An organisation's rounds as one visitor sees them, in heaps."""

    open: list[Round] = field(default_factory=list)  # soonest to close first
    coming: list[Round] = field(default_factory=list)  # soonest to open first
    deciding: list[Round] = field(default_factory=list)  # closed, results not out
    published: list[Round] = field(default_factory=list)  # newest first
    hidden: list[Round] = field(default_factory=list)  # not announced; its administrators only


def rounds_of(organisation: Organisation, person: Any, *, at: datetime) -> Rounds:
    """The rounds of the organisation that ``person`` sees; one query."""
    visible = Round.objects.visible_to(person, at=at).filter(programme__organisation=organisation)
    heaps = Rounds()
    soonest = F("closes_at").asc(nulls_last=True)
    for round in visible.select_related("programme").order_by(soonest, "-project_year", "name"):
        if round.results_at and round.results_at <= at:
            heaps.published.append(round)
        elif round.announced_at is None or round.announced_at > at:
            heaps.hidden.append(round)
        elif round.opens_at and round.opens_at > at:
            heaps.coming.append(round)
        elif round.window.is_open(at):
            heaps.open.append(round)
        else:
            heaps.deciding.append(round)
    heaps.published.sort(key=lambda it: it.results_at or at, reverse=True)
    heaps.coming.sort(key=lambda it: it.opens_at or at)
    return heaps


def programmes_of(organisation: Organisation, person: Any, *, at: datetime) -> QuerySet[Programme]:
    """Funds and sluices that ``person`` arranges, those in use first; by name.

    Funds come with their rounds and current goals. Adds for sluices ``opened`` (when the newest
    edition of the model was) and ``doors_open`` (a number).
    """
    rounds = Round.objects.run_by(person, at=at).order_by(
        "-project_year", F("opens_at").desc(nulls_last=True), "name"
    )
    editions = Edition.objects.filter(programme=OuterRef("pk")).opened()
    doors = Door.objects.open(at).filter(programme=OuterRef("pk")).order_by().values("programme")
    return (
        Programme.objects.set_up_by(person, at=at)
        .filter(organisation=organisation)
        .select_related("body")
        .prefetch_related(Prefetch("rounds", rounds), Prefetch("goals", Goal.objects.current()))
        .annotate(
            opened=Subquery(editions.values("opened_at")[:1]),
            doors_open=Coalesce(Subquery(doors.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by(F("archived_at").asc(nulls_first=True), "name")
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an organisation is set up: the checklist on the set-up page."""

    units: int
    people: int
    administrators: int
    bodies: int
    programmes: int


def progress_of(organisation: Organisation, *, at: datetime) -> Progress:
    """Count what is in place; one query."""
    known = Appointment.objects.not_over(at.date())
    holding = Appointment.objects.valid(at.date()).filter(role=Role.ADMINISTRATOR)
    counted = Organisation.objects.filter(pk=organisation.pk).values(
        n_units=_number(Unit.objects.filter(archived_at=None)),
        n_people=_number(known, "person"),
        n_administrators=_number(holding, "person"),
        n_bodies=_number(Body.objects.filter(archived_at=None)),
        n_programmes=_number(Programme.objects.filter(archived_at=None)),
    )
    found = cast("dict[str, int]", counted.get())
    return Progress(**{name.removeprefix("n_"): number for name, number in found.items()})


def _number(things: QuerySet[Any], of: str = "pk") -> Coalesce:
    """How many of ``things`` (rows with an organisation) the organisation outside has."""
    here = things.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Coalesce(Subquery(here.values(n=Count(of, distinct=True))), 0)
