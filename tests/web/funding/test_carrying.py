"""A draft whose round has closed is offered its way into the round that is open now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.funding.models import Application
from idesluss.people.vocab import Role
from tests.factories import (
    ApplicationFactory,
    OrganisationFactory,
    ProgrammeFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def draft(here, client):
    now = timezone.now()
    fund = ProgrammeFactory(organisation=here)
    dates = {"opens_at": now - 90 * DAY, "closes_at": now - DAY, "announced_at": now - 90 * DAY}
    closed = RoundFactory(programme=fund, name="2027:1", flows_on=True, **dates)
    anna = person_as(Role.EMPLOYEE, here)
    client.force_login(anna)
    return ApplicationFactory(round=closed, owner=anna)


@pytest.fixture
def following(draft):
    now = timezone.now()
    closes_at = now + 60 * DAY
    return RoundFactory(
        programme=draft.round.programme,
        name="2027:2",
        opens_at=draft.round.closes_at,
        closes_at=closes_at,
        announced_at=now - DAY,
    )


@pytest.mark.parametrize("page", ["", "edit/need/", "submit/"])
def test_every_page_of_the_draft_says_where_it_can_go_on(page, draft, following, client):
    text = client.get(f"/slusstad/applications/{draft.pk}/{page}").content.decode()
    assert "Nästa omgång, 2027:2, är öppen" in text
    assert f'action="/slusstad/applications/{draft.pk}/carry/"' in text


def test_before_the_next_one_opens_it_is_said_that_it_will(draft, client):
    text = client.get(f"/slusstad/applications/{draft.pk}/").content.decode()
    assert "När nästa omgång öppnar kan utkastet gå vidare dit." in text
    assert "/carry/" not in text
    draft.round.flows_on = False
    draft.round.save()
    text = client.get(f"/slusstad/applications/{draft.pk}/").content.decode()
    assert "nästa omgång" not in text


def test_one_click_takes_it_there(draft, following, client):
    page = client.post(f"/slusstad/applications/{draft.pk}/carry/", follow=True)
    assert "Ditt utkast är nu i 2027:2" in page.content.decode()
    assert Application.objects.get(pk=draft.pk).round == following
    assert "Omgången har stängt" not in page.content.decode()


def test_with_nowhere_to_go_it_is_told_and_kept(draft, client):
    page = client.post(f"/slusstad/applications/{draft.pk}/carry/", follow=True)
    assert "Det finns ingen öppen omgång" in page.content.decode()
    assert Application.objects.get(pk=draft.pk).round == draft.round


def test_nobody_else_finds_it(here, draft, following, client):
    for person in (person_as(Role.EMPLOYEE, here), person_as(Role.ADMINISTRATOR, here)):
        client.force_login(person)
        assert client.post(f"/slusstad/applications/{draft.pk}/carry/").status_code == 404
    assert client.get(f"/slusstad/applications/{draft.pk}/carry/").status_code == 405
    assert Application.objects.get(pk=draft.pk).round == draft.round
