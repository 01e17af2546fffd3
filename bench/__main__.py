"""Measure our pages against bare Django pages over the same rows: ``python -m bench``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import place

ABOUT = """\
Seeds N applications into a database of its own, then asks every page of ours and its bare twin in
turn. Exit code 1 when a budget is broken. See bench/README.md for what is compared, and why.
"""


def arguments(words: list[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sizes = [100, 10_000, 100_000]
    parser.add_argument(
        "--n", type=int, nargs="+", default=sizes, metavar="N", help="applications (%(default)s)"
    )
    parser.add_argument(
        "--pages", nargs="+", default=[], metavar="WORD", help="only pages with such a word"
    )
    parser.add_argument(
        "--seconds", type=float, default=6, help="for each page and N (default %(default)s)"
    )
    parser.add_argument(
        "--promises", action="store_true", help="only the promise clock, over so many open cases"
    )
    parser.add_argument("--mails", action="store_true", help="only mail that comes in, 200 of them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here too")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--database-url", metavar="URL", help="a PostgreSQL server to make a database on"
    )
    where.add_argument(
        "--postgres", action="store_true", help="a PostgreSQL server of its own, on this machine"
    )
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Measure, tell, and return 1 when something is over budget."""
    chosen = arguments(words)
    if chosen.postgres:
        database = place.postgres_here()
    elif chosen.database_url:
        database = place.postgres_at(chosen.database_url)
    else:
        database = place.sqlite()
    with database as url, tempfile.TemporaryDirectory(prefix="idesluss-bench-") as home:
        place.set_up(url, Path(home))
        if chosen.promises:
            from bench import promises  # noqa: PLC0415  (needs Django set up)

            return promises.run(chosen.n)
        if chosen.mails:
            from bench import mails  # noqa: PLC0415  (needs Django set up)

            return mails.run()
        from bench.run import run  # noqa: PLC0415  (needs Django set up)

        return run(chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
