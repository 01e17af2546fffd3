"""A released round with two granted projects, and everybody who has reason to celebrate it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from idesluss.funding.models import Celebration
from idesluss.funding.reads.celebrating import celebration_of, guests_of
from idesluss.funding.usecases import invite, plan_celebration
from idesluss.funding.usecases.celebrating import Gathering
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import AppointmentFactory, PersonFactory, UnitFactory, involve
from tests.funding.meeting import AFTER, Room, room

PARTY = AFTER + timedelta(days=14)
LATER_ON = AFTER + timedelta(hours=1)


@dataclass
class Feast:
    """The round (``here``) and those around it."""

    here: Room
    owner: Person
    together: Person  # hands in the first project with the owner
    refused: Person
    manager: Person  # of the unit above the first project's
    elsewhere: Person  # manages another unit

    @property
    def guests(self) -> set[Person]:
        """Who is to be invited."""
        second = self.here.cases[1].idea.involvements.get().person
        return {self.owner, self.together, self.manager, second, *self.here.members}

    def plan(self, version: int = 0, *, at: datetime = LATER_ON, **fields: Any) -> Celebration:
        """Say when and where."""
        return plan_celebration(
            self.here.round.pk,
            gathering=gathering(**fields),
            version=version,
            by=self.here.administrator,
            at=at,
        )

    def new(self, at: datetime = LATER_ON) -> set[int]:
        """The numbers of those who would be told."""
        celebration = celebration_of(self.here.round)
        guests = guests_of(self.here.round, celebration, at=at)
        return {one.person.pk for one in guests if not one.told}

    def invite(self, *, at: datetime = LATER_ON, by: Person | None = None) -> int:
        """Send the invitation to everybody who is new."""
        celebration = celebration_of(self.here.round)
        return invite(
            self.here.round.pk,
            people=self.new(at),
            version=celebration.version if celebration else 0,
            by=by or self.here.administrator,
            at=at,
        )


def gathering(**fields: Any) -> Gathering:
    usual = {
        "starts_at": PARTY,
        "ends_at": PARTY + timedelta(hours=2),
        "place": "Medborgarhuset, stora salen",
        "words": "Välkommen!\n\nVi bjuder på smörgåstårta.",
    }
    return Gathering(**{**usual, **fields})


def feast(*, released: bool = True, **fields: Any) -> Feast:
    """Two granted (60 900 and 40 000 kronor), one refused; decided and, mostly, released."""
    here = room(**fields)
    above = UnitFactory(organisation=here.organisation, name="Vård och omsorg")
    unit = UnitFactory(organisation=here.organisation, name="Hemtjänsten", parent=above)
    owner, together = PersonFactory(name="Anna Åkesson"), PersonFactory(name="Søren Bæk")
    for person in (owner, together):
        AppointmentFactory(person=person, organisation=here.organisation)
    case = here.case("Elmotorer på cyklar", 60_900, owner=owner, unit=unit)
    involve(case.idea, together, Part.CO_APPLICANT)
    here.case("Läsfåtölj i korridoren", 40_000)
    here.case("Väderstation", 50_000)
    manager, elsewhere = PersonFactory(name="Mona Chef"), PersonFactory(name="Östen Chef")
    for person, managed in (
        (manager, above),
        (elsewhere, UnitFactory(organisation=here.organisation)),
    ):
        AppointmentFactory(
            person=person,
            organisation=here.organisation,
            role=Role.MANAGER.value,
            unit=managed,
        )
    here.all_declare_clear()
    here.open()
    here.choose(here.cases[0], "granted", 60_900)
    here.choose(here.cases[1], "granted", 40_000)
    here.choose(here.cases[2], "refused", reason="Ryms i ordinarie verksamhet.")
    if released:
        here.release()
        here.round.refresh_from_db()
    refused = here.cases[2].idea.involvements.get().person
    return Feast(here, owner, together, refused, manager, elsewhere)
