"""Workbooks (xlsx): guarded against bombs, scanned for what a table must not hide, then read.

The scan runs over the sheet's own XML before anything is built from it: it stops at the limits
and finds merged cells, hidden rows and formulas, none of which the streaming reader tells.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, fromstring, iterparse

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from idesluss.logic.sheets.columns import find_header
from idesluss.logic.sheets.tables import (
    COLUMN_LIMIT,
    ROW_LIMIT,
    EmptyFile,
    Encrypted,
    Table,
    TooBig,
    TooLarge,
    Unreadable,
    WrongKind,
    trimmed,
)

UNPACKED_LIMIT: Final = 100 * 1024 * 1024  # bytes in all; a full table of text is a tenth
PARTS_LIMIT: Final = 2_000

_SPELLED: Final = re.compile("_x(00[01][0-9A-Fa-f])_")
_MAIN_TYPES: Final = ("sheet.main+xml", "template.main+xml", "sheet.macroEnabled.main+xml")


def read_workbook(data: bytes, name: str) -> Table:
    """Return the table in an xlsx file; see ``read_table``. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive)
            sheets = _sheets(archive)
            marks = {title: _scan(archive, path) for title, path in sheets.items()}
        return _choose(data, name, marks)
    except Unreadable:
        raise
    except Exception as broken:
        # A damaged workbook may fail anywhere in three parsers; to a person it is one thing.
        raise Unreadable from broken


def _guard(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    # zipfile never unpacks more than a part declares, so the declared sizes can be trusted.
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise TooBig(limit=UNPACKED_LIMIT // 1024**2)
    if any(part.flag_bits & 1 for part in parts):
        raise Encrypted
    if "[Content_Types].xml" not in names:
        is_odf = "mimetype" in names and b"opendocument" in archive.read("mimetype")
        raise WrongKind(kind="OpenDocument" if is_odf else "zip")
    for start, kind in (("word/", "Word"), ("ppt/", "PowerPoint")):
        if any(part.startswith(start) for part in names):
            raise WrongKind(kind=kind)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):
                    raise Unreadable  # no spreadsheet program writes one; entity bombs need one


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the visible worksheets in their order: title → path in the archive."""
    main = next(
        str(part.get("PartName")).lstrip("/")
        for part in _parsed(archive, "[Content_Types].xml")
        if str(part.get("ContentType")).endswith(_MAIN_TYPES)
    )
    folder, file = posixpath.split(main)
    targets = {
        str(part.get("Id")): posixpath.normpath(posixpath.join("/", folder, part.get("Target", "")))
        for part in _parsed(archive, f"{folder}/_rels/{file}.rels")
        if str(part.get("Type")).endswith("/worksheet")
    }
    return {
        str(sheet.get("name")): targets[link].lstrip("/")
        for sheet in _parsed(archive, main).iter()
        if _tag(sheet) == "sheet" and sheet.get("state", "visible") == "visible"
        if (link := next((v for k, v in sheet.items() if k.endswith("}id")), "")) in targets
    }


def _parsed(archive: zipfile.ZipFile, path: str) -> Element:
    return fromstring(archive.read(path))  # noqa: S314  (expat bounds entities; see _guard)


@dataclass(slots=True)
class _Marks:
    """What the scan of one sheet found; rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def _scan(archive: zipfile.ZipFile, path: str) -> _Marks:
    marks = _Marks()
    filled = 0
    with archive.open(path) as stream:
        for row, columns in _rows(stream, marks):
            filled += 1
            marks.last_row = max(marks.last_row, row)
            marks.last_column = max(marks.last_column, *columns)
            if filled > ROW_LIMIT or marks.last_column > COLUMN_LIMIT:
                raise TooLarge(rows=ROW_LIMIT, columns=COLUMN_LIMIT)
    return marks


def _rows(stream: IO[bytes], marks: _Marks) -> Iterator[tuple[int, set[int]]]:
    """Yield the number of each row that holds something, and its columns; note the rest."""
    row = column = 0
    columns: set[int] = set()
    above: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314  (see _guard)
        tag = _tag(element)
        if event == "start":
            above.append(element)
            if tag == "row":
                row, column, columns = int(element.get("r", row + 1)), 0, set()
            elif tag == "c":
                place = element.get("r")
                column = coordinate_to_tuple(place)[1] if place else column + 1
            _mark(tag, element, row, marks)
            continue
        above.pop()
        if tag in ("f", "v", "is"):
            columns.add(column)
            if tag == "f":
                marks.formulas.add((row, column))
        elif tag == "row" and columns:
            yield row, columns
        if above:
            above[-1].clear()  # forget what has been read, however much there is


def _mark(tag: str, element: Element, row: int, marks: _Marks) -> None:
    if tag == "row" and element.get("hidden") in ("1", "true"):
        marks.hidden.add(row)
    elif tag == "mergeCell":
        left, top, right, bottom = range_boundaries(element.get("ref", ""))
        marks.merged.append((top, left, bottom, right))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _choose(data: bytes, name: str, marks: dict[str, _Marks]) -> Table:
    filled = {title: found for title, found in marks.items() if found.last_row}
    if not filled:
        raise EmptyFile
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        first: Table | None = None
        for title, found in filled.items():
            others = tuple(other for other in filled if other != title)
            table = _table(book[title], name, found, others)
            if table.rows and find_header(table.rows):
                return table
            first = first or (table if table.rows else None)
    finally:
        book.close()
    if first is None:
        raise EmptyFile
    return first


def _table(sheet: Any, name: str, marks: _Marks, others: tuple[str, ...]) -> Table:
    sheet.reset_dimensions()  # the size that the file claims may be wrong
    lines = sheet.iter_rows(max_row=marks.last_row, max_col=marks.last_column, values_only=True)
    computed = {row for row, _ in marks.formulas}  # may look empty and must not be skipped
    rows = (
        (number, trimmed([_text(it) if isinstance(it, str) else it for it in cells]))
        for number, cells in enumerate(lines, 1)
    )
    return Table(
        name,
        tuple((number, cells) for number, cells in rows if cells or number in computed),
        sheet=sheet.title,
        other_sheets=others,
        merged=tuple(marks.merged),
        formulas=frozenset(marks.formulas),
        hidden=frozenset(marks.hidden),
    )


def _text(value: str) -> str:
    """Control characters that the file spells out ("_x000D_", a line end) as themselves."""
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), value)
