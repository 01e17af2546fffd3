"""Day and time of day on a municipality's own clock, and addresses made of names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from idesluss.programmes.refusals import BadSlug, NoSuchTime, NotATime

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
_LETTERS = str.maketrans({"ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "ß": "ss", ":": "-", "/": "-"})


def moment(text: str, zone: ZoneInfo, *, later: bool = False, field: str) -> datetime | None:
    """The moment (UTC) that the clock in ``zone`` shows as ``text``; None if nothing is written.

    ``text`` is "2027-01-31T16:00", as browsers send it, or with a space. In the night when the
    clocks go back a time comes twice: the first is taken, or the second if ``later`` (a closing
    time: nobody is shut out earlier than the sign says).

    Raises:
        NotATime: cannot be read.
        NoSuchTime: the clocks jump over it.
    """
    written = text.strip()
    if not written:
        return None
    try:
        shown = datetime.fromisoformat(written)
    except ValueError:
        raise NotATime(field=field) from None
    if shown.tzinfo is not None or len(written) < len("2027-01-31T16:00"):
        raise NotATime(field=field)
    chosen = shown.replace(tzinfo=zone, fold=int(later)).astimezone(UTC)
    if chosen.astimezone(zone).replace(tzinfo=None) != shown:
        raise NoSuchTime(time=f"{shown:%H:%M}", field=field)
    return chosen


def shown_moment(when: datetime | None, zone: ZoneInfo) -> str:
    """``when`` as the clock in ``zone`` shows it, the way browsers want it; "" for None."""
    return f"{when.astimezone(zone):%Y-%m-%dT%H:%M}" if when else ""


def slug_of(text: str) -> str:
    """An address made of ``text``: lower-case a to z, digits, hyphens."""
    return slugify(text.translate(_LETTERS))[:LONGEST_SLUG].strip("-")


def check_slug(text: str) -> str:
    """The address as it is written.

    Raises:
        BadSlug: something else than a to z, digits and single hyphens, or too long.
    """
    slug = text.strip().lower()
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise BadSlug
    return slug
