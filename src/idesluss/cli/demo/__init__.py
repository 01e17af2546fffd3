"""``idesluss demo``: a demonstration in a folder of its own, ready in a minute."""

from __future__ import annotations

import argparse
import os
import shutil
import time
from pathlib import Path

from idesluss.cli import serve

MARK = "idesluss-demonstration"  # a file that says that a folder is ours to throw away
BEGUN, LOADED = "begun\n", "loaded\n"


def run(chosen: argparse.Namespace) -> int:
    """Make the demonstration if it is not there, and serve it."""
    began = time.monotonic()

    def say(text: str) -> None:
        serve.say(f"[{time.monotonic() - began:4.0f} s] {text}")

    home = chosen.home.absolute()
    mark = home / MARK
    if not may_use(home, mark):
        serve.say(f"{home} holds something else. Name another folder with --home.")
        return 1
    if mark.exists() and (chosen.fresh or mark.read_text() != LOADED):
        shutil.rmtree(home)
    set_up(home, chosen.port)
    if not mark.exists():
        home.mkdir(parents=True, exist_ok=True)
        mark.write_text(BEGUN)
        say("making the database")
        serve.prepare()
        from idesluss.cli.demo.load import load  # noqa: PLC0415  (after setup)

        load(say)
        mark.write_text(LOADED)
    else:
        serve.prepare()
    say(f"ready: http://localhost:{chosen.port}/demo/   (stop with Ctrl-C)")
    serve.serve(host=chosen.host, port=chosen.port, jobs=True)
    return 0


def may_use(home: Path, mark: Path) -> bool:
    """Whether the folder is ours, empty, or not there."""
    return not home.exists() or mark.exists() or not any(home.iterdir())


def set_up(home: Path, port: int) -> None:
    """Point the settings at the demonstration; nothing of a real installation is touched."""
    os.environ["IDESLUSS_HOME"] = str(home)
    os.environ["IDESLUSS_DEMO"] = "true"
    os.environ["IDESLUSS_URL"] = f"http://localhost:{port}"
    for name in ("DATABASE_URL", "IDESLUSS_MAIL_URL", "IDESLUSS_SECRET"):
        os.environ.pop(name, None)
