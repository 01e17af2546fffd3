"""A round goes on to next year with everything that it asks, and a pot of the same size."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.funding.models import Pot
from idesluss.funding.usecases.next_year import copy_to_next_year, facts_of_next_year
from idesluss.funding.usecases.pot_fits import CapUnderLevel
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.programmes.refusals import NameTaken
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    CriterionFactory,
    LevelFactory,
    OrganisationFactory,
    PotFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def round(here, boss):
    """Open from the first Monday of September to the last Friday of it at 16.00."""
    made = RoundFactory(
        programme=ProgrammeFactory(organisation=here),
        name="Hösten 2026",
        slug="hosten-2026",
        opens_at=datetime(2026, 9, 7, 6, 0, tzinfo=UTC),
        closes_at=datetime(2026, 9, 25, 14, 0, tzinfo=UTC),
        answer_by=date(2026, 12, 11),
        contact=boss,
        introduction="Sök!",
        blind=True,
        public=True,
        assessors_wanted=3,
        answer_days=40,
        flows_on=True,
    )
    CriterionFactory(round=made)
    QuestionFactory(round=made)
    LevelFactory(round=made, high_minor=50_000_00)
    return made


def test_everything_is_a_year_later_on_the_same_weekdays(round, boss):
    facts = facts_of_next_year(round)

    assert (facts.name, facts.slug, facts.project_year) == ("Hösten 2027", "", 2028)
    assert facts.opens_at == datetime(2027, 9, 6, 6, 0, tzinfo=UTC)
    assert facts.closes_at == datetime(2027, 9, 24, 14, 0, tzinfo=UTC)
    assert facts.answer_by == date(2027, 12, 10)
    assert (facts.contact_id, facts.introduction) == (boss.pk, "Sök!")
    assert (facts.blind, facts.public, facts.flows_on) == (True, True, True)
    assert (facts.assessors_wanted, facts.answer_days) == (3, 40)


def test_a_round_without_dates_stays_without(round):
    round.opens_at = round.closes_at = round.answer_by = None
    round.name = "Innovationsanslaget"
    facts = facts_of_next_year(round)
    assert (facts.opens_at, facts.closes_at, facts.answer_by) == (None, None, None)
    assert facts.name == "Innovationsanslaget 2028"


def test_the_copy_has_criteria_questions_levels_and_a_pot_and_is_not_announced(round, boss):
    PotFactory(programme=round.programme, amount_minor=500_000_00, cap_minor=100_000_00)

    copy = copy_to_next_year(
        round.pk, facts_of_next_year(round),
        amount_minor=500_000_00, cap_minor=100_000_00, by=boss, at=NOON,
    )  # fmt: skip

    assert (copy.slug, copy.announced_at) == ("hosten-2027", None)
    counted = (copy.criteria.count(), copy.questions.count(), copy.levels.count())
    assert counted == (1, 1, 1)
    pot = Pot.objects.get(year=2028)
    assert (pot.amount_minor, pot.cap_minor, pot.currency) == (500_000_00, 100_000_00, "SEK")
    assert [it.verb for it in Entry.objects.order_by("id")] == [
        "funding.pot_set", "programmes.round_added",
    ]  # fmt: skip


def test_a_pot_that_is_there_stays_as_it_is_and_none_is_made_unasked(round, boss):
    facts = facts_of_next_year(round)
    copy_to_next_year(round.pk, replace(facts, project_year=2029), by=boss, at=NOON)
    assert not Pot.objects.exists()
    PotFactory(programme=round.programme, year=2028, amount_minor=1_00, cap_minor=None)
    again = replace(facts, name="Våren 2028")
    copy_to_next_year(round.pk, again, amount_minor=9_00, cap_minor=1, by=boss, at=NOON)
    assert Pot.objects.get().amount_minor == 1_00


def test_the_new_pot_keeps_the_currency_that_the_round_has(round, boss):
    round.programme.organisation.currency = "EUR"
    round.programme.organisation.save()
    copy = copy_to_next_year(
        round.pk, facts_of_next_year(round), amount_minor=1_00, by=boss, at=NOON
    )
    assert (copy.currency, Pot.objects.get().currency) == ("SEK", "SEK")


def test_a_pot_that_its_levels_do_not_fit_in_is_refused_and_nothing_is_added(round, boss):
    with pytest.raises(CapUnderLevel):
        copy_to_next_year(
            round.pk, facts_of_next_year(round),
            amount_minor=500_000_00, cap_minor=49_999_99, by=boss, at=NOON,
        )  # fmt: skip
    facts = replace(facts_of_next_year(round), name="Hösten 2026")
    with pytest.raises(NameTaken):
        copy_to_next_year(round.pk, facts, amount_minor=1, by=boss, at=NOON)
    assert (Round.objects.count(), Pot.objects.count(), Entry.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_copy(role, here, round):
    with pytest.raises(NotAllowed):
        copy_to_next_year(round.pk, facts_of_next_year(round), by=person_as(role, here), at=NOON)


def test_the_managers_last_day_moves_along(round, boss):
    week = timedelta(days=7)
    Round.objects.filter(pk=round.pk).update(endorsed=True, endorse_by=round.closes_at + week)
    copy = copy_to_next_year(round.pk, facts_of_next_year(round), by=boss, at=NOON)
    assert copy.endorse_by == copy.closes_at + week
