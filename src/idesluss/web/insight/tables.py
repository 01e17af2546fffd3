"""The rows of the pages about years: figures as people read them, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.funding.vocab import Posted
from idesluss.insight.reads.report import Given, Report
from idesluss.insight.reads.rounds import Chosen
from idesluss.insight.reads.years import Year, Years
from idesluss.insight.words import became, money, percent
from idesluss.web.insight.drawn import Links


class FilterForm(forms.Form):
    """Which fund and which years; each choice is one that exists."""

    fund = forms.ChoiceField(label=_("Fund"), required=False)
    to = forms.ChoiceField(label=_("To"), required=False)

    field_order = ("fund", "from", "to")

    def __init__(self, chosen: Chosen) -> None:
        initial = {"from": chosen.first, "to": chosen.last}
        if chosen.fund:
            initial["fund"] = chosen.fund.pk
        super().__init__(initial=initial)
        self.fields["from"] = forms.ChoiceField(label=_("From"), required=False)
        self.order_fields(self.field_order)
        fields: dict[str, Any] = self.fields
        for name in ("from", "to"):
            fields[name].choices = [(year, str(year)) for year in chosen.years]
        fields["fund"].choices = [(fund.pk, fund.name) for fund in chosen.funds]
        if len(chosen.funds) < 2:
            del self.fields["fund"]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of the table: granted, pot and what was left in each currency."""

    year: Year
    share: str
    sums: Sequence[tuple[str, str, str]]
    report: str
    cases: str
    granted: str


def year_rows(years: Years, links: Links) -> list[YearRow]:
    """The years, the newest first."""
    return [
        YearRow(
            year=one,
            share=percent(one.share),
            sums=[_sums(one, code) for code in sorted({*one.granted_sums, *one.pot})],
            report=links.year(one.year),
            cases=links.cases(one),
            granted=links.granted(one),
        )
        for one in reversed(years.years)
    ]


def _sums(year: Year, code: str) -> tuple[str, str, str]:
    pot, left = year.pot.get(code), year.left(code)
    return (
        money(year.granted_sums.get(code, 0), code),
        "–" if pot is None else money(pot, code),
        "–" if left is None else money(left, code),
    )


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One granted case: its sums, what it has become, and its own page if it has one."""

    given: Given
    sums: str
    became: str
    url: str
    ends_on: date | None


def given_rows(rows: Iterable[Given], links: Links) -> list[GivenRow]:
    """``rows`` of a report as people read them."""
    return [
        GivenRow(
            given=one,
            sums=", ".join(money(minor, code) for code, minor in one.sums.items()),
            became=became(one),
            url=links.project(one),
            ends_on=one.became.ends_on if one.became else None,
        )
        for one in rows
    ]


def totals(report: Report) -> list[str]:
    """Granted in all, a sum in each currency."""
    return [money(minor, code) for code, minor in report.year.granted_sums.items()]


def ledger(report: Report) -> list[tuple[str, str]]:
    """What became of the money, as the ledger has it: words and sums."""
    return [
        (capfirst(str(Posted(kind).label)), money(minor, code))
        for kind, sums in report.year.money.items()
        for code, minor in sums.items()
    ]
