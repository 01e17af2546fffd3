"""Killed at any moment, what follows from silence has happened or has not; and happens once."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
RULES = ["escalate", "yes", "no", "wait"]
ASKED = "funding.endorsement_asked"


@pytest.fixture(scope="module")
def seen(killed) -> Any:
    """What ``killing_endorsing.py`` saw."""
    return killed(__file__, "killing_endorsing.py")


@pytest.mark.parametrize("rule", [*RULES, "remind"])
def test_the_clock_may_be_killed_between_any_two_statements(seen, rule):
    assert seen[rule]["halves"] == []
    assert seen[rule]["kills"] > 5


def test_silence_that_goes_upwards_asks_one_person_once(seen):
    assert seen["escalate"]["after"] == {
        "asked": ["Bo Ek", "Eva Lund"],
        "live": [["Eva Lund", "", False]],
        "silent": 0,
        "reminded": 0,
        "open_to": ["Eva Lund"],
        "entries": [ASKED, ASKED],
    }


@pytest.mark.parametrize("rule", ["yes", "no"])
def test_silence_that_answers_answers_once(seen, rule):
    assert seen[rule]["after"] == {
        "asked": ["Bo Ek"],
        "live": [["Bo Ek", rule, True]],
        "silent": 1,
        "reminded": 0,
        "open_to": ["Bo Ek"],
        "entries": [ASKED, "funding.endorsed"],
    }


def test_silence_that_waits_tells_the_office_once(seen):
    assert seen["wait"]["after"]["live"] == [["Bo Ek", "", False]]
    assert seen["wait"]["after"]["entries"] == [ASKED, "funding.endorsement_unasked"]


def test_a_reminder_is_sent_once(seen):
    assert seen["remind"]["after"]["reminded"] == 1
    assert seen["remind"]["after"]["entries"] == [ASKED, "funding.endorsement_reminded"]


def test_two_clocks_at_once_ask_one_person(seen):
    assert seen["clocks"] == [["Bo Ek", "Eva Lund"]] * 5


def test_an_answer_in_the_moment_of_silence_counts_or_somebody_else_is_asked_never_both(seen):
    for acknowledged, answered, escalated in seen["against"]:
        assert answered != escalated
        assert acknowledged == answered


def test_of_two_tabs_at_once_one_is_told_to_look_again(seen):
    assert seen["tabs"] == [[[10, 11], 1, True]] * 5
