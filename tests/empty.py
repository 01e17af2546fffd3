"""Databases with all tables and nothing in them, made in a moment: copies of the tests' own.

To migrate takes seconds; those who are killed again and again want a database to themselves.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit


class Empty:
    """What the tests' database was before the first test; copied as often as one likes."""

    def __init__(self, connection: Any, home: Path) -> None:
        self.name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            self.untouched = str(home / "empty.sqlite3")
            with sqlite3.connect(self.name) as mine, sqlite3.connect(self.untouched) as copy:
                mine.backup(copy)
            mine.close()
            copy.close()
        else:
            self.untouched = f"{self.name}_empty"
            connection.close()
            connection.close_pool()  # nobody may be in it while it is copied
            self._server(f'DROP DATABASE IF EXISTS "{self.untouched}"')
            self._server(f'CREATE DATABASE "{self.untouched}" TEMPLATE "{self.name}"')

    def copy(self, folder: Path) -> str:
        """A fresh one, as a ``DATABASE_URL``: a file in ``folder``, or on the server."""
        if self.untouched.endswith(".sqlite3"):
            return f"sqlite://{shutil.copy(self.untouched, folder / 'own.sqlite3')}"
        name = f"own_{os.getpid()}"
        self._server(f'CREATE DATABASE "{name}" TEMPLATE "{self.untouched}"')
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Away with a copy; a file goes with its folder."""
        if url.startswith("postgres"):
            self._server(f'DROP DATABASE "{urlsplit(url).path[1:]}" WITH (FORCE)')

    def close(self) -> None:
        """Away with what is copied."""
        if not self.untouched.endswith(".sqlite3"):
            self._server(f'DROP DATABASE "{self.untouched}"')

    @staticmethod
    def _server(words: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(words)
