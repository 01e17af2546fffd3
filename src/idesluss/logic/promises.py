"""What a case is promised by when, and how it stands with each promise on a day.

Three promises are made when a case comes in: a receipt at once (handing in gives it), a first
answer by a human being, and a decision. Its step may promise one more, and somebody has always
set a next date. Days are those of the case's municipality; a promise holds its whole last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from idesluss.logic.windows import working_days_after

NEAR_DAYS = 2
"""A promise is near when so many working days, or fewer, are left after today."""


class Promised(StrEnum):
    """What is promised."""

    FIRST = "first"  # a first answer by a human being
    DECISION = "decision"
    STEP = "step"  # by the step of the model that the case is in
    NEXT = "next"  # what somebody has said happens next


class Held(StrEnum):
    """How it stands with a promise."""

    KEPT = "kept"
    IN_TIME = "in_time"
    NEAR = "near"
    LATE = "late"  # also when it was fulfilled after its day
    WAITS = "waits"  # stands still while we wait for the giver


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one case. ``*_on`` is the day on which it was done, None while it is owed.

    ``step_by`` is the promise of the step that it is in, ``next_on`` the next date; None: none.
    """

    first_by: date | None = None
    first_on: date | None = None
    answer_by: date | None = None
    answered_on: date | None = None
    step_by: date | None = None
    next_on: date | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The promise of a case that is due first, and how it stands with it."""

    what: Promised
    by: date
    state: Held


def near_until(today: date, country: str) -> date:
    """The last day that is near on ``today``: fewer than ``NEAR_DAYS`` + 1 working days ahead.

    ``country`` is SE, DK, NO or FI. Everything due on that day or earlier is near, or late.
    """
    return working_days_after(today, NEAR_DAYS + 1, country) - timedelta(days=1)


def held(
    by: date | None, done_on: date | None, *, waits: bool, today: date, country: str
) -> Held | None:
    """How it stands on ``today`` with a promise for ``by``; None where nothing is promised.

    ``done_on`` is when it was fulfilled, None if it is not; ``waits`` whether the clock stands
    still because the giver is asked something.
    """
    if by is None:
        return None
    if done_on is not None:
        return Held.KEPT if done_on <= by else Held.LATE
    if waits:
        return Held.WAITS
    if by < today:
        return Held.LATE
    return Held.NEAR if by <= near_until(today, country) else Held.IN_TIME


def owed(dates: Dates) -> Iterator[tuple[date, Promised]]:
    """Every promise that is not fulfilled yet, with its day."""
    for by, done, what in (
        (dates.first_by, dates.first_on, Promised.FIRST),
        (dates.answer_by, dates.answered_on, Promised.DECISION),
        (dates.step_by, None, Promised.STEP),
        (dates.next_on, None, Promised.NEXT),
    ):
        if by is not None and done is None:
            yield by, what


def due(dates: Dates, *, today: date, country: str) -> Due | None:
    """The promise that is due first; of several on one day the first named. None: nothing owed."""
    first = min(owed(dates), key=lambda one: one[0], default=None)
    if first is None:
        return None
    by, what = first
    state = held(by, None, waits=dates.waits, today=today, country=country)
    return Due(what, by, state) if state else None
