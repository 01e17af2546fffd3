"""How it stands with what a case is promised, held against the plainest way to count days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.promises import Dates, Due, Held, Promised, due, held, near_until
from idesluss.logic.windows import is_working_day

COUNTRIES = st.sampled_from(["SE", "DK", "NO", "FI"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MAYBE = st.none() | DAYS
DATES = st.builds(
    Dates,
    first_by=MAYBE,
    first_on=MAYBE,
    answer_by=MAYBE,
    answered_on=MAYBE,
    step_by=MAYBE,
    next_on=MAYBE,
    waits=st.booleans(),
)
MONDAY = date(2026, 10, 5)


def naive(by, done, *, waits, today, country):
    """Walks from day to day and counts."""
    if by is None:
        return None
    if done is not None:
        return "kept" if (by - done).days >= 0 else "late"
    if waits:
        return "waits"
    if (today - by).days > 0:
        return "late"
    day, left = today, 0
    while day != by:
        day += timedelta(days=1)
        left += is_working_day(day, country)
    return "near" if left <= 2 else "in_time"


@given(MAYBE, MAYBE, st.booleans(), DAYS, COUNTRIES)
def test_every_state_is_what_counting_the_days_one_by_one_says(by, done, waits, today, country):
    expected = naive(by, done, waits=waits, today=today, country=country)
    assert held(by, done, waits=waits, today=today, country=country) == expected


@given(DATES, DAYS, COUNTRIES)
def test_what_is_due_first_is_the_earliest_that_is_owed(dates, today, country):
    named = [
        ("first", dates.first_by, dates.first_on),
        ("decision", dates.answer_by, dates.answered_on),
        ("step", dates.step_by, None),
        ("next", dates.next_on, None),
    ]
    open_ones = [(by, what) for what, by, done in named if by and not done]
    found = due(dates, today=today, country=country)
    if not open_ones:
        assert found is None
        return
    earliest = min(by for by, _ in open_ones)
    what = next(what for by, what in open_ones if by == earliest)
    state = naive(earliest, None, waits=dates.waits, today=today, country=country)
    assert found == Due(Promised(what), earliest, Held(state))


@given(DATES, DAYS, COUNTRIES)
def test_time_alone_only_makes_it_later(dates, today, country):
    order = [Held.IN_TIME, Held.NEAR, Held.LATE]
    states = [due(dates, today=today + timedelta(days=n), country=country) for n in range(15)]
    if states[0] is None or states[0].state is Held.WAITS:
        assert {one and one.state for one in states} == {states[0] and states[0].state}
        return
    places = [order.index(one.state) for one in states]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("by", "state"),
    [
        (date(2026, 10, 4), Held.LATE),
        (date(2026, 10, 5), Held.NEAR),
        (date(2026, 10, 7), Held.NEAR),
        (date(2026, 10, 8), Held.IN_TIME),
    ],
)
def test_near_is_two_working_days_before_and_the_day_itself_is_not_late(by, state):
    assert held(by, None, waits=False, today=MONDAY, country="SE") is state


def test_before_a_weekend_near_reaches_past_it():
    friday = date(2026, 10, 2)
    assert near_until(friday, "SE") == date(2026, 10, 6)
    assert near_until(MONDAY, "SE") == date(2026, 10, 7)


def test_what_was_done_after_its_day_stays_late_and_what_waits_is_not_late():
    past, on_time = date(2026, 9, 1), date(2026, 8, 31)
    assert held(past, MONDAY, waits=False, today=MONDAY, country="SE") is Held.LATE
    assert held(past, on_time, waits=True, today=MONDAY, country="SE") is Held.KEPT
    assert held(past, None, waits=True, today=MONDAY, country="SE") is Held.WAITS
    assert due(Dates(), today=MONDAY, country="SE") is None
