"""Letters about what is said on a case: who is told, at once or by the daily letter, and in which
words."""

import pytest

from idesluss.ideas.models import Follow, Message
from idesluss.ideas.usecases import say
from idesluss.ideas.vocab import ConflictState
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import NOON, PersonFactory, declare, person_as, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return PersonFactory(name="Görel Givare")


@pytest.fixture
def idea(giver):
    idea = sluice_case(owner=giver, title="Lyften", visibility="inside")
    idea.responsible.name = "Carin Coach"
    idea.responsible.save()
    return idea


@pytest.fixture
def follower(idea):
    person = person_as(Role.EMPLOYEE, idea.programme.organisation)
    Follow.objects.create(idea=idea, person=person, at=NOON)
    return person


def told():
    """Who is told what, and how."""
    deliver(NOON)
    rows = Letter.objects.order_by("pk").values_list("person_id", "kind", "state")
    return list(rows)


def test_the_coachs_word_goes_to_the_giver_at_once_and_to_followers_once_a_day(
    idea, giver, follower
):
    say(idea.pk, "Kan vi ses på torsdag?", by=idea.responsible, at=NOON)
    assert told() == [
        (giver.pk, "ideas.said", "queued"),
        (follower.pk, "ideas.talk_followed", "held"),
    ]
    letter = Letter.objects.get(kind="ideas.said")
    assert letter.subject == "Carin Coach har skrivit om Lyften"
    assert "Kan vi ses på torsdag?" in letter.text


def test_a_question_cannot_be_turned_off_and_says_that_the_promise_stands_still(idea, giver):
    say(idea.pk, "Hur ofta?", by=idea.responsible, at=NOON, asks_giver=True)
    assert told() == [(giver.pk, "ideas.asked", "queued")]
    assert "står stilla" in Letter.objects.get().text


def test_the_givers_word_goes_to_whoever_has_it_and_to_followers_without_a_name(
    idea, giver, follower
):
    say(idea.pk, "Varje natt.", by=giver, at=NOON)
    assert told() == [
        (idea.responsible_id, "ideas.giver_said", "queued"),
        (follower.pk, "ideas.talk_followed", "held"),
    ]
    mine, theirs = Letter.objects.order_by("pk")
    assert [giver.name in it.text for it in (mine, theirs)] == [True, False]
    assert [giver.name in it.words for it in (mine, theirs)] == [True, False]


def test_a_note_goes_to_whoever_has_the_case_and_to_nobody_else(idea, follower):
    other = person_as(Role.COACH, idea.programme.organisation)
    Follow.objects.create(idea=idea, person=other, at=NOON)
    say(idea.pk, "Hör ihop med tvätten?", by=other, at=NOON, inside=True)
    assert told() == [(idea.responsible_id, "ideas.noted", "held")]


def test_nobody_is_told_their_own_words_or_a_case_that_is_shut_to_them(idea, giver):
    say(idea.pk, "Till minnet", by=idea.responsible, at=NOON, inside=True)
    assert told() == []
    declare(idea, idea.responsible, ConflictState.DECIDED)
    say(idea.pk, "Hej?", by=giver, at=NOON)
    assert told() == []


def test_what_was_taken_away_before_it_was_told_is_not_told(idea, giver):
    say(idea.pk, "Fel knapp", by=idea.responsible, at=NOON)
    Message.objects.update(removed_at=NOON)
    assert told() == []


def test_an_answer_by_mail_leads_back_to_the_case(idea, giver):
    say(idea.pk, "Hur ofta?", by=idea.responsible, at=NOON)
    told()
    letter = Letter.objects.select_related("entry").get()
    assert letter.message_id.rpartition(".")[2] == str(letter.entry_id)
    assert (letter.entry.about_kind, letter.entry.about_id) == ("ideas.idea", idea.pk)
    assert letter.reply_to == idea.responsible.email  # as long as the door has no address


def test_a_guest_is_told_where_the_code_leads_and_never_the_code():
    guest = PersonFactory(name="", email=None, guest=True, reach_mail="bo@hemma.example")
    idea = sluice_case(owner=guest)
    say(idea.pk, "Hur ofta?", by=idea.responsible, at=NOON, asks_giver=True)
    told()
    letter = Letter.objects.get()
    assert (letter.to, letter.link.endswith("/follow/")) == ("bo@hemma.example", True)
    assert "uppföljningskod" in letter.text
