"""Photographs without what they tell on the side: where, when, by whom and with what.

A phone writes the place into every photo it takes. Taken out here are Exif, XMP, IPTC, comments
and whatever follows the picture in the file; kept are the picture itself, its colours and, in a
JPEG, which way is up. The formats are read as their specifications say: JPEG (ITU-T T.81 annex B,
Exif 2.32), PNG (W3C 2003, chapter 5), WebP (RFC 9649). Nothing is decoded or compressed again.
"""

import struct
from collections.abc import Iterator

from idesluss.logic.files import BadFile, safe_name
from idesluss.logic.refusals import gettext_noop

TYPES = ("image/jpeg", "image/png", "image/webp")
"""Media types that can be cleaned, and so shown to everybody."""


class NotAPhoto(BadFile):
    """Something else than a picture that can be cleaned. Needs ``name``."""

    sentence = gettext_noop("“%(name)s” is not a photo. Choose one in JPEG, PNG or WebP.")


class BrokenPicture(BadFile):
    """A picture that ends too early or is not put together as its format says."""

    sentence = gettext_noop("“%(name)s” is broken. Save the picture anew and choose it again.")


def without_traces(content: bytes, media_type: str, *, name: str) -> bytes:
    """Return the picture in ``content`` without anything but the picture. The same again twice.

    ``name`` is what a refusal calls it.

    Raises:
        NotAPhoto: ``media_type`` is not one of ``TYPES``.
        BrokenPicture: ``content`` is not whole.
    """
    if media_type not in TYPES:
        raise NotAPhoto(name=safe_name(name))
    clean = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[media_type]
    try:
        return b"".join(clean(content))
    except (struct.error, IndexError, ValueError):
        raise BrokenPicture(name=safe_name(name)) from None


# --- JPEG --------------------------------------------------------------------------------------

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_STAND_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_APPLICATION = range(0xE0, 0xF0)
_KEPT_APPLICATION = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that make up the first picture; Exif is replaced by its orientation alone."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no start of image")
    yield data[:2]
    at, told = 2, False
    while True:
        at, marker = _marker(data, at)
        if marker == _EOI:
            yield b"\xff\xd9"
            return
        if marker in _STAND_ALONE:
            yield bytes((0xFF, marker))
            continue
        (length,) = struct.unpack_from(">H", data, at)
        payload = data[at + 2 : at + length]
        if length < 2 or len(payload) != length - 2:
            raise ValueError("a segment is cut off")
        at += length
        if marker == 0xE1 and payload.startswith(_EXIF) and not told:
            told = True
            yield _only_orientation(payload)
        elif _is_kept(marker, payload):
            yield bytes((0xFF, marker)) + struct.pack(">H", length) + payload
        if marker == _SOS:
            end = _end_of_scan(data, at)
            yield data[at:end]
            at = end


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at ``at`` and where what follows it begins; fill bytes are passed over."""
    if data[at] != 0xFF:
        raise ValueError("no marker")
    while data[at] == 0xFF:
        at += 1
    return at + 1, data[at]


def _is_kept(marker: int, payload: bytes) -> bool:
    """Tables, frames and scans, and of what programs add only what colours need."""
    if marker in _APPLICATION:
        begins = _KEPT_APPLICATION.get(marker)
        return begins is not None and payload.startswith(begins)
    return marker != _COM


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the compressed data ends: at a marker that is neither stuffing nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _only_orientation(payload: bytes) -> bytes:
    """A segment that says which way is up, empty when the picture stands as it should."""
    way = _orientation(payload[len(_EXIF) :])
    if way is None:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, way, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(tiff: bytes) -> int | None:
    """The orientation in an Exif block, 2 to 8; None when there is none or it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return int(value) if 2 <= value <= 8 else None
    except struct.error:
        return None
    return None


# --- PNG ---------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs",
}  # fmt: skip


def _png(data: bytes) -> Iterator[bytes]:
    """The chunks that are needed to show the picture."""
    if not data.startswith(_PNG):
        raise ValueError("no signature")
    yield _PNG
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise ValueError("a chunk is cut off")
        at += len(chunk)
        if kind in _PNG_KEPT:
            yield chunk


# --- WebP --------------------------------------------------------------------------------------

_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}
_HAS_EXIF_OR_XMP = 0b0000_1100


def _webp(data: bytes) -> Iterator[bytes]:
    """The chunks of a still picture, and a header that no longer promises the others."""
    tag, size, kind = struct.unpack_from("<4sI4s", data, 0)
    if (tag, kind) != (b"RIFF", b"WEBP") or size + 8 > len(data):
        raise ValueError("no RIFF header, or cut off")
    chunks, at, end = [], 12, size + 8
    while at < end:
        name, length = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + length + length % 2])
        if len(chunk) < 8 + length:
            raise ValueError("a chunk is cut off")
        at += 8 + length + length % 2
        if name == b"VP8X":
            chunk[8] &= ~_HAS_EXIF_OR_XMP & 0xFF
        if name in _WEBP_KEPT:
            chunks.append(bytes(chunk))
    if not any(chunk.startswith((b"VP8 ", b"VP8L")) for chunk in chunks):
        raise ValueError("no picture")
    body = b"WEBP" + b"".join(chunks)
    yield b"RIFF" + struct.pack("<I", len(body)) + body
