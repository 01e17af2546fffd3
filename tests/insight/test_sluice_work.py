"""Cases of a sluice in one's own work, and among what is stuck."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Idea, Rating
from idesluss.ideas.vocab import ConflictState
from idesluss.insight.acts import Act, When
from idesluss.insight.reads.stuck import stuck_in
from idesluss.insight.reads.work import work_of
from idesluss.people.models import Appointment
from idesluss.people.vocab import Role
from tests.factories import NOON, DoorFactory, PersonFactory, declare, person_as, sluice_case

pytestmark = pytest.mark.django_db
FAR, DAY = date(2027, 1, 29), timedelta(days=1)


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def giver():
    return PersonFactory()


def case(door, next_on, stage="received", **fields):
    usual = {"first_by": None, "answer_by": FAR}
    return sluice_case(stage, door=door, **usual | {"next_on": next_on} | fields)


def rows(person):
    return [
        (item.act, item.thing, item.due, item.when, item.page) for item in work_of(person, at=NOON)
    ]


def test_what_is_due_within_a_week_waits_for_its_responsible_and_for_nobody_else(door):
    late = case(door, date(2026, 10, 2))
    soon = case(door, date(2026, 10, 12))
    case(door, date(2026, 10, 13))
    case(door, date(2026, 10, 2), waits_for_giver=True)
    case(door, None, "declined")
    assert rows(door.receiver) == [
        (Act.KEEP, f"case-{late.pk}", date(2026, 10, 2), When.OVERDUE, "ideas:case"),
        (Act.KEEP, f"case-{soon.pk}", date(2026, 10, 12), When.WEEK, "ideas:case"),
    ]
    assert rows(person_as(Role.COACH, door.organisation)) == []


def test_what_is_shut_or_was_left_behind_does_not_wait(door):
    late = case(door, date(2026, 10, 2))
    declare(late, door.receiver, ConflictState.DECLARED)
    assert rows(door.receiver) == []
    case(door, date(2026, 10, 2))
    Appointment.objects.update(ends=NOON.date())
    door.receiver.__dict__.pop("_standing", None)
    assert rows(door.receiver) == []


def test_a_giver_is_asked_and_asked_what_they_thought_of_the_answer(door, giver):
    asked = case(door, FAR, owner=giver, waits_for_giver=True, paused_at=NOON)
    ended = case(door, None, "declined", owner=giver, answered_at=NOON)
    case(door, None, "withdrawn", owner=giver, answered_at=NOON)
    case(door, None, "declined", owner=giver, answered_at=NOON - 31 * DAY)
    assert {row[:2] for row in rows(giver)} == {
        (Act.REPLY, f"case-{asked.pk}"),
        (Act.RATE, f"case-{ended.pk}"),
    }
    rating = Rating.objects.create(
        idea=ended, person=giver, score=4, stage="declined", at=NOON + DAY
    )
    assert {row[0] for row in rows(giver)} == {Act.REPLY}
    rating.at = NOON - DAY  # before another answer
    rating.save()
    assert {row[0] for row in rows(giver)} == {Act.REPLY, Act.RATE}


def test_who_has_late_cases_of_a_sluice_is_stuck_with_them(door):
    boss = person_as(Role.ADMINISTRATOR, door.organisation)
    case(door, date(2026, 10, 2), first_at=NOON)
    case(door, date(2026, 10, 9))
    case(door, date(2026, 10, 13))
    shut = case(door, date(2026, 10, 1))
    declare(shut, boss, ConflictState.DECLARED)
    [turn] = stuck_in(door.organisation, boss, at=NOON).turns
    assert (turn.holder.person_id, turn.holder.act) == (door.receiver.pk, Act.KEEP)
    assert (turn.count, turn.untouched, turn.due, turn.when) == (
        2,
        1,
        date(2026, 10, 2),
        When.OVERDUE,
    )
    Idea.objects.update(waits_for_giver=True)
    assert stuck_in(door.organisation, boss, at=NOON).turns == []
