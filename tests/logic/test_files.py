import io
import zipfile

import openpyxl
import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from idesluss.logic.files import (
    ENDINGS,
    KINDS,
    MOST_ENTRIES,
    BadArchive,
    BadFile,
    EmptyFile,
    FileTooBig,
    HasMacros,
    IsOldOffice,
    IsProgram,
    IsWebPage,
    NotUtf8,
    WrongEnding,
    inspect,
    safe_name,
)

MAIN_PART = "application/vnd.openxmlformats-officedocument.%s.main+xml"
TYPES = f'<Types><Override ContentType="{MAIN_PART}"/></Types>'
ODF = "application/vnd.oasis.opendocument."


def packed(*, level=zipfile.ZIP_DEFLATED, **parts: str | bytes) -> bytes:
    """A zip with ``parts``; ``__`` in a name stands for a slash."""
    return packed_names(
        {name.replace("__", "/"): data for name, data in parts.items()}, level=level
    )


def packed_names(parts: dict[str, str | bytes], *, level=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def office(kind: str, **more: str | bytes) -> bytes:
    names = {name.replace("__", "/"): data for name, data in more.items()}
    return packed_names({"[Content_Types].xml": TYPES % kind, "word/document.xml": "<d/>", **names})


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    return file.getvalue()


DOCX = office("wordprocessingml.document")
GOOD = {
    "plan.pdf": (pdf(), "pdf"),
    "bild.png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "png"),
    "bild.jpg": (b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
    "bild.jpeg": (b"\xff\xd8\xff\xe1" + bytes(20), "jpeg"),
    "BILD.JPG": (b"\xff\xd8\xff\xdb" + bytes(20), "jpeg"),
    "bild.webp": (b"RIFF\x0a\x00\x00\x00WEBPVP8 " + bytes(9), "webp"),
    "bild.gif": (b"GIF89a" + bytes(9), "gif"),
    "gammal.gif": (b"GIF87a" + bytes(9), "gif"),
    "text.docx": (DOCX, "docx"),
    "budget.xlsx": (workbook(), "xlsx"),
    "bilder.pptx": (office("presentationml.presentation"), "pptx"),
    "text.odt": (packed(mimetype=ODF + "text", content="<x/>"), "odt"),
    "budget.ods": (packed(mimetype=ODF + "spreadsheet\n"), "ods"),
    "bilder.odp": (packed(mimetype=ODF + "presentation"), "odp"),
    "rader.csv": ("titel;belopp\nHjärta;25 000\n".encode(), "csv"),
    "Anteckning.TXT": ("Åsa tyckte <b>om</b> det.\r\n\tJa.\f".encode("utf-8-sig"), "txt"),
    "hjärta.txt": (b"<3 MZ #!", "txt"),
    "mz.txt": (b"MZ is how some initials look", "txt"),
}


def looked_at(name: str, data: bytes, **more):
    return inspect(name, io.BytesIO(data), len(data), **more)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_known_by_its_content(name):
    data, key = GOOD[name]
    assert looked_at(name, data) == KINDS[key]


def test_a_file_is_left_at_its_beginning():
    for name, (data, _) in GOOD.items():
        content = io.BytesIO(data)
        content.read(5)
        inspect(name, content, len(data))
        assert content.tell() == 0


def test_a_refused_file_is_left_at_its_beginning_too():
    content = io.BytesIO(b"MZ\0")
    with pytest.raises(IsProgram):
        inspect("x.txt", content, 3)
    assert content.tell() == 0


def test_a_file_may_be_as_large_as_the_limit_and_no_larger():
    assert looked_at("a.txt", b"x") == KINDS["txt"]
    assert looked_at("a.txt", b"x" * 100, largest=100) == KINDS["txt"]
    with pytest.raises(FileTooBig):
        looked_at("a.txt", b"x" * 101, largest=100)
    ten_megabytes = 10 * 1024 * 1024
    assert inspect("a.pdf", io.BytesIO(b"%PDF-1.7"), ten_megabytes) == KINDS["pdf"]
    with pytest.raises(FileTooBig) as caught:
        inspect("a.pdf", io.BytesIO(b"%PDF-1.7"), ten_megabytes + 1)
    assert caught.value == FileTooBig(name="a.pdf", limit=10)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("tom.pdf", b"", EmptyFile(name="tom.pdf")),
        ("stor.pdf", b"%PDF-1.7" + bytes(2**20), FileTooBig(name="stor.pdf", limit=1)),
        # the name says something else
        ("plan.docx", b"%PDF-1.7", WrongEnding(name="plan.docx", endings=".pdf")),
        ("plan", b"%PDF-1.7", WrongEnding(name="plan", endings=".pdf")),
        ("plan.pdf.exe", b"%PDF-1.7", WrongEnding(name="plan.pdf.exe", endings=".pdf")),
        ("bild.png", b"\xff\xd8\xff\xe0", WrongEnding(name="bild.png", endings=".jpg / .jpeg")),
        ("text.docm", DOCX, WrongEnding(name="text.docm", endings=".docx")),
        ("plan.pdf", b"hej", WrongEnding(name="plan.pdf", endings=".txt")),
        ("kör.bat", b"del *.*", WrongEnding(name="kör.bat", endings=".txt")),
        ("sida.html", b"hej", WrongEnding(name="sida.html", endings=".txt")),
        # programs
        ("plan.pdf", b"MZ\x90\x00\x03", IsProgram(name="plan.pdf")),
        ("plan.txt", b"\x7fELF\x02", IsProgram(name="plan.txt")),
        ("plan.txt", b"#!/bin/sh\nrm -r /", IsProgram(name="plan.txt")),
        ("plan.txt", b"\xef\xbb\xbf\n #! /bin/sh", IsProgram(name="plan.txt")),
        ("plan.txt", b"<?PHP echo 1;", IsProgram(name="plan.txt")),
        ("plan.txt", b"\0asm\x01", IsProgram(name="plan.txt")),
        ("plan.txt", b"\xca\xfe\xba\xbe", IsProgram(name="plan.txt")),
        ("plan.txt", b"\xcf\xfa\xed\xfe", IsProgram(name="plan.txt")),
        ("plan.txt", b"\xfe\xed\xfa\xce", IsProgram(name="plan.txt")),
        # web pages
        ("sida.html", b"<!DOCTYPE html>", IsWebPage(name="sida.html")),
        ("sida.txt", b"  \n<html><script>", IsWebPage(name="sida.txt")),
        ("bild.svg", b'<?xml version="1.0"?><svg onload="x()"/>', IsWebPage(name="bild.svg")),
        ("bild.png", b"<SVG/>", IsWebPage(name="bild.png")),
        ("bild.csv", b"\xef\xbb\xbf<svg/>", IsWebPage(name="bild.csv")),
        # text that is none
        ("rader.csv", "Å;1".encode("cp1252"), NotUtf8(name="rader.csv")),
        ("rader.csv", "Å;1".encode("utf-16"), NotUtf8(name="rader.csv")),
        ("rader.txt", b"a\x00b", NotUtf8(name="rader.txt")),
        ("rader.txt", b"a\x1b[2J", NotUtf8(name="rader.txt")),
        ("fil.bin", b"\x00\x01\x02", BadFile(name="fil.bin")),
        ("plan.pdf", b"\xff\xfe\xfd", BadFile(name="plan.pdf")),
        ("plan.pdf", b"x" * 2000 + b"\x00", BadFile(name="plan.pdf")),
        ("ljud.webp", b"RIFF\x0a\x00\x00\x00WAVE", BadFile(name="ljud.webp")),
        # office documents of another kind
        ("text.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), IsOldOffice(name="text.doc")),
        ("text.docx", b"PK\x03\x04" + bytes(40), BadArchive(name="text.docx")),
        ("text.docx", DOCX[:-30], BadArchive(name="text.docx")),
        ("arkiv.zip", packed(readme="hej"), BadFile(name="arkiv.zip")),
        ("text.odt", packed(mimetype="application/epub+zip"), BadFile(name="text.odt")),
        ("rit.odg", packed(mimetype=ODF + "graphics"), BadFile(name="rit.odg")),
    ],
)
def test_a_file_that_does_not_belong_is_refused_with_the_reason(name, data, refusal):
    with pytest.raises(BadFile) as caught:
        looked_at(name, data, largest=2**20)
    assert caught.value == refusal
    assert caught.value.field == "file"


MACROS = TYPES.replace("openxmlformats-officedocument.%s", "ms-word.document.macroEnabled")


@pytest.mark.parametrize(
    "data",
    [
        office("wordprocessingml.document", word__vbaProject_bin="x").replace(
            b"vbaProject_bin", b"vbaProject.bin"
        ),
        office("wordprocessingml.document", word__activeX__activeX1="x"),
        packed_names({"[Content_Types].xml": MACROS}),
        packed_names({"xl/VBAPROJECT.BIN": "x"}),
        packed_names({"vbaData.xml": "x"}),
        packed_names({"mimetype": ODF + "text", "Basic/Standard/Module1.xml": "x"}),
        packed_names({"mimetype": ODF + "text", "Scripts/python/x.py": "x"}),
    ],
)
def test_a_document_with_macros_is_refused(data):
    with pytest.raises(HasMacros):
        looked_at("text.docx", data)


def test_the_word_basic_inside_a_document_is_no_macro():
    data = office("wordprocessingml.document", word__basic__x="x", Basic__="")
    assert looked_at("text.docx", data) == KINDS["docx"]


def test_a_document_that_swells_is_refused():
    bomb = office("wordprocessingml.document", word__media=bytes(10_000_000))
    assert len(bomb) < 20_000
    with pytest.raises(BadArchive):
        looked_at("text.docx", bomb)


def test_a_document_of_far_too_many_parts_is_refused():
    parts = {f"word/{n}": "" for n in range(MOST_ENTRIES)}
    assert looked_at(
        "a.odt", packed_names({"mimetype": ODF + "text", **dict(list(parts.items())[1:])})
    )
    with pytest.raises(BadArchive):
        looked_at("a.odt", packed_names({"mimetype": ODF + "text", **parts}))


def test_a_document_with_a_password_is_refused():
    locked = bytearray(DOCX)
    of_text = locked.rindex(b"PK\x01\x02")  # the text is locked, the rest can be read
    locked[of_text + 8] |= 1
    with pytest.raises(BadArchive):
        looked_at("text.docx", bytes(locked))
    manifest = {"mimetype": ODF + "text", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    with pytest.raises(BadArchive):
        looked_at("text.odt", packed_names(manifest))


def test_a_part_in_an_unknown_packing_is_refused():
    strange = bytearray(DOCX)
    strange[strange.index(b"PK\x03\x04") + 8] = 99
    strange[strange.index(b"PK\x01\x02") + 10] = 99
    with pytest.raises(BadArchive):
        looked_at("text.docx", bytes(strange))


def test_a_broken_part_is_refused():
    broken = bytearray(packed_names({"[Content_Types].xml": TYPES % "x" * 50}))
    broken[60:70] = b"\xff" * 10
    with pytest.raises(BadArchive):
        looked_at("text.docx", bytes(broken))


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_known_or_refused(data):
    try:
        kind = looked_at("text.txt", data)
    except BadFile:
        return
    assert kind == KINDS["txt"]
    data.decode()


@given(st.integers(0, len(DOCX) - 1), st.integers(0, 255))
def test_a_document_with_any_byte_changed_is_known_or_refused(place, value):
    changed = DOCX[:place] + bytes([value]) + DOCX[place + 1 :]
    try:
        looked_at("text.docx", changed)
    except BadFile:
        return


def test_a_file_chooser_offers_every_ending():
    assert ENDINGS[:5] == (".pdf", ".png", ".jpg", ".jpeg", ".webp")
    assert len(ENDINGS) == 14
    assert [kind for kind in KINDS.values() if kind.picture] == [
        KINDS[key] for key in ("png", "jpeg", "webp", "gif")
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ansökan på Ärlåöse.pdf", "Ansökan på Ärlåöse.pdf"),
        ("A\u030a.pdf", "Å.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Bo\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a\x00b\x1b.txt", "ab.txt"),
        ("  två\n  rader\t.txt ", "två rader.txt"),
        ('vad?<>:"|*.pdf', "vad_______.pdf"),
        (".htaccess", "htaccess"),
        ("plan.", "plan"),
        ("plan . pdf", "plan. pdf"),
        ("a...pdf", "a.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("console.txt", "console.txt"),
        ("", "attachment"),
        ("...", "attachment"),
        ("katalog/", "attachment"),
        ("x" * 200 + ".docx", "x" * 115 + ".docx"),
        ("x" * 200, "x" * 120),
        ("a." + "b" * 200, "a." + "b" * 118),
        ("漢" * 100 + ".pdf", "漢" * 65 + ".pdf"),
        ("漢" * 65 + ".xlsx", "漢" * 65 + ".xlsx"),
        ("漢" * 65 + ".abcde", "漢" * 64 + ".abcde"),
        ("x" * 200 + ".abcdefghij", "x" * 109 + ".abcdefghij"),
        ("x" * 200 + ".abcdefghijk", "x" * 120),
        ("x" * 114 + " y.docx", "x" * 114 + ".docx"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=300) | st.text("aå. /\\:con\u202e", max_size=300))
@example("con .x")
@example("a" * 115 + ". " + "b" * 20)
def test_a_safe_name_is_safe_and_stays_so(name):
    safe = safe_name(name)
    assert safe
    assert safe_name(safe) == safe
    assert len(safe) <= 120
    assert len(safe.encode()) <= 200
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe.isprintable()
    assert safe == safe.strip(". ")
