"""Killed at any moment, a release has happened or has not; and two at once are one.

On a real file with SQLite and in a database of its own with PostgreSQL, whichever is tested.
"""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen(killed) -> Any:
    """What ``killing.py`` saw."""
    return killed(__file__, "killing.py")


def test_a_release_that_is_killed_between_any_two_statements_has_not_happened(seen):
    assert seen["halves"] == []
    assert seen["kills"] > 30


def test_once_committed_all_of_it_is_there(seen):
    assert seen["after"] == {
        "outcomes": ["granted", "granted", "refused"],
        "dates": 3,
        "stages": ["testing", "testing", "declined"],
        "grants": 2,
        "recusals": 0,
        "released": True,
        "number": "INN 2026/0001",
        "minutes": True,
        "public": True,
        "entries": seen["after"]["entries"],
        "numbers": [1],
    }
    assert (seen["last"], seen["again"]) == (-9, 11)


def test_after_the_restart_every_applicant_has_exactly_one_letter(seen):
    assert seen["letters"] == sorted(seen["applicants"])


def test_of_two_who_release_at_once_one_wins(seen):
    assert seen["releases"] == [[10, 11, 3]] * 5


def test_of_two_who_save_the_same_row_at_once_one_is_told_to_look_again(seen):
    assert seen["saves"] == [[10, 11, 2]] * 5
