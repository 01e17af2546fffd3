"""From one year to the next: dates that keep their weekday, names with years in them, cut-offs.

A municipality's year repeats by weekdays ("the last Thursday in September"), not by dates. So
what is copied to next year moves by whole weeks, 52 or 53, whichever keeps the place among the
month's own Thursdays; a round's dates all move by the same, and so keep order and distance.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from idesluss.logic.refusals import Refusal, gettext_noop
from idesluss.logic.windows import Window, end_of

MOST_ROUNDS = 24
"""Rounds that are added at once; more is taken for a slip of the finger."""
_YEAR = re.compile(r"(?<!\d)(20\d\d|21\d\d)(?!\d)")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2})[:.](\d{2}))?")


class CutOffUnread(Refusal):
    """A line that is no day. Needs ``line``."""

    sentence = gettext_noop(
        "“%(line)s” is not a day. Write one on each line, for example 2027-03-31 or "
        "2027-03-31 16:00."
    )
    field = "cutoffs"


class CutOffTooEarly(Refusal):
    """A cut-off that is not after what comes before it. Needs ``line``."""

    sentence = gettext_noop(
        "“%(line)s” is not later than the opening, or than the line above it. Write the days in "
        "order."
    )
    field = "cutoffs"


class NoCutOffs(Refusal):
    """Nothing says when a round closes."""

    sentence = gettext_noop(
        "Say when the rounds close: one day on each line, or a number of months and a last day."
    )
    field = "cutoffs"


class TooManyRounds(Refusal):
    """More rounds than can be meant. Needs ``limit``."""

    sentence = gettext_noop("That would be more than %(limit)s rounds. Write fewer.")
    field = "cutoffs"


# --- A year later --------------------------------------------------------------------------


def weeks_to_next_year(day: date) -> int:
    """Return 52 or 53: so many weeks later the same weekday has the same place in the month.

    The second Monday of September becomes next year's second Monday of September. A fifth one
    that the month does not have next year becomes its last.
    """
    after_52 = day + timedelta(weeks=52)
    kept = after_52.month == day.month and _place(after_52) == _place(day)
    if kept or _place(day) == 5:
        return 52
    return 53


def _place(day: date) -> int:
    """Which of the month's Mondays (Tuesdays …) the day is, 1 to 5."""
    return (day.day - 1) // 7 + 1


def weeks_later(when: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) when the clock in ``zone`` shows the same, ``weeks`` later.

    A time that the clocks jump over that day becomes the one an hour later.
    """
    there = when.astimezone(zone)
    moved = there.replace(tzinfo=None) + timedelta(weeks=weeks)
    return moved.replace(tzinfo=zone, fold=there.fold).astimezone(UTC)


def same_distance(when: datetime, *, was: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) as far from ``now`` as ``when`` was from ``was``.

    Counted on the clock in ``zone``: a week after, at the same time of day, stays that.
    """
    apart = when.astimezone(zone).replace(tzinfo=None) - was.astimezone(zone).replace(tzinfo=None)
    there = now.astimezone(zone).replace(tzinfo=None) + apart
    return there.replace(tzinfo=zone).astimezone(UTC)


def next_years_name(name: str, year: int) -> str:
    """Return ``name`` with every year in it one later; without one, with ``year`` after it.

    "Hösten 2026" becomes "Hösten 2027", "2026/2027" becomes "2027/2028".
    """
    later, found = _YEAR.subn(lambda it: str(int(it[0]) + 1), name)
    return later if found else f"{name} {year}"


# --- Cut-offs ------------------------------------------------------------------------------


def read_cutoffs(text: str, zone: ZoneInfo) -> list[datetime]:
    """Return the moments (UTC) that ``text`` names, one day on each line.

    A day without a time counts whole: the cut-off is its end.

    Raises:
        CutOffUnread: a line that is no day, or a time that the clocks jump over.
    """
    return [_cutoff(line, zone) for line in map(str.strip, text.splitlines()) if line]


def _cutoff(line: str, zone: ZoneInfo) -> datetime:
    written = _DAY.fullmatch(line)
    if written is None:
        raise CutOffUnread(line=line)
    try:
        day = date.fromisoformat(written[1])
        if written[2] is None:
            return end_of(day, zone)
        shown = datetime.combine(day, time(int(written[2]), int(written[3])))
    except (ValueError, OverflowError):
        raise CutOffUnread(line=line) from None
    # Of an hour that comes twice the second is meant: nobody is shut out before the sign says.
    chosen = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if chosen.astimezone(zone).replace(tzinfo=None) != shown:
        raise CutOffUnread(line=line)
    return chosen


def every(months: int, *, first: date, until: date) -> list[date]:
    """Return the last days of periods of ``months`` months from ``first`` on, up to ``until``.

    Quarters from 1 January: 31 March, 30 June … A period that would end after ``until`` is left
    out. A day that a month lacks is its last one, counted from ``first`` each time.

    Raises:
        ValueError: fewer than one month.
        TooManyRounds: more periods than ``MOST_ROUNDS``.
    """
    if months < 1:
        raise ValueError("a period is at least one month")
    found: list[date] = []
    while (last := _months_later(first, months * (len(found) + 1)) - timedelta(days=1)) <= until:
        if len(found) == MOST_ROUNDS:
            raise TooManyRounds(limit=MOST_ROUNDS)
        found.append(last)
    return found


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def back_to_back(
    opens: datetime, cutoffs: Sequence[datetime], said: Iterable[str] = ()
) -> list[Window]:
    """Return windows without a gap: the first from ``opens``, each until the next cut-off.

    ``said`` is how each cut-off was written, for the refusal. All moments are aware.

    Raises:
        NoCutOffs: there is none.
        TooManyRounds: more than ``MOST_ROUNDS``.
        CutOffTooEarly: one that is not later than what comes before it.
    """
    if not cutoffs:
        raise NoCutOffs
    if len(cutoffs) > MOST_ROUNDS:
        raise TooManyRounds(limit=MOST_ROUNDS)
    lines = [*said] or [f"{it:%Y-%m-%d %H:%M}" for it in cutoffs]
    windows: list[Window] = []
    begins = opens
    for line, ends in zip(lines, cutoffs, strict=True):
        if ends <= begins:
            raise CutOffTooEarly(line=line)
        windows.append(Window(begins, ends))
        begins = ends
    return windows
