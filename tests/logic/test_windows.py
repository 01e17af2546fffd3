from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.refusals import Closed, NotOpenYet
from idesluss.logic.windows import (
    ClosesTooEarly,
    State,
    Window,
    end_of,
    is_working_day,
    moved_day,
    paused,
    promised_by,
    working_days_after,
    working_days_before,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OPENS = datetime(2022, 9, 1, 6, tzinfo=UTC)
CLOSES = datetime(2022, 10, 31, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)
COUNTRIES = ("SE", "DK", "NO", "FI")

minutes = st.integers(0, 200).map(lambda n: OPENS + timedelta(minutes=n))


# --- Windows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS - SECOND, State.BEFORE),
        (OPENS, State.OPEN),
        (CLOSES - SECOND, State.OPEN),
        (CLOSES, State.AFTER),
        (CLOSES + SECOND, State.AFTER),
    ],
)
def test_a_window_is_open_from_its_opening_until_just_before_its_closing(at, state):
    window = Window(OPENS, CLOSES)
    assert window.state(at) is state
    assert window.is_open(at) is (state is State.OPEN)


@pytest.mark.parametrize(
    ("window", "states"),
    [
        (Window(), [State.OPEN] * 3),
        (Window(opens=OPENS), [State.BEFORE, State.OPEN, State.OPEN]),
        (Window(closes=OPENS), [State.OPEN, State.AFTER, State.AFTER]),
    ],
)
def test_a_missing_end_is_no_limit(window, states):
    assert [window.state(at) for at in (OPENS - SECOND, OPENS, CLOSES)] == states


def test_the_same_moment_in_another_zone_is_the_same_moment():
    assert Window(OPENS, CLOSES).state(OPENS.astimezone(STOCKHOLM)) is State.OPEN


@pytest.mark.parametrize("closes", [OPENS, OPENS - SECOND])
def test_a_window_must_close_after_it_opens(closes):
    with pytest.raises(ClosesTooEarly) as caught:
        Window(OPENS, closes)
    assert caught.value.field == "closes"


@pytest.mark.parametrize("ends", [(OPENS.replace(tzinfo=None), None), (None, datetime(2022, 1, 1))])  # noqa: DTZ001
def test_a_window_has_aware_ends(ends):
    with pytest.raises(ValueError, match="has no time zone"):
        Window(*ends)


def test_a_naive_moment_is_not_compared():
    with pytest.raises(ValueError, match="has no time zone"):
        Window().state(OPENS.replace(tzinfo=None))


def test_an_open_window_lets_one_go_on():
    Window(OPENS, CLOSES).require_open(OPENS)


@pytest.mark.parametrize(
    ("at", "refusal"),
    [(OPENS - SECOND, NotOpenYet(opens=OPENS)), (CLOSES, Closed(closes=CLOSES))],
)
def test_a_shut_window_says_when(at, refusal):
    with pytest.raises(type(refusal)) as caught:
        Window(OPENS, CLOSES).require_open(at)
    assert caught.value == refusal


@given(st.none() | minutes, st.none() | minutes, minutes)
def test_the_states_are_what_the_naive_comparison_says(opens, closes, at):
    if opens and closes and closes <= opens:
        return
    naive = (
        State.BEFORE
        if opens and at < opens
        else State.AFTER
        if closes and at >= closes
        else State.OPEN
    )
    assert Window(opens, closes).state(at) is naive


# --- Working days --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("SE", date(2026, 6, 19), "Midsummer Eve"),
        ("SE", date(2025, 12, 24), "Christmas Eve"),
        ("SE", date(2025, 12, 31), "New Year's Eve"),
        ("SE", date(2026, 1, 6), "Epiphany"),
        ("DK", date(2026, 6, 5), "Constitution Day"),
        ("DK", date(2025, 12, 24), "Christmas Eve"),
        ("DK", date(2025, 12, 31), "New Year's Eve"),
        ("DK", date(2026, 4, 2), "Maundy Thursday"),
        ("NO", date(2023, 5, 17), "Constitution Day"),
        ("FI", date(2026, 6, 19), "Midsummer Eve"),
        ("FI", date(2024, 12, 6), "Independence Day"),
        ("SE", date(2026, 3, 7), "a Saturday"),
        ("DK", date(2026, 3, 8), "a Sunday"),
    ],
)
def test_a_day_off_is_no_working_day(country, day, name):
    assert not is_working_day(day, country), name


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("SE", date(2026, 6, 18)),
        ("SE", date(2026, 6, 5)),
        ("DK", date(2026, 5, 1)),
        ("DK", date(2026, 1, 6)),
        ("DK", date(2024, 4, 26)),  # the Great Prayer Day was abolished from 2024
        ("NO", date(2025, 12, 24)),
        ("FI", date(2026, 2, 5)),
    ],
)
def test_an_ordinary_day_is_a_working_day(country, day):
    assert is_working_day(day, country)


@pytest.mark.parametrize(
    ("start", "days", "country", "expected"),
    [
        (date(2026, 3, 2), 0, "SE", date(2026, 3, 2)),
        (date(2026, 3, 7), 0, "SE", date(2026, 3, 9)),
        (date(2026, 3, 2), 1, "SE", date(2026, 3, 3)),
        (date(2026, 3, 6), 1, "SE", date(2026, 3, 9)),
        (date(2026, 3, 7), 1, "SE", date(2026, 3, 9)),
        (date(2026, 6, 18), 1, "SE", date(2026, 6, 22)),
        (date(2026, 12, 23), 3, "SE", date(2026, 12, 30)),
        (date(2026, 12, 30), 1, "SE", date(2027, 1, 4)),
        (date(2026, 4, 1), 1, "DK", date(2026, 4, 7)),
        (date(2026, 4, 1), 1, "SE", date(2026, 4, 2)),
        (date(2022, 10, 31), 60, "SE", date(2023, 1, 25)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, days, country, expected):
    assert working_days_after(start, days, country) == expected


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="negative"):
        working_days_after(date(2026, 3, 2), -1, "SE")


def test_a_country_without_a_calendar_is_not_guessed():
    with pytest.raises(ValueError, match="no calendar for 'DE'; there are SE, DK, NO, FI"):
        working_days_after(date(2026, 3, 2), 1, "DE")


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(0, 80), st.sampled_from(COUNTRIES))
def test_as_many_working_days_lie_between_as_were_asked_for(start, days, country):
    end = working_days_after(start, days, country)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert is_working_day(end, country)
    if days:
        assert sum(is_working_day(day, country) for day in passed) == days
    else:
        assert not any(is_working_day(day, country) for day in [start, *passed][:-1])


def test_the_promise_counts_from_the_day_it_came_in_where_it_came_in():
    late_on_monday = datetime(2026, 3, 2, 23, 30, tzinfo=STOCKHOLM)
    assert promised_by(late_on_monday.astimezone(UTC), 1, "SE", STOCKHOLM) == date(2026, 3, 3)
    assert promised_by(late_on_monday + timedelta(hours=1), 1, "SE", STOCKHOLM) == date(2026, 3, 4)


def test_a_promise_needs_an_aware_moment():
    with pytest.raises(ValueError, match="has no time zone"):
        promised_by(datetime(2026, 3, 2), 1, "SE", STOCKHOLM)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 1, 31), datetime(2026, 1, 31, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # the clock goes forward
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # and back
    ],
)
def test_a_day_ends_at_midnight_where_people_live(day, moment):
    assert end_of(day, STOCKHOLM) == moment


# --- Paused clocks -------------------------------------------------------------------------


def hours(n: float) -> datetime:
    return OPENS + timedelta(hours=n)


@pytest.mark.parametrize(
    ("pauses", "at", "moved"),
    [
        ([], 50, 100),
        ([(10, 30)], 50, 120),
        ([(10, 30)], 20, 110),  # still running when we look
        ([(10, None)], 20, 110),
        ([(10, None)], 5, 100),  # not begun when we look
        ([(10, 30), (20, 40)], 50, 130),  # overlapping count once
        ([(10, 40), (20, 30)], 50, 130),
        ([(20, 30), (10, 20)], 50, 120),
        ([(10, 30), (110, 130)], 200, 140),  # inside the time that the first one gave
        ([(100, 110)], 200, 100),  # too late: it had run out
        ([(99, 110)], 200, 111),
        ([(10, 30), (120, 130)], 200, 120),
    ],
)
def test_a_request_for_completion_stops_the_clock(pauses, at, moved):
    windows = [Window(hours(a), None if b is None else hours(b)) for a, b in pauses]
    assert paused(hours(100), windows, hours(at)) == hours(moved)


def test_a_pause_has_a_beginning():
    with pytest.raises(ValueError, match="a pause needs a beginning"):
        paused(hours(100), [Window(None, hours(1))], hours(2))


@pytest.mark.parametrize("naive", [0, 1])
def test_deadlines_are_aware(naive):
    moments = [hours(100), hours(2)]
    moments[naive] = moments[naive].replace(tzinfo=None)
    with pytest.raises(ValueError, match="has no time zone"):
        paused(moments[0], [], moments[1])


def naive_deadline(left: int, pauses: list[tuple[int, int | None]], at: int) -> int:
    """Let the clock tick hour by hour until no time is left; it stands still in every pause."""
    hour = 0
    while left:
        stands = hour < at and any(a <= hour and (b is None or hour < b) for a, b in pauses)
        left -= not stands
        hour += 1
    return hour


spans = st.tuples(st.integers(0, 60), st.none() | st.integers(1, 40)).map(
    lambda span: (span[0], None if span[1] is None else span[0] + span[1])
)


@given(st.integers(1, 60), st.lists(spans, max_size=5), st.integers(0, 120))
def test_the_deadline_is_where_a_ticking_clock_ends(left, pauses, at):
    windows = [Window(hours(a), None if b is None else hours(b)) for a, b in pauses]
    assert paused(hours(left), windows, hours(at)) == hours(naive_deadline(left, pauses, at))


MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("promised", "pauses", "moved"),
    [
        (date(2026, 3, 4), [], date(2026, 3, 4)),
        (date(2026, 3, 7), [], date(2026, 3, 7)),  # a Saturday that was promised stays
        (date(2026, 3, 4), [1], date(2026, 3, 5)),  # an hour is a day
        (date(2026, 3, 4), [24], date(2026, 3, 5)),
        (date(2026, 3, 4), [25], date(2026, 3, 6)),
        (date(2026, 3, 6), [24], date(2026, 3, 9)),  # over the weekend
    ],
)
def test_a_promised_day_moves_to_a_working_day(promised, pauses, moved):
    windows = [Window(MONDAY_NOON, MONDAY_NOON + timedelta(hours=n)) for n in pauses]
    at = MONDAY_NOON + timedelta(days=30)
    assert moved_day(promised, windows, at, "SE", STOCKHOLM) == moved


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(0, 30), st.sampled_from(COUNTRIES))
def test_as_many_working_days_lie_before_as_were_asked_for(day, days, country):
    before = working_days_before(day, days, country)
    between = [before + timedelta(days=n) for n in range((day - before).days)]
    assert is_working_day(before, country)
    assert sum(is_working_day(one, country) for one in between) == (days or int(before != day))


def test_days_before_are_not_counted_forwards():
    with pytest.raises(ValueError, match="negative"):
        working_days_before(date(2026, 10, 5), -1, "SE")
