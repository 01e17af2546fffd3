"""Who may do what among people. Loaded objects in, yes or no out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.people.models import Appointment, Person, standing_of
from idesluss.people.vocab import Role


def may_install(person: Any) -> bool:
    """Whether ``person`` sets up the installation: organisations and their administrators."""
    return isinstance(person, Person) and person.is_active and person.is_installer


def may_set_up(person: Any, organisation_id: int, at: datetime) -> bool:
    """Whether ``person`` arranges the organisation: its people, units, bodies and programmes."""
    return organisation_id in standing_of(person, at).organisations_as(Role.ADMINISTRATOR)


def may_appoint(person: Any, organisation_id: int, role: str, at: datetime) -> bool:
    """Whether ``person`` may give somebody ``role``; an installer only appoints administrators."""
    installs = role == Role.ADMINISTRATOR and may_install(person)
    return installs or may_set_up(person, organisation_id, at)


def may_correct(person: Any, other: Person, at: datetime) -> bool:
    """Whether ``person`` may change the name and address of ``other``.

    An address is what one signs in with: only while nobody but the organisations that
    ``person`` administers knows ``other``, and never that of an installer.
    """
    run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
    theirs = Appointment.objects.filter(person=other)
    known = theirs.filter(organisation__in=run, invited_as="").exists()
    return known and not other.is_installer and not theirs.exclude(organisation__in=run).exists()
