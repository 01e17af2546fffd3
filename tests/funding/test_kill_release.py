"""Killed at any moment, a release has happened or has not; and two at once are one.

On a real file with SQLite and in a database of its own with PostgreSQL, whichever is tested.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.empty import Empty

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def database_url(django_db_setup: Empty, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of its own, of the kind that is tested."""
    url = django_db_setup.copy(tmp_path_factory.mktemp("kill"))
    yield url
    django_db_setup.drop(url)


@pytest.fixture(scope="module")
def seen(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What ``killing.py`` saw."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "IDESLUSS_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONPATH": paths,
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing.py"))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    sys.stderr.write(done.stderr)  # shown with a test that fails
    return json.loads(done.stdout)


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
