"""A table of values as one sheet shows it, and why a file cannot be read as one.

Everything about the file itself that stops us is an ``Unreadable`` refusal with one plain
sentence. What single cells hold is judged later, in ``reading``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from idesluss.logic.refusals import Refusal, gettext_noop

SIZE_LIMIT: Final = 5 * 1024 * 1024  # bytes, as uploaded
ROW_LIMIT: Final = 20_000  # rows that hold anything
COLUMN_LIMIT: Final = 100

Value = str | int | float | bool | date | time | None
"""What a cell holds; ``datetime`` is a ``date``."""


class Unreadable(Refusal):
    """The file as a whole cannot be read as a table; the subclass says why."""

    field = "file"
    sentence = gettext_noop("This file cannot be read. Save it as xlsx or csv and try again.")


class EmptyFile(Unreadable):
    """No bytes, or nothing but empty cells."""

    sentence = gettext_noop("The file is empty. Choose the file that holds the table.")


class TooBig(Unreadable):
    """More bytes than we take. Needs ``limit``, megabytes."""

    sentence = gettext_noop(
        "The file is larger than %(limit)s MB. Remove pictures and other sheets, or divide it."
    )


class TooLarge(Unreadable):
    """More rows or columns than we take. Needs ``rows`` and ``columns``, the limits."""

    sentence = gettext_noop(
        "The table has more than %(rows)s rows or %(columns)s columns. Divide it into several."
    )


class WrongKind(Unreadable):
    """A file of another kind. Needs ``kind``, what it is called ("PDF")."""

    sentence = gettext_noop(
        "This is a file of the kind %(kind)s, not a table. Save the table as xlsx or csv."
    )


class OldExcel(Unreadable):
    """The xls format from before 2007."""

    sentence = gettext_noop(
        "This is an Excel file in the old xls format. Open it and save it as xlsx."
    )


class Encrypted(Unreadable):
    """A workbook behind a password."""

    sentence = gettext_noop(
        "The workbook is protected with a password. Save a copy without password."
    )


class NotText(Unreadable):
    """Neither a workbook nor text in an encoding that we know."""

    sentence = gettext_noop(
        "This file is neither a workbook nor readable text. Save the table as xlsx or csv."
    )


class StrayQuote(Unreadable):
    """A quotation mark that opens and never closes, or closes too early. Needs ``line``."""

    sentence = gettext_noop(
        "Near line %(line)s a quotation mark is never closed or stands in the wrong place. "
        "Correct it, or save the table as xlsx."
    )


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one sheet. Rows and columns count from 1, as the sheet shows them."""

    name: str  # of the file
    rows: tuple[tuple[int, tuple[Value, ...]], ...]  # rows that hold anything: number, values
    sheet: str = ""  # empty: a text file
    other_sheets: tuple[str, ...] = ()  # that hold something too and were not read
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last …
    formulas: frozenset[tuple[int, int]] = frozenset()  # row, column
    hidden: frozenset[int] = frozenset()  # rows


def trimmed(cells: Sequence[Value]) -> tuple[Value, ...]:
    """Return ``cells`` without the empty ones at the end; text of only blanks is empty."""
    values = [None if isinstance(it, str) and not it.strip() else it for it in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)
