"""Any table as a file: CSV as the Nordic spreadsheet programs open it, and xlsx.

No cell is ever a formula: workbooks hold text as text, and CSV puts an apostrophe before what
would be taken for one. Columns whose heading ends in ``_minor`` stay whole minor units.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook

from idesluss.logic.sheets.cells import GUARDED

Cell = str | int | float | None
MOST_LETTERS = 32_767  # that a cell of a workbook holds


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as UTF-8 with a byte order mark, semicolons, and no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, str):
        return f"'{cell}" if GUARDED.match(cell) else cell
    return cell


def write_book(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook with one sheet for each name (at most 31 letters): headings and rows."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    for name, (head, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        widths = [len(heading) + 2 for heading in head]
        for column, heading in enumerate(head):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell[:MOST_LETTERS])
                    widths[column] = max(widths[column], min(len(cell) + 2, 60))
                elif cell is not None:
                    sheet.write_number(line, column, cell)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
    book.close()
    return out.getvalue()
