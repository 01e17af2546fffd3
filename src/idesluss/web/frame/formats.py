"""Amounts, days and refusals as the reader's language writes them. Views and templates share it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from idesluss.ideas.vocab import StageName
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import Money, format_amount
from idesluss.logic.refusals import Refusal
from idesluss.people.days import day, moment, until

__all__ = ["amount", "day", "moment", "refused", "say", "until"]

NBSP = "\N{NO-BREAK SPACE}"


def amount(minor: int | None, currency: str) -> str:
    """``minor`` units as the active language writes them: "60 900 kr". None becomes "–"."""
    if minor is None:
        return "–"
    return format_amount(minor, currency, get_language() or "en")


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
