"""Invitations that calendars understand: iCalendar (RFC 5545), sent as RFC 5546 and 6047 say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Idesluss//Idesluss//EN"
FILE = "invitation.ics"


class Method(StrEnum):
    """What the calendar is to do with an event (RFC 5546)."""

    REQUEST = "REQUEST"  # you are invited, or what you were invited to has changed
    CANCEL = "CANCEL"  # it does not take place
    PUBLISH = "PUBLISH"  # a copy to put in by oneself


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whoever calls or is called: a name and a mail address."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """One event. Times are aware and are written in ``zone``, whatever the season."""

    number: str  # the same for as long as it lives
    sequence: int  # grows with each change
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    title: str
    words: str
    place: str
    called_by: Somebody
    url: str = ""


def invitation(
    gathering: Gathering, method: Method, *, at: datetime, to: Somebody | None = None
) -> str:
    """Return the event as a calendar file, the same text for the same arguments.

    ``at`` (aware) is when it was said; ``to`` is who it is said to, nobody for a copy. The zone's
    own rules travel along, so that 16.00 stays 16.00 over a change to summer time.
    """
    event = Event()
    event.add("uid", gathering.number)
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", gathering.starts_at.astimezone(gathering.zone))
    event.add("dtend", gathering.ends_at.astimezone(gathering.zone))
    event.add("summary", gathering.title)
    if gathering.words:
        event.add("description", gathering.words)
    event.add("location", gathering.place)
    if gathering.url:
        event.add("url", gathering.url)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("organizer", _address(gathering.called_by))
    if to is not None:
        guest = _address(to)
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("TRUE")
        event.add("attendee", guest)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    year = gathering.starts_at.year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return calendar.to_ical().decode()


def _address(somebody: Somebody) -> vCalAddress:
    address = vCalAddress(f"mailto:{somebody.mail}")
    if somebody.name:
        address.params["CN"] = vText(somebody.name)
    return address


def enclose(message: EmailMessage, calendar: str) -> None:
    """Put the calendar file beside a letter's text, as the part that mail programs act on."""
    message.add_alternative(
        calendar,
        subtype="calendar",
        params={"method": method_of(calendar).value, "name": FILE},
    )
    # Parts are told apart by a line that must be the same every time the letter is made.
    message.set_boundary(f"=={message['Message-ID'].strip('<>').partition('@')[0]}==")


def method_of(calendar: str) -> Method:
    """The method that a calendar file names; a copy if it names none."""
    for line in calendar.splitlines():
        name, _, value = line.partition(":")
        if name.upper() == "METHOD":
            return Method(value.strip().upper())
    return Method.PUBLISH
