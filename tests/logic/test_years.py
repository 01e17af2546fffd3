"""Dates, names and cut-offs from one year to the next."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.windows import Window
from idesluss.logic.years import (
    MOST_ROUNDS,
    CutOffTooEarly,
    CutOffUnread,
    NoCutOffs,
    TooManyRounds,
    back_to_back,
    every,
    next_years_name,
    read_cutoffs,
    weeks_later,
    weeks_to_next_year,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
days = st.dates(date(2000, 1, 1), date(2190, 12, 31))
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=190 * 365)).map(lambda it: EPOCH + it)


def same_weekdays(year, month, weekday):
    """Every such weekday of the month, by looking at each day."""
    found, day = [], date(year, month, 1)
    while day.month == month:
        found += [day] if day.weekday() == weekday else []
        day += timedelta(days=1)
    return found


@given(days)
def test_a_weekday_keeps_its_place_in_the_month(day):
    place = same_weekdays(day.year, day.month, day.weekday()).index(day)
    there = same_weekdays(day.year + 1, day.month, day.weekday())
    expected = there[min(place, len(there) - 1)]

    assert day + timedelta(weeks=weeks_to_next_year(day)) == expected


def test_the_second_thursday_of_september_does_not_drift_in_thirty_years():
    day = date(2026, 9, 10)  # the second Thursday
    for _ in range(30):
        day += timedelta(weeks=weeks_to_next_year(day))
    assert day == date(2056, 9, 14)
    assert same_weekdays(2056, 9, 3).index(day) == 1


@pytest.mark.parametrize(
    ("when", "moved"),
    [
        # 16.00 in Stockholm stays 16.00, in winter and in summer
        (datetime(2027, 1, 28, 15, tzinfo=UTC), datetime(2028, 1, 27, 15, tzinfo=UTC)),
        (datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2027, 3, 26, 15, tzinfo=UTC)),
        # winter time one year, summer time the next
        (datetime(2029, 3, 24, 15, tzinfo=UTC), datetime(2030, 3, 23, 15, tzinfo=UTC)),
        (datetime(2026, 3, 30, 14, tzinfo=UTC), datetime(2027, 3, 29, 14, tzinfo=UTC)),
        (datetime(2026, 10, 25, 15, tzinfo=UTC), datetime(2027, 10, 24, 14, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_shows_the_same_a_year_later(when, moved):
    shown = when.astimezone(STOCKHOLM)
    later = weeks_later(when, 52, STOCKHOLM)
    assert (later.astimezone(STOCKHOLM).hour, later.date()) == (shown.hour, moved.date())


def test_a_time_that_the_clocks_jump_over_is_an_hour_later():
    when = datetime(2026, 3, 29, 0, 30, tzinfo=UTC) - timedelta(weeks=1)  # 01.30 a week before
    night = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)  # 02.30 in Stockholm
    assert weeks_later(when, 1, STOCKHOLM).astimezone(STOCKHOLM).hour == 1
    assert weeks_later(night, 1, STOCKHOLM) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@given(moments, moments)
def test_dates_that_move_together_keep_their_order_by_day(one, other):
    first, second = sorted((one, other))
    moved = [weeks_later(it, 53, STOCKHOLM).astimezone(STOCKHOLM).date() for it in (first, second)]
    assert moved == sorted(moved)


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("Hösten 2026", "Hösten 2027"),
        ("2026/2027", "2027/2028"),
        ("2026:1", "2027:1"),
        ("Innovationsanslaget", "Innovationsanslaget 2028"),
        ("Mål 20261", "Mål 20261 2028"),
    ],
)
def test_a_name_goes_on_to_next_year(name, later):
    assert next_years_name(name, 2028) == later


def test_a_day_counts_whole_and_a_time_to_the_minute():
    assert read_cutoffs("2027-03-31\n\n 2027-06-30 16:00 \n2027-09-30 9.30", STOCKHOLM) == [
        datetime(2027, 3, 31, 22, tzinfo=UTC),
        datetime(2027, 6, 30, 14, tzinfo=UTC),
        datetime(2027, 9, 30, 7, 30, tzinfo=UTC),
    ]
    [twice] = read_cutoffs("2027-10-31 02:30", STOCKHOLM)
    assert twice == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["31 mars", "2027-02-30", "2027-03-31 25:00", "2027-03-28 02:30", "9999-12-31", "2027-3-1"],
)
def test_a_line_that_is_no_day_is_named(line):
    with pytest.raises(CutOffUnread) as refused:
        read_cutoffs(f"2027-03-31\n{line}", STOCKHOLM)
    assert refused.value == CutOffUnread(line=line)


def test_quarters_end_with_their_last_day():
    assert every(3, first=date(2027, 1, 1), until=date(2027, 12, 31)) == [
        date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31),
    ]  # fmt: skip
    assert every(1, first=date(2027, 1, 31), until=date(2027, 4, 1)) == [
        date(2027, 2, 27), date(2027, 3, 30),
    ]  # fmt: skip
    assert every(6, first=date(2027, 1, 1), until=date(2027, 6, 29)) == []


def test_too_many_periods_and_none_at_all_are_refused():
    with pytest.raises(TooManyRounds):
        every(1, first=date(2027, 1, 1), until=date(2030, 1, 1))
    with pytest.raises(ValueError, match="at least one month"):
        every(0, first=date(2027, 1, 1), until=date(2030, 1, 1))


@given(days, st.integers(1, 12), st.integers(0, 2000))
def test_periods_follow_each_other_and_end_in_time(first, months, length):
    until = first + timedelta(days=length)
    try:
        found = every(months, first=first, until=until)
    except TooManyRounds:
        assert length > MOST_ROUNDS * months * 28
    else:
        assert found == sorted(set(found))
        assert all(first <= it <= until for it in found)
        assert len(found) <= MOST_ROUNDS


@given(moments, st.lists(moments, max_size=30))
def test_windows_lie_back_to_back_or_the_first_wrong_cut_off_is_named(opens, cutoffs):
    said = [str(number) for number in range(len(cutoffs))]
    wrong = [
        line
        for line, before, here in zip(said, [opens, *cutoffs], cutoffs, strict=False)
        if here <= before
    ]
    try:
        windows = back_to_back(opens, cutoffs, said)
    except NoCutOffs:
        assert not cutoffs
    except TooManyRounds:
        assert len(cutoffs) > MOST_ROUNDS
    except CutOffTooEarly as refusal:
        named = refusal.params["line"]
        assert named == wrong[0]
    else:
        assert not wrong
        assert windows[0].opens == opens
        assert [it.closes for it in windows] == cutoffs
        assert [it.opens for it in windows[1:]] == cutoffs[:-1]


@given(moments, st.lists(st.timedeltas(timedelta(seconds=1)), min_size=1, max_size=5), moments)
def test_every_moment_between_first_and_last_is_in_exactly_one_window(opens, gaps, at):
    cutoffs, when = [], opens
    for gap in gaps:
        when += min(gap, timedelta(days=900))
        cutoffs.append(when)
    inside = [it for it in back_to_back(opens, cutoffs) if it.is_open(at)]
    assert len(inside) == (opens <= at < cutoffs[-1])
    assert back_to_back(opens, cutoffs)[0] == Window(opens, cutoffs[0])


def test_more_cut_offs_than_a_fund_can_have_are_refused():
    opens = datetime(2027, 1, 1, tzinfo=UTC)
    cutoffs = [opens + timedelta(days=n) for n in range(1, 60)]
    with pytest.raises(TooManyRounds):
        back_to_back(opens, cutoffs)
