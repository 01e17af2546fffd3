"""What comes in is receipted to the giver, told to whoever has it, and a lost code is renewed."""

import re

import pytest

from idesluss.ideas.models import FollowUpCode
from idesluss.ideas.usecases.codes import ask_code
from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.hand_in import Given, hand_in
from idesluss.ideas.usecases.taking import Sent, code_of, take_in
from idesluss.jobs.deliver import deliver
from idesluss.records.models import Letter
from tests.factories import NOON, DoorFactory, PersonFactory

pytestmark = pytest.mark.django_db
GIVEN = Given(need="Det är mörkt.", title="Ljus", for_whom="Barnen")


def letters():
    deliver(NOON)
    return {letter.kind: letter for letter in Letter.objects.all()}


def test_a_guest_gets_a_receipt_that_never_holds_the_code():
    door = DoorFactory()
    sent = Sent("a", guest=Guest(mail="ann@ek.example"))
    idea = take_in(door, GIVEN, sent, at=NOON).idea
    receipt = letters()["ideas.received"]
    assert (receipt.to, receipt.state, receipt.reply_to) == (
        "ann@ek.example",
        "queued",
        door.receiver.email,
    )
    assert idea.register_number in receipt.subject
    for words in ("12 oktober 2026", "16 november 2026", door.receiver.name, "/follow/"):
        assert words in receipt.text
    assert code_of("a") not in receipt.text


def test_whoever_has_it_is_told_what_came_in():
    door = DoorFactory()
    hand_in(door, GIVEN, by=PersonFactory(), at=NOON)
    news = letters()["ideas.came_in"]
    assert news.to == door.receiver.email
    for words in ("Det är mörkt.", "Barnen", "/cases/"):
        assert words in news.text


def test_an_account_is_led_to_the_case_and_who_cannot_be_reached_is_not_written_to():
    door = DoorFactory()
    hand_in(door, GIVEN, by=PersonFactory(email="eva@slusstad.example"), at=NOON)
    assert "/cases/" in letters()["ideas.received"].text
    take_in(door, GIVEN, Sent("a"), at=NOON)
    deliver(NOON)
    assert Letter.objects.filter(kind="ideas.received", state="unwanted").count() == 1


def test_nobody_is_told_of_their_own():
    door = DoorFactory()
    hand_in(door, GIVEN, by=door.receiver, at=NOON)
    assert list(letters()) == ["ideas.received"]


def test_what_is_held_back_gets_its_receipt_when_it_is_let_in():
    take_in(DoorFactory(), GIVEN, Sent("a", suspicion="flood"), at=NOON)
    assert letters() == {}


def test_a_lost_code_brings_a_link_to_the_address_that_the_giver_gave(client):
    door = DoorFactory()
    sent = Sent("a", guest=Guest(mail="ann@ek.example"))
    idea = take_in(door, GIVEN, sent, at=NOON).idea
    ask_code(idea.register_number, "ann@ek.example", at=NOON)
    letter = letters()["ideas.code_asked"]
    assert (letter.to, letter.state) == ("ann@ek.example", "queued")
    assert re.search(r"http\S+/follow/new/\S+/", letter.text)
    assert FollowUpCode.objects.count() == 1
