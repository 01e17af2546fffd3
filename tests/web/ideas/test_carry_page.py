"""An idea asks for money on its page: the round, who applies, nothing typed twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.funding.models import Application
from idesluss.jobs.carrying_in import decided
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    DoorFactory,
    EditionFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
    person_as,
    sluice_case,
)
from tests.web.ideas.test_case import page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return DoorFactory(edition=EditionFactory(stages=("received", "deciding", "testing")))


@pytest.fixture
def round(door):
    fund = ProgrammeFactory(organisation=door.organisation)
    now = timezone.now()
    return RoundFactory(programme=fund, opens_at=now - timedelta(3), closes_at=now + timedelta(20))


@pytest.fixture
def giver(door):
    return person_as(Role.EMPLOYEE, door.organisation, language="en")


def test_a_giver_carries_the_idea_in_and_goes_on_in_the_draft(client, door, round, giver):
    case = sluice_case(door=door, owner=giver)
    client.force_login(giver)
    url = page_of(case, "carry")
    form = client.get(url).context["form"]
    assert [name for _, name in form.fields["applicant"].choices] == [giver.name]
    assert client.post(url, {}).status_code == 422
    to = client.post(url, {"round": round.pk, "applicant": giver.pk})
    made = Application.objects.get()
    assert to.url == reverse("funding:application", args=[door.organisation.slug, made.pk])
    assert client.get(to.url, follow=True).status_code == 200
    assert "It has asked for money already" in text_of(client.get(url))
    assert f"Söker pengar i {round.name}" in text_of(client.get(page_of(case)))


def test_a_residents_idea_is_carried_by_whoever_works_with_it(client, door, round):
    case = sluice_case(door=door, owner=PersonFactory(name="Nadia", guest=True, email=None))
    coach = door.receiver
    client.force_login(coach)
    people = client.get(page_of(case, "carry")).context["people"]
    assert people == [coach]


def test_a_coach_makes_it_for_the_giver_who_is_told(client, door, round, giver):
    case = sluice_case(door=door, owner=giver)
    client.force_login(door.receiver)
    to = client.post(page_of(case, "carry"), {"round": round.pk, "applicant": giver.pk})
    assert to.url == page_of(case)
    assert Entry.objects.about(case).filter(verb="ideas.money_asked").count() == 1


def test_it_is_nobody_elses_and_never_without_a_round(client, door, round, giver):
    case = sluice_case(door=door, owner=giver, visibility="inside")
    client.force_login(person_as(Role.EMPLOYEE, door.organisation))
    assert client.get(page_of(case, "carry")).status_code == 404
    client.force_login(giver)
    type(round).objects.update(closes_at=timezone.now() - timedelta(1))
    assert "No round is open just now" in text_of(client.get(page_of(case, "carry")))
    ended = sluice_case("declined", door=door, owner=giver)
    assert "cannot ask for money now" in text_of(client.get(page_of(ended, "carry")))


def test_the_decision_comes_back_by_the_record(client, door, round, giver):
    case = sluice_case(door=door, owner=giver)
    client.force_login(giver)
    client.post(page_of(case, "carry"), {"round": round.pk, "applicant": giver.pk})
    made = Application.objects.get()
    data = {"outcome": "granted", "granted_minor": 40_000_00}
    entry = Entry(verb="funding.decided", about_id=made.pk, by_id=giver.pk, data=data)
    decided(entry, timezone.now())
    case.refresh_from_db()
    assert case.messages.get().by == giver
    assert case.next_what == "Kom överens om försöket"
