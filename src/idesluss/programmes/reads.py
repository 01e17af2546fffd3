"""What pages show of programmes and rounds, already joined and sorted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from idesluss.people.models import Body, Organisation
from idesluss.people.vocab import Role
from idesluss.programmes.models import Goal, Programme, Round


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
    """Programmes that ``person`` arranges, with their rounds and current goals; by name."""
    rounds = Round.objects.run_by(person, at=at).order_by("-project_year", "-opens_at", "name")
    return (
        Programme.objects.set_up_by(person, at=at)
        .filter(organisation=organisation)
        .select_related("body")
        .prefetch_related(Prefetch("rounds", rounds), Prefetch("goals", Goal.objects.current()))
        .order_by("archived_at", "name")
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an organisation is set up: the checklist on the set-up page."""

    units: int
    people: int
    administrators: int
    bodies: int
    programmes: int
    rounds: int


def progress_of(organisation: Organisation, *, at: datetime) -> Progress:
    """Count what is in place; six queries."""
    appointments = organisation.appointments.not_over(at.date())
    holding = organisation.appointments.valid(at.date()).filter(role=Role.ADMINISTRATOR)
    rounds = Round.objects.filter(programme__organisation=organisation, archived_at=None)
    return Progress(
        units=organisation.units.filter(archived_at=None).count(),
        people=appointments.values("person").distinct().count(),
        administrators=holding.values("person").distinct().count(),
        bodies=Body.objects.filter(organisation=organisation, archived_at=None).count(),
        programmes=organisation.programmes.filter(archived_at=None).count(),
        rounds=rounds.count(),
    )
