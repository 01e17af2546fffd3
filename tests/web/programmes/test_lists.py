"""Lists ask as many queries for three rows as for one."""

from itertools import count

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from idesluss.programmes.usecases import remove_criterion, remove_mandate
from tests.factories import (
    NOON,
    ApplicationFactory,
    CriterionFactory,
    GoalFactory,
    LevelFactory,
    MandateFactory,
    OrganisationFactory,
    PotFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
LOTS = 90_000_000_00


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def boss(here, client):
    person = person_as(Role.ADMINISTRATOR, here)
    client.force_login(person)
    return person


@pytest.mark.list_page("programmes:organisation")
def test_the_start_page(here, boss, client, count_queries):
    fund = ProgrammeFactory(organisation=here)

    def add(number):
        for round in RoundFactory.create_batch(number, programme=fund):
            ApplicationFactory(round=round, owner=boss)

    assert count_queries(lambda: client.get("/slusstad/"), add) == 7


@pytest.mark.list_page("programmes:setup")
def test_the_set_up(here, boss, client, count_queries):
    def add(number):
        for fund in ProgrammeFactory.create_batch(number, organisation=here):
            GoalFactory.create_batch(2, programme=fund)
            RoundFactory.create_batch(2, programme=fund)

    assert count_queries(lambda: client.get("/slusstad/setup/"), add) == 8


@pytest.mark.list_page("programmes:pots")
def test_pots(here, boss, client, count_queries):
    fund = ProgrammeFactory(organisation=here)
    years = count(2027)

    def add(number):
        for _ in range(number):
            PotFactory(programme=fund, year=next(years))

    page = reverse("programmes:pots", args=["slusstad", fund.pk])
    assert count_queries(lambda: client.get(page), add) == 6


@pytest.mark.list_page("programmes:round")
def test_a_rounds_criteria_and_questions(here, boss, client, count_queries):
    round = RoundFactory(programme__organisation=here)

    def add(number):
        CriterionFactory.create_batch(number, round=round)
        QuestionFactory.create_batch(number, round=round)

    page = reverse("programmes:round", args=["slusstad", round.pk])
    assert count_queries(lambda: client.get(page), add) == 7


def test_a_round_with_something_missing_asks_no_more_than_a_page_may(
    here, boss, client, count_queries
):
    round = RoundFactory(programme__organisation=here, announced_at=None)

    def add(number):
        CriterionFactory.create_batch(number, round=round)
        LevelFactory.create_batch(number, round=round, high_minor=LOTS)

    page = reverse("programmes:round", args=["slusstad", round.pk])
    assert count_queries(lambda: client.get(page), add) == 12


@pytest.mark.list_page("programmes:rules")
def test_a_rounds_rules(here, boss, client, count_queries):
    round = RoundFactory(programme__organisation=here)

    def add(number):
        LevelFactory.create_batch(number, round=round)
        round.units.add(*UnitFactory.create_batch(number, organisation=here))

    page = reverse("programmes:rules", args=["slusstad", round.pk])
    assert count_queries(lambda: client.get(page), add) == 8


@pytest.mark.list_page("programmes:away")
def test_what_was_taken_away_from_a_round(here, boss, client, count_queries):
    round = RoundFactory(programme__organisation=here)

    def add(number):
        for criterion in CriterionFactory.create_batch(number, round=round):
            remove_criterion(criterion.pk, by=boss, at=NOON)

    page = reverse("programmes:away", args=["slusstad", round.pk])
    assert count_queries(lambda: client.get(page), add) == 6


@pytest.mark.list_page("programmes:mandates")
def test_who_decides(here, boss, client, count_queries):
    fund = ProgrammeFactory(organisation=here)
    sums = count(10_000_00, 1_00)

    def add(number):
        for _ in range(2 * number):
            MandateFactory(programme=fund, up_to_minor=next(sums))
        for mandate in list(fund.mandates.all())[:number]:
            remove_mandate(mandate.pk, by=boss, at=NOON)

    page = reverse("programmes:mandates", args=["slusstad", fund.pk])
    assert count_queries(lambda: client.get(page), add) == 7
