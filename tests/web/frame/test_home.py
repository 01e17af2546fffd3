"""The start page and the way about."""

from datetime import timedelta

import pytest
from django.utils.functional import Promise

from idesluss.people.vocab import Role
from idesluss.web.frame import navigation
from idesluss.web.frame.home import organisations_with_rounds
from idesluss.web.frame.navigation import Item, everybody, having, members
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    AssessmentFactory,
    OrganisationFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def announced(organisation, **fields):
    return RoundFactory(
        programme__organisation=organisation, public=True, announced_at=NOON - 9 * DAY, **fields
    )


def test_rounds_are_sorted_into_open_coming_and_published():
    town = OrganisationFactory(name="Slusstad")
    later = announced(town, opens_at=NOON + DAY, closes_at=NOON + 2 * DAY)
    closing = announced(town, opens_at=NOON - DAY, closes_at=NOON + DAY)
    longer = announced(town, opens_at=NOON - DAY, closes_at=NOON + 3 * DAY)
    announced(town, opens_at=NOON - 3 * DAY, closes_at=NOON - DAY)  # shut, not decided yet
    old = announced(town, closes_at=NOON - 9 * DAY, results_at=NOON - 3 * DAY)
    new = announced(town, closes_at=NOON - 9 * DAY, results_at=NOON - DAY)
    RoundFactory(programme__organisation=town, announced_at=None)

    (entry,) = organisations_with_rounds(None, at=NOON)
    assert entry.organisation == town
    assert (entry.open, entry.coming, entry.published) == ([closing, longer], [later], [new, old])


def test_a_round_announced_inside_is_for_those_inside():
    town = OrganisationFactory()
    inner = RoundFactory(
        programme__organisation=town, public=False, announced_at=NOON - DAY, opens_at=NOON - DAY
    )
    employee = person_as(Role.EMPLOYEE, town)

    assert organisations_with_rounds(None, at=NOON)[0].open == []
    assert organisations_with_rounds(employee, at=NOON)[0].open == [inner]


def test_archived_organisations_are_left_out_with_their_rounds():
    announced(OrganisationFactory(archived_at=NOON), results_at=NOON - DAY)
    assert organisations_with_rounds(None, at=NOON) == []


@pytest.mark.list_page("frame:home")
def test_the_start_page_asks_twice_however_many_there_are(client, count_queries):
    def add(number):
        for _ in range(number):
            announced(OrganisationFactory(), results_at=NOON - 99 * DAY)

    assert count_queries(lambda: client.get("/"), add) == 2


def test_the_start_page_says_when_nothing_is_there(client):
    page = client.get("/", headers={"Accept-Language": "en"}).text
    assert "No organisation is here yet" in page


def test_the_start_page_marks_what_is_invented_and_tells_until_when(client):
    town = OrganisationFactory(name="Slusstad", slug="slusstad", invented=True)
    one = announced(town, closes_at=NOON + 36500 * DAY, name="Digital vardag", slug="digital")
    page = client.get("/", headers={"Accept-Language": "en"}).text

    assert page.count('<span class="invented">Invented</span>') == 1 + one.invented
    assert '<a href="/slusstad/rounds/digital/">Digital vardag</a>' in page
    assert "Open until 11 September 2126 at 12:00" in page


MINE = "My work"  # first of all, for everybody who is signed in


@pytest.fixture
def items(monkeypatch):
    monkeypatch.setattr(
        navigation,
        "ITEMS",
        (
            Item("For all", "frame:accessibility", everybody),
            Item("For members", "frame:accessibility", members),
            Item("For assessors", "frame:accessibility", having(Role.ASSESSOR)),
        ),
    )


def shown(client, town):
    page = client.get(f"/{town.slug}/accessibility/", headers={"accept-language": "en"})
    return [(str(link.label), link.current) for link in page.context["navigation"]]


def test_each_sees_the_links_of_what_they_may_do(client, items):
    town = OrganisationFactory()
    assert shown(client, town) == [("For all", True)]

    client.force_login(person_as(Role.EMPLOYEE, town))
    assert [label for label, _ in shown(client, town)] == [MINE, "For all", "For members"]

    client.force_login(person_as(Role.ASSESSOR, town))
    assert [label for label, _ in shown(client, town)] == [
        MINE,
        "For all",
        "For members",
        "For assessors",
    ]
    client.force_login(person_as(Role.ASSESSOR, OrganisationFactory()))
    assert [label for label, _ in shown(client, town)] == [MINE, "For all"]


def test_outside_an_organisation_there_is_only_ones_own_work(client, items):
    assert list(client.get("/").context["navigation"]) == []

    client.force_login(person_as(Role.EMPLOYEE, OrganisationFactory()))
    page = client.get("/")
    assert [link.url for link in page.context["navigation"]] == ["/mine/"]
    assert page.text.count('href="/mine/"') == 2  # and the button of the start page
    assert [link.current for link in client.get("/mine/").context["navigation"]] == [True]


def test_every_link_of_the_navigation_leads_somewhere_and_has_words():
    from django.urls import reverse

    for item in navigation.ITEMS:
        assert reverse(item.url_name, kwargs={"org": "slusstad"}).startswith("/slusstad/")
        assert isinstance(item.label, Promise)


def test_a_case_belongs_to_those_who_judge_it_not_to_ones_own_applications(client):
    town = OrganisationFactory(slug="slusstad")
    work = AssessmentFactory(round__programme__organisation=town)
    own = ApplicationFactory(round=work.round, idea=work.idea)
    AppointmentFactory(person=work.assessor, organisation=town, role=Role.ASSESSOR.value)
    client.force_login(work.assessor)

    context = client.get(f"/slusstad/applications/{own.pk}/assess/").context
    current = [link.url for link in context["navigation"] if link.current]
    assert current == ["/slusstad/assess/"]
