"""What is held back is listed, read, let in and thrown away by coaches and administrators."""

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Arrival, Idea
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, take_in
from idesluss.people.vocab import Role
from tests.factories import DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return DoorFactory()


def held(door, token="a"):
    sent = Sent(token, suspicion="flood")
    return take_in(door, Given(need=f"Ljus {token}"), sent, at=timezone.now())


def url(arrival):
    return reverse("ideas:arrival", args=[arrival.organisation.slug, arrival.pk])


def test_a_coach_lets_it_in_with_a_reason(client, door):
    arrival = held(door)
    client.force_login(door.receiver)
    listed = reverse("ideas:arrivals", args=[door.organisation.slug])
    assert url(arrival) in client.get(listed).content.decode()
    empty = client.post(url(arrival), {"do": "release", "why": ""})
    assert (empty.status_code, Idea.objects.count()) == (422, 0)
    assert client.post(url(arrival), {"do": "release", "why": "Äkta"}).url == listed
    idea = Idea.objects.get()
    page = client.get(listed).content.decode()
    assert idea.register_number in page
    assert url(arrival) not in page
    assert client.get(url(arrival)).status_code == 404


def test_or_throws_it_away(client, door):
    arrival = held(door)
    client.force_login(door.receiver)
    client.post(url(arrival), {"do": "throw", "why": "Reklam"})
    arrival.refresh_from_db()
    assert (arrival.state, arrival.reason, Idea.objects.count()) == ("refused", "Reklam", 0)


def test_what_came_to_no_door_is_given_one(client, door):
    arrival = held(door)
    Arrival.objects.update(door=None)
    client.force_login(door.receiver)
    missing = client.post(url(arrival), {"do": "release", "why": "Äkta"})
    assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["door"])
    client.post(url(arrival), {"do": "release", "why": "Äkta", "door": door.pk})
    assert Idea.objects.get().door == door


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_else_sees_what_is_held_back(client, door, role):
    arrival = held(door)
    client.force_login(person_as(role, door.organisation) if role else PersonFactory())
    status = 200 if role in (Role.COACH, Role.ADMINISTRATOR) else 404
    listed = reverse("ideas:arrivals", args=[door.organisation.slug])
    assert [client.get(it).status_code for it in (listed, url(arrival))] == [status, status]


def test_another_organisations_is_not_found(client, door):
    arrival = held(DoorFactory())
    client.force_login(door.receiver)
    here = reverse("ideas:arrival", args=[door.organisation.slug, arrival.pk])
    assert client.get(here).status_code == 404


@pytest.mark.list_page("ideas:arrivals")
def test_the_list_asks_as_much_for_three_as_for_one(client, door, count_queries):
    client.force_login(door.receiver)
    made = iter(range(100))

    def add(n):
        for _ in range(n):
            held(door, f"w{next(made)}")
            gone = held(door, f"t{next(made)}")
            client.post(url(gone), {"do": "release", "why": "x"})

    listed = reverse("ideas:arrivals", args=[door.organisation.slug])
    assert count_queries(lambda: client.get(listed), add) <= 8


def test_an_answer_about_a_case_says_what_it_becomes_and_asks_for_no_door(client):
    idea = sluice_case()
    arrival = Arrival.objects.create(
        organisation=idea.programme.organisation,
        channel="mail",
        state="waiting",
        reason="Granne",
        arrived_at=timezone.now(),
        sender="granne@hem.example",
        subject="Re: Lampan",
        text="Jag ser den också.",
        idea=idea,
    )
    client.force_login(idea.responsible)
    page = client.get(url(arrival))
    assert idea.register_number in page.content.decode()
    assert list(page.context["form"].fields) == ["why"]
    client.post(url(arrival), {"do": "release", "why": "Ett vittne"})
    assert (idea.messages.get().inside, Idea.objects.count()) == (True, 1)
