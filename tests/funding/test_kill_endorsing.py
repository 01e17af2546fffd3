"""Killed at any moment, what follows from silence has happened or has not; and happens once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.funding.test_kill_release import database_url  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def seen(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict:  # noqa: F811
    """What ``killing_endorsing.py`` saw."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "IDESLUSS_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing_endorsing.py"))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


RULES = ["escalate", "yes", "no", "wait"]
ASKED = "funding.endorsement_asked"


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
