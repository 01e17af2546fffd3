"""Days and moments as people's own language writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import pgettext


def day(when: date | datetime | None, zone: ZoneInfo | None = None) -> str:
    """A date in full: "15 januari 2027". A moment is first taken to ``zone``."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = timezone.localtime(when, zone)
    return formats.date_format(when, pgettext("full date", "j F Y"), use_l10n=False)


def moment(when: datetime | None, zone: ZoneInfo | None = None) -> str:
    """A moment in full, to the minute, in ``zone``: "15 januari 2027 kl. 16.00"."""
    if when is None:
        return ""
    there = timezone.localtime(when, zone)
    clock = formats.date_format(there, pgettext("time of day", "H:i"), use_l10n=False)
    words = pgettext("a day and a time of day", "%(day)s at %(time)s")
    return words % {"day": day(there, zone), "time": clock}


def until(end: datetime, zone: ZoneInfo) -> str:
    """The end (not included) as people say it: the last day, when it falls at midnight."""
    if timezone.localtime(end, zone).time() == time():
        return day(last_day(end, zone))
    return moment(end, zone)


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last day, in ``zone``, of what goes on until just before ``end``."""
    return timezone.localtime(end - timedelta(microseconds=1), zone).date()
