"""Who has what comes in: no case is nobody's, not even for a moment."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, F, Q

from idesluss.ideas.models import LIVE, Coach
from idesluss.people.models import Appointment, Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door


def who_takes(door: Door, unit: Unit | None, *, at: datetime) -> Person:
    """The person who is responsible for a case that comes in through ``door`` at ``at``.

    The coach of its ``unit``, or of the department above, who is here and has most room; else
    the receiver of the door, or who stands in for them.
    """
    today = at.astimezone(door.organisation.timezone).date()
    if unit is not None:
        theirs = Q(units=unit) | Q(units=unit.parent_id) if unit.parent_id else Q(units=unit)
        coaches = Appointment.objects.valid(today).filter(
            organisation=door.organisation_id, role=Role.COACH.value
        )
        live = Q(person__ideas_as_responsible__stage__in=LIVE)
        here = Coach.objects.filter(
            theirs, organisation=door.organisation_id, person__in=coaches.values("person")
        ).exclude(away(today))
        load = here.annotate(load=Count("person__ideas_as_responsible", filter=live, distinct=True))
        card = load.order_by(F("load") - F("room_for"), "id").select_related("person").first()
        if card:
            return card.person
    gone = Coach.objects.filter(away(today), organisation=door.organisation_id)
    absent = gone.filter(person=door.receiver_id).select_related("deputy").first()
    return (absent and absent.deputy) or door.receiver


def away(day: date) -> Q:
    """Coaches' cards that say they are away on ``day``."""
    return Q(away_from__lte=day) & (Q(away_until=None) | Q(away_until__gt=day))
