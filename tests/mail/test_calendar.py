"""The event in the letter: the right hour in every season, and clear what to do with it."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from idesluss.mail.calendar import Gathering, Method, Somebody, enclose, invitation, method_of
from idesluss.people.vocab import ZONES

SAID = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
GUEST = Somebody("Åsa, från vården", "asa@slusstad.example")


def gathering(**fields):
    usual = {
        "number": "5f0c8a5e-0000-4000-8000-000000000000",
        "sequence": 3,
        "starts_at": datetime(2026, 12, 1, 15, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 1, 17, 0, tzinfo=UTC),
        "zone": ZoneInfo("Europe/Stockholm"),
        "title": "Slusstad firar: Omgång; 2026",
        "words": "Välkommen!\n\nVi bjuder på tårta, kaffe och te.",
        "place": "Medborgarhuset, stora salen",
        "called_by": Somebody("Slusstads kommun", "innovation@slusstad.example"),
        "url": "https://ide.slusstad.example/slusstad/rounds/omgang/gathering/",
    }
    return Gathering(**{**usual, **fields})


def event_in(text):
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return event


def test_the_event_says_everything_and_reads_back():
    text = invitation(gathering(), Method.REQUEST, at=SAID, to=GUEST)
    event = event_in(text)
    assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert str(event["UID"]) == gathering().number
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == gathering().title
    assert str(event["DESCRIPTION"]) == gathering().words
    assert str(event["LOCATION"]) == gathering().place
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event["DTSTAMP"].dt == SAID
    assert str(event["ORGANIZER"]) == "mailto:innovation@slusstad.example"
    assert str(event["ATTENDEE"]) == "mailto:asa@slusstad.example"
    assert event["ATTENDEE"].params["CN"] == "Åsa, från vården"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize(
    ("starts_at", "local"),
    [
        (datetime(2026, 7, 1, 14, 0, tzinfo=UTC), "20260701T160000"),
        (datetime(2026, 12, 1, 15, 0, tzinfo=UTC), "20261201T160000"),
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), "20270328T003000"),  # before it goes forward
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "20270328T033000"),  # after it went forward
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "20261025T023000"),  # after it went back
    ],
)
def test_the_clock_on_the_wall_is_told_with_its_zone(starts_at, local):
    event = gathering(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    text = invitation(event, Method.REQUEST, at=SAID)
    assert f"DTSTART;TZID=Europe/Stockholm:{local}" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Stockholm" in text


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2037, 1, 1)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
def test_it_begins_at_the_same_moment_whoever_reads_it(moment, zone):
    starts_at = moment.replace(tzinfo=UTC, second=0, microsecond=0)
    there = starts_at.astimezone(ZoneInfo(zone))
    if there.fold:  # the hour that is told twice: RFC 5545 means its first coming
        return
    event = gathering(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), zone=ZoneInfo(zone)
    )
    read = event_in(invitation(event, Method.REQUEST, at=SAID))
    assert read["DTSTART"].dt.astimezone(UTC) == starts_at


def test_called_off_and_copies_say_so():
    cancel = invitation(gathering(), Method.CANCEL, at=SAID, to=GUEST)
    assert str(event_in(cancel)["STATUS"]) == "CANCELLED"
    assert method_of(cancel) is Method.CANCEL
    copy = invitation(gathering(words="", url=""), Method.PUBLISH, at=SAID)
    event = event_in(copy)
    assert method_of(copy) is Method.PUBLISH
    assert [name for name in ("ATTENDEE", "DESCRIPTION", "URL") if name in event] == []


def test_a_file_that_names_no_method_is_a_copy():
    assert method_of("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") is Method.PUBLISH


def test_the_letter_carries_it_as_the_part_that_calendars_act_on():
    text = invitation(gathering(), Method.CANCEL, at=SAID, to=GUEST)

    def letter():
        message = EmailMessage()
        message["Message-ID"] = "<abc.7@slusstad.example>"
        message.set_content("Välkommen!\n")
        enclose(message, text)
        return message

    words, event = letter().iter_parts()
    assert letter().get_content_type() == "multipart/alternative"
    assert words.get_content() == "Välkommen!\n"
    assert event.get_content_type() == "text/calendar"
    assert event.get_param("method") == "CANCEL"
    assert event.get_content().replace("\n", "\r\n").replace("\r\r", "\r") == text
    assert letter().as_bytes() == letter().as_bytes()
