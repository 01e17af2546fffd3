"""Tables out as files, whatever the cells hold."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from idesluss.logic.sheets.plain import write_book, write_csv

letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
cells = st.one_of(st.none(), st.integers(-(10**15), 10**15), letters)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5)
HEAD = ("ett", "två", "tre_minor")


def test_a_table_is_semicolons_and_decimal_commas():
    assert write_csv(HEAD, [("Åsa; Bo", 12, None), (0.5, "", -3)]) == (
        '\ufeffett;två;tre_minor\r\n"Åsa; Bo";12;\r\n0,5;;-3\r\n'.encode()
    )


@given(tables)
def test_no_cell_of_a_text_file_begins_as_a_formula(rows):
    read = list(csv.reader(io.StringIO(write_csv(HEAD, rows).decode("utf-8-sig")), delimiter=";"))
    for line, row in zip(read[1:], rows, strict=True):
        for text, cell in zip(line, row, strict=True):
            if isinstance(cell, str):
                assert text[:1] not in set("=+-@")
                assert text.removeprefix("'") == cell.removeprefix("'") or text == cell


@given(tables)
def test_a_workbook_holds_what_was_written_and_no_formula(rows):
    book = load_workbook(io.BytesIO(write_book({"Åren": (HEAD, rows)})))
    sheet = book["Åren"]
    assert [cell.value for cell in sheet[1]] == list(HEAD)
    for line, row in enumerate(rows, 2):
        for column, cell in enumerate(row, 1):
            found = sheet.cell(line, column)
            assert found.data_type != "f"
            if isinstance(cell, int):
                assert found.value == cell
