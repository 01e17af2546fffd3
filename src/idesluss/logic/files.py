"""Which files may be attached: known by what is in them, not by what they are called.

Documents, pictures and plain text. The name's ending must fit the content, so that what a person
sees is what she gets. Programs, web pages, drawings that can hold scripts (SVG), documents with
macros, encrypted archives and archives that swell when unpacked stay outside.
"""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from idesluss.logic.refusals import Refusal, gettext_noop

LARGEST = 10 * 1024 * 1024
"""Bytes, unless told otherwise."""
MOST_ENTRIES = 5_000
"""Parts in an office document; real ones have hundreds at most."""
MOST_SWELLING = 200
"""How many times larger than the file its unpacked parts may be."""


class BadFile(Refusal):
    """A file that cannot be attached. Needs ``name``."""

    sentence = gettext_noop(
        "“%(name)s” is not a kind of file that can be attached. "
        "Save it as PDF, as a picture, or as an ordinary office document."
    )
    field = "file"


class EmptyFile(BadFile):
    """No bytes."""

    sentence = gettext_noop("“%(name)s” is empty. Check that you chose the right file.")


class FileTooBig(BadFile):
    """Needs ``name`` and ``limit``, megabytes."""

    sentence = gettext_noop(
        "“%(name)s” is larger than %(limit)s MB. Make it smaller, or attach a part of it."
    )


class WrongEnding(BadFile):
    """The name says one thing, the content another. Needs ``name`` and ``endings``."""

    sentence = gettext_noop(
        "The name “%(name)s” does not fit what is in the file. Its name should end in %(endings)s."
    )


class IsProgram(BadFile):
    """Something that runs."""

    sentence = gettext_noop("“%(name)s” is a program. Programs cannot be attached.")


class IsWebPage(BadFile):
    """HTML, SVG or other markup."""

    sentence = gettext_noop(
        "“%(name)s” is a web page or a drawing that can hold scripts. Save it as PDF or PNG."
    )


class HasMacros(BadFile):
    """An office document with a program inside."""

    sentence = gettext_noop(
        "“%(name)s” contains macros. Save it without macros and attach it again."
    )


class IsOldOffice(BadFile):
    """The office format of before 2007, or a document with a password."""

    sentence = gettext_noop(
        "“%(name)s” is an old or locked office document. "
        "Open it, remove any password, and save it as PDF or in a newer format."
    )


class BadArchive(BadFile):
    """An office document that is broken, locked or swells."""

    sentence = gettext_noop(
        "“%(name)s” is broken, locked or packed in a way that is not accepted. "
        "Save it anew, or as PDF."
    )


class NotUtf8(BadFile):
    """Text in another encoding."""

    sentence = gettext_noop(
        "“%(name)s” is text that cannot be read. Save it as plain text or CSV with UTF-8 encoding."
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. The first of ``endings`` is the usual one; no dots."""

    media_type: str
    endings: tuple[str, ...]
    picture: bool = False


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "pdf": Kind("application/pdf", ("pdf",)),
        "png": Kind("image/png", ("png",), picture=True),
        "jpeg": Kind("image/jpeg", ("jpg", "jpeg"), picture=True),
        "webp": Kind("image/webp", ("webp",), picture=True),
        "gif": Kind("image/gif", ("gif",), picture=True),
        "docx": Kind(_OPEN_XML + "wordprocessingml.document", ("docx",)),
        "xlsx": Kind(_OPEN_XML + "spreadsheetml.sheet", ("xlsx",)),
        "pptx": Kind(_OPEN_XML + "presentationml.presentation", ("pptx",)),
        "odt": Kind(_OPEN_DOCUMENT + "text", ("odt",)),
        "ods": Kind(_OPEN_DOCUMENT + "spreadsheet", ("ods",)),
        "odp": Kind(_OPEN_DOCUMENT + "presentation", ("odp",)),
        "csv": Kind("text/csv", ("csv",)),
        "txt": Kind("text/plain", ("txt",)),
    }
)
ENDINGS = tuple(f".{ending}" for kind in KINDS.values() for ending in kind.endings)
"""What a file chooser may offer: ".pdf", ".png" …"""


def inspect(name: str, content: BinaryIO, size: int, *, largest: int = LARGEST) -> Kind:
    """Return the kind of the file ``name`` with ``size`` bytes in ``content``.

    ``content`` must be seekable; it is read from its beginning and left there again. ``largest``
    is in bytes.

    Raises:
        BadFile: or the subclass that says why the file cannot be attached.
    """
    shown = safe_name(name)
    if size <= 0:
        raise EmptyFile(name=shown)
    if size > largest:
        raise FileTooBig(name=shown, limit=largest // (1024 * 1024))
    content.seek(0)
    try:
        kind = _kind(shown, content, size)
    finally:
        content.seek(0)
    if _ending(shown) not in kind.endings:
        raise WrongEnding(name=shown, endings=" / ".join(f".{e}" for e in kind.endings))
    return kind


_HEADS = (
    (re.compile(rb"%PDF-\d"), "pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"GIF8[79]a"), "gif"),
)
_PROGRAM = re.compile(
    rb"MZ(?=.*\0)|\x7fELF|#![ \t]*/|<\?php|\0asm"
    rb"|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(rb"<[a-z!?/]", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _kind(name: str, content: BinaryIO, size: int) -> Kind:
    head = content.read(1024)
    for pattern, key in _HEADS:
        if pattern.match(head):
            return KINDS[key]
    if head.startswith(b"PK\x03\x04"):
        return _packed(name, content, size)
    if head.startswith(_OLD_OFFICE):
        raise IsOldOffice(name=name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _PROGRAM.match(start):
        raise IsProgram(name=name)
    if _MARKUP.match(start):
        raise IsWebPage(name=name)
    return _text(name, head + content.read(size))


# --- Text ------------------------------------------------------------------------------------


def _text(name: str, data: bytes) -> Kind:
    """What is no kind of binary file must be readable text, or it is nothing we know."""
    called_text = _ending(name) in ("csv", "txt")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if any(unicodedata.category(char) == "Cc" and char not in "\t\r\n\f" for char in text):
        raise (NotUtf8 if called_text else BadFile)(name=name)
    return KINDS[_ending(name) if called_text else "txt"]


# --- Office documents ------------------------------------------------------------------------

_MOST_READ = 1024 * 1024  # bytes of any one part; those that are read are a few kB
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError)
_BROKEN_TOO = (NotImplementedError, RuntimeError, ValueError)  # unknown packing, password, names
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
_OPEN_DOCUMENTS = {KINDS[key].media_type.encode(): key for key in ("odt", "ods", "odp")}
_MACRO = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*)$|^(basic|scripts)/.")


def _packed(name: str, content: BinaryIO, size: int) -> Kind:
    """Look into a zip: an office document without macros is what it may be."""
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            swollen = sum(entry.file_size for entry in entries) > MOST_SWELLING * size
            locked = any(entry.flag_bits & 1 for entry in entries)
            if swollen or locked or len(entries) > MOST_ENTRIES:
                raise BadArchive(name=name)
            if any(_MACRO.search(entry.filename.lower()) for entry in entries):
                raise HasMacros(name=name)
            types = _part(archive, "[Content_Types].xml")
            media_type = _part(archive, "mimetype").strip()
            manifest = _part(archive, "META-INF/manifest.xml")
    except (*_BROKEN, *_BROKEN_TOO):
        raise BadArchive(name=name) from None
    if b"macroenabled" in types.lower():
        raise HasMacros(name=name)
    if b"encryption-data" in manifest:
        raise BadArchive(name=name)
    for main_part, key in _MAIN_PARTS.items():
        if main_part in types:
            return KINDS[key]
    if media_type in _OPEN_DOCUMENTS:
        return KINDS[_OPEN_DOCUMENTS[media_type]]
    raise BadFile(name=name)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, empty if there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(_MOST_READ)


# --- Names -----------------------------------------------------------------------------------

LONGEST_NAME = 120
"""Characters."""
_LONGEST_BYTES = 200  # in UTF-8; file systems stop at 255
_LONGEST_ENDING = 10
_UNWANTED = re.compile(r'[<>:"|?*]')
_SPARE_DOTS = re.compile(r"[ .]*\.")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def safe_name(name: str) -> str:
    """Return ``name`` so that it can be shown and saved anywhere: å stays, paths and tricks go.

    Parts before the last slash, control characters and marks that turn the direction of writing
    are removed, spaces collapsed, the length bounded with the ending kept. Never empty; the same
    again when done again.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    visible = "".join(c for c in last if c.isspace() or unicodedata.category(c)[0] != "C")
    plain = _UNWANTED.sub("_", " ".join(visible.split()))
    plain = _SPARE_DOTS.sub(".", plain).strip(". ")
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, tail = plain, ""
    else:
        tail = f".{ending}"
    stem = stem[: LONGEST_NAME - len(tail)]
    while len(f"{stem}{tail}".encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip('. ')}{tail}" or "attachment"
