"""Lists ask as many queries for three rows as for one."""

from itertools import count

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from tests.factories import (
    ApplicationFactory,
    CriterionFactory,
    GoalFactory,
    OrganisationFactory,
    PotFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


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

    assert count_queries(lambda: client.get("/slusstad/"), add) == 6


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
    assert count_queries(lambda: client.get(page), add) == 9
