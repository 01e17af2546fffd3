"""Scripts that kill what they look at, each run in a process of its own."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def run(script: Path, url: str, home: Path, **more: str) -> Any:
    """What ``script`` prints, as JSON, on the database at ``url``; ``more`` is its environment."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "IDESLUSS_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, str(script)],
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    sys.stderr.write(done.stderr)  # shown with a test that fails
    assert done.returncode == 0, script
    return json.loads(done.stdout)


def once(told: Path, ask: Callable[[], Any]) -> Any:
    """What ``ask`` says, asked by the first of several test processes and kept in ``told``."""
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(ask()))
    return json.loads(told.read_text())
