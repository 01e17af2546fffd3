"""Files as offices make them, and the real rounds that they are made of."""

import csv
import io
import json
from pathlib import Path

from xlsxwriter import Workbook

from idesluss.logic.sheets import read_round, read_table

ROUNDS = json.loads((Path(__file__).parents[1] / "data" / "rounds.json").read_text("utf-8"))


def csv_file(rows, *, delimiter=";", encoding="utf-8"):
    """Lists of cells as a text file; None is an empty cell."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_file(rows, then=None):
    """Lists of cells as a workbook; ``then(book, sheet)`` may add what no list can say."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Blad1")
    for line, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(line, column, cell, value="")
            elif cell is not None:
                sheet.write(line, column, cell)
    if then:
        then(book, sheet)
    book.close()
    return out.getvalue()


def table_of(name, headings):
    """The rows of a real round under ``headings`` ({field: heading})."""
    rows = ROUNDS[name]["rows"]
    return [list(headings.values()), *([row.get(field) for field in headings] for row in rows)]


def read_sheet(rows, then=None, **round_):
    """Lists of cells, through a workbook, as the reading of a Swedish round of 2023."""
    data = xlsx_file(rows, then)
    return read_round(read_table(data, "round"), **{"currency": "SEK", "year": 2023, **round_})


def told(findings):
    """Problems or remarks as (row, column, message)."""
    return [(it.row, it.column, it.message) for it in findings]
