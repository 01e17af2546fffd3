"""The promise clock: who is told what on which morning, and that it bears repetition."""

from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.ideas.models import Coach, Idea, Passage
from idesluss.ideas.usecases import give, say, set_next, tell_promises
from idesluss.ideas.vocab import ConflictState
from idesluss.jobs.promises import keep_promises
from idesluss.people.models import Appointment
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    DoorFactory,
    PersonFactory,
    UnitFactory,
    declare,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)  # five in Stockholm, a Monday
DAY = timedelta(days=1)
FAR = date(2027, 1, 29)


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def boss(door):
    return person_as(Role.ADMINISTRATOR, door.organisation)


def case(door, next_on, **fields):
    return sluice_case(
        door=door, **{"next_on": next_on, "first_by": None, "answer_by": FAR} | fields
    )


def told(at=MORNING):
    """What everybody is told: person → kind → numbers of the cases."""
    latest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    keep_promises(at)
    lines = Entry.objects.filter(verb="ideas.promises_told", pk__gt=latest)
    return {
        line.about_id: {
            kind: line.data[f"all_{kind}"]
            for kind in ("near", "late", "silent", "raised")
            if line.data[f"all_{kind}"]
        }
        for line in lines
    }


def test_two_working_days_before_the_responsible_is_reminded_and_nobody_else(door, boss):
    near = case(door, date(2026, 10, 7))
    case(door, date(2026, 10, 8))
    assert told() == {door.receiver.pk: {"near": [near.pk]}}
    near.refresh_from_db()
    assert (near.warned_for, near.raised_for) == (date(2026, 10, 7), None)


def test_when_the_day_has_passed_the_administrators_are_told_too(door, boss):
    late = case(door, date(2026, 10, 2))
    assert told() == {
        door.receiver.pk: {"late": [late.pk]},
        boss.pk: {"raised": [late.pk]},
    }
    late.refresh_from_db()
    assert late.raised_for == date(2026, 10, 2)


def test_one_line_holds_all_of_a_persons_cases_with_the_most_urgent_named_first(door, boss):
    cases = [case(door, date(2026, 10, 2) - n * DAY, title=f"Nr {n}") for n in range(25)]
    keep_promises(MORNING)
    [line] = Entry.objects.filter(verb="ideas.promises_told", about_id=door.receiver.pk)
    assert (len(line.data["all_late"]), len(line.data["late"])) == (25, 20)
    assert line.data["late"][0] == [
        cases[24].pk,
        cases[24].register_number,
        "Nr 24",
        "2026-09-08",
    ]


def test_killed_and_run_twice_it_tells_once(door, boss):
    case(door, date(2026, 10, 2))
    assert keep_promises(MORNING) == 1
    assert keep_promises(MORNING) == 0
    assert keep_promises(MORNING + 9 * timedelta(hours=1)) == 0
    assert keep_promises(MORNING + DAY) == 0  # the next morning it has been told of that day
    assert Entry.objects.filter(verb="ideas.promises_told").count() == 2
    assert Entry.objects.filter(verb="ideas.promises_looked_at").count() == 2


def test_before_five_and_on_days_off_nothing_is_told(door, boss):
    keep_promises(MORNING - 3 * DAY)  # Friday
    near = case(door, date(2026, 10, 6))
    assert told(MORNING - DAY) == {}
    assert told(MORNING - timedelta(minutes=1)) == {}
    assert told() == {door.receiver.pk: {"near": [near.pk]}}


def test_another_date_is_told_of_anew(door, boss):
    late = case(door, date(2026, 10, 2))
    keep_promises(MORNING)
    set_next(late.pk, date(2026, 10, 6), what="Ringa", by=door.receiver, at=MORNING)
    assert told(MORNING + DAY) == {door.receiver.pk: {"near": [late.pk]}}
    assert told(MORNING + 2 * DAY) == {
        door.receiver.pk: {"late": [late.pk]},
        boss.pk: {"raised": [late.pk]},
    }


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"first_by": date(2026, 10, 1)}, date(2026, 10, 1)),
        ({"first_by": date(2026, 10, 1), "first_at": NOON - 9 * DAY}, None),
        ({"answer_by": date(2026, 10, 1)}, date(2026, 10, 1)),
        ({"answer_by": date(2026, 10, 1), "answered_at": NOON - 9 * DAY}, None),
    ],
)
def test_the_earliest_of_what_is_owed_counts(door, boss, fields, due):
    one = case(door, FAR, **fields)
    keep_promises(MORNING)
    one.refresh_from_db()
    assert one.raised_for == due


def test_the_promise_of_the_step_counts_too(door, boss):
    one = case(door, FAR)
    Passage.objects.filter(idea=one).update(promised_by=date(2026, 10, 1))
    keep_promises(MORNING)
    one.refresh_from_db()
    assert one.raised_for == date(2026, 10, 1)


def test_it_goes_to_the_deputy_and_the_manager_of_the_unit_or_of_the_one_above(door, boss):
    there = door.organisation
    above = UnitFactory(organisation=there)
    unit = UnitFactory(organisation=there, parent=above)
    deputy, manager = person_as(Role.COACH, there), PersonFactory()
    AppointmentFactory(person=manager, organisation=there, role=Role.MANAGER.value, unit=above)
    Coach.objects.create(organisation=there, person=door.receiver, deputy=deputy)
    late = case(door, date(2026, 10, 2), unit=unit)
    assert told() == {
        door.receiver.pk: {"late": [late.pk]},
        deputy.pk: {"raised": [late.pk]},
        manager.pk: {"raised": [late.pk]},
    }


def test_the_cases_of_a_coach_who_is_away_are_told_to_the_deputy_in_time(door, boss):
    deputy = person_as(Role.COACH, door.organisation)
    Coach.objects.create(
        organisation=door.organisation,
        person=door.receiver,
        deputy=deputy,
        away_from=date(2026, 10, 1),
    )
    near = case(door, date(2026, 10, 6))
    assert told() == {
        door.receiver.pk: {"near": [near.pk]},
        deputy.pk: {"raised": [near.pk]},
        boss.pk: {"raised": [near.pk]},
    }


def test_the_cases_of_somebody_who_has_left_are_told_to_the_administrators(door, boss):
    near = case(door, date(2026, 10, 6))
    Appointment.objects.filter(person=door.receiver).update(ends=date(2026, 10, 1))
    assert told() == {boss.pk: {"raised": [near.pk]}}


def test_nobody_is_told_of_a_case_that_is_shut_to_them_or_their_own(door, boss):
    late = case(door, date(2026, 10, 2))
    other = person_as(Role.ADMINISTRATOR, door.organisation)
    declare(late, boss, ConflictState.DECLARED)
    own = case(door, date(2026, 10, 2), owner=other)
    assert told() == {
        door.receiver.pk: {"late": [late.pk, own.pk]},
        other.pk: {"raised": [late.pk]},
        boss.pk: {"raised": [own.pk]},
    }


def test_while_the_giver_is_asked_nothing_is_late_but_a_long_silence_is_told_once(door, boss):
    asked = case(door, date(2026, 10, 7))
    say(asked.pk, "Hur ofta?", by=door.receiver, at=NOON, asks_giver=True)
    for days in (1, 8, 14):
        assert told(MORNING + days * DAY) == {}
    assert told(MORNING + 15 * DAY) == {door.receiver.pk: {"silent": [asked.pk]}}
    assert told(MORNING + 16 * DAY) == {}


def test_a_case_without_a_living_line_elsewhere_is_left_alone(boss, door):
    case(door, date(2026, 10, 2), stage="declined")
    other = DoorFactory()
    elsewhere = case(other, date(2026, 10, 2))
    Idea.objects.filter(pk=elsewhere.pk).update(stage="parked", answer="Vilar")
    assert told() == {}


def test_nobody_here_can_be_told_and_still_the_clock_has_looked(door):
    late = case(door, date(2026, 10, 2))
    Appointment.objects.all().delete()
    assert tell_promises(door.organisation_id, at=MORNING) == 1
    [line] = Entry.objects.about(door.organisation)
    assert line.data == {"day": "2026-10-05", "near": 0, "late": 1, "silent": 0}
    late.refresh_from_db()
    assert late.raised_for == date(2026, 10, 2)


def test_the_new_responsible_is_told_when_the_date_is_moved(door, boss):
    other = person_as(Role.COACH, door.organisation)
    near = case(door, date(2026, 10, 7))
    keep_promises(MORNING)
    give(near.pk, other, by=door.receiver, at=MORNING)
    assert told(MORNING + 3 * DAY) == {
        other.pk: {"late": [near.pk]},
        boss.pk: {"raised": [near.pk]},
    }
