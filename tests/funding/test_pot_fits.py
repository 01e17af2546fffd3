"""A year's pot and the rounds that it is for never contradict each other."""

import pytest

from idesluss.funding.models import Pot
from idesluss.funding.usecases import set_pot
from idesluss.funding.usecases.pot_fits import (
    CapFixed,
    CapUnderFloor,
    CapUnderLevel,
    PotCurrencyFixed,
    RoundInOtherCurrency,
)
from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
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


@pytest.fixture
def round():
    return RoundFactory(name="Hösten", programme__organisation=OrganisationFactory())


@pytest.fixture
def put(round):
    """Set the pot of 2027, of 500 000."""
    boss = person_as(Role.ADMINISTRATOR, round.programme.organisation)

    def act(year=2027, **given):
        given = {"amount_minor": 500_000_00, **given}
        return set_pot(round.programme_id, year=year, **given, by=boss, at=NOON)

    return act


def test_a_pot_is_in_the_organisations_currency_and_keeps_its_own(round, put):
    round.programme.organisation.currency = "DKK"
    round.programme.organisation.save()
    assert put().currency == "DKK"
    round.programme.organisation.currency = "SEK"
    round.programme.organisation.save()
    assert put(amount_minor=1).currency == "DKK"
    assert put(currency="EUR").currency == "EUR"
    assert Pot.objects.get().currency == "EUR"


def test_rounds_of_the_year_in_which_no_sum_is_written_follow_the_pot(round, put):
    other = RoundFactory(programme=round.programme, project_year=2028)
    put(currency="EUR")
    round.refresh_from_db()
    other.refresh_from_db()
    assert (round.currency, other.currency) == ("EUR", "SEK")


@pytest.mark.parametrize("rule", ["floor_minor", "work_rate_minor", "level", "draft"])
def test_a_round_with_sums_keeps_the_pot_in_its_currency(rule, round, put):
    if rule == "level":
        LevelFactory(round=round)
    elif rule == "draft":
        ApplicationFactory(round=round)
    else:
        Round.objects.filter(pk=round.pk).update(**{rule: 1_00})
    with pytest.raises(RoundInOtherCurrency) as refused:
        put(currency="DKK")
    assert refused.value == RoundInOtherCurrency(round="Hösten", theirs="SEK", wanted="DKK")
    assert refused.value.field == "currency"
    assert not Pot.objects.exists()
    assert not Entry.objects.exists()
    Round.objects.filter(pk=round.pk).update(archived_at=NOON)
    put(currency="DKK")


def test_a_pot_that_people_have_written_sums_in_stays_in_its_currency(round, put):
    put()
    ApplicationFactory(round=round)
    with pytest.raises(PotCurrencyFixed) as refused:
        put(currency="EUR")
    assert refused.value.params == {"currency": "SEK"}
    put(amount_minor=600_000_00)


def test_a_currency_that_is_none_is_refused(put):
    with pytest.raises(Missing) as refused:
        put(currency="USD")
    assert refused.value.field == "currency"


def test_the_most_for_one_project_is_no_less_than_the_least_or_the_levels(round, put):
    Round.objects.filter(pk=round.pk).update(floor_minor=10_000_00)
    LevelFactory(round=round, name="Stor", high_minor=90_000_00)
    with pytest.raises(CapUnderFloor) as floor:
        put(cap_minor=9_999_99)
    assert floor.value.params == {"round": "Hösten", "floor": Money(10_000_00, "SEK")}
    with pytest.raises(CapUnderLevel) as level:
        put(cap_minor=89_999_99)
    assert level.value.params == {
        "round": "Hösten", "level": "Stor", "high": Money(90_000_00, "SEK"),
    }  # fmt: skip
    assert {floor.value.field, level.value.field} == {"cap_minor"}
    put(cap_minor=90_000_00)
    put(2028, cap_minor=1)


def test_the_most_for_one_project_is_fixed_once_somebody_has_handed_in(round, put):
    PotFactory(programme=round.programme, cap_minor=100_000_00)
    draft = ApplicationFactory(round=round)
    put(cap_minor=90_000_00)
    draft.submitted_at = NOON
    draft.save()

    for cap in (None, 80_000_00, 100_000_00):
        with pytest.raises(CapFixed) as refused:
            put(cap_minor=cap)
        assert (refused.value.field, refused.value.params) == ("cap_minor", {"year": 2027})
    put(cap_minor=90_000_00, amount_minor=700_000_00)
    put(2028, cap_minor=1)
