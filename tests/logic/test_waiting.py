"""Waiting, in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.waiting import within, working_days_between
from idesluss.logic.windows import working_days_after

days = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def test_christmas_and_weekends_are_not_waited():
    # Thursday 22 December 2022 to Monday 2 January 2023: 23, 27, 28, 29, 30 December and 2 January.
    assert working_days_between(date(2022, 12, 22), date(2023, 1, 2), "SE") == 6


def test_an_answer_on_the_same_day_took_no_days():
    assert working_days_between(date(2022, 12, 22), date(2022, 12, 22), "SE") == 0


def test_an_answer_before_the_closing_took_no_days():
    assert working_days_between(date(2022, 12, 22), date(2022, 12, 1), "SE") == 0


@given(days, st.integers(0, 90), st.sampled_from(["SE", "DK", "NO", "FI"]))
def test_a_promise_of_so_many_working_days_takes_so_many(start, promised, country):
    start = working_days_after(start, 0, country)
    end = working_days_after(start, promised, country)
    assert working_days_between(start, end, country) == promised


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_days_add_up(start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    whole = working_days_between(start, end, "SE")
    parts = working_days_between(start, middle, "SE") + working_days_between(middle, end, "SE")
    assert whole == parts


@given(st.dictionaries(st.integers(0, 90), st.integers(1, 9), min_size=1), st.integers(1, 100))
def test_so_many_of_a_hundred_were_answered_within_it_and_fewer_within_a_day_less(waits, percent):
    people = sum(waits.values())
    found = within(waits, percent)
    answered = sum(count for waited, count in waits.items() if waited <= found)
    earlier = sum(count for waited, count in waits.items() if waited < found)
    assert answered * 100 >= people * percent
    assert earlier * 100 < people * percent


def test_half_of_three_is_the_one_in_the_middle():
    assert within({10: 1, 20: 1, 90: 1}, 50) == 20


def test_nobody_waited():
    with pytest.raises(ValueError, match="nobody"):
        within({}, 50)


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="above 100"):
        within({3: 1}, 101)
