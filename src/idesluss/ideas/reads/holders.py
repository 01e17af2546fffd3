"""Who can have a case of a sluice, and how much they have already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from idesluss.ideas.models import LIVE, OWN, SHUT, Coach, Declaration, Idea, Involvement
from idesluss.ideas.reads.receivers import away
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.vocab import Role

ABLE = (Role.COACH.value, Role.MANAGER.value, Role.ADMINISTRATOR.value)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can be responsible; ``load`` is how many live cases they have."""

    person: Person
    load: int
    is_away: bool


def holders(idea: Idea, *, at: datetime) -> list[Holder]:
    """Coaches, managers and administrators to whom ``idea`` can be given, by name; one query.

    Not those who hand it in, nor those to whom it is shut.
    """
    there = idea.programme.organisation
    day = at.astimezone(there.timezone).date()
    shut = Declaration.objects.filter(idea=idea, state__in=SHUT).values("person")
    parties = Involvement.objects.filter(idea=idea, part__in=OWN, ended_at=None).values("person")
    gone = Coach.objects.filter(away(day), organisation=there, person=OuterRef("pk"))
    able = able_here(there, at=at).exclude(pk__in=shut).exclude(pk__in=parties)
    able = able.annotate(gone=Exists(gone))
    return [Holder(one, one.load, one.gone) for one in able]


def able_here(there: Organisation, *, at: datetime) -> Any:
    """Coaches, managers and administrators of ``there`` now, by name, each with ``load``."""
    day = at.astimezone(there.timezone).date()
    here = Appointment.objects.valid(day).filter(organisation=there, role__in=ABLE)
    live = Q(ideas_as_responsible__stage__in=LIVE)
    people = Person.objects.filter(pk__in=here.values("person"), is_active=True)
    return people.annotate(load=Count("ideas_as_responsible", filter=live)).order_by("name", "pk")
