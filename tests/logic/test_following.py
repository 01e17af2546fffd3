"""When a project's owner is reminded, and when the office is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.following import (
    Reminder,
    end_reminder,
    is_overdue,
    report_by,
    working_day_until,
    year_reminder,
)
from idesluss.logic.windows import is_working_day

days = st.dates(date(2024, 1, 1), date(2033, 12, 31))
countries = st.sampled_from(["SE", "DK", "NO", "FI"])


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2027-10-28", None),
        ("2027-10-29", "month"),  # 31 October is a Sunday
        ("2027-11-22", "month"),
        ("2027-11-23", "week"),
        ("2027-11-30", "week"),  # the last day itself
        ("2027-12-01", "ended"),
        ("2027-12-14", "ended"),
        ("2027-12-15", "overdue"),
        ("2029-01-01", "overdue"),
    ],
)
def test_a_project_that_ends_the_last_of_november(today, due):
    found = end_reminder(date(2027, 11, 30), date.fromisoformat(today), "SE")
    assert found == due


def test_the_day_for_the_report_knows_christmas():
    assert report_by(date(2026, 12, 18), "SE") == date(2027, 1, 8)
    assert report_by(date(2026, 12, 18), "DK") == date(2027, 1, 7)
    assert not is_overdue(date(2026, 12, 18), date(2027, 1, 8), "SE")
    assert is_overdue(date(2026, 12, 18), date(2027, 1, 9), "SE")


@pytest.mark.parametrize(
    ("ends", "years", "today", "due"),
    [
        ("2028-03-31", [2027], "2027-11-30", None),
        ("2028-03-31", [2027], "2027-12-01", "year"),
        ("2028-03-31", [2027], "2027-12-31", "year"),
        ("2028-03-31", [2027], "2028-01-01", None),
        ("2028-03-31", [2026, 2028], "2027-12-01", None),  # no money of that year
        ("2027-12-31", [2027], "2027-12-01", None),  # ends with the year
        ("2029-03-31", [2028], "2028-11-30", None),
        ("2025-03-31", [2024], "2024-11-28", None),
        ("2025-03-31", [2024], "2024-11-29", "year"),  # the first of December is a Sunday
    ],
)
def test_the_years_end_is_reminded_of_when_the_project_goes_on(ends, years, today, due):
    found = year_reminder(date.fromisoformat(ends), years, date.fromisoformat(today), "SE")
    assert found == due


@given(days, st.integers(-60, 60), countries)
def test_what_is_due_only_moves_forward_and_agrees_with_counting_days(ends_on, after, country):
    """The twin counts the days one by one."""
    order = [None, Reminder.MONTH, Reminder.WEEK, Reminder.ENDED, Reminder.OVERDUE]
    today = ends_on + timedelta(days=after)
    now = end_reminder(ends_on, today, country)
    tomorrow = end_reminder(ends_on, today + timedelta(days=1), country)
    assert order.index(tomorrow) >= order.index(now)

    worked = sum(is_working_day(ends_on + timedelta(days=n), country) for n in range(1, after + 1))
    if after > 0:
        late = worked > 10 or (worked == 10 and not is_working_day(today, country))
        assert (now is Reminder.OVERDUE) == late == is_overdue(ends_on, today, country)
        assert (now is Reminder.ENDED) == (worked >= 1 and not late)
    if after < -35:
        assert now is None


@given(days, countries)
def test_the_working_day_until_is_the_nearest_one_not_later(day, country):
    found = working_day_until(day, country)
    assert found <= day
    assert is_working_day(found, country)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]
    assert not any(is_working_day(one, country) for one in between)
