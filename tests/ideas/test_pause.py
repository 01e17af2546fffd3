"""The clock towards what is promised stands still, and everything moves by that time."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Passage
from idesluss.ideas.usecases import pause, resume
from tests.factories import NOON, sluice_case

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
DATES = {
    "first_by": date(2026, 10, 7),
    "answer_by": date(2026, 11, 16),
    "next_on": date(2026, 10, 9),
}


def days(idea):
    idea.refresh_from_db()
    promised = Passage.objects.get(idea=idea, left_at=None).promised_by
    return idea.first_by, idea.answer_by, idea.next_on, promised


def case(**fields):
    idea = sluice_case(**DATES | fields)
    Passage.objects.filter(idea=idea).update(promised_by=date(2026, 10, 16))
    return idea


def test_first_answer_decision_next_date_and_the_promise_of_the_step_all_move():
    idea = case()
    pause(idea, at=NOON)
    pause(idea, at=NOON + WEEK)  # asked once more: it stands still already
    resume(idea, at=NOON + WEEK)
    assert days(idea) == (
        date(2026, 10, 14),
        date(2026, 11, 23),
        date(2026, 10, 16),
        date(2026, 10, 23),
    )


def test_what_has_been_given_and_what_had_passed_does_not_move():
    idea = case(first_at=NOON, next_on=date(2026, 10, 2))
    pause(idea, at=NOON)
    resume(idea, at=NOON + WEEK)
    assert days(idea) == (
        date(2026, 10, 7),
        date(2026, 11, 23),
        date(2026, 10, 2),
        date(2026, 10, 23),
    )


def test_without_time_between_nothing_moves_and_without_a_pause_neither():
    idea = case()
    before = days(idea)
    pause(idea, at=NOON)
    resume(idea, at=NOON)
    assert days(idea) == before
    resume(idea, at=NOON + WEEK)
    assert days(idea) == before
    assert idea.paused_at is None


def test_a_step_without_a_promise_gets_none():
    idea = case()
    Passage.objects.filter(idea=idea).update(promised_by=None)
    pause(idea, at=NOON)
    resume(idea, at=NOON + WEEK)
    assert days(idea)[3] is None
