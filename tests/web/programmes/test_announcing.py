"""Several rounds are announced at once, each by itself, after one look at what it lacks."""

import pytest

from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry
from tests.factories import (
    CriterionFactory,
    LevelFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    person_as,
)
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
YEAR = {"opens_at": "2099-01-01T08:00Z", "closes_at": "2099-03-31T22:00Z", "announced_at": None}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


def coming(here, name, *, asks=True, **fields):
    """A round that is ready to be announced."""
    one = RoundFactory(programme=here.fund, name=name, **{**YEAR, "contact": here.boss, **fields})
    if asks:
        QuestionFactory(round=one)
    return one


def page(here):
    return f"/slusstad/setup/funds/{here.fund.pk}/rounds/announce/"


def announced():
    return set(Round.objects.filter(announced_at__isnull=False).values_list("name", flat=True))


def test_what_is_ready_can_be_chosen_and_what_is_not_says_what_it_lacks(here, client):
    one = coming(here, "2099:1")
    coming(here, "2099:2", asks=False, contact=None)
    coming(here, "Aside", archived_at="2026-01-01T08:00Z")

    shown = client.get(page(here))

    assert shown.context["ready"] == [one]
    [(lacking, problems)] = shown.context["lacking"]
    assert lacking.name == "2099:2"
    assert len(problems) == 2
    assert f'name="round" value="{one.pk}"' in shown.text
    assert "checked" in shown.text
    assert announced() == {here.round.name}  # only looked at


def test_all_that_is_chosen_is_announced_and_what_one_lacks_keeps_no_other_back(here, client):
    one, two, three = (coming(here, f"2099:{n}", asks=n != 2) for n in (1, 2, 3))
    four = coming(here, "2099:4")

    answer = client.post(page(here), {"round": [one.pk, two.pk, three.pk]}, follow=True)

    assert announced() == {here.round.name, "2099:1", "2099:3"}
    assert "2 rounds are announced." in answer.text
    assert "2099:2: " in answer.text
    assert answer.context["ready"] == [four]
    noted = Entry.objects.filter(verb="programmes.round_announced").order_by("pk")
    assert [entry.about_id for entry in noted] == [one.pk, three.pk]


def test_a_second_click_announces_nothing_twice(here, client):
    one = coming(here, "2099:1")
    client.post(page(here), {"round": [one.pk]})
    answer = client.post(page(here), {"round": [one.pk]}, follow=True)

    assert "They are announced already." in answer.text
    assert "Every round of the fund is announced." in answer.text
    assert Entry.objects.filter(verb="programmes.round_announced").count() == 1


@pytest.mark.parametrize("chosen", [{}, {"round": ["x", "9" * 30]}])
def test_nothing_chosen_is_said_so(here, client, chosen):
    coming(here, "2099:1")
    answer = client.post(page(here), chosen, follow=True)
    assert "Choose at least one round." in answer.text
    assert announced() == {here.round.name}


def test_a_round_of_another_fund_is_not_announced_there(here, client):
    other = world("annanstad")
    Round.objects.filter(pk=other.round.pk).update(announced_at=None)
    client.post(page(here), {"round": [other.round.pk]})
    assert announced() == {here.round.name}


def test_only_the_fund_administrator_finds_it_and_the_set_up_leads_there(here, client):
    assert page(here) not in client.get("/slusstad/setup/").text
    coming(here, "2099:1")
    assert page(here) in client.get("/slusstad/setup/").text
    client.force_login(person_as(Role.EMPLOYEE, here.organisation))
    assert client.get(page(here)).status_code == 404
    assert client.post(page(here)).status_code == 404


@pytest.mark.list_page("programmes:announce_several")
def test_it_asks_as_much_for_three_as_for_one(here, client, count_queries):
    def add(number):
        for _ in range(number):
            one = coming(here, f"2099:{Round.objects.count()}", units_needed=2, floor_minor=1)
            CriterionFactory(round=one)
            LevelFactory(round=one)
            one.units.add(UnitFactory(organisation=here.organisation, archived_at=one.opens_at))

    assert count_queries(lambda: client.get(page(here)), add) == 11
    assert len(client.get(page(here)).context["lacking"]) == 3  # every unit lies aside
