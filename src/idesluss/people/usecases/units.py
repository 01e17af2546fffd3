"""Departments and the units below them: added many at once, renamed, laid aside, brought back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, Missing, require
from idesluss.people.models import Person, Unit
from idesluss.people.names import BELOW, read_name, tidy
from idesluss.people.refusals import NameTaken, TooDeep, UnitTooLong
from idesluss.people.rules import may_set_up
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.records.usecases import note

LONGEST = 120  # characters of a name
TAB = "\t"  # between the columns of a sheet
HEADINGS = {
    "förvaltning", "avdelning", "enhet", "forvaltning", "afdeling", "enhed", "department", "unit",
}  # fmt: skip
"""What the columns of a sheet may be called; a first line of such words is no unit."""


def read_units(text: str) -> list[tuple[str, ...]]:
    """The units in ``text``, one on each line: (department,) or (department, unit), each once.

    A unit is written as "Department > Unit", or pasted as two columns of a sheet. There an empty
    first column means the department above, as merged cells come out; headings are left out.

    Raises:
        Missing: nothing is written.
        TooDeep: a line with more than two levels, or an empty one.
        UnitTooLong: a name that does not fit.
    """
    paths: dict[tuple[str, ...], None] = {}
    department = ""
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        path = _path(line, department)
        line = tidy(line)  # noqa: PLW2901  (as it is named in a refusal)
        if number == 0 and TAB in text and {part.casefold() for part in path} <= HEADINGS:
            continue
        if len(path) > 2 or not all(path):
            raise TooDeep(line=line)
        if any(len(name) > LONGEST for name in path):
            raise UnitTooLong(line=line, limit=LONGEST)
        department = path[0]
        paths.setdefault(path[:1])
        paths.setdefault(path)
    if not paths:
        raise Missing(field="lines")
    return list(paths)


def _path(line: str, department: str) -> tuple[str, ...]:
    """The names on a line; ``department`` is the one above, for a row of a sheet without."""
    if TAB not in line:
        return tuple(tidy(part) for part in line.split(BELOW))
    cells = [tidy(cell) for cell in line.split(TAB)]
    while cells and not cells[-1]:
        cells.pop()
    if cells and not cells[0]:
        cells[0] = department
    return tuple(cells)


@transaction.atomic
def add_units(organisation_id: int, text: str, *, by: Person, at: datetime) -> list[Unit]:
    """Add the units that ``text`` names; those that exist stay, archived ones come back.

    Returns what was added or brought back, a department before its units.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: see ``read_units``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_set_up(by, organisation_id, at))
    known = {_key(unit): unit for unit in _all(organisation_id)}
    changed: list[Unit] = []
    for path in read_units(text):
        key = tuple(name.casefold() for name in path)
        unit = known.get(key)
        if unit is None:
            parent = known[key[:1]] if len(key) == 2 else None
            unit = Unit.objects.create(organisation=organisation, parent=parent, name=path[-1])
            changed.append(unit)
        elif unit.archived_at is not None:
            unit.archived_at = None
            unit.save(update_fields=["archived_at"])
            changed.append(unit)
        known[key] = unit
    if changed:
        names = [unit.name for unit in changed]
        note("people.units_added", about=organisation, by=by, at=at, names=names)
    return changed


@transaction.atomic
def rename_unit(unit_id: int, name: str, *, by: Person, at: datetime) -> Unit:
    """Give the unit another name.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing, TooLong: no name, or one that does not fit.
        NameTaken: its sister has that name.
    """
    unit = Unit.objects.get(pk=unit_id)
    lock_organisation(unit.organisation_id)
    require(may_set_up(by, unit.organisation_id, at))
    name = read_name(name)
    sisters = Unit.objects.filter(organisation=unit.organisation_id, parent=unit.parent_id)
    taken = {sister.name.casefold() for sister in sisters.exclude(pk=unit.pk)}
    require(name.casefold() not in taken, NameTaken(name=name))
    if name != unit.name:
        before, unit.name = unit.name, name
        unit.save(update_fields=["name"])
        note("people.unit_renamed", about=unit, by=by, at=at, before=before, name=name)
    return unit


@transaction.atomic
def archive_unit(unit_id: int, *, by: Person, at: datetime) -> None:
    """Lay the unit aside, and the units below it: nobody can choose them any more.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it lies aside already.
    """
    unit = _locked(unit_id)
    require(may_set_up(by, unit.organisation_id, at))
    require(unit.archived_at is None, AlreadyDone)
    _set([unit, *unit.units.filter(archived_at=None)], at)
    note("people.unit_archived", about=unit, by=by, at=at, name=unit.name)


@transaction.atomic
def restore_unit(unit_id: int, *, by: Person, at: datetime) -> None:
    """Bring the unit back, and its department if that lies aside too.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it does not lie aside.
    """
    unit = _locked(unit_id)
    require(may_set_up(by, unit.organisation_id, at))
    require(unit.archived_at is not None, AlreadyDone)
    _set([unit, unit.parent] if unit.parent else [unit], None)
    note("people.unit_restored", about=unit, by=by, at=at, name=unit.name)


def _locked(unit_id: int) -> Unit:
    return Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit_id)


def _set(units: Iterable[Unit], archived_at: datetime | None) -> None:
    for unit in units:
        unit.archived_at = archived_at
        unit.save(update_fields=["archived_at"])


def _all(organisation_id: int) -> list[Unit]:
    units = Unit.objects.filter(organisation=organisation_id).select_related("parent")
    return list(units)


def _key(unit: Unit) -> tuple[str, ...]:
    names = [unit.parent.name, unit.name] if unit.parent else [unit.name]
    return tuple(name.casefold() for name in names)
