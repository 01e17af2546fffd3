"""Amounts, days and refusals as the reader's language writes them. Views and templates share it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, pgettext

from idesluss.ideas.vocab import StageName
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import Money, format_amount
from idesluss.logic.refusals import Refusal

NBSP = "\N{NO-BREAK SPACE}"


def amount(minor: int | None, currency: str) -> str:
    """``minor`` units as the active language writes them: "60 900 kr". None becomes "–"."""
    if minor is None:
        return "–"
    return format_amount(minor, currency, get_language() or "en")


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


def say(refusal: Refusal, zone: ZoneInfo | None = None) -> str:
    """The refusal's sentence in the active language, its moments in ``zone``."""

    def show(value: object) -> object:
        if isinstance(value, Money):
            return amount(value.minor, value.currency)
        if isinstance(value, datetime):
            return moment(value, zone)
        if isinstance(value, date):
            return day(value)
        if isinstance(value, Stage):
            return StageName(value).label
        return str(value) if hasattr(value, "_proxy____cast") else value

    return refusal.said(gettext, show)


def refused(form: Any, refusal: Refusal, zone: ZoneInfo | None = None) -> None:
    """Put a refusal on the form: at its field when the form has it, else at the top."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, say(refusal, zone))
