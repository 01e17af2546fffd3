"""Who may read a case, speak on it, note something beside it and write down what was found out.

Every kind of person × every stage that matters × every verb, by the pages themselves.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from idesluss.ideas.models import Idea, Message
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    DoorFactory,
    PersonFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db


@dataclass
class World:
    idea: Any
    owner: Any  # a guest

    @property
    def here(self):
        return self.idea.programme.organisation

    def as_role(self, role, **fields):
        return person_as(role, self.here, **fields)

    def co_giver(self):
        person = PersonFactory()
        involve(self.idea, person, Part.CO_APPLICANT)
        return person

    def manager_of(self, unit):
        person = PersonFactory()
        AppointmentFactory(
            person=person, organisation=self.here, role=Role.MANAGER.value, unit=unit
        )
        return person

    def conflicted(self, role):
        person = self.as_role(role)
        declare(self.idea, person, ConflictState.DECLARED)
        return person

    def giving(self, role):
        person = self.as_role(role)
        involve(self.idea, person, Part.CO_APPLICANT)
        return person


READ, SAY, ASK, NOTE, FIND, NARROW = "read", "say", "ask", "note", "find", "narrow"
WORKS = {READ, SAY, ASK, NOTE, FIND, NARROW}
GIVES = {READ, SAY, FIND, NARROW}

WHO = {
    "guest owner": (lambda it: it.owner, GIVES),
    "co-giver": (lambda it: it.co_giver(), GIVES),
    "coach": (lambda it: it.as_role(Role.COACH), WORKS),
    "manager of the unit": (lambda it: it.manager_of(it.idea.unit), WORKS),
    "manager of the department": (lambda it: it.manager_of(it.idea.unit.parent), WORKS),
    "administrator": (lambda it: it.as_role(Role.ADMINISTRATOR), WORKS),
    "registrar": (lambda it: it.as_role(Role.REGISTRAR), {READ}),
    "manager of another unit": (lambda it: it.manager_of(UnitFactory(organisation=it.here)), set()),
    "employee": (lambda it: it.as_role(Role.EMPLOYEE), set()),
    "assessor": (lambda it: it.as_role(Role.ASSESSOR), set()),
    "coach with a conflict": (lambda it: it.conflicted(Role.COACH), set()),
    "administrator with a conflict": (lambda it: it.conflicted(Role.ADMINISTRATOR), set()),
    "coach who hands it in": (lambda it: it.giving(Role.COACH), GIVES),
    "another organisation's coach": (
        lambda it: person_as(Role.COACH, DoorFactory().organisation), set()
    ),
    "another guest": (lambda it: PersonFactory(name="", email=None, guest=True), set()),
    "nobody": (lambda it: None, set()),
}  # fmt: skip
INSIDERS = {
    "manager of another unit", "employee", "assessor",
}  # fmt: skip
ENDED_TOO = {READ, SAY, NARROW}


def allowed(who, stage, visibility):
    may = set(WHO[who][1])
    if stage == "draft":
        return set()
    if stage != "received":
        ended = ENDED_TOO | ({NOTE, FIND} if NOTE in may else set())
        may &= ended
    wide = visibility == "public" or (visibility == "inside" and who in INSIDERS)
    return may | ({READ} if wide and stage not in ("withdrawn", "redirected") else set())


def tried(client, idea):
    """What the person who is signed in gets done, by the pages."""

    def url(name, *more):
        return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk, *more])

    def says(to):
        before = Message.objects.count()
        answer = client.post(url("say"), {"text": "Hej", "to": to, "seen": "999999"})
        made = Message.objects.order_by("pk").last()
        done = answer.status_code == 302 and Message.objects.count() > before
        return done and (made.inside, made.asks_giver) == (to == "inside", to == "ask")

    found = {
        READ: client.get(url("case")).status_code == 200,
        SAY: says("open"),
        ASK: says("ask"),
        NOTE: says("inside"),
    }
    sent = client.post(url("finding_add", "interview"), {"head": "Boende"})
    found[FIND] = sent.status_code == 302 and idea.findings.exists()
    now = {"visibility": "closed", "name_shown": "closed"}
    found[NARROW] = client.post(url("width"), now).status_code == 302 and (
        type(idea).objects.get(pk=idea.pk).visibility == "closed"
    )
    return {verb for verb, done in found.items() if done}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("stage", "visibility"),
    [
        ("draft", "closed"),
        ("received", "inside"),
        ("received", "public"),
        ("declined", "inside"),
        ("withdrawn", "public"),
    ],
)
def test_everybody_can_do_what_is_theirs_and_nothing_else(client, who, stage, visibility):
    owner = PersonFactory(name="", email=None, guest=True)
    door = DoorFactory(visibility="public")
    unit = UnitFactory(
        organisation=door.organisation, parent=UnitFactory(organisation=door.organisation)
    )
    # In another's hands: a manager sees what they are responsible for.
    idea = sluice_case(stage, door=door, owner=owner, visibility=visibility, unit=unit)
    person = WHO[who][0](World(idea, owner))
    if person:
        client.force_login(person)
    got = tried(client, idea)
    # To narrow what is closed already succeeds only for those who may; a sign-in page is a 302 too.
    if not person:
        got.discard(NARROW)
    assert got == allowed(who, stage, visibility)


@pytest.mark.parametrize("who", WHO)
def test_what_is_cheaper_to_ask_is_the_very_same(who):
    owner = PersonFactory(name="", email=None, guest=True)
    door = DoorFactory(visibility="public")
    unit = UnitFactory(
        organisation=door.organisation, parent=UnitFactory(organisation=door.organisation)
    )
    stages = ("draft", "received", "testing", "declined", "withdrawn", "redirected", "parked")
    for stage in stages:
        for visibility in ("closed", "inside", "public"):
            idea = sluice_case(stage, door=door, owner=owner, visibility=visibility, unit=unit)
    sluice_case(visibility="inside")
    sluice_case(visibility="public")
    ApplicationFactory(stage="received", round__programme__organisation=door.organisation)
    person = WHO[who][0](World(idea, owner))
    cheap = set(Idea.objects.sluiced_shown_to(person, at=NOON))
    assert cheap == set(Idea.objects.shown_to(person, at=NOON).sluiced())
    assert len(cheap) > 1
