"""The page of what is stuck, and its button."""

import pytest
from django.test import Client

from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, PersonFactory, RoundFactory, person_as
from tests.insight.test_stuck import judged_by, late
from tests.insight.work_world import waits_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def town():
    return OrganisationFactory(slug="slusstad")


def signed_in(person):
    client = Client(headers={"accept-language": "sv"})
    client.force_login(person)
    return client


@pytest.mark.list_page("insight:stuck")
def test_the_page_asks_as_often_however_much_is_stuck(town, count_queries):
    boss = person_as(Role.ADMINISTRATOR, town)
    client = signed_in(boss)

    def add(number):
        for _ in range(number):
            waits_for(PersonFactory(), town)
            late(RoundFactory(programme__organisation=town))
            judged_by(PersonFactory(), RoundFactory(programme__organisation=town))

    assert count_queries(lambda: client.get("/slusstad/stuck/"), add) == 12


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_of_the_organisation_see_it_and_remind(town, role):
    eva = person_as(Role.ASSESSOR, town)
    judged_by(eva, RoundFactory(programme__organisation=town))
    client = signed_in(person_as(role, town))
    allowed = role is Role.ADMINISTRATOR
    assert client.get("/slusstad/stuck/").status_code == (200 if allowed else 404)
    reminded = client.post(f"/slusstad/stuck/remind/{eva.pk}/", {"what": "assess"})
    assert reminded.status_code == (302 if allowed else 404)
    assert Entry.objects.filter(verb="people.reminded").exists() is allowed

    stranger = signed_in(person_as(role, OrganisationFactory()))
    assert stranger.get("/slusstad/stuck/").status_code == 404
    assert stranger.post(f"/slusstad/stuck/remind/{eva.pk}/", {"what": "assess"}).status_code == 404


def test_the_button_reminds_once_and_then_says_so(town):
    eva = person_as(Role.ASSESSOR, town, name="Eva Holm")
    judged_by(eva, RoundFactory(programme__organisation=town, name="Hösten"))
    client = signed_in(person_as(Role.ADMINISTRATOR, town))
    assert "Påminn Eva Holm" in client.get("/slusstad/stuck/").text

    sent = client.post(f"/slusstad/stuck/remind/{eva.pk}/", {"what": "assess"}, follow=True)
    assert "En vänlig påminnelse är på väg." in sent.text
    assert "Påmind i dag" in sent.text
    assert "Påminn Eva Holm" not in sent.text

    again = client.post(f"/slusstad/stuck/remind/{eva.pk}/", {"what": "assess"}, follow=True)
    assert "Eva Holm har redan fått en påminnelse i dag." in again.text


def test_a_reminder_of_nothing_that_there_is_and_of_nobody_here_is_refused(town):
    client = signed_in(person_as(Role.ADMINISTRATOR, town))
    eva = person_as(Role.ASSESSOR, town)
    assert client.post(f"/slusstad/stuck/remind/{eva.pk}/", {"what": "x"}).status_code == 404
    assert client.get(f"/slusstad/stuck/remind/{eva.pk}/").status_code == 405
    stranger = PersonFactory()
    client.post(f"/slusstad/stuck/remind/{stranger.pk}/", {"what": "assess"})
    assert not Entry.objects.filter(verb="people.reminded").exists()


def test_when_nothing_is_stuck_the_page_says_so(town):
    page = signed_in(person_as(Role.ADMINISTRATOR, town)).get("/slusstad/stuck/").text
    assert "Inget har fastnat" in page
