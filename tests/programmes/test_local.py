"""A municipality's own clock: hours that are missing, hours that come twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from idesluss.programmes.local import check_slug, moment, shown_moment, slug_of
from idesluss.programmes.refusals import BadSlug, NoSuchTime, NotATime

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NUUK = ZoneInfo("America/Nuuk")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "later", "found"),
    [
        ("2027-01-31T16:00", STOCKHOLM, False, utc(2027, 1, 31, 15)),
        ("2027-07-31 16:00", STOCKHOLM, True, utc(2027, 7, 31, 14)),
        ("2027-01-31T16:00:30", NUUK, False, utc(2027, 1, 31, 18, 0, 30)),
        ("2027-10-31T02:30", STOCKHOLM, False, utc(2027, 10, 31, 0, 30)),
        ("2027-10-31T02:30", STOCKHOLM, True, utc(2027, 10, 31, 1, 30)),
        ("2027-03-28T01:59", STOCKHOLM, True, utc(2027, 3, 28, 0, 59)),
        ("2027-03-28T03:00", STOCKHOLM, True, utc(2027, 3, 28, 1)),
        ("  ", STOCKHOLM, False, None),
    ],
)
def test_a_time_is_read_on_the_municipalitys_clock(text, zone, later, found):
    assert moment(text, zone, later=later, field="closes_at") == found


@pytest.mark.parametrize("text", ["2027-03-28T02:00", "2027-03-28T02:59"])
def test_an_hour_that_the_clocks_jump_over_is_refused(text):
    with pytest.raises(NoSuchTime) as refused:
        moment(text, STOCKHOLM, field="opens_at")
    assert (refused.value.field, refused.value.params) == ("opens_at", {"time": text[-5:]})


@pytest.mark.parametrize("text", ["imorgon", "2027-01-31", "2027-02-30T10:00", "2027-01-31T10:00Z"])
def test_what_is_no_day_and_time_is_refused(text):
    with pytest.raises(NotATime):
        moment(text, STOCKHOLM, field="opens_at")


def test_a_moment_is_shown_as_it_was_written():
    assert shown_moment(utc(2027, 1, 31, 15), STOCKHOLM) == "2027-01-31T16:00"
    assert shown_moment(None, STOCKHOLM) == ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hösten 2027!", "hosten-2027"),
        ("Ærø på Ø", "aero-pa-o"),
        ("  --  ", ""),
        ("x" * 90, "x" * 80),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_an_address_is_made_of_a_name(text, slug):
    assert slug_of(text) == slug


def test_an_address_is_letters_digits_and_single_hyphens():
    assert check_slug(" Host-2027 ") == "host-2027"
    for text in ("", "-", "a--b", "a_b", "å", "x" * 81):
        with pytest.raises(BadSlug):
            check_slug(text)
