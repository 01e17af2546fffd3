"""Killed at any moment, and with two clocks at once, an owner is told once."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_owner_is_told_once_whatever_becomes_of_the_clock(killed):
    seen = killed(__file__, "killing_carry.py")
    assert seen["kills"] > 5
    assert seen["told"] == 1
    assert seen["races"] == [1, 1, 1]
