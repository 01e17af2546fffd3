"""Killed anywhere while it gathers, the clock tells each piece of news in one letter, once.

On a real file with SQLite and in a database of its own with PostgreSQL, whichever is tested.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.funding.test_kill_release import database_url  # noqa: F401 (a database of its own)

ROOT = Path(__file__).resolve().parents[2]
HELD = {"states": ["held"], "letters": 0, "told_in": 0, "tells": 0}
TOLD = {"states": ["gathered"], "letters": 1, "told_in": 1, "tells": 3}


@pytest.fixture(scope="module")
def seen(database_url, tmp_path_factory):  # noqa: F811 (asking for a fixture by its name)
    """What ``killing_daily.py`` saw."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "IDESLUSS_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing_daily.py"))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_wherever_it_dies_all_of_it_is_told_or_nothing(seen):
    assert len(seen["left"]) > 10  # as many places to die in
    assert [one for one in seen["left"] if one not in (HELD, TOLD)] == []
    assert HELD in seen["left"]
    assert seen["left"][-1] == TOLD


def test_the_next_one_goes_on_and_tells_each_piece_once(seen):
    assert seen["after"] == [TOLD] * len(seen["left"])


def test_two_at_once_tell_it_once(seen):
    assert seen["races"] == [{"codes": [0, 0], **TOLD}] * 5
