from datetime import UTC, datetime

import pytest
from django.db import transaction

from idesluss.ideas.usecases.register import register_number
from tests.factories import NOON, OrganisationFactory

pytestmark = pytest.mark.django_db
NEW_YEAR_IN_STOCKHOLM = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)


def test_numbers_follow_each_other_and_every_organisation_has_its_own():
    ours, theirs = OrganisationFactory(), OrganisationFactory(register_pattern="KS {number}")

    assert [register_number(ours, at=NOON) for _ in range(3)] == [
        "INN 2026/0001",
        "INN 2026/0002",
        "INN 2026/0003",
    ]
    assert register_number(theirs, at=NOON) == "KS 1"


def test_a_new_year_in_the_organisations_own_zone_begins_again_at_one():
    ours = OrganisationFactory()
    register_number(ours, at=NOON)

    assert register_number(ours, at=NEW_YEAR_IN_STOCKHOLM) == "INN 2027/0001"


def test_a_pattern_without_the_year_counts_on():
    ours = OrganisationFactory(register_pattern="KS {number}")
    register_number(ours, at=NOON)

    assert register_number(ours, at=NEW_YEAR_IN_STOCKHOLM) == "KS 2"


def test_two_series_share_their_numbers_unless_the_pattern_tells_them_apart():
    joint = OrganisationFactory()
    apart = OrganisationFactory(register_pattern="{series} {year}-{number}")

    joint_numbers = [register_number(joint, at=NOON, series=letter) for letter in "AM"]
    own_numbers = [register_number(apart, at=NOON, series=letter) for letter in "AM"]

    assert joint_numbers == ["INN 2026/0001", "INN 2026/0002"]
    assert own_numbers == ["A 2026-1", "M 2026-1"]


@transaction.atomic
def take_a_number_and_fail(organisation):
    register_number(organisation, at=NOON)
    raise ZeroDivisionError


def test_a_number_that_is_rolled_back_is_given_to_the_next_one():
    ours = OrganisationFactory()

    with pytest.raises(ZeroDivisionError):
        take_a_number_and_fail(ours)

    assert register_number(ours, at=NOON) == "INN 2026/0001"
