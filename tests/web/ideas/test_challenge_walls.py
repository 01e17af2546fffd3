"""Who may read, reword, open, close, end and offer a challenge, and who may pose another.

Every kind of person × every state of a challenge × every verb, by the pages themselves.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Challenge
from idesluss.ideas.usecases.challenges import pose
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from tests.factories import DoorFactory, OrganisationFactory, PersonFactory, person_as
from tests.ideas.test_challenges import posed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

READ, POSE, OFFER = "read", "pose", "offer"
REWORD, OPEN, CLOSE, END = "reword", "open", "close", "end"
RUNS = {REWORD, OPEN, CLOSE, END}  # its owner and administrators
WHO = {
    "owner, a manager": {READ, POSE, *RUNS, OFFER},
    "administrator": {READ, POSE, *RUNS, OFFER},
    "coach who wrote it": {READ, POSE, REWORD, OFFER},
    "another coach": {READ, POSE, OFFER},
    "another manager": {READ, POSE, OFFER},
    "employee": {READ},
    "assessor": {READ},
    "registrar": {READ},
    "resident": {READ},
    "administrator elsewhere": {READ},
    "nobody": {READ},
}
OUTSIDE = ("resident", "administrator elsewhere", "nobody")
WRITES = ("owner, a manager", "administrator", "coach who wrote it", "another coach")
STATES = {
    "draft": {},
    "open inside": {"opens_at": -DAY},
    "open": {"opens_at": -DAY, "public": True},
    "opens tomorrow": {"opens_at": DAY, "public": True},
    "closed": {"opens_at": -DAY, "closes_at": -DAY / 2, "public": True},
    "ended": {"opens_at": -DAY, "ended_at": -DAY / 2, "public": True, "result": "Tre svar provas."},
}
NOT_IN = {  # what nobody does in that state
    "draft": {CLOSE, END, OFFER},
    "opens tomorrow": {END, OFFER},
    "closed": {CLOSE, OFFER},
    "ended": {REWORD, OPEN, CLOSE, END, OFFER},
}


def allowed(who: str, state: str) -> set[str]:
    may = WHO[who] - NOT_IN.get(state, set())
    if who == "coach who wrote it" and state != "draft":
        may -= {REWORD}
    unseen = state in ("draft", "opens tomorrow") and who not in WRITES
    if unseen or (state == "open inside" and who in OUTSIDE):
        may -= {READ, OFFER}
    return may


@pytest.fixture
def people(door):
    here = door.organisation
    return {
        "owner, a manager": person_as(Role.MANAGER, here),
        "administrator": person_as(Role.ADMINISTRATOR, here),
        "coach who wrote it": person_as(Role.COACH, here),
        "another coach": person_as(Role.COACH, here),
        "another manager": person_as(Role.MANAGER, here),
        "employee": person_as(Role.EMPLOYEE, here),
        "assessor": person_as(Role.ASSESSOR, here),
        "registrar": person_as(Role.REGISTRAR, here),
        "resident": PersonFactory(guest=True),
        "administrator elsewhere": person_as(Role.ADMINISTRATOR, OrganisationFactory()),
        "nobody": None,
    }


@pytest.fixture
def door():
    door = DoorFactory()
    Programme.objects.filter(pk=door.programme.pk).update(public=True)
    return door


def in_state(door, people, state):
    said = posed(people["owner, a manager"])
    one = pose(door.programme.pk, said, by=people["coach who wrote it"], at=timezone.now())
    now = timezone.now()
    facts = {k: now + v if isinstance(v, timedelta) else v for k, v in STATES[state].items()}
    Challenge.objects.filter(pk=one.pk).update(**facts)
    return one


def tried(person, challenge, programme):
    """What ``person`` gets done, by the pages."""
    client = Client()
    if person:
        client.force_login(person)
    org = programme.organisation.slug

    def opens(name, slug=challenge.slug):
        return client.get(reverse(f"ideas:{name}", args=[org, slug])).status_code == 200

    found = {
        READ: opens("challenge"),
        POSE: opens("challenge_pose", programme.slug),
        REWORD: opens("challenge_reword"),
        OPEN: opens("challenge_open"),
        END: opens("challenge_end"),
        OFFER: opens("challenge_offer"),
    }
    before = Challenge.objects.filter(pk=challenge.pk)
    (was,) = before.values("opens_at", "closes_at", "version")
    client.post(reverse("ideas:challenge_close", args=[org, challenge.slug]))
    found[CLOSE] = before.get().version != was["version"]
    before.update(**was)
    return {verb for verb, done in found.items() if done}


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_do_what_is_theirs_and_nothing_else(door, people, state):
    challenge = in_state(door, people, state)
    got = {who: tried(person, challenge, door.programme) for who, person in people.items()}
    assert got == {who: allowed(who, state) for who in WHO}
