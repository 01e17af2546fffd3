"""What others search with, over the same texts: FTS5 with plain tokens, substrings, PostgreSQL.

Each is given as its users have it: any of the question's words, ranked by the engine's own score
(FTS5's bm25, PostgreSQL's ts_rank with its Swedish dictionary); substrings are looked for word by
word, the newest first.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from idesluss.logic.text.folding import words

Text = tuple[int, str, str]  # number, title, text
Search = Callable[[str], Sequence[int]]
LIMIT = 60


@contextlib.contextmanager
def fts5(folder: Path, texts: Iterable[Text]) -> Iterator[Search]:
    """SQLite's full text, letters kept apart (``remove_diacritics 0``)."""
    with contextlib.closing(sqlite3.connect(folder / "fts5.sqlite3")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE told USING fts5(title, text, "
            "tokenize = 'unicode61 remove_diacritics 0')"
        )
        database.executemany("INSERT INTO told(rowid, title, text) VALUES (?, ?, ?)", texts)
        database.commit()

        def search(text: str) -> Sequence[int]:
            asked = " OR ".join(f'"{word}"' for word in words(text))
            sql = "SELECT rowid FROM told WHERE told MATCH ? ORDER BY bm25(told) LIMIT ?"
            return [row for (row,) in database.execute(sql, (asked, LIMIT))] if asked else []

        yield search


@contextlib.contextmanager
def substrings(folder: Path, texts: Iterable[Text]) -> Iterator[Search]:
    """``LIKE '%word%'`` for every word, as most lists of ideas are searched."""
    with contextlib.closing(sqlite3.connect(folder / "like.sqlite3")) as database:
        database.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
        database.executemany("INSERT INTO told VALUES (?, ?, ?)", texts)
        database.commit()

        def search(text: str) -> Sequence[int]:
            asked = words(text)
            if not asked:
                return []
            each = " AND ".join(["(title LIKE ? OR text LIKE ?)"] * len(asked))
            given = [f"%{word}%" for word in asked for _ in range(2)]
            sql = f"SELECT id FROM told WHERE {each} ORDER BY id DESC LIMIT ?"
            return [row for (row,) in database.execute(sql, (*given, LIMIT))]

        yield search


@contextlib.contextmanager
def postgres(url: str, texts: Iterable[Text]) -> Iterator[Search]:
    """PostgreSQL's Swedish full text with an index, any word, ranked by ts_rank."""
    import psycopg  # noqa: PLC0415  (only when asked for)

    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE told (id bigint PRIMARY KEY, vector tsvector)")
        with database.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE raw (id bigint, title text, body text)")
            with cursor.copy("COPY raw FROM STDIN") as copy:
                for row in texts:
                    copy.write_row(row)
            cursor.execute(
                "INSERT INTO told SELECT id, setweight(to_tsvector('swedish', title), 'A') || "
                "to_tsvector('swedish', body) FROM raw"
            )
            cursor.execute("CREATE INDEX ON told USING gin (vector)")
            cursor.execute("ANALYZE told")

        def search(text: str) -> Sequence[int]:
            asked = " or ".join(words(text))
            sql = (
                "SELECT id FROM told, websearch_to_tsquery('swedish', %s) AS asked "
                "WHERE vector @@ asked ORDER BY ts_rank(vector, asked) DESC, id LIMIT %s"
            )
            return [row for (row,) in database.execute(sql, (asked, LIMIT)).fetchall()]

        yield search
