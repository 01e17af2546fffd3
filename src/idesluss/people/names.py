"""Read what people write: names, e-mail addresses, roles, units and people of an organisation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from idesluss.logic.refusals import Missing, TooLong
from idesluss.people.models import Appointment, Person, Unit
from idesluss.people.refusals import (
    EndsTooEarly,
    NotAnAddress,
    SeveralPeople,
    SeveralUnits,
    UnknownPerson,
    UnknownRole,
    UnknownUnit,
)
from idesluss.people.vocab import ROLE_WORDS, Role

BELOW = ">"  # between a department and its unit


def tidy(text: str) -> str:
    """One line, single spaces, none at the ends."""
    return " ".join(text.split())


def read_name(text: str, *, field: str = "name", limit: int = 120) -> str:
    """The name in ``text``.

    Raises:
        Missing: nothing is written.
        TooLong: more than ``limit`` characters.
    """
    name = tidy(text)
    if not name:
        raise Missing(field=field)
    if len(name) > limit:
        raise TooLong(field=field, limit=limit)
    return name


def read_address(text: str | None, *, field: str = "email") -> str | None:
    """The e-mail address in ``text``, lower case as all our addresses are; None if there is none.

    Raises:
        NotAnAddress: something else is written.
    """
    address = tidy(text or "").lower()
    if not address:
        return None
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnAddress(text=address, field=field) from None
    if len(address) > 254:
        raise TooLong(limit=254, field=field)
    return address


def read_role(text: str, *, shown: Mapping[str, str]) -> Role:
    """The role that ``text`` names in any of our languages.

    ``shown`` are the roles' names as the reader sees them, by their value.

    Raises:
        UnknownRole: none of them.
    """
    word = tidy(text).lower()
    for role, words in ROLE_WORDS.items():
        if word == role.value or word in words or word == shown[role.value].lower():
            return role
    raise UnknownRole(text=text, known=", ".join(shown.values()))


def read_roles(values: Collection[str]) -> list[Role]:
    """The roles with these values, in the order of ``Role``.

    Raises:
        Missing: none.
    """
    roles = [role for role in Role if role.value in values]
    if not roles:
        raise Missing(field="roles")
    return roles


def unit_path(unit: Unit) -> str:
    """The unit as people write it: "Department > Unit", or the department alone."""
    return f"{unit.parent.name} {BELOW} {unit.name}" if unit.parent else unit.name


def find_unit(text: str, units: Sequence[Unit]) -> Unit | None:
    """The unit that ``text`` names among ``units`` (parents loaded), None if nothing is written.

    Raises:
        UnknownUnit: no such unit.
        SeveralUnits: more than one.
    """
    wanted = [tidy(part).casefold() for part in text.split(BELOW)]
    if wanted == [""]:
        return None
    exact = [unit for unit in units if _levels(unit) == wanted]
    found = exact or [unit for unit in units if _levels(unit)[-1:] == wanted]
    if not found:
        raise UnknownUnit(text=tidy(text))
    if len(found) > 1:
        raise SeveralUnits(text=tidy(text))
    return found[0]


def _levels(unit: Unit) -> list[str]:
    names = [unit.parent.name, unit.name] if unit.parent else [unit.name]
    return [name.casefold() for name in names]


def find_person(text: str, *, organisation_id: int, at: datetime, field: str = "person") -> Person:
    """The person of the organisation that ``text`` names: an e-mail address, or a whole name.

    "Anna Åkesson, anna@slusstad.se" (what the list of suggestions fills in) is read by its
    address. Only people who have a role there that holds, and said yes to it, are found.

    Raises:
        Missing: nothing is written.
        UnknownPerson: nobody.
        SeveralPeople: more than one of that name.
    """
    written = tidy(text)
    if not written:
        raise Missing(field=field)
    here = Appointment.objects.valid(at.date()).filter(organisation=organisation_id)
    people = Person.objects.filter(pk__in=here.values("person"))
    address = written.rpartition(",")[2].strip().lower()
    if "@" in address:
        found = list(people.filter(email=address)[:2])
    else:
        found = list(people.filter(name__iexact=written)[:2])
    if not found:
        raise UnknownPerson(text=written, field=field)
    if len(found) > 1:
        raise SeveralPeople(text=written, field=field)
    return found[0]


def check_dates(starts: date | None, ends: date | None) -> None:
    """Go on when [``starts``, ``ends``) holds at least one day.

    Raises:
        EndsTooEarly: it does not.
    """
    if starts and ends and ends <= starts:
        raise EndsTooEarly


def day_after(last_day: date | None) -> date | None:
    """The first day something no longer holds, from the last day it does."""
    return last_day + timedelta(days=1) if last_day else None
