"""The clock: runs what is due, in the server's own process or in a worker beside it.

The tables themselves are the queues (entries not yet delivered, letters not yet sent), so a job
is a function that does what is due at a moment, in small transactions, and bears repetition.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import close_old_connections
from django.db.models import F
from django.utils import timezone

from idesluss.jobs.models import Job

log = logging.getLogger("idesluss.clock")

LEASE = timedelta(minutes=10)  # a job that was killed is taken over after this


@dataclass(frozen=True, slots=True)
class Work:
    """A recurring job: ``do(at)`` returns how many things it did."""

    name: str
    every: timedelta
    do: Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Errand:
    """What every machine does for itself, at each turn: ``do(at)`` returns how much it did."""

    name: str
    do: Callable[[datetime], int]


def backoff(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: 10 s doubling up to an hour."""
    return min(timedelta(seconds=10) * 2 ** min(failures, 12), timedelta(hours=1))


def schedule() -> Sequence[Work]:
    """The jobs named in the wiring."""
    works: Sequence[Work] = import_module(settings.WIRING).SCHEDULE
    return works


def errands() -> Sequence[Errand]:
    """What every machine does for itself, from the wiring."""
    found: Sequence[Errand] = import_module(settings.WIRING).ERRANDS
    return found


def run_errands(listed: Sequence[Errand], at: datetime) -> int:
    """Do each of them; one that fails is tried at the next turn, and keeps no other back."""
    done = 0
    for errand in listed:
        try:
            done += errand.do(at)
        except Exception:
            log.exception("%r failed.", errand.name)
    return done


def tick(works: Sequence[Work], at: datetime) -> int:
    """Run every job that is due at ``at`` and that no other process is running.

    Returns how many things were done. A job that fails is tried again later; the others go on.
    """
    done = 0
    for work in works:
        Job.objects.get_or_create(name=work.name, defaults={"next_at": at})
        due = Job.objects.filter(name=work.name, next_at__lte=at)
        if not due.update(next_at=at + LEASE, began_at=at):
            continue
        try:
            done += work.do(at)
        except Exception as error:
            log.exception("The job %r failed.", work.name)
            job = Job.objects.get(name=work.name)
            Job.objects.filter(name=work.name).update(
                next_at=at + backoff(job.failures),
                ended_at=timezone.now(),
                failures=F("failures") + 1,
                last_error=f"{type(error).__name__}: {error}"[:1000],
            )
        else:
            Job.objects.filter(name=work.name).update(
                next_at=at + work.every, ended_at=timezone.now(), failures=0, last_error=""
            )
    return done


def run(stop: threading.Event, *, pause: float = 1.0, jobs: bool = True) -> None:
    """Tick until ``stop`` is set; at once again while there is work, else after ``pause`` s.

    Without ``jobs``, only what every machine does for itself.
    """
    works, listed = schedule() if jobs else (), errands()
    while not stop.is_set():
        close_old_connections()
        try:
            done = tick(works, timezone.now())
            done += run_errands(listed, timezone.now())
        except Exception:  # the database may be away for a moment
            log.exception("The clock missed a tick.")
            done = 0
        stop.wait(0.05 if done else pause)
    close_old_connections()
