"""Add people to an organisation, one by one or many from a sheet, and tell them how to sign in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, NotAllowed, Refusal, gettext_noop, require
from idesluss.people.models import Appointment, Organisation, Person, Unit
from idesluss.people.names import (
    check_dates,
    find_unit,
    read_address,
    read_name,
    read_role,
    read_roles,
    tidy,
    unit_path,
)
from idesluss.people.rules import may_appoint, may_set_up
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.people.vocab import Role
from idesluss.records.usecases import note

MOST_ROWS = 2000
COLUMNS = ("name", "email", "roles", "unit")


@transaction.atomic
def add_person(
    organisation_id: int,
    *,
    name: str,
    email: str | None,
    roles: Collection[str],
    unit_id: int | None = None,
    starts: date | None = None,
    ends: date | None = None,
    by: Person,
    at: datetime,
) -> Person:
    """Give somebody roles in the organisation and note ``people.invited``; the letter follows.

    Somebody with that address who already has a role here gets those that are new. Somebody
    who is here for another organisation only is asked first (see ``Appointment.invited_as``),
    and ``by`` cannot tell the difference. Roles hold in [``starts``, ``ends``).

    Raises:
        NotAllowed: ``by`` may not give all of ``roles``.
        AlreadyDone: the person has all of them.
        Refusal: a name, address, role or date that cannot be used, naming its field.
    """
    organisation = lock_organisation(organisation_id)
    wanted = read_roles(roles)
    require(all(may_appoint(by, organisation_id, role, at) for role in wanted))
    name, address = read_name(name), read_address(email)
    check_dates(starts, ends)
    unit = Unit.objects.current().get(pk=unit_id, organisation=organisation) if unit_id else None
    person, invited_as = _find_or_make(name, address, organisation, by)
    held = set(
        Appointment.objects.not_over(starts or at.date())
        .filter(person=person, organisation=organisation, unit=unit, deputy_for=None)
        .values_list("role", flat=True)
    )
    new = [role for role in wanted if role.value not in held]
    require(bool(new), AlreadyDone)
    for role in new:
        Appointment.objects.create(
            organisation=organisation,
            unit=unit,
            person=person,
            role=role.value,
            starts=starts,
            ends=ends,
            invited_as=invited_as,
        )
    told = {
        "name": name,
        "email": address or "",
        "roles": [role.value for role in new],
        "unit": unit_path(unit) if unit else "",
        "starts": _iso(starts),
        "ends": _iso(ends),
        "invited_by": by.name,
    }
    here = organisation.pk
    note("people.invited", about=person, by=by, at=at, organisation_id=here, **told)
    return person


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _find_or_make(
    name: str, address: str | None, organisation: Organisation, by: Person
) -> tuple[Person, str]:
    """The person with that address, and what to call them until they have said yes."""
    if address is None:
        return Person.objects.create(name=name), ""
    person, made = Person.objects.get_or_create(email=address, defaults={"name": name})
    if made:
        return person, ""
    here = Appointment.objects.filter(person=person, organisation=organisation)
    waiting = here.exclude(invited_as="").first()
    if person == by or here.filter(invited_as="").exists():
        return person, ""
    return person, waiting.invited_as if waiting else name


class NotFourColumns(Refusal):
    """Needs ``found``."""

    sentence = gettext_noop(
        "This row has %(found)s columns. Paste name, e-mail, role and unit, in that order."
    )


class TooManyRows(Refusal):
    """Needs ``limit``."""

    sentence = gettext_noop("There are too many rows. Paste at most %(limit)s at a time.")
    field = "rows"


@dataclass(frozen=True, slots=True)
class Row:
    """One pasted row: what was read, or why it could not be. ``number`` counts from 1."""

    number: int
    name: str = ""
    email: str | None = None
    roles: tuple[Role, ...] = ()
    unit: Unit | None = None
    problem: Refusal | None = None


def read_rows(text: str, *, units: Sequence[Unit], shown: Mapping[str, str]) -> list[Row]:
    """The people in ``text`` as pasted from a sheet: name, e-mail, role, unit on each line.

    Cells are parted by tabs, else by semicolons; only the name is needed, and without a role
    somebody is an employee. Several roles in one cell are parted by commas. A first line that
    names the columns is passed over. ``shown`` are the roles' names in the reader's language.

    Raises:
        TooManyRows: more than ``MOST_ROWS``.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise TooManyRows(limit=MOST_ROWS)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for place, (number, line) in enumerate(lines):
        cells = [tidy(cell) for cell in line.split("\t" if "\t" in line else ";")]
        if place == 0 and _is_heading(cells):
            continue
        row = _read_row(number, cells, units, shown)
        if row.email and row.problem is None:
            first = seen.setdefault(row.email, number)
            if first != number:
                row = Row(number, row.name, row.email, problem=SameAddress(row=first))
        rows.append(row)
    return rows


class SameAddress(Refusal):
    """Needs ``row``."""

    sentence = gettext_noop("The same address is in row %(row)s. Put all roles in one row.")
    field = "email"


def _is_heading(cells: Sequence[str]) -> bool:
    words = {"name", "namn", "navn", "e-mail", "email", "e-post", "epost", "mail", "e-postadress"}
    return len(cells) > 1 and {cell.lower() for cell in cells[:2]} <= words


def _read_row(
    number: int, cells: list[str], units: Sequence[Unit], shown: Mapping[str, str]
) -> Row:
    if len(cells) > len(COLUMNS):
        return Row(number, cells[0], problem=NotFourColumns(found=len(cells)))
    name, email, roles, unit = cells + [""] * (len(COLUMNS) - len(cells))
    try:
        return Row(
            number,
            read_name(name),
            read_address(email),
            tuple(dict.fromkeys(read_role(it, shown=shown) for it in _split(roles)))
            or (Role.EMPLOYEE,),
            find_unit(unit, units),
        )
    except Refusal as problem:
        return Row(number, name, email, problem=problem)


def _split(roles: str) -> list[str]:
    return [word for word in (tidy(part) for part in roles.split(",")) if word]


@transaction.atomic
def add_people(
    organisation_id: int, rows: Sequence[Row], *, by: Person, at: datetime
) -> tuple[int, int]:
    """Add everybody in ``rows``, all or nothing; returns how many were added, and had it all.

    The same rows twice change nothing.

    Raises:
        NotAllowed: ``by`` is no fund administrator there, or a row has a problem.
    """
    require(may_set_up(by, organisation_id, at))
    added = had = 0
    nameless = set(
        Appointment.objects.filter(organisation=organisation_id, person__email=None).values_list(
            "person__name", flat=True
        )
    )
    for row in rows:
        require(row.problem is None, NotAllowed)
        if row.email is None and row.name in nameless:  # nothing but the name tells them apart
            had += 1
            continue
        try:
            add_person(
                organisation_id,
                name=row.name,
                email=row.email,
                roles=[role.value for role in row.roles],
                unit_id=row.unit.pk if row.unit else None,
                by=by,
                at=at,
            )
        except AlreadyDone:
            had += 1
        else:
            added += 1
    return added, had
