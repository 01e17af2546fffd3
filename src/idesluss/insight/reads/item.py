"""One thing that waits for somebody: what, where, until when, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from idesluss.insight.acts import Act, When
from idesluss.people.models import Organisation

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Place:
    """The organisation that something belongs to."""

    slug: str
    name: str
    zone: str
    invented: bool = False

    @classmethod
    def of(cls, organisation: Organisation) -> Place:
        return cls(organisation.slug, organisation.name, organisation.zone, organisation.invented)

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. ``page`` and ``arguments`` make the address of where it is done.

    ``thing`` names it among all things with its act, the same every time. ``title`` is what a case
    is called, ``number`` its register number, ``round`` the round's name; "" where there is none.
    """

    act: Act
    place: Place
    thing: str
    page: str
    arguments: tuple[Any, ...]
    title: str = ""
    number: str = ""
    round: str = ""
    count: int = 1  # cases, where several are done on one page
    due: date | None = None
    moment: datetime | None = None  # the exact end of ``due``, where there is one
    since: datetime | None = None
    when: When = When.NO_DATE

    def timed(self, at: datetime) -> Item:
        """The same with how soon it is due, as the organisation's own calendar has it at ``at``."""
        return replace(self, when=when_of(self.due, at.astimezone(self.place.timezone).date()))


def when_of(due: date | None, today: date) -> When:
    """How soon ``due`` is: its own day is not yet past."""
    if due is None:
        return When.NO_DATE
    if due < today:
        return When.OVERDUE
    return When.WEEK if due <= today + SOON else When.LATER


def last_day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    """The last day of something that ends at ``moment``: at midnight, the day before."""
    if moment is None:
        return None
    return (moment - timedelta(microseconds=1)).astimezone(zone).date()
