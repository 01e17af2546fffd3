"""A sluice with one of the ready models, made as an administrator makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import Given, hand_in
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition, Step
from idesluss.programmes.usecases.doors import DoorFacts, open_door
from idesluss.programmes.usecases.model import begin_edition, open_edition
from idesluss.programmes.usecases.sluices import add_sluice
from idesluss.programmes.vocab import Audience
from tests.factories import NOON, OrganisationFactory, PersonFactory, person_as

BEFORE = NOON - timedelta(days=60)


@dataclass
class World:
    """An open sluice, and who is there."""

    edition: Edition
    door: Door
    boss: Person
    coach: Person

    def step(self, key: str, edition: Edition | None = None) -> Step:
        """The step of that key."""
        return (edition or self.edition).steps.get(key=key)

    def case(self, **given: object) -> Idea:
        """A case that has just come in."""
        by = PersonFactory()
        return hand_in(self.door, Given(need="Vi springer efter lyften.", **given), by=by, at=NOON)


def open_sluice(model: str = "lerum", **organisation: object) -> World:
    """A sluice that follows ``model``, with a door for employees."""
    town = OrganisationFactory(**organisation)
    boss, coach = person_as(Role.ADMINISTRATOR, town), person_as(Role.COACH, town)
    sluice = add_sluice(town.pk, name="Idéslussen", by=boss, at=BEFORE)
    edition = begin_edition(sluice.pk, model, by=boss, at=BEFORE)
    open_edition(edition.pk, by=boss, at=BEFORE)
    facts = DoorFacts(coach, slug="personal")
    door = open_door(sluice.pk, Audience.STAFF, facts, by=boss, at=BEFORE)
    return World(edition, door, boss, coach)
