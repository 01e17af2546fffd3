"""What is said on a case: by whom, when, and what it does to the promises."""

import pytest

from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.talking import SaidMeanwhile
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.ideas.vocab import MESSAGE_LENGTH, Reply
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from tests.factories import NOON, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return PersonFactory()


@pytest.fixture
def idea(giver):
    return sluice_case(owner=giver)


def test_the_second_coach_is_told_that_the_first_has_answered_and_can_send_anyway(idea):
    other = person_as(Role.COACH, idea.programme.organisation)
    first = say(idea.pk, "Vi hör av oss.", by=idea.responsible, at=NOON, seen=0)
    with pytest.raises(SaidMeanwhile):
        say(idea.pk, "Tack för din idé!", by=other, at=NOON, seen=0)
    assert idea.messages.count() == 1
    say(idea.pk, "Tack för din idé!", by=other, at=NOON, seen=first.pk)
    assert idea.messages.count() == 2


def test_one_is_not_held_back_by_ones_own_words_nor_by_words_taken_away(idea):
    coach = idea.responsible
    say(idea.pk, "Ett", by=coach, at=NOON, seen=0)
    say(idea.pk, "Två", by=coach, at=NOON, seen=0)
    idea.messages.update(removed_at=NOON)
    other = person_as(Role.COACH, idea.programme.organisation)
    say(idea.pk, "Tre", by=other, at=NOON, seen=0)
    assert idea.messages.count() == 3


def test_neither_a_note_nor_the_givers_word_is_held_back(idea, giver):
    say(idea.pk, "Ett", by=idea.responsible, at=NOON)
    other = person_as(Role.COACH, idea.programme.organisation)
    say(idea.pk, "Bara för oss", by=other, at=NOON, inside=True, seen=0)
    say(idea.pk, "Hej", by=giver, at=NOON, seen=0)
    assert [it.inside for it in idea.messages.all()] == [False, True, False]


@pytest.mark.parametrize(
    "more", [{"inside": True}, {"asks_giver": True}, {"reply": Reply.FITS}], ids=str
)
def test_the_giver_writes_no_notes_and_gives_no_answer_in_three(idea, giver, more):
    with pytest.raises(NotAllowed):
        say(idea.pk, "Hej", by=giver, at=NOON, **more)


@pytest.mark.parametrize(("text", "no"), [(" \n", Missing), ("x" * (MESSAGE_LENGTH + 1), TooLong)])
def test_a_message_says_something_and_not_too_much(idea, giver, text, no):
    with pytest.raises(no) as refusal:
        say(idea.pk, text, by=giver, at=NOON)
    assert refusal.value.field == "text"


def test_after_the_end_both_may_speak_but_nothing_is_asked(giver):
    idea = sluice_case("declined", owner=giver)
    say(idea.pk, "Tack ändå.", by=giver, at=NOON)
    say(idea.pk, "Välkommen åter.", by=idea.responsible, at=NOON)
    with pytest.raises(NotAtWork):
        say(idea.pk, "Hur många?", by=idea.responsible, at=NOON, asks_giver=True)
    idea.refresh_from_db()
    assert idea.waits_for_giver is False


def test_a_note_asks_nobody_anything(idea):
    note = say(idea.pk, "Fråga hen?", by=idea.responsible, at=NOON, inside=True, asks_giver=True)
    idea.refresh_from_db()
    assert (note.asks_giver, idea.waits_for_giver) == (False, False)
