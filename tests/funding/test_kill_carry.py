"""Killed at any moment, and with two clocks at once, an owner is told once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.funding.test_kill_release import database_url  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[2]


def test_an_owner_is_told_once_whatever_becomes_of_the_clock(database_url, tmp_path):  # noqa: F811
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "IDESLUSS_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing_carry.py"))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["kills"] > 5
    assert seen["told"] == 1
    assert seen["races"] == [1, 1, 1]
