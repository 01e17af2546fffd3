"""Rows out again, in the columns that are read: what goes out comes back in as it was.

Text files have a byte order mark, semicolons and decimal commas, so that a spreadsheet program
in any of the Nordic languages opens them as a table. No cell is ever a formula: workbooks hold
such text as text, text files put an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from xlsxwriter import Workbook

from idesluss.logic.money import MINOR_PER_UNIT
from idesluss.logic.sheets.cells import GUARDED
from idesluss.logic.sheets.rounds import Row
from idesluss.logic.sheets.words import FIELDS

_WIDTHS: Final = (42, 26, 22, 14, 14, 24, 48, 9, 7, 26)
_SUMS: Final = ("asked", "granted")
_MOST: Final = 32_767  # characters that a cell of a workbook holds


def write_rows(
    rows: Iterable[Row],
    kind: Literal["csv", "xlsx"],
    *,
    more: Mapping[str, Sequence[str | int | None]] = MappingProxyType({}),
) -> bytes:
    """Return ``rows`` as a file with the ten columns that ``read_round`` knows, in their order.

    Sums are whole units of the currency, with decimals when there are any. ``more`` are columns
    after those in a text file, with a cell for each row (minor units or text), which are not
    read in again.

    Raises:
        ValueError: a text longer than a cell of a workbook holds.
    """
    return _csv(rows, more) if kind == "csv" else _xlsx(rows)


def _cells(row: Row) -> Sequence[str | int | None]:
    outcome = row.outcome.value.replace("_", " ") if row.outcome else ""
    return (
        row.title,
        row.department,
        row.applicant,
        row.asked_minor,
        row.granted_minor,
        outcome,
        row.reason,
        row.currency,
        row.year,
        row.implementer,
    )


def _csv(rows: Iterable[Row], more: Mapping[str, Sequence[str | int | None]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*FIELDS, *more])
    for line, row in enumerate(rows):
        cells = []
        for name, cell in zip(FIELDS, _cells(row), strict=True):
            if name in _SUMS:
                cells.append(_written(cell))
            else:
                cells.append(_text(cell))
        for column in more.values():
            beside = column[line]
            cells.append(_written(beside) if isinstance(beside, int) else _text(beside))
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: str | int | None) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if GUARDED.match(text) else text


def _written(minor: str | int | None) -> str:
    if not isinstance(minor, int):
        return ""
    whole, part = divmod(minor, MINOR_PER_UNIT)
    return f"{whole},{part:02d}" if part else str(whole)


def _xlsx(rows: Iterable[Row]) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    whole = book.add_format({"num_format": "#,##0", "valign": "top"})
    part = book.add_format({"num_format": "#,##0.00", "valign": "top"})
    plain = book.add_format({"valign": "top"})
    for column, (name, width) in enumerate(zip(FIELDS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 1)
    for line, row in enumerate(rows, 1):
        for column, (name, cell) in enumerate(zip(FIELDS, _cells(row), strict=True)):
            if isinstance(cell, int):
                if name not in _SUMS:
                    sheet.write_number(line, column, cell, plain)
                    continue
                # Exact: a sum has no more than the fifteen digits that a spreadsheet keeps.
                shown = part if cell % MINOR_PER_UNIT else whole
                sheet.write_number(line, column, cell / MINOR_PER_UNIT, shown)
            elif cell:
                if len(cell) > _MOST:
                    raise ValueError(f"Row {line + 1}: {name} is longer than a cell holds.")
                sheet.write_string(line, column, cell, text)
    book.close()
    return out.getvalue()
