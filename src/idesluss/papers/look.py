"""What every document shares: the organisation's colours and mark, tables, days and times."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.utils import formats
from django.utils.translation import get_language, pgettext

from idesluss.logic.money import format_amount
from idesluss.logic.themes import scale

# The house's own mark: the lock, low water before the gate, high water behind it.
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="{on}">'
    '<rect width="40" height="40" rx="9" fill="{brand}"/>'
    '<path d="M0 28h20v12H9a9 9 0 0 1-9-9z" opacity=".28"/>'
    '<path d="M20 19h20v12a9 9 0 0 1-9 9H20z" opacity=".6"/>'
    '<path d="M18.4 10a1.6 1.6 0 0 1 3.2 0v30h-3.2z"/>'
    '<circle cx="30.5" cy="17.5" r="5.8" fill="{brand}"/><circle cx="30.5" cy="17.5" r="4"/></svg>'
)


class Table(TypedDict):
    """A table: its headings, "l" or "r" for each column, rows, and rows of sums at its foot.

    A cell is text, or two texts of which the second stands below the first.
    """

    head: list[str]
    sides: str
    rows: list[list[Any]]
    sums: list[list[Any]]


def brand(colour: str) -> dict[str, Any]:
    """The colours of a document and its mark, from the organisation's colour ``#rrggbb``.

    Text has a contrast of at least 4.5 to what it stands on, whatever the colour.
    """
    tones = scale(colour, "light")
    return {
        "colours": {
            "text": "#1b2226",
            "ink": tones["text-default"],
            "quiet": tones["text-subtle"],
            "brand": tones["base-default"],
            "on": tones["base-contrast-default"],
            "line": tones["border-subtle"],
            "tint": tones["background-tinted"],
        },
        "mark": _MARK.format(brand=tones["base-default"], on=tones["base-contrast-default"]),
    }


def capital(words: str) -> str:
    """``words`` with a capital first letter; the rest as it is."""
    return words[:1].upper() + words[1:]


def money(minor: int, currency: str) -> str:
    """Minor units as the active language writes them: "60 900 kr"."""
    return format_amount(minor, currency, get_language() or "en")


def day(when: date | datetime) -> str:
    """The date in full, as the active language writes it: "14 december 2022"."""
    return formats.date_format(when, pgettext("full date", "j F Y"), use_l10n=False)


def time_of_day(when: datetime) -> str:
    """The time to the minute: "13.00"."""
    return formats.date_format(when, pgettext("time of day", "H:i"), use_l10n=False)
