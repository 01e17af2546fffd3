"""“That is mine too” at a door: one “me too” per form, with a code for whoever has no account."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import FollowUpCode, Idea, Support
from idesluss.ideas.usecases import joining_in
from idesluss.ideas.usecases.arriving import release
from idesluss.ideas.usecases.codes import sign_in_with
from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.joining_in import join_in
from idesluss.ideas.usecases.supporting import OwnCase
from idesluss.ideas.usecases.taking import Sent, code_of, keep_draft, take_in
from idesluss.ideas.vocab import MESSAGE_LENGTH
from idesluss.logic.refusals import AlreadyDone, NotAllowed, TooLong
from idesluss.people.models import Person
from tests.factories import NOON, DoorFactory, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ANN = Guest.read("Ann Ek", "ann@ek.example")
GIVEN = Given(need="Det är mörkt.")


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def idea(door):
    return sluice_case(door=door, visibility="public")


def join(idea, sent, reason="Hos oss också", at=NOON):
    return join_in(idea.pk, reason, sent, language="sv", at=at)


def test_somebody_without_account_joins_and_follows_with_the_code_of_the_form(idea):
    there = join(idea, Sent("a", guest=ANN))
    guest = sign_in_with(code_of("a"), at=NOON)
    assert (there.person, there.reason, guest.name) == (guest, "Hos oss också", "Ann Ek")
    assert Idea.objects.count() == 1


def test_the_same_form_twice_joins_once_with_the_last_reason(idea):
    first = join(idea, Sent("a", guest=ANN))
    again = join(idea, Sent("a", guest=ANN), "Även på vintern", at=NOON + MINUTE)
    assert (again, Support.objects.get().reason) == (first, "Även på vintern")
    assert Person.objects.filter(guest=True, name="Ann Ek").count() == 1


@pytest.mark.parametrize("hidden", ["a second form", "something else"])
def test_two_at_the_very_same_moment_join_once_and_no_other_fault_is_hidden(
    idea, monkeypatch, hidden
):
    if hidden == "a second form":
        join(idea, Sent("a", guest=ANN))
    else:

        def broken(*args, **kwargs):
            raise joining_in.IntegrityError(hidden)

        monkeypatch.setattr(joining_in, "give_code", broken)
    seen, look = [], joining_in.guest_of
    monkeypatch.setattr(
        joining_in, "guest_of", lambda *a, **k: look(*a, **k) if seen else seen.append(1)
    )
    if hidden == "a second form":
        join(idea, Sent("a", guest=ANN))
    else:
        with pytest.raises(joining_in.IntegrityError, match=hidden):
            join(idea, Sent("a", guest=ANN))
    assert Support.objects.count() == FollowUpCode.objects.count() == (hidden == "a second form")


def test_a_form_that_lies_there_for_the_next_person_neither_joins_nor_hands_in(door, idea):
    join(idea, Sent("a", guest=ANN))
    later = NOON + 10 * MINUTE
    with pytest.raises(AlreadyDone):
        join(idea, Sent("a"), at=later)
    with pytest.raises(AlreadyDone):
        take_in(door, GIVEN, Sent("a"), at=later)
    with pytest.raises(AlreadyDone):
        keep_draft(door, GIVEN, Sent("a"), at=later)


def test_whoever_joined_and_hands_in_after_all_is_the_same_guest_with_the_same_code(door, idea):
    guest = join(idea, Sent("a", guest=ANN)).person
    case = take_in(door, GIVEN, Sent("a", guest=ANN), at=NOON + MINUTE).idea
    assert case.involvements.get().person == guest == sign_in_with(code_of("a"), at=NOON)


def test_somebody_with_an_account_joins_as_themselves_but_not_their_own(idea):
    person = PersonFactory()
    assert join(idea, Sent("a", giver=person)).person == person
    owner = idea.involvements.get().person
    with pytest.raises(OwnCase):
        join(idea, Sent("b", giver=owner))


def test_nobody_joins_what_they_may_not_read_and_reasons_have_an_end(door, idea):
    closed = sluice_case(door=door)
    for sent in (Sent("a"), Sent("b", giver=PersonFactory())):
        with pytest.raises(NotAllowed):
            join(closed, sent)
    with pytest.raises(TooLong):
        join(idea, Sent("c"), "x" * 501)
    assert FollowUpCode.objects.count() == 0


def test_what_the_giver_says_aside_is_a_note_for_those_who_handle_it(door):
    giver = PersonFactory()
    given = Given(need="Det är mörkt.", aside=" Vår gäller vintern. ")
    idea = take_in(door, given, Sent("a", giver=giver), at=NOON).idea
    said = idea.messages.get()
    assert (said.text, said.inside, said.by, said.channel) == (
        "Vår gäller vintern.", True, giver, "web",
    )  # fmt: skip
    assert not take_in(door, GIVEN, Sent("b"), at=NOON).idea.messages.exists()


def test_what_is_held_back_keeps_what_was_said_aside(door):
    given = Given(need="Det är mörkt.", aside="x" * (MESSAGE_LENGTH + 1))
    arrival = take_in(door, given, Sent("a", suspicion="flood"), at=NOON)
    idea = release(arrival.pk, why="Ingen robot", by=door.receiver, at=NOON)
    assert idea.messages.get().text == "x" * MESSAGE_LENGTH
