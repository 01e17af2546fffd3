"""The clock runs what is due, once, and forgives."""

import threading
from datetime import timedelta

import pytest

from idesluss.jobs import clock
from idesluss.jobs.clock import Work, backoff, tick
from idesluss.jobs.models import Job
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_a_job_runs_when_it_is_due_and_not_before():
    ran = []
    works = [Work("count", HOUR, lambda at: ran.append(at) or 3)]

    assert tick(works, NOON) == 3
    assert tick(works, NOON + HOUR - timedelta(seconds=1)) == 0
    assert tick(works, NOON + HOUR) == 3
    assert ran == [NOON, NOON + HOUR]


def test_a_job_that_fails_is_tried_again_later_and_the_others_go_on():
    ran = []

    def fails(at):
        raise ValueError("full disk")

    works = [Work("fails", HOUR, fails), Work("works", HOUR, lambda at: ran.append(at) or 1)]

    assert tick(works, NOON) == 1
    job = Job.objects.get(name="fails")
    assert (job.failures, job.last_error) == (1, "ValueError: full disk")
    assert job.next_at == NOON + timedelta(seconds=10)

    tick(works, NOON + timedelta(seconds=10))
    job.refresh_from_db()
    assert (job.failures, job.next_at) == (2, NOON + timedelta(seconds=30))
    assert ran == [NOON]


def test_a_job_that_works_again_forgets_its_failures():
    answers = [ValueError("away"), 1]

    def sometimes(at):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    works = [Work("sometimes", HOUR, sometimes)]
    tick(works, NOON)
    assert tick(works, NOON + HOUR) == 1
    job = Job.objects.get()
    assert (job.failures, job.last_error, job.next_at) == (0, "", NOON + 2 * HOUR)


def test_a_job_that_another_process_runs_is_left_alone_until_its_lease_ends():
    ran = []

    def looks_from_another_process(at):
        ran.append(at)
        return tick(works, at) if len(ran) == 1 else 0

    works = [Work("long", HOUR, looks_from_another_process)]
    tick(works, NOON)
    assert ran == [NOON]

    Job.objects.update(next_at=NOON + clock.LEASE)  # the process was killed in the middle
    tick(works, NOON + clock.LEASE - timedelta(seconds=1))
    assert ran == [NOON]
    tick(works, NOON + clock.LEASE)
    assert ran == [NOON, NOON + clock.LEASE]


def test_the_wait_doubles_up_to_an_hour():
    waits = [int(backoff(n).total_seconds()) for n in (0, 1, 2, 8, 9, 100)]
    assert waits == [10, 20, 40, 2560, 3600, 3600]


def test_the_clock_ticks_until_it_is_stopped(monkeypatch):
    stop, ran = threading.Event(), []

    def twice(at):
        ran.append(at)
        if len(ran) == 2:
            stop.set()
        return 1

    monkeypatch.setattr(clock, "schedule", lambda: [Work("twice", timedelta(0), twice)])
    thread = threading.Thread(target=clock.run, args=[stop], kwargs={"pause": 0.01})
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert len(ran) == 2


def test_a_missed_tick_is_not_the_end_of_the_clock(monkeypatch):
    stop, ticks = threading.Event(), []

    def breaks_once(works, at):
        ticks.append(at)
        if len(ticks) == 1:
            raise OSError("the database is away")
        stop.set()
        return 0

    monkeypatch.setattr(clock, "tick", breaks_once)
    clock.run(stop, pause=0.01)
    assert len(ticks) == 2


def test_every_job_of_the_wiring_has_a_name_of_its_own():
    names = [work.name for work in clock.schedule()]
    assert len(set(names)) == len(names)
    assert {"deliver entries", "gather daily letters", "send letters"} <= set(names)
