"""Following a project up by the clock: when its owner is reminded, and when the office is told.

A reminder that would fall on a day off comes on the working day before, a day by which something
must be there on the working day after. Every answer is "what is due now", not "what is due this
day", so a clock that stood still for a week forgets nothing and repeats nothing.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from idesluss.logic.windows import is_working_day, working_days_after

DAYS_TO_REPORT = 10
"""Working days after the last day within which the final report is to be there."""
_MONTH, _WEEK = timedelta(days=30), timedelta(days=7)
_DECEMBER = 12


class Reminder(StrEnum):
    """What is said to the owner; the last one is said to the office."""

    MONTH = "month"  # a month is left
    WEEK = "week"  # a week is left
    ENDED = "ended"  # the last day has passed: the final report is awaited
    OVERDUE = "overdue"  # and has not come
    YEAR = "year"  # the year's money: tell what is spent of it before the year ends


def working_day_until(day: date, country: str) -> date:
    """Return ``day``, or the last working day of ``country`` before it."""
    while not is_working_day(day, country):
        day -= timedelta(days=1)
    return day


def report_by(ends_on: date, country: str) -> date:
    """Return the day by which the final report is to be there."""
    return working_days_after(ends_on, DAYS_TO_REPORT, country)


def is_overdue(ends_on: date, today: date, country: str) -> bool:
    """Return whether the day for the final report has passed."""
    return today > report_by(ends_on, country)


def end_reminder(ends_on: date, today: date, country: str) -> Reminder | None:
    """Return what is due because of a project's last day; None when nothing is yet.

    Only the latest is due: whoever gets a project a week before its end is not told about the
    month too.
    """
    begins = (
        (Reminder.OVERDUE, report_by(ends_on, country) + timedelta(days=1)),
        (Reminder.ENDED, working_days_after(ends_on, 1, country)),
        (Reminder.WEEK, working_day_until(ends_on - _WEEK, country)),
        (Reminder.MONTH, working_day_until(ends_on - _MONTH, country)),
    )
    return next((reminder for reminder, day in begins if today >= day), None)


def year_reminder(
    ends_on: date, money_of: Collection[int], today: date, country: str
) -> Reminder | None:
    """Return whether the year's end is to be reminded of: the year has money, the project goes on.

    ``money_of`` are the years that money was granted for. From the first of December, when the
    project does not end within the year anyhow.
    """
    begins = working_day_until(date(today.year, _DECEMBER, 1), country)
    goes_on = ends_on.year > today.year
    return Reminder.YEAR if goes_on and today.year in money_of and today >= begins else None
