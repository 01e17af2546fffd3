"""The year's pot: set, changed, and never capped above itself."""

import pytest

from idesluss.funding.models import Pot
from idesluss.funding.usecases import set_pot
from idesluss.funding.usecases.pot import CapTooHigh, CapZero
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.refusals import BadYear
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, ProgrammeFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return ProgrammeFactory(organisation=OrganisationFactory(currency="DKK"))


@pytest.fixture
def boss(fund):
    return person_as(Role.ADMINISTRATOR, fund.organisation)


def test_a_pot_is_in_the_organisations_currency_and_changed_with_a_trace(fund, boss):
    set_pot(fund.pk, year=2027, amount_minor=500_000_00, cap_minor=100_000_00, by=boss, at=NOON)
    fund.organisation.currency = "EUR"
    fund.organisation.save()

    set_pot(fund.pk, year=2027, amount_minor=600_000_00, by=boss, at=NOON)
    set_pot(fund.pk, year=2028, amount_minor=0, by=boss, at=NOON)

    assert list(Pot.objects.order_by("year").values_list(
        "year", "amount_minor", "cap_minor", "currency"
    )) == [(2027, 600_000_00, None, "DKK"), (2028, 0, None, "EUR")]  # fmt: skip
    entries = Entry.objects.about(fund)
    assert [(it.verb, it.data["before"]) for it in entries] == [
        ("funding.pot_set", None),
        ("funding.pot_set", [500_000_00, 100_000_00]),
        ("funding.pot_set", None),
    ]
    assert entries[1].organisation_id == fund.organisation_id


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"amount_minor": None}, Missing, "amount_minor"),
        ({"year": 27}, BadYear, "year"),
        ({"cap_minor": 2_00}, CapTooHigh, "cap_minor"),
        ({"cap_minor": 0}, CapZero, "cap_minor"),
    ],
)
def test_a_pot_that_makes_no_sense_is_refused_at_its_field(given, refusal, field, fund, boss):
    with pytest.raises(refusal) as refused:
        set_pot(fund.pk, **{"year": 2027, "amount_minor": 1_00, **given}, by=boss, at=NOON)
    assert refused.value.field == field
    assert not Pot.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_of_that_organisation_set_it(role, fund):
    others = [person_as(role, fund.organisation)]
    others.append(person_as(Role.ADMINISTRATOR, OrganisationFactory()))
    for by in others:
        with pytest.raises(NotAllowed):
            set_pot(fund.pk, year=2027, amount_minor=1_00, by=by, at=NOON)
