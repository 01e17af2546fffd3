"""Photos: nothing but the picture is left, and the picture looks the same."""

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPSTAGS, Base
from PIL.PngImagePlugin import PngInfo

from idesluss.logic.pictures import BrokenPicture, NotAPhoto, _jpeg, _webp, without_traces

SECRET = b"Storgatan 1"
GPS = 0x8825


def exif(orientation=6):
    found = Image.Exif()
    found[Base.Make.value] = SECRET.decode()
    found[Base.Orientation.value] = orientation
    found.get_ifd(GPS)[next(tag for tag, name in GPSTAGS.items() if name == "GPSDateStamp")] = (
        SECRET.decode()
    )
    return found


def picture(size=(40, 30)):
    made = Image.new("RGB", size)
    made.putdata([(x * 5 % 256, y * 7 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    return made


def saved(kind, **how):
    into = io.BytesIO()
    picture().save(into, kind, **how)
    return into.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


JPEG = saved("JPEG", exif=exif(), comment=SECRET, icc_profile=b"colours")
PROGRESSIVE = saved("JPEG", exif=exif(), progressive=True)
WEBP = saved("WEBP", exif=exif(), xmp=SECRET, icc_profile=b"colours")
TEXTS = PngInfo()
TEXTS.add_text("Author", SECRET.decode())
PNG = saved("PNG", pnginfo=TEXTS, exif=exif())


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (PROGRESSIVE, "image/jpeg"),
        (JPEG + JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (PNG + SECRET, "image/png"),
        (WEBP, "image/webp"),
        (WEBP + SECRET, "image/webp"),
    ],
)
def test_nothing_is_told_on_the_side_and_the_picture_is_the_same(data, media_type):
    assert SECRET in data
    clean = without_traces(data, media_type, name="bild")
    assert SECRET not in clean
    assert len(clean) < len(data)
    assert opened(clean).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()
    assert without_traces(clean, media_type, name="bild") == clean


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_keeps_which_way_is_up_and_nothing_else(orientation):
    data = saved("JPEG", exif=exif(orientation))
    left = opened(without_traces(data, "image/jpeg", name="bild")).getexif()
    assert dict(left) == ({} if orientation == 1 else {Base.Orientation.value: orientation})


def test_colours_are_kept():
    assert opened(without_traces(JPEG, "image/jpeg", name="x")).info["icc_profile"] == b"colours"
    assert opened(without_traces(WEBP, "image/webp", name="x")).info["icc_profile"] == b"colours"


@pytest.mark.parametrize(
    ("data", "media_type"), [(JPEG, "image/jpeg"), (PNG, "image/png"), (WEBP, "image/webp")]
)
def test_a_picture_that_ends_too_early_is_broken_wherever_it_ends(data, media_type):
    whole = without_traces(data, media_type, name="bild")
    for length in range(0, len(whole), 7):
        with pytest.raises(BrokenPicture):
            without_traces(whole[:length], media_type, name="bild.jpg")


@pytest.mark.parametrize("kind", ["image/gif", "application/pdf"])
def test_what_cannot_be_cleaned_is_no_photo(kind):
    with pytest.raises(NotAPhoto) as caught:
        without_traces(b"GIF89a", kind, name="c:\\bild.gif")
    assert "bild.gif" in caught.value.message
    assert caught.value.field == "file"


@pytest.mark.parametrize("wrong", [b"II*\0\xff\xff\xff\xff", b"XX*\0", b"MM\0*\0\0\0\x08\0\x01"])
def test_exif_that_cannot_be_read_is_taken_out_whole(wrong):
    data = saved("JPEG", exif=b"Exif\0\0" + wrong)
    assert b"Exif" not in without_traces(data, "image/jpeg", name="bild")


@given(st.binary(max_size=300), st.sampled_from([JPEG[:24], PNG[:40], WEBP[:30], b""]))
def test_whatever_comes_in_is_cleaned_or_refused(noise, begins):
    for media_type in ("image/jpeg", "image/png", "image/webp"):
        with suppress(BrokenPicture):
            without_traces(begins + noise, media_type, name="bild")


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (b"\xff\xd8\xff\xd0\xff\xd9", "a marker that stands alone"),
        (b"\xff\xd8\xff\xff\xd0\xff\xd9", "fill bytes before a marker"),
        (b"\xff\xd8\xff\xda\0\x02\x01\xff\0\x02\xff\xd1\x03\xff\xff\xd9", "a scan"),
    ],
)
def test_a_jpeg_that_is_read_marker_by_marker(kept, why):
    cleaned = b"".join(_jpeg(kept))
    assert cleaned.startswith(b"\xff\xd8"), why
    assert cleaned.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"\0\0", "no start of image"),
        (b"\xff\xd8\0\0", "no marker"),
        (b"\xff\xd8\xff\xe1\0\x09ab", "a segment is cut off"),
    ],
)
def test_a_jpeg_that_breaks_off_says_where(broken, why):
    with pytest.raises(ValueError, match=why):
        list(_jpeg(broken))


def riff(body, size=None):
    whole = b"WEBP" + body
    return b"RIFF" + struct.pack("<I", len(whole) if size is None else size) + whole


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (riff(b"", size=99), "cut off"),
        (riff(b"VP8 " + struct.pack("<I", 8)), "a chunk is cut off"),
        (riff(b"ICCP" + struct.pack("<I", 0)), "no picture"),
    ],
)
def test_a_webp_that_breaks_off_says_where(broken, why):
    with pytest.raises(ValueError, match=why):
        list(_webp(broken))
