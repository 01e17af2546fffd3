"""How long people waited: working days between two days, and what most of them had to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from idesluss.logic.windows import is_working_day


@lru_cache(maxsize=4096)
def working_days_between(start: date, end: date, country: str) -> int:
    """Return how many working days there are after ``start`` up to and including ``end``.

    What ``windows.working_days_after`` counts, read backwards; 0 when ``end`` is not later.
    Raises ValueError for a country without a calendar.
    """
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=it), country) for it in range(1, days + 1))


def within(waits: Mapping[int, int], percent: int) -> int:
    """Return the fewest days within which ``percent`` of a hundred were answered.

    ``waits`` says how many waited so many days. Nearest rank: the answer is a time that somebody
    did wait, never one between two. Raises ValueError when nobody waited.
    """
    people = sum(waits.values())
    if not people:
        raise ValueError("nobody waited")
    answered = 0
    for days, count in sorted(waits.items()):
        answered += count
        if answered * 100 >= people * percent:
            return days
    raise ValueError("percent must not be above 100")
