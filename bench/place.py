"""A database of one's own to measure in, thrown away afterwards."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextlib.contextmanager
def sqlite() -> Iterator[str]:
    """A new SQLite file in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as folder:
        yield f"sqlite://{folder}/idesluss.sqlite3"


@contextlib.contextmanager
def postgres_here() -> Iterator[str]:
    """A PostgreSQL cluster of this machine's own server, which really writes to disk."""
    from tests.postgres import cluster  # noqa: PLC0415  (only when asked for)

    with cluster(options=()) as url:
        yield url


@contextlib.contextmanager
def postgres_at(url: str) -> Iterator[str]:
    """A new database beside the one that ``url`` names; what lies there is not touched."""
    import psycopg  # noqa: PLC0415  (only when asked for)

    name = f"idesluss_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def set_up(url: str, home: Path) -> None:
    """Set Django up over the empty database at ``url``, everything else in ``home``."""
    for name in [name for name in os.environ if name.startswith("IDESLUSS_")]:
        del os.environ[name]  # what this shell serves with is not what is measured
    os.environ |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "idesluss.site.settings",
        "IDESLUSS_HOME": str(home),
        "IDESLUSS_SECRET": secrets.token_urlsafe(48),
    }
    import django  # noqa: PLC0415  (reads the environment)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (after setup)

    call_command("migrate", verbosity=0, interactive=False)
