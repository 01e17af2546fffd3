"""Killed anywhere while it gathers, the clock tells each piece of news in one letter, once.

On a real file with SQLite and in a database of its own with PostgreSQL, whichever is tested.
"""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
HELD = {"states": ["held"], "letters": 0, "told_in": 0, "tells": 0}
TOLD = {"states": ["gathered"], "letters": 1, "told_in": 1, "tells": 3}


@pytest.fixture(scope="module")
def seen(killed) -> Any:
    """What ``killing_daily.py`` saw."""
    return killed(__file__, "killing_daily.py")


def test_wherever_it_dies_all_of_it_is_told_or_nothing(seen):
    assert len(seen["left"]) > 10  # as many places to die in
    assert [one for one in seen["left"] if one not in (HELD, TOLD)] == []
    assert HELD in seen["left"]
    assert seen["left"][-1] == TOLD


def test_the_next_one_goes_on_and_tells_each_piece_once(seen):
    assert seen["after"] == [TOLD] * len(seen["left"])


def test_two_at_once_tell_it_once(seen):
    assert seen["races"] == [{"codes": [0, 0], **TOLD}] * 5
