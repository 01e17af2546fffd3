"""Round tables in and out: workbooks and text files, read generously and told on honestly.

``read_table`` turns a file into cells, ``read_round`` cells into a round with every problem in
plain words, ``write_rows`` rows into a file that reads back as the same rows.
"""

from idesluss.logic.sheets.opening import read_table
from idesluss.logic.sheets.problems import Problem, Remark
from idesluss.logic.sheets.reading import read_round
from idesluss.logic.sheets.rounds import Case, Reading, Row, cases
from idesluss.logic.sheets.tables import SIZE_LIMIT, Table, Unreadable
from idesluss.logic.sheets.words import FIELDS
from idesluss.logic.sheets.writing import write_rows

__all__ = [
    "FIELDS",
    "SIZE_LIMIT",
    "Case",
    "Problem",
    "Reading",
    "Remark",
    "Row",
    "Table",
    "Unreadable",
    "cases",
    "read_round",
    "read_table",
    "write_rows",
]
