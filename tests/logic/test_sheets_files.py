"""Files of every kind: what can be read is read, the rest is refused in one plain sentence."""

import io
import time
import zipfile

import pytest
from xlsxwriter import Workbook

from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets import Row, Unreadable, read_round, read_table, write_rows
from idesluss.logic.sheets.tables import (
    EmptyFile,
    Encrypted,
    NotText,
    OldExcel,
    StrayQuote,
    TooBig,
    TooLarge,
    WrongKind,
)
from tests.logic.sheet_files import csv_file, xlsx_file

TABLE = [["Titel", "Förvaltning", "Beviljat"], ["Pedagogisk odling", "Barn, unga", "75 000"]]


def read(data, **round_):
    return read_round(read_table(data, "round"), **{"currency": "SEK", "year": 2023, **round_})


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data, **parts):
    """A workbook with some parts replaced: ``{"path": function of the old content}``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**old, **{name: change(old.get(name, b"")) for name, change in parts.items()}})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", list(";,\t|"))
def test_text_files_are_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    reading = read(csv_file(TABLE, delimiter=delimiter, encoding=encoding))
    assert reading.rows == (
        Row(
            number=2,
            title="Pedagogisk odling",
            department="Barn, unga",
            granted_minor=7_500_000,
            outcome=Outcome.GRANTED,
            year=2023,
        ),
    )


def test_utf_16_with_the_other_byte_first_and_no_mark_is_read():
    assert read(csv_file(TABLE, encoding="utf-16-be")).totals == {"SEK": 7_500_000}


def test_the_line_that_tells_excel_its_delimiter_is_no_row():
    reading = read(b"sep=,\r\n" + csv_file(TABLE, delimiter=","))
    assert [(row.number, row.title) for row in reading.rows] == [(2, "Pedagogisk odling")]


def test_rows_count_as_the_sheet_shows_them_however_many_lines_a_cell_has():
    data = csv_file([["Titel", "Motivering"], [], ["Odling", "rad ett\nrad två"], ["Cyklar"]])
    reading = read(data)
    assert [(row.number, row.title, row.reason) for row in reading.rows] == [
        (3, "Odling", "rad ett\nrad två"),
        (4, "Cyklar", ""),
    ]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile()),
        (b" \r\n\t\r\n", EmptyFile()),
        (b";;;\r\n;;\r\n", EmptyFile()),
        (b"%PDF-1.7 and so on", WrongKind(kind="PDF")),
        (b"\x89PNG\r\n\x1a\n", WrongKind(kind="PNG")),
        (b"\xff\xd8\xff\xe0", WrongKind(kind="JPEG")),
        (b"<!DOCTYPE html><table>", WrongKind(kind="HTML")),
        (b"\xef\xbb\xbf<table><tr>", WrongKind(kind="HTML")),
        (b'<?xml version="1.0"?><Workbook/>', WrongKind(kind="XML")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", OldExcel()),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Encrypted(),
        ),
        (zipped({"word/document.xml": "", "[Content_Types].xml": ""}), WrongKind(kind="Word")),
        (zipped({"photo.jpg": "x"}), WrongKind(kind="zip")),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            WrongKind(kind="OpenDocument"),
        ),
        (b"PK\x03\x04 and then nothing of the kind", Unreadable()),
        (b"\x00\x01\x02\x03\x04\x05", NotText()),
        (b"\xff\xfe\x00", NotText()),
        (b"Titel;Beviljat\r\nOdl\x07ing;1", NotText()),
        (b"Titel\x81;Beviljat", NotText()),
        (b'Titel;Beviljat\r\n"Odling;75000\r\n', StrayQuote(line=2)),
        (b'a\r\n"b', StrayQuote(line=2)),
        (b'x"\r\n"y"z;\r\n', StrayQuote(line=2)),
        (b'Namnet;"El" cyklar\r\n', StrayQuote(line=1)),
        (b"a" * (5 * 1024 * 1024 + 1), TooBig(limit=5)),
        (b"Titel\r\n" + b"a\r\n" * 20_000, TooLarge(rows=20_000, columns=100)),
        (b"Titel" + b";x" * 100, TooLarge(rows=20_000, columns=100)),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(data, refusal):
    with pytest.raises(Unreadable) as refused:
        read_table(data, "fil")
    assert refused.value == refusal
    assert refused.value.field == "file"
    assert "%(" not in refused.value.message


def test_a_text_file_may_be_exactly_as_large_as_the_limits():
    table = read_table(b"Titel" + b";x" * 99 + b"\r\n" + b"a\r\n" * 19_999, "fil")
    assert len(table.rows) == 20_000


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], EmptyFile()),
        ([["Titel"], *[["a"]] * 20_000], TooLarge(rows=20_000, columns=100)),
        ([["Titel", *[None] * 99, "x"]], TooLarge(rows=20_000, columns=100)),
    ],
)
def test_a_workbook_beyond_the_limits_is_refused(rows, refusal):
    with pytest.raises(Unreadable) as refused:
        read_table(xlsx_file(rows), "fil")
    assert refused.value == refusal


def test_a_workbook_of_twenty_thousand_rows_is_read_in_seconds():
    rows = [["Titel", "Beviljat"], *[[f"Projekt {number}", number] for number in range(1, 20_000)]]
    data = xlsx_file(rows)
    start = time.process_time()
    reading = read(data)
    assert time.process_time() - start < 20
    assert (reading.received, reading.totals) == (19_999, {"SEK": 100 * sum(range(20_000))})


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = zipped({"[Content_Types].xml": "", "xl/worksheets/sheet1.xml": b" " * 101 * 1024**2})
    assert len(data) < 150_000
    with pytest.raises(TooBig) as refused:
        read_table(data, "bomb")
    assert refused.value.params == {"limit": 100}


def test_a_workbook_of_too_many_parts_is_refused():
    with pytest.raises(TooBig):
        read_table(zipped({f"{number}": "" for number in range(2001)}), "parts")


def test_a_workbook_with_entities_is_refused():
    def bomb(content):
        return content.replace(b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet", 1)

    data = changed(xlsx_file(TABLE), **{"xl/worksheets/sheet1.xml": bomb})
    with pytest.raises(Unreadable) as refused:
        read_table(data, "entities")
    assert refused.value == Unreadable()


def test_a_zip_with_a_password_is_refused():
    data = bytearray(xlsx_file(TABLE))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offset = archive.infolist()[0].header_offset
        directory = archive.start_dir
    data[offset + 6] |= 1
    data[directory + 8] |= 1
    with pytest.raises(Encrypted):
        read_table(bytes(data), "password")


def test_a_cell_far_out_does_not_cost_the_space_between():
    def far(content):
        return content.replace(
            b"</row></sheetData>",
            b'</row><row r="1048576"><c r="A1048576" t="s"><v>0</v></c></row></sheetData>',
        )

    table = read_table(changed(xlsx_file(TABLE), **{"xl/worksheets/sheet1.xml": far}), "far")
    assert [number for number, _ in table.rows] == [1, 2, 1_048_576]


def test_cells_without_addresses_take_the_next_place():
    def bare(content):
        return content.replace(b' r="A2"', b"").replace(b' r="B2"', b"").replace(b' r="2"', b"")

    data = changed(xlsx_file(TABLE), **{"xl/worksheets/sheet1.xml": bare})
    assert read(data).totals == {"SEK": 7_500_000}


def test_the_first_visible_sheet_with_headings_is_read_and_the_others_are_named():
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    for name, rows in {
        "Läs mig": [["Så här fyller du i"]],
        "Gammalt": [["Titel"], ["Hemligt"]],
        "Omgång": TABLE,
        "Tomt": [],
    }.items():
        sheet = book.add_worksheet(name)
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, cells)
        if name == "Gammalt":
            sheet.hide()
    book.close()
    reading = read(out.getvalue())
    assert (reading.sheet, [row.title for row in reading.rows]) == ("Omgång", ["Pedagogisk odling"])
    assert next((it.row, it.message) for it in reading.remarks) == (
        None,
        "Only the sheet “Omgång” is read, not: Läs mig.",
    )


def test_without_headings_the_first_sheet_that_holds_anything_is_shown():
    reading = read(xlsx_file([[], ["Alfa", "Beta", 7]]))
    assert [(it.row, it.column, it.message) for it in reading.problems] == [
        (
            2,
            "",
            (
                "No column with titles was found. Give one the heading “title”. "
                "The first row reads: Alfa, Beta, 7."
            ),
        )
    ]
    assert (reading.rows, reading.received, reading.totals) == ((), 0, {})


def test_a_workbook_of_blanks_is_empty():
    with pytest.raises(EmptyFile):
        read_table(xlsx_file([[" ", "  "]]), "blanks")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text", ["=1+1", "+46 40", "-ja", "@home", "'=quoted", "''", "'tis", "_x0041_"]
)
def test_text_that_looks_like_a_formula_goes_out_as_text_and_comes_back_whole(kind, text):
    rows = (Row(2, text, department=text, reason=text, implementer=text),)
    data = write_rows(rows, kind)
    assert read(data, year=None).rows == rows
    if kind == "csv" and text.lstrip("'")[0:1] in tuple("=+-@"):
        assert data.decode("utf-8-sig").splitlines()[1].startswith(f"'{text};'{text};")
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_written_text_file_opens_as_a_table_in_a_nordic_spreadsheet_program():
    row = Row(
        2,
        "Odling; el",
        asked_minor=7_500_050,
        granted_minor=6_090_000,
        year=2023,
        outcome=Outcome.PARTLY_GRANTED,
        reason="för\ndyrt",
    )
    assert write_rows([row], "csv").decode("utf-8") == (
        "\ufefftitle;department;applicant;asked;granted;outcome;reason;currency;year;implementer\r\n"
        '"Odling; el";;;75000,50;60900;partly granted;"för\ndyrt";SEK;2023;\r\n'
    )


def test_a_workbook_never_cuts_a_text_silently():
    with pytest.raises(ValueError, match="Row 2: reason is longer than a cell holds"):
        write_rows([Row(2, "Odling", reason="x" * 32_768)], "xlsx")
