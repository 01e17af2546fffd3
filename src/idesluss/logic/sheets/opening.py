"""From the bytes of a file to a table: what kind of file is it?"""

from __future__ import annotations

from typing import Final

from idesluss.logic.sheets.tables import (
    SIZE_LIMIT,
    EmptyFile,
    Encrypted,
    OldExcel,
    Table,
    TooBig,
    WrongKind,
)
from idesluss.logic.sheets.textfile import read_text_file
from idesluss.logic.sheets.workbook import read_workbook

_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"PK\x05\x06", "zip"),
)


def read_table(data: bytes, name: str) -> Table:
    """Return the table in a workbook (xlsx) or text file (csv), told apart by content.

    Of a workbook the first visible sheet with a heading row is taken, else the first that holds
    anything. ``name`` is only passed on. Values are as the file has them; a formula shows the
    value that was last computed, or None when the file holds none.

    Raises:
        Unreadable: or the subclass that says why.
    """
    if not data.strip(b"\0\t\r\n "):
        raise EmptyFile
    if len(data) > SIZE_LIMIT:
        raise TooBig(limit=SIZE_LIMIT // 1024**2)
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, name)
    _refuse_other_kinds(data)
    return read_text_file(data, name)


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the old container: xls, or an encrypted xlsx in it
        raise Encrypted if "EncryptedPackage".encode("utf-16-le") in data else OldExcel
    for start, kind in _KINDS:
        if data.startswith(start):
            raise WrongKind(kind=kind)
    opening = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<table")):
        raise WrongKind(kind="HTML")
    if opening.startswith(b"<?xml"):
        raise WrongKind(kind="XML")
