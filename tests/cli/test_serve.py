"""The server begins without copying a program whose clock is running."""

import multiprocessing

import granian
import pytest

from idesluss.cli import serve
from idesluss.jobs import clock


@pytest.fixture(autouse=True)
def _as_before():
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


class Server:
    """Granian, as far as it is asked here: its hooks run, then its workers begin."""

    said: dict = {}

    def __init__(self, target, **how):
        self.said = {"target": target, **how}
        self.hooks = []

    def on_startup(self, hook):
        self.hooks.append(hook)

    def serve(self):
        for hook in self.hooks:
            hook()
        Server.said = {**self.said, "begins": multiprocessing.get_start_method()}


@pytest.mark.parametrize("jobs", [True, False])
def test_a_worker_begins_anew_although_the_clock_runs_already(monkeypatch, jobs):
    ticked = []
    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setattr(clock, "run", lambda stop, jobs: ticked.append((stop.wait(20), jobs)))

    serve.serve(host="127.0.0.1", port=1, threads=3, jobs=jobs)

    assert Server.said["begins"] == "spawn"
    assert Server.said["blocking_threads"] == 3
    assert ticked == [(True, jobs)]
