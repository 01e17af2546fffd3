from datetime import timedelta

import pytest

from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.codes import sign_in_with
from idesluss.ideas.usecases.givers import (
    LINK_HOLDS,
    HandlesIt,
    LastGiver,
    LinkOver,
    NotAGiver,
    StillHere,
    hand_over,
    invitation_link,
    invite_giver,
    invited_by_link,
    keep_with_code,
    leave,
    take_code,
)
from idesluss.ideas.usecases.involve import TooManyPeople
from idesluss.ideas.vocab import MOST_CO_APPLICANTS, Part
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.people.models import Appointment
from idesluss.people.refusals import NotAnAddress
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, involve, person_as, sluice_case
from tests.ideas.ties import guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def owner(door):
    return person_as(Role.EMPLOYEE, door.organisation, email="agare@x.example")


@pytest.fixture
def idea(door, owner):
    return sluice_case(door=door, owner=owner)


def now_in(idea):
    parts = idea.involvements.filter(ended_at=None).order_by("id")
    return list(parts.values_list("person", "part"))


def test_a_colleague_is_found_by_address_and_asked_once(idea, owner):
    kim = person_as(Role.EMPLOYEE, idea.programme.organisation, email="kim@x.example")
    first = invite_giver(idea.pk, " Kim@X.example ", by=owner, at=NOON)
    assert invite_giver(idea.pk, "kim@x.example", by=owner, at=NOON) == first
    assert now_in(idea) == [(owner.pk, "owner"), (kim.pk, "co_applicant")]
    assert Idea.objects.visible_to(kim, at=NOON).get() == idea
    [verb] = Entry.objects.about(idea).values_list("verb", flat=True)
    assert verb == "ideas.giver_joined"


def test_anybody_else_becomes_a_guest_even_if_known_elsewhere(idea, owner):
    elsewhere = person_as(Role.EMPLOYEE, DoorFactory().organisation, email="ute@y.example")
    part = invite_giver(idea.pk, "ute@y.example", name=" Ute  Y ", by=owner, at=NOON)
    assert part.person != elsewhere
    assert (part.person.guest, part.person.name, part.person.email) == (True, "Ute Y", None)
    assert part.person.reach_mail == "ute@y.example"
    assert invite_giver(idea.pk, "UTE@y.example", by=owner, at=NOON) == part


def test_who_is_responsible_is_not_made_a_giver_and_there_is_an_end_to_people(idea, owner):
    coach = idea.responsible
    with pytest.raises(HandlesIt):
        invite_giver(idea.pk, coach.email, by=owner, at=NOON)
    with pytest.raises(Missing):
        invite_giver(idea.pk, " ", by=owner, at=NOON)
    with pytest.raises(NotAnAddress):
        invite_giver(idea.pk, "nej", by=owner, at=NOON)
    with pytest.raises(NotAllowed):
        invite_giver(idea.pk, "ute@y.example", by=coach, at=NOON)
    for _ in range(MOST_CO_APPLICANTS):
        involve(idea, guest(), Part.CO_APPLICANT)
    with pytest.raises(TooManyPeople):
        invite_giver(idea.pk, "ute@y.example", by=owner, at=NOON)


def test_a_co_giver_leaves_and_the_owner_hands_over_first(idea, owner):
    other = guest("Kim")
    involve(idea, other, Part.CO_APPLICANT)
    with pytest.raises(LastGiver):
        leave(idea.pk, by=owner, at=NOON)
    hand_over(idea.pk, owner, by=owner, at=NOON)
    with pytest.raises(NotAGiver):
        hand_over(idea.pk, guest(), by=owner, at=NOON)
    with pytest.raises(NotAllowed):
        hand_over(idea.pk, other, by=other, at=NOON)
    hand_over(idea.pk, other, by=owner, at=NOON)
    assert now_in(idea) == [(other.pk, "owner"), (owner.pk, "co_applicant")]
    leave(idea.pk, by=owner, at=NOON)
    assert now_in(idea) == [(other.pk, "owner")]
    with pytest.raises(NotAllowed):
        leave(idea.pk, by=owner, at=NOON)


def test_who_hands_over_may_leave_in_the_same_act(idea, owner):
    other = guest()
    involve(idea, other, Part.CO_APPLICANT)
    hand_over(idea.pk, other, stay=False, by=owner, at=NOON)
    assert now_in(idea) == [(other.pk, "owner")]


def test_a_giver_who_leaves_the_municipality_keeps_the_case_by_a_code(idea, owner):
    said = say(idea.pk, "Mitt ord", by=owner, at=NOON)
    kept = keep_with_code(idea.pk, owner, reach_mail="hem@z.example", by=owner, at=NOON)
    assert (kept.person.name, kept.person.reach_mail) == (owner.name, "hem@z.example")
    assert now_in(idea) == [(kept.person.pk, "owner")]
    signed_in = sign_in_with(kept.code, at=NOON)
    assert Idea.objects.visible_to(signed_in, at=NOON).get() == idea
    assert not Idea.objects.owned_by(owner).exists()
    said.refresh_from_db()
    assert said.by == owner


def test_one_who_has_left_already_gets_the_code_from_who_works_the_case(idea, owner):
    coach = idea.responsible
    with pytest.raises(StillHere):
        keep_with_code(idea.pk, owner, by=coach, at=NOON)
    Appointment.objects.filter(person=owner).update(ends=NOON.date())
    later = NOON + timedelta(days=1)
    kept = keep_with_code(idea.pk, owner, by=coach, at=later)
    assert now_in(idea) == [(kept.person.pk, "owner")]
    again = keep_with_code(idea.pk, kept.person, by=coach, at=later)
    assert (again.person, again.code != kept.code) == (kept.person, True)
    with pytest.raises(NotAGiver):
        keep_with_code(idea.pk, owner, by=coach, at=later)
    with pytest.raises(NotAnAddress):
        keep_with_code(
            sluice_case(door=idea.door, owner=owner).pk,
            owner,
            reach_mail="nej",
            by=owner,
            at=NOON,
        )


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_makes_codes_for_others(idea, role):
    stranger = guest()
    involve(idea, stranger, Part.CO_APPLICANT)
    person = person_as(role, idea.programme.organisation)
    if role in (Role.COACH, Role.ADMINISTRATOR):
        assert keep_with_code(idea.pk, stranger, by=person, at=NOON).person == stranger
        return
    with pytest.raises(NotAllowed):
        keep_with_code(idea.pk, stranger, by=person, at=NOON)


def test_the_link_of_a_letter_gives_a_code_once_within_a_month():
    stranger, account = guest(), PersonFactory()
    link = invitation_link(stranger.pk, asked_at=NOON)
    last = NOON + LINK_HOLDS
    assert invited_by_link(link, at=last - timedelta(seconds=1)) == stranger
    with pytest.raises(LinkOver):
        invited_by_link(link, at=last)
    with pytest.raises(LinkOver):
        invited_by_link(invitation_link(account.pk, asked_at=NOON), at=NOON)
    with pytest.raises(LinkOver):
        invited_by_link(link + "x", at=NOON)
    assert sign_in_with(take_code(link, at=NOON).code, at=NOON) == stranger
    with pytest.raises(LinkOver):
        take_code(link, at=NOON)
    assert not Involvement.objects.exists()
