"""A ward under a department, their managers, and an application that the ward's is asked about."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from idesluss.funding.models import Application, Endorsement
from idesluss.funding.usecases import apply, submit, write
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    UnitFactory,
    person_as,
)
from tests.funding.applying import seen

LAST_DAY = NOON + timedelta(days=20)  # when managers are to have answered


def manager_of(unit: Unit, **fields: Any) -> Person:
    person = PersonFactory(**fields)
    AppointmentFactory(
        person=person, organisation=unit.organisation, unit=unit, role=Role.MANAGER.value
    )
    return person


def place(**fields: Any) -> SimpleNamespace:
    """The municipality with an open round that asks managers; nothing is handed in yet."""
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    care = UnitFactory(organisation=here, name="Vård")
    ward = UnitFactory(organisation=here, name="Hemtjänst", parent=care)
    contact = person_as(Role.ADMINISTRATOR, here, name="Maja Strand", email="maja@slusstad.example")
    round = RoundFactory(
        programme__organisation=here,
        slug="hosten",
        name="Hösten",
        contact=contact,
        **{"endorsed": True, "endorse_by": LAST_DAY, **fields},
    )
    return SimpleNamespace(
        here=here,
        care=care,
        ward=ward,
        round=round,
        administrator=contact,
        bo=manager_of(ward, name="Bo Ek", email="bo@slusstad.example"),
        eva=manager_of(care, name="Eva Lund", email="eva@slusstad.example"),
        ali=person_as(Role.MANAGER, here, name="Ali Ahmed", email="ali@slusstad.example"),
        owner=person_as(Role.EMPLOYEE, here, name="Siv Sökande", email="siv@slusstad.example"),
    )


def hand_in(
    it: SimpleNamespace, by: Person | None = None, unit: Unit | None = None, title: str = "Elcykel"
) -> Application:
    """A whole application, handed in at NOON."""
    by = by or it.owner
    draft = apply(it.round.pk, title=title, need="Backarna.", language="sv", by=by, at=NOON)
    values = {
        "unit": (unit or it.ward).pk,
        "lines": (("Elmotorer", 25_000_00), ("Montering", 10_000_00)),
        "ends_on": NOON.date().replace(year=it.round.project_year),
    }
    write(draft.pk, values=values, seen=seen(draft), by=by, at=NOON)
    return submit(draft.pk, by=by, at=NOON)


def asked(**fields: Any) -> SimpleNamespace:
    """The same with an application that Bo, who manages the ward, is asked about."""
    it = place(**fields)
    it.application = hand_in(it)
    it.one = Endorsement.objects.get(application=it.application)
    return it


def live(application: Application) -> list[Endorsement]:
    """Those that are asked, or have answered, by department."""
    return list(Endorsement.objects.filter(application=application).live().order_by("unit__name"))


def open_to(application: Application) -> list[str]:
    """The managers who may read it."""
    parts = application.idea.involvements.filter(part="endorser", ended_at=None)
    return sorted(parts.values_list("person__name", flat=True))


def noted(application: Application, verb: str) -> list[dict[str, Any]]:
    """What has been noted under ``verb``."""
    return [entry.data for entry in Entry.objects.about(application).filter(verb=verb)]
