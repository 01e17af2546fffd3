from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import ask_completion, go_on_without, pause, resume
from idesluss.ideas.usecases.completion import AlreadyAsked, DueTooEarly, NothingAsked
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, ApplicationFactory, person_as

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 10, 9)


@pytest.fixture
def idea():
    idea = ApplicationFactory(stage="received").idea
    idea.answer_by = date(2026, 12, 1)
    idea.save()
    return idea


@pytest.fixture
def administrator(idea):
    return person_as(Role.ADMINISTRATOR, idea.programme.organisation)


def fresh(idea):
    return Idea.objects.get(pk=idea.pk)


def test_asking_for_completion_stops_the_clock_and_notes_what_and_until_when(idea, administrator):
    asked = ask_completion(idea.pk, what=" Budget? ", due=FRIDAY, by=administrator, at=NOON)

    assert (asked.what, asked.due, asked.asked_by, asked.asked_at) == (
        "Budget?",
        FRIDAY,
        administrator,
        NOON,
    )
    assert fresh(idea).paused_at == NOON
    entry = Entry.objects.about(idea).get()
    assert (entry.verb, entry.data) == (
        "ideas.completion_asked",
        {"what": "Budget?", "due": "2026-10-09"},
    )


def test_one_request_at_a_time(idea, administrator):
    ask_completion(idea.pk, what="Budget?", due=FRIDAY, by=administrator, at=NOON)
    with pytest.raises(AlreadyAsked):
        ask_completion(idea.pk, what="Mer?", due=FRIDAY, by=administrator, at=NOON)

    assert idea.completions.count() == 1


@pytest.mark.parametrize(
    ("what", "due", "refusal"),
    [
        ("  ", FRIDAY, Missing(field="what")),
        ("x" * 3001, FRIDAY, TooLong(field="what", limit=3000)),
        ("Budget?", date(2026, 10, 5), DueTooEarly()),
    ],
)
def test_a_request_says_what_and_leaves_time(idea, administrator, what, due, refusal):
    with pytest.raises(type(refusal)) as raised:
        ask_completion(idea.pk, what=what, due=due, by=administrator, at=NOON)

    assert raised.value == refusal
    assert (fresh(idea).paused_at, idea.completions.count()) == (None, 0)


def test_today_is_read_in_the_organisations_zone(idea, administrator):
    late = datetime(2026, 10, 4, 22, 30, tzinfo=UTC)  # half past midnight on the 5th in Stockholm
    with pytest.raises(DueTooEarly):
        ask_completion(idea.pk, what="Budget?", due=date(2026, 10, 5), by=administrator, at=late)


def test_a_case_that_is_being_carried_out_is_not_completed(idea, administrator):
    Idea.objects.filter(pk=idea.pk).update(stage="testing")
    with pytest.raises(CheckOver):
        ask_completion(idea.pk, what="Budget?", due=FRIDAY, by=administrator, at=NOON)


def test_only_the_administrator_asks(idea):
    assessor = person_as(Role.ASSESSOR, idea.programme.organisation)
    with pytest.raises(NotAllowed):
        ask_completion(idea.pk, what="Budget?", due=FRIDAY, by=assessor, at=NOON)


def test_going_on_without_an_answer_moves_the_promised_date_by_the_time_that_stood_still(
    idea, administrator
):
    ask_completion(idea.pk, what="Budget?", due=FRIDAY, by=administrator, at=NOON)

    go_on_without(idea.pk, by=administrator, at=NOON + timedelta(days=7))

    assert fresh(idea).answer_by == date(2026, 12, 8)
    assert fresh(idea).paused_at is None
    assert [entry.verb for entry in Entry.objects.about(idea)] == [
        "ideas.completion_asked",
        "ideas.completion_ended",
    ]


def test_without_a_request_there_is_nothing_to_end(idea, administrator):
    with pytest.raises(NothingAsked):
        go_on_without(idea.pk, by=administrator, at=NOON)


def test_a_moved_date_falls_on_a_working_day(idea):
    pause(idea, at=NOON)

    resume(idea, at=NOON + timedelta(days=4))  # 1 December + 4 days is a Saturday

    assert fresh(idea).answer_by == date(2026, 12, 7)


def test_part_of_a_day_moves_the_date_by_a_day(idea):
    pause(idea, at=NOON)

    resume(idea, at=NOON + timedelta(hours=1))

    assert fresh(idea).answer_by == date(2026, 12, 2)


def test_a_clock_that_stood_still_for_no_time_keeps_its_date(idea):
    pause(idea, at=NOON)

    resume(idea, at=NOON)

    assert (fresh(idea).answer_by, fresh(idea).paused_at) == (date(2026, 12, 1), None)


def test_a_second_pause_does_not_move_the_beginning(idea):
    pause(idea, at=NOON)
    pause(idea, at=NOON + timedelta(days=1))

    assert fresh(idea).paused_at == NOON


def test_a_running_clock_is_left_alone(idea):
    resume(idea, at=NOON)

    assert fresh(idea).answer_by == date(2026, 12, 1)


def test_without_a_promised_date_the_clock_only_runs_again(idea):
    idea.answer_by = None
    pause(idea, at=NOON)

    resume(idea, at=NOON + timedelta(days=1))

    assert (idea.answer_by, fresh(idea).paused_at) == (None, None)
