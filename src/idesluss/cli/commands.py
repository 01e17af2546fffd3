"""What each command is called, what it takes and what it says of itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from idesluss import __version__
from idesluss.cli.demo import run as run_demo
from idesluss.cli.rounds import add_commands as add_rounds
from idesluss.cli.serve import admin_link, work
from idesluss.cli.serve import run as run_serve

ABOUT = """\
Idésluss runs a municipality's innovation programme, from a first thought to lasting benefit.

Where things lie is said by the environment: IDESLUSS_HOME (folder for secret, SQLite database and
files; ./data), DATABASE_URL (PostgreSQL instead), IDESLUSS_URL (the address people use),
IDESLUSS_MAIL_URL (smtp://user:password@host:port), IDESLUSS_MAIL_FROM.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="idesluss",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"idesluss {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="command")

    one = commands.add_parser(
        "demo",
        help="try it: a demonstration with a real round, on this machine only",
        description="Makes a database of its own with Burlöv's round of 2023 (real figures; what "
        "is invented is marked) and an invented municipality with a round in each stage, and "
        "serves it. One click signs in as any role. Nothing is mailed.",
    )
    where(one)
    one.add_argument("--home", type=Path, default=Path("demo-data"), help="folder for its data")
    one.add_argument("--fresh", action="store_true", help="throw the folder away and begin anew")
    one.set_defaults(run=run_demo)

    one = commands.add_parser(
        "serve",
        help="the real thing: web server, jobs and all in one",
        description="The first run makes the secret and the database and prints a one-time link "
        "for the first administrator. Jobs (letters, reminders) run in the same process.",
    )
    where(one)
    one.add_argument("--threads", type=int, help="requests at the same time (two for each core)")
    one.add_argument("--no-jobs", action="store_true", help="leave the jobs to 'idesluss worker'")
    one.set_defaults(run=run_serve)

    one = commands.add_parser(
        "worker",
        help="only the jobs, beside a 'serve --no-jobs'",
        description="Delivers what follows from the records and sends letters. Several may run.",
    )
    one.set_defaults(run=work)

    one = commands.add_parser(
        "admin-link",
        help="print a one-time link for an administrator of the installation",
        description="For the first administrator, or when the only one is locked out. The link "
        "works once, for a day.",
    )
    one.set_defaults(run=admin_link)

    add_rounds(commands)

    commands.add_parser(
        "manage",
        help="Django's own commands (migrate, shell, dbshell …)",
        add_help=False,
    )
    return top


def where(command: argparse.ArgumentParser) -> None:
    """The address to serve at."""
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
