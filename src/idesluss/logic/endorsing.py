"""Whom to ask what a unit says to an application, until when, and what silence comes to.

People, units and posts are known by number. A post is a manager's place in one unit, or in the
whole organisation (None); a deputy's post names the one that it stands in for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from idesluss.logic.windows import end_of, is_working_day, promised_by

DAYS = 10  # working days to answer in, when the round has no day of its own
SOON = 5  # working days, for whoever is asked late, or instead of somebody else
LEAST = 2  # working days that the round's own day must leave
LAST_CALL = 2  # working days before the last day, when the last reminder goes out
OFFICE_OPENS = time(8)


@dataclass(frozen=True, slots=True)
class Post:
    """A place as manager that holds today; ``deputy_for`` is the number of another post."""

    number: int
    person: int
    unit: int | None
    deputy_for: int | None = None


def line(unit: int | None, parents: Mapping[int, int | None]) -> list[int | None]:
    """Return the unit, the one above it and so on; last the whole organisation (None).

    A unit that ``parents`` does not know, or that is above itself, ends the way there.
    """
    way: list[int | None] = []
    while unit is not None and unit not in way:
        way.append(unit)
        unit = parents.get(unit)
    return [*way, None]


def whom_to_ask(
    unit: int | None,
    *,
    parents: Mapping[int, int | None],
    posts: Sequence[Post],
    applicants: Iterable[int],
    asked: Iterable[int] = (),
    shut: Iterable[int] = (),
) -> int | None:
    """Return the person to ask on behalf of ``unit``, or None when there is nobody.

    The nearest manager in the line above every post that an applicant holds, or that somebody
    holds who has been ``asked`` already (a deputy's counts): nobody answers to their own
    application, nor is asked twice. A deputy is asked in the manager's place. Those to whom the
    case is ``shut`` are passed by. Of several managers of a unit, the one who has the post
    longest (the lowest number).
    """
    applying, before = set(applicants), set(asked)
    way = line(unit, parents)
    barred = applying | before | set(shut)
    levels = [[post for post in posts if post.unit == place] for place in way]

    def holds_the_line(post: Post) -> bool:
        own = post.deputy_for is None
        return post.person in before or (own and post.person in applying)

    passed = [place for place, level in enumerate(levels) if any(map(holds_the_line, level))]
    for level in levels[max(passed, default=-1) + 1 :]:
        for person in _in_turn(level):
            if person not in barred:
                return person
    return None


def _in_turn(level: Sequence[Post]) -> list[int]:
    """The people of one level in the order in which they are asked: deputies first."""
    posts = sorted(level, key=lambda post: post.number)
    turn = []
    for own in posts:
        if own.deputy_for is None:
            turn += [post.person for post in posts if post.deputy_for == own.number]
            turn.append(own.person)
    return turn


def due(at: datetime, by: datetime | None, *, country: str, zone: ZoneInfo) -> datetime:
    """Return the moment (half-open) until which whoever is asked ``at`` may answer.

    ``by`` is the round's own moment; it holds if it leaves at least ``LEAST`` working days, else
    there are ``SOON`` of them. Without one there are ``DAYS``.
    """
    if by is not None and by >= end_of(promised_by(at, LEAST, country, zone), zone):
        return by
    return end_of(promised_by(at, SOON if by else DAYS, country, zone), zone)


def reminders(asked: datetime, due: datetime, *, country: str, zone: ZoneInfo) -> list[datetime]:
    """Return the moments of the reminders: halfway, and some working days before the last day.

    In their order, and only those that lie between asking and the end.
    """
    last_day = (due - timedelta(microseconds=1)).astimezone(zone).date()
    last_call = datetime.combine(_working_days_before(last_day, LAST_CALL, country), OFFICE_OPENS)
    moments = {asked + (due - asked) / 2, last_call.replace(tzinfo=zone).astimezone(asked.tzinfo)}
    return sorted(moment for moment in moments if asked < moment < due)


def _working_days_before(day: date, days: int, country: str) -> date:
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working_day(day, country)
    return day


def is_to_be_reminded(
    at: datetime, moments: Sequence[datetime], reminded: datetime | None, due: datetime
) -> bool:
    """Return whether a reminder is due ``at``: one has come since the last one was sent.

    However many have come meanwhile, there is one. Nothing is sent once it is too late.
    """
    come = [moment for moment in moments if moment <= at]
    return at < due and bool(come) and (reminded is None or reminded < come[-1])


class Outcome(StrEnum):
    """What follows when nobody has answered in time."""

    ASK_ABOVE = "ask_above"
    COUNT_AS_YES = "count_as_yes"
    COUNT_AS_NO = "count_as_no"
    WAIT = "wait"


def after_silence(rule: str, *, somebody_above: bool) -> Outcome:
    """Return what the round's ``rule`` ("escalate", "yes", "no", "wait") comes to.

    Where nobody is above, the case waits and the office is told.

    Raises:
        ValueError: another rule.
    """
    match rule:
        case "escalate":
            return Outcome.ASK_ABOVE if somebody_above else Outcome.WAIT
        case "yes":
            return Outcome.COUNT_AS_YES
        case "no":
            return Outcome.COUNT_AS_NO
        case "wait":
            return Outcome.WAIT
    raise ValueError(f"no rule for silence is called {rule!r}")
