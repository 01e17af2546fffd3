"""Which characters our fonts can show, so that no text, however odd, stops a document.

PDF/UA and PDF/A forbid characters without a glyph, and Typst refuses to build such a document.
Applicants may write anything; what no font of ours has (Chinese, Arabic, private signs) is shown
as an empty box. The attachment keeps every text as it was written.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
TEXT_FONT, EMOJI_FONT = "Inter_400Regular.ttf", "NotoEmoji_400Regular.ttf"
BOX = "\N{WHITE SQUARE}"

# Invisible, and understood by the typesetter: soft hyphen, zero-width space and (non-)joiners.
_INVISIBLE = frozenset("\N{SOFT HYPHEN}\u200b\u200c\u200d\N{VARIATION SELECTOR-15}\ufe0f")
_ENDLESS = re.compile(r"[^\s\u200b]{41,}")
_PART = 12  # characters that fit beside each other in the narrowest column


class FontsMissing(RuntimeError):
    """The build has not laid out the fonts."""

    def __init__(self) -> None:
        super().__init__("The fonts of documents are missing: run ./idesluss build")


def printable(text: str) -> str:
    """Return ``text`` with only characters that can be set, and room to break endless words.

    Line breaks stay. Characters that turn the direction of reading are left out: in a decision
    they could only mislead.
    """
    letters = "".join(_set(unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))
    return _ENDLESS.sub(lambda word: _broken(word[0]), letters)


def _set(text: str) -> Iterator[str]:
    letters, emoji = _covered(TEXT_FONT), _covered(EMOJI_FONT)
    before = " "
    for letter in text:
        point, kind = ord(letter), unicodedata.category(letter)
        if letter in "\n\r\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}":
            yield "\n"
        elif letter in _INVISIBLE:
            yield letter
        elif kind == "Zs" or letter == "\t":
            yield letter if point in letters else " "
        elif kind in ("Cc", "Cf"):
            continue
        elif kind == "Co" or not (point in letters or point in emoji):
            yield BOX
        elif kind[0] == "M" and not (point in letters and ord(before) in letters):
            # A mark needs a letter of its own font: "1\N{COMBINING ENCLOSING KEYCAP}", no others.
            yield letter if point in emoji and ord(before) in emoji else ""
        else:
            yield letter
        before = before if letter in _INVISIBLE else letter


def _broken(word: str) -> str:
    """An endless word with places to break it, with a hyphen if it is all letters."""
    place = "\N{SOFT HYPHEN}" if word.isalpha() else "\u200b"
    parts = [""]
    for letter in word:
        stays = unicodedata.combining(letter) or letter in _INVISIBLE
        if len(parts[-1]) >= _PART and not stays:
            parts.append("")
        parts[-1] += letter
    return place.join(parts)


@cache
def _covered(name: str) -> frozenset[int]:
    """Code points that a font has a glyph for, read from its ``cmap`` table (OpenType 1.9)."""
    try:
        font = (FONTS / name).read_bytes()
    except FileNotFoundError:
        raise FontsMissing from None
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * it) for it in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    points: set[int] = set()
    for it in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * it + 4)
        points.update(_points(font, cmap + offset))
    return frozenset(points)


def _points(font: bytes, start: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", font, start)
    if form == 12:
        (groups,) = struct.unpack_from(">I", font, start + 12)
        for it in range(groups):
            first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * it)
            yield from range(first + (glyph == 0), last + 1)
    elif form == 4:
        (double,) = struct.unpack_from(">H", font, start + 6)
        ends = struct.unpack_from(f">{double // 2}H", font, start + 14)
        starts = struct.unpack_from(f">{double // 2}H", font, start + 16 + double)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, last + 1 if last != 0xFFFF else last)
