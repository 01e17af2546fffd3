"""Who and what can own something permanent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from idesluss.adoption.models import Adoption
from idesluss.people.models import Appointment, Organisation, Person, Unit


def units_of(organisation: Organisation, noted: Adoption | None) -> list[Unit]:
    """Units in use, departments before their units; and the one that owns it now."""
    wanted = Q(archived_at=None) | Q(pk=noted.unit_id if noted else None)
    units = Unit.objects.filter(wanted, organisation=organisation).select_related("parent")
    return sorted(
        units,
        key=lambda it: (it.parent.name if it.parent else it.name, bool(it.parent), it.name),
    )


def people_of(organisation: Organisation, noted: Adoption | None, *, at: datetime) -> list[Person]:
    """Who works here, by name; and the one who is responsible now."""
    here = Appointment.objects.valid(at.date()).filter(organisation=organisation)
    wanted = Q(pk__in=here.values("person")) | Q(pk=noted.owner_id if noted else None)
    return list(Person.objects.filter(wanted, is_active=True).order_by("name", "pk"))
