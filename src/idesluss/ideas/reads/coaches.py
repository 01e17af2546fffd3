"""The directory of coaches, and a coach's desk: what they have, what is due, what is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from idesluss.ideas.models import LIVE, Arrival, Coach, Idea, Talk
from idesluss.ideas.reads.receivers import away
from idesluss.ideas.vocab import TALKS_WAITING, ArrivalState
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.vocab import Role

QUIET = timedelta(days=14)
SOON = timedelta(days=7)


def directory(organisation: Organisation, *, at: datetime) -> Any:
    """The cards of those who are coaches now, by name, each with ``load`` and ``is_away``.

    ``load`` is how many live cases they have; their units come along; two queries.
    """
    today = at.astimezone(organisation.timezone).date()
    role = Appointment.objects.valid(today).filter(organisation=organisation, role=Role.COACH.value)
    live = Q(
        person__ideas_as_responsible__stage__in=LIVE,
        person__ideas_as_responsible__programme__organisation=organisation,
    )
    cards = Coach.objects.filter(organisation=organisation, person__in=role.values("person"))
    return (
        cards.annotate(
            load=Count("person__ideas_as_responsible", filter=live, distinct=True),
            gone=Count("pk", filter=away(today), distinct=True),
        )
        .select_related("person", "deputy")
        .prefetch_related("units")
        .order_by("person__name", "pk")
    )


def chosen(cards: Sequence[Coach], *, unit: int | None, skill: str) -> list[Coach]:
    """Those who work with the unit (or with all) and have the skill, if asked for."""
    return [
        card
        for card in cards
        if (unit is None or not card.units.all() or any(it.pk == unit for it in card.units.all()))
        and (not skill or skill in card.skills)
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits on a coach's desk."""

    late: list[Idea]
    soon: list[Idea]  # within a week
    later: list[Idea]
    waiting: list[Idea]  # for the giver
    quiet: frozenset[int]  # cases on which nobody has said anything for two weeks
    talks: list[Talk]
    held_back: int  # arrivals that somebody must look at

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.soon or self.later or self.waiting or self.talks)


def desk(organisation: Organisation, coach: Person, *, at: datetime) -> Desk:
    """The desk of ``coach``; three queries."""
    today = at.astimezone(organisation.timezone).date()
    cases = list(
        Idea.objects.filter(programme__organisation=organisation, responsible=coach, stage__in=LIVE)
        .select_related("at_step", "unit")
        .annotate(said_at=Max("messages__at"))
        .order_by("next_on", "pk")
    )
    talks = Talk.objects.filter(organisation=organisation, coach=coach, state__in=TALKS_WAITING)
    held = Arrival.objects.filter(organisation=organisation, state=ArrivalState.WAITING.value)
    going = [it for it in cases if not it.waits_for_giver]
    return Desk(
        late=[it for it in going if _due(it) < today],
        soon=[it for it in going if today <= _due(it) <= today + SOON],
        later=[it for it in going if _due(it) > today + SOON],
        waiting=[it for it in cases if it.waits_for_giver],
        quiet=frozenset(it.pk for it in cases if _last(it) < at - QUIET),
        talks=list(talks.select_related("asked_by", "idea").order_by("answer_by", "pk")),
        held_back=held.count(),
    )


def _due(idea: Idea) -> date:
    return idea.next_on or date.max


def _last(idea: Any) -> datetime:
    """When something last happened that the giver sees."""
    last: datetime = max(filter(None, (idea.said_at, idea.stage_at, idea.received_at)))
    return last
