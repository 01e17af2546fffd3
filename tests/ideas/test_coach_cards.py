"""A coach's card is written by the coach, or by an administrator."""

import pytest

from idesluss.ideas.models import Coach
from idesluss.ideas.usecases.coach_cards import Card, write_card
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db


def test_a_card_is_written_and_written_anew_by_the_coach_or_an_administrator():
    town, elsewhere = OrganisationFactory(), UnitFactory()
    unit, coach = UnitFactory(organisation=town), person_as(Role.COACH, town)
    first = Card(" Ring ", [" behov ", ""], [unit, elsewhere], 3)
    write_card(town.pk, coach, first, by=coach, at=NOON)
    card = Coach.objects.get()
    assert (card.about, card.skills, card.room_for, card.version) == ("Ring", ["behov"], 3, 1)
    assert list(card.units.all()) == [unit]
    boss = person_as(Role.ADMINISTRATOR, town)
    write_card(town.pk, coach, Card(bookable=False), by=boss, at=NOON)
    card.refresh_from_db()
    assert (card.about, card.bookable, card.units.count()) == ("", False, 0)


def test_nobody_else_writes_it_and_only_coaches_have_one():
    town = OrganisationFactory()
    coach, other = person_as(Role.COACH, town), person_as(Role.COACH, town)
    manager = person_as(Role.MANAGER, town)
    for who, by in ((coach, other), (manager, manager)):
        with pytest.raises(NotAllowed):
            write_card(town.pk, who, Card(), by=by, at=NOON)
    with pytest.raises(TooLong):
        write_card(town.pk, coach, Card("x" * 2001), by=coach, at=NOON)
    assert not Coach.objects.exists()
