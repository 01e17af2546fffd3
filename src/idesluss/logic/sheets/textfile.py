"""Tables in text files (csv): encodings and delimiters found by what makes sense of the text."""

from __future__ import annotations

import csv
import io

from idesluss.logic.sheets.columns import find_header
from idesluss.logic.sheets.tables import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    EmptyFile,
    NotText,
    StrayQuote,
    Table,
    TooLarge,
    Value,
    trimmed,
)

_Rows = list[tuple[int, tuple[Value, ...]]]


def read_text_file(data: bytes, name: str) -> Table:
    """Return the table in a text file; see ``read_table``. Raises Unreadable."""
    text = _decoded(data)
    if not any(map(str.isalnum, text)):
        raise EmptyFile
    first, _, rest = text.partition("\n")
    delimiters = ";,\t|"
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiters, text = first.strip()[-1], rest  # Excel's own way to say it; it hides the line
    readings: list[tuple[int, int, _Rows]] = []
    strays: list[StrayQuote] = []
    for delimiter in delimiters:
        try:
            rows = _split(text, delimiter)
        except StrayQuote as stray:
            strays.append(stray)
            continue
        header = find_header(rows)
        readings.append((len(header.columns) if header else 0, len(rows[0][1]), rows))
    if not readings:
        raise strays[0]
    # The right delimiter is the one that shows the most headings that we know.
    known, _, rows = max(readings, key=lambda reading: reading[:2])
    if strays and not known:
        raise strays[0]
    return Table(name, tuple(rows))


def _decoded(data: bytes) -> str:
    """Text in one of the encodings that spreadsheets save: UTF-8, UTF-16 or Windows' own."""
    start = data[:2000]
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in start:  # no mark, but Latin letters have their empty byte last or first
        little = start[::2].count(0) < start[1::2].count(0)
        encodings = ["utf-16-le" if little else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(letter < " " and letter not in "\t\n\r\x0b\x0c" for letter in text):
            return text
    raise NotText


def _split(text: str, delimiter: str) -> _Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: _Rows = []
    try:
        for number, cells in enumerate(reader, 1):
            if not any(map(str.strip, cells)):
                continue
            rows.append((number, trimmed(cells)))
            if len(rows) > ROW_LIMIT or len(rows[-1][1]) > COLUMN_LIMIT:
                raise TooLarge(rows=ROW_LIMIT, columns=COLUMN_LIMIT)
    except csv.Error:
        raise StrayQuote(line=reader.line_num) from None
    return rows
