"""``idesluss serve``, ``worker`` and ``admin-link``: the real thing."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import threading

import django


def run(chosen: argparse.Namespace) -> int:
    """Make what is missing, then serve until told to stop."""
    prepare()
    announce(chosen)
    serve(host=chosen.host, port=chosen.port, threads=chosen.threads, jobs=not chosen.no_jobs)
    return 0


def prepare() -> None:
    """Secret, database and tables; safe to repeat, and at a new version brings them up to it."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (after setup)

    call_command("migrate", verbosity=0, interactive=False)


def announce(chosen: argparse.Namespace) -> None:
    """Say where it is, and how the first administrator gets in."""
    from django.conf import settings  # noqa: PLC0415  (after setup)
    from django.utils import timezone  # noqa: PLC0415

    from idesluss.people import usecases as people  # noqa: PLC0415

    say(f"Idésluss listens on http://{chosen.host}:{chosen.port}, data in {settings.HOME}")
    if link := people.first_link(at=timezone.now()):
        say("")
        say("Nobody administers this installation yet. Open this link, which works once:")
        say(f"  {address_of(link)}")
        say("")


def serve(*, host: str, port: int, threads: int | None = None, jobs: bool) -> None:
    """Run the web server, and the clock in a thread of the same program, until stopped."""
    from granian import Granian  # noqa: PLC0415  (only here)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    from idesluss.jobs import clock  # noqa: PLC0415

    # The clock runs already when the worker begins, and when another takes a failed one's place:
    # a copy of this program would have the locks that the clock held just then, for ever.
    multiprocessing.set_start_method("spawn", force=True)
    stop = threading.Event()
    ticking = threading.Thread(
        target=clock.run, args=[stop], kwargs={"jobs": jobs}, name="clock", daemon=True
    )
    server = Granian(
        "idesluss.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads or 2 * (os.cpu_count() or 1),
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    server.on_startup(ticking.start)
    server.serve()
    stop.set()
    if ticking.is_alive():
        ticking.join(timeout=25)


def work(_: argparse.Namespace) -> int:
    """Run only the clock, until told to stop."""
    django.setup()
    from idesluss.jobs import clock  # noqa: PLC0415  (after setup)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    say("The worker runs; stop it with Ctrl-C.")
    clock.run(stop)
    return 0


def admin_link(_: argparse.Namespace) -> int:
    """Print a one-time link for an administrator of the installation."""
    prepare()
    from django.utils import timezone  # noqa: PLC0415  (after setup)

    from idesluss.people import usecases as people  # noqa: PLC0415

    print(address_of(people.installer_link(at=timezone.now())))
    return 0


def address_of(link: str) -> str:
    """The whole address of a one-time link."""
    from django.conf import settings  # noqa: PLC0415  (after setup)
    from django.urls import reverse  # noqa: PLC0415

    return f"{settings.URL}{reverse('people:start', args=[link])}"


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays clean."""
    print(text, file=sys.stderr, flush=True)
