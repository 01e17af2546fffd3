"""Levels of amounts lie apart from each other, within the least and the most."""

from dataclasses import replace

import pytest

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.limits import (
    LevelOverCap,
    LevelsOverlap,
    LevelUnderFloor,
    LevelUpsideDown,
    RulesFixed,
)
from idesluss.programmes.models import Level
from idesluss.programmes.refusals import NameTaken
from idesluss.programmes.usecases import LevelFacts, add_level, change_level, remove_level
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    LevelFactory,
    OrganisationFactory,
    PotFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
SMALL = LevelFacts(" Liten ", 10_000_00, 50_000_00, asks=" En sida räcker. ")


@pytest.fixture
def round():
    return RoundFactory(programme__organisation=OrganisationFactory())


@pytest.fixture
def boss(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def test_levels_are_added_changed_and_taken_away(round, boss):
    level = add_level(round.pk, SMALL, by=boss, at=NOON)
    assert (level.name, level.asks) == ("Liten", "En sida räcker.")
    change_level(level.pk, replace(SMALL, high_minor=60_000_00), by=boss, at=NOON)
    level.refresh_from_db()
    assert (level.low_minor, level.high_minor) == (10_000_00, 60_000_00)

    remove_level(level.pk, by=boss, at=NOON)

    assert not Level.objects.exists()
    assert [it.verb for it in Entry.objects.about(round)] == [
        "programmes.level_added", "programmes.level_changed", "programmes.level_removed",
    ]  # fmt: skip
    assert Entry.objects.about(round).last().data["kept"] == {
        "name": "Liten", "low_minor": 10_000_00, "high_minor": 60_000_00, "asks": "En sida räcker.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"name": ""}, Missing, "name"),
        ({"name": "stor"}, NameTaken, "name"),
        ({"asks": "x" * 2001}, TooLong, "asks"),
        ({"low_minor": None}, Missing, "low_minor"),
        ({"high_minor": None}, Missing, "high_minor"),
        ({"low_minor": 50_000_01}, LevelUpsideDown, "high_minor"),
        ({"high_minor": 60_000_00}, LevelsOverlap, "low_minor"),
        ({"low_minor": 70_000_00, "high_minor": 70_000_00}, LevelsOverlap, "low_minor"),
        ({"high_minor": 100_000_00}, LevelsOverlap, "low_minor"),
        ({"low_minor": 4_999_99}, LevelUnderFloor, "low_minor"),
        ({"high_minor": 200_000_01}, LevelOverCap, "high_minor"),
    ],
)
def test_a_level_that_cannot_be_meant_is_refused_at_its_field(given, refusal, field, round, boss):
    round.floor_minor = 5_000_00
    round.save()
    PotFactory(programme=round.programme, cap_minor=200_000_00)
    LevelFactory(round=round, name="Stor", low_minor=60_000_00, high_minor=90_000_00)
    LevelFactory(name="Liten")  # another round's

    with pytest.raises(refusal) as refused:
        add_level(round.pk, replace(SMALL, **given), by=boss, at=NOON)

    assert refused.value.field == field
    assert round.levels.count() == 1
    assert not Entry.objects.exists()


def test_levels_may_touch_and_a_level_does_not_overlap_itself(round, boss):
    small = add_level(round.pk, SMALL, by=boss, at=NOON)
    add_level(round.pk, LevelFacts("Stor", 50_000_01, 90_000_00), by=boss, at=NOON)
    change_level(small.pk, replace(SMALL, low_minor=0), by=boss, at=NOON)
    with pytest.raises(LevelsOverlap) as refused:
        change_level(small.pk, replace(SMALL, high_minor=50_000_01), by=boss, at=NOON)
    assert refused.value.params == {
        "level": "Stor", "low": Money(50_000_01, "SEK"), "high": Money(90_000_00, "SEK"),
    }  # fmt: skip


def test_levels_are_fixed_once_somebody_has_handed_in(round, boss):
    level = LevelFactory(round=round)
    ApplicationFactory(round=round, stage="received")
    for act in (
        lambda: add_level(round.pk, LevelFacts("X", 1, 2), by=boss, at=NOON),
        lambda: change_level(level.pk, SMALL, by=boss, at=NOON),
        lambda: remove_level(level.pk, by=boss, at=NOON),
    ):
        with pytest.raises(RulesFixed):
            act()
    assert list(round.levels.all()) == [level]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_set_levels(role, round):
    level = LevelFactory(round=round)
    by = person_as(role, round.programme.organisation)
    for act in (
        lambda: add_level(round.pk, SMALL, by=by, at=NOON),
        lambda: change_level(level.pk, SMALL, by=by, at=NOON),
        lambda: remove_level(level.pk, by=by, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()
