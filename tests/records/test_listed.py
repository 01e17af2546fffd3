import pytest

from idesluss.people.models import Unit
from idesluss.records.listed import fill
from tests.factories import RoundFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_what_is_filled_in_is_told_without_a_query_and_forgotten_when_it_changes(
    django_assert_num_queries,
):
    round = RoundFactory()
    unit = UnitFactory(organisation=round.programme.organisation)
    fill(round, "units", [Unit(pk=unit.pk, name="As it was read")])

    with django_assert_num_queries(0):
        assert [one.name for one in round.units.all()] == ["As it was read"]
    round.units.add(unit)
    assert [one.name for one in round.units.all()] == [unit.name]
