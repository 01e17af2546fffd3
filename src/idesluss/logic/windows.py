"""Time as it binds people: windows that open and close, promised dates, paused clocks.

A window is half-open, [opens, closes): the very moment of opening is inside, the very moment of
closing is outside. Moments are always aware. Working days leave out Saturdays, Sundays, public
holidays and the days that are kept like them when time is reckoned: in Sweden Midsummer,
Christmas and New Year's Eve (lag 1930:173, 2 §), in Denmark Constitution Day, Christmas and New
Year's Eve; Finland's calendar holds its eves already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from idesluss.logic.refusals import Closed, NotOpenYet, Refusal, gettext_noop


class ClosesTooEarly(Refusal):
    """A window that would close before, or just when, it opens."""

    sentence = gettext_noop("The closing time must be later than the opening time.")
    field = "closes"


class State(StrEnum):
    """Where a moment stands to a window."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Window:
    """The time from ``opens`` until just before ``closes``; None means no limit on that side.

    Raises:
        ClosesTooEarly: ``closes`` is not after ``opens``.
        ValueError: a moment without a time zone.
    """

    opens: datetime | None = None
    closes: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.opens, self.closes):
            if moment is not None:
                _aware(moment)
        if self.opens is not None and self.closes is not None and self.closes <= self.opens:
            raise ClosesTooEarly

    def state(self, at: datetime) -> State:
        """Return whether ``at`` (aware) is before, inside or after. ValueError if naive."""
        _aware(at)
        if self.opens is not None and at < self.opens:
            return State.BEFORE
        if self.closes is not None and at >= self.closes:
            return State.AFTER
        return State.OPEN

    def is_open(self, at: datetime) -> bool:
        """Return whether ``at`` (aware) is inside."""
        return self.state(at) is State.OPEN

    def require_open(self, at: datetime) -> None:
        """Go on when ``at`` (aware) is inside.

        Raises:
            NotOpenYet: too early.
            Closed: too late.
        """
        match self.state(at):
            case State.BEFORE:
                raise NotOpenYet(opens=self.opens)
            case State.AFTER:
                raise Closed(closes=self.closes)


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment


_CATEGORIES = {
    "SE": ("public", "de_facto"),  # "de facto": the three eves
    "DK": ("public",),
    "NO": ("public",),
    "FI": ("public",),
}
# The package's optional Danish days would bring May Day too, which is an ordinary working day.
_KEPT_CLOSED = {"DK": ((6, 5), (12, 24), (12, 31))}


@cache
def _days_off(country: str, year: int) -> frozenset[date]:
    """Days of ``year`` when offices are closed, weekends apart. ValueError: unknown country."""
    if country not in _CATEGORIES:
        raise ValueError(f"no calendar for {country!r}; there are {', '.join(_CATEGORIES)}")
    calendar = holidays.country_holidays(country, years=year, categories=_CATEGORIES[country])
    closed = {date(year, month, day) for month, day in _KEPT_CLOSED.get(country, ())}
    return frozenset(calendar) | closed


def is_working_day(day: date, country: str) -> bool:
    """Return whether offices in ``country`` (SE, DK, NO, FI) are open on ``day``."""
    # Weekends first: the Swedish calendar lists every Sunday as a holiday, the others do not.
    return day.weekday() < 5 and day not in _days_off(country, day.year)


def working_days_after(start_date: date, days: int, country: str) -> date:
    """Return the working day that is ``days`` working days after ``start_date``.

    The start itself is not counted. With 0 days it is the start, or the first working day after.

    Raises:
        ValueError: fewer than 0 days, or a country without a calendar.
    """
    if days < 0:
        raise ValueError("days must not be negative")
    day = start_date
    left = days
    while left > 0 or not is_working_day(day, country):
        day += timedelta(days=1)
        left -= is_working_day(day, country)
    return day


def working_days_before(day: date, days: int, country: str) -> date:
    """Return the working day that is ``days`` working days before ``day``, itself not counted.

    Raises:
        ValueError: fewer than 0 days, or a country without a calendar.
    """
    if days < 0:
        raise ValueError("days must not be negative")
    left = days
    while left > 0 or not is_working_day(day, country):
        day -= timedelta(days=1)
        left -= is_working_day(day, country)
    return day


def promised_by(at: datetime, days: int, country: str, zone: ZoneInfo) -> date:
    """Return the date by which an answer is promised to something that came in ``at``.

    ``at`` is aware; which day it came is read in ``zone``. ``days`` are working days.
    """
    return working_days_after(_aware(at).astimezone(zone).date(), days, country)


def latest_working_morning(at: datetime, hour: int, country: str, zone: ZoneInfo) -> datetime:
    """Return the latest moment (UTC), not after ``at`` (aware), of ``hour`` on a working day.

    ``hour`` is 0 to 23 on the clock in ``zone``; working days are those of ``country``.
    """
    day = _aware(at).astimezone(zone).date()
    while True:
        morning = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if morning <= at and is_working_day(day, country):
            return morning
        day -= timedelta(days=1)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) after ``day`` in ``zone``: the closing end of a window."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def paused(deadline: datetime, pauses: Iterable[Window], at: datetime) -> datetime:
    """Return ``deadline`` moved by the time that requests for completion stopped the clock.

    Each pause is [asked, completed); without ``closes`` it still runs and counts until ``at``.
    Overlapping pauses stop the clock once. What begins at or after the deadline as it then
    stands, or after ``at``, moves nothing: that clock had run out, or is not there yet.

    Raises:
        ValueError: naive moments, or a pause without a beginning.
    """
    _aware(deadline)
    _aware(at)
    spans: list[tuple[datetime, datetime]] = []
    for pause in pauses:
        if pause.opens is None:
            raise ValueError("a pause needs a beginning")
        spans.append((pause.opens, at if pause.closes is None else min(pause.closes, at)))
    counted_to: datetime | None = None
    for asked, ends in sorted(spans):
        begins = asked if counted_to is None else max(asked, counted_to)
        if begins >= deadline:
            break
        if ends > begins:
            deadline += ends - begins
            counted_to = ends
    return deadline


def moved_day(
    day: date, pauses: Iterable[Window], at: datetime, country: str, zone: ZoneInfo
) -> date:
    """Return the promised ``day`` moved by ``pauses``, as ``paused`` counts them.

    Part of a day moves to the whole of it, and a day off to the next working day. Without any
    pause the day stays as it is.
    """
    promised = end_of(day, zone)
    moved = paused(promised, pauses, at)
    if moved == promised:
        return day
    last_moment = moved - timedelta(microseconds=1)
    return working_days_after(last_moment.astimezone(zone).date(), 0, country)
