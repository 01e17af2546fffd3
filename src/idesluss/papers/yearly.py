"""The report of a year as a document to file: what the page says, in the organisation's language.

The figures travel inside as JSON, equal to those of the page and of ``report.json``.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.funding.vocab import Posted
from idesluss.insight.compared import compared
from idesluss.insight.data import report_data
from idesluss.insight.reads.report import Given, Report
from idesluss.insight.reads.spread import Group
from idesluss.insight.words import became, counted, money, name_of, percent, sentences, unlisted
from idesluss.papers.look import Table, brand, capital, day
from idesluss.papers.typeset import Attachment, typeset

ATTACHMENT = "arsrapport.json"


def yearly_pdf(report: Report, *, at: datetime) -> bytes:
    """Return the report as a tagged PDF (PDF/UA-1, PDF/A-3a), made at ``at`` (aware).

    The attachment ``arsrapport.json`` is ``insight.data.report_data``.

    Raises:
        FontsMissing: the build has not run.
    """
    organisation = report.years.chosen.organisation
    summary = sentences(report, organisation)
    with translation.override(organisation.language):
        made = at.astimezone(organisation.timezone)
        page = {**brand(organisation.colour), **_page(report, summary, made)}
        description = _("The figures in a form for machines to read")
    data = json.dumps(report_data(report, summary), ensure_ascii=False, indent=2, sort_keys=True)
    return typeset("yearly.typ", page, Attachment(ATTACHMENT, data, description))


def _page(report: Report, summary: list[str], made: datetime) -> dict[str, Any]:
    chosen = report.years.chosen
    organisation, fund, year = chosen.organisation, str(chosen.fund), report.year
    kind = _("Yearly report")
    before, between, after = (
        _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    ).split("\0")
    return {
        "language": organisation.language,
        "region": organisation.country,
        "date": [made.year, made.month, made.day],
        "title": f"{kind} {year.year} · {fund} · {organisation.name}",
        "keywords": [fund, str(year.year)],
        "organisation": organisation.name,
        "kind": kind,
        "number": str(year.year),
        "running": f"{fund} · {year.year}",
        "foot": _("%(kind)s, figures of %(day)s") % {"kind": kind, "day": day(made)},
        "page_of": [before, between, after],
        "heading": f"{fund} {year.year}",
        "notes": _notes(report),
        "summary": summary,
        "figures": _figures(report),
        "figures_heading": _("The figures"),
        "parts": [part for part in _parts(report) if part["table"]["rows"]],
        "counted_heading": _("How it is counted"),
        "counted": counted(),
    }


def _notes(report: Report) -> list[str]:
    notes = []
    if report.years.chosen.organisation.invented or report.year.invented:
        notes.append(_("Demonstration. These figures are invented."))
    elif report.year.partly_invented or (report.before and report.before.partly_invented):
        notes.append(_("Demonstration. Some of these figures are invented."))
    if not report.year.published:
        notes.append(_("Not published yet: some of this is known to the office only."))
    return notes


def _figures(report: Report) -> Table:
    before = str(report.before.year) if report.before else _("The year before")
    return Table(
        head=["", str(report.year.year), before, pgettext("figure", "Change")],
        sides="lrrr",
        rows=[[one.label, one.now, one.before, one.change] for one in compared(report)],
        sums=[],
    )


def _parts(report: Report) -> list[dict[str, Any]]:
    year = report.year
    return [
        {"heading": _("What was granted"), "table": _granted(report), "note": unlisted(report)},
        {"heading": _("What became of the money"), "table": _ledger(report), "note": ""},
        {"heading": _("Departments"), "table": _spread(year.departments, _("Department")),
         "note": ""},
        {"heading": _("Goals"), "table": _spread(year.goals, _("Goal")),
         "note": _("A case with several goals counts in each.") if year.goals else ""},
    ]  # fmt: skip


def _granted(report: Report) -> Table:
    rows: list[list[Any]] = [
        [[_title(one), one.unit], became(one), [", ".join(_sums(one.sums)), ""]]
        for one in report.granted
    ]
    sums = [
        [pgettext("minutes", "In all"), "", money(minor, currency)]
        for currency, minor in report.year.granted_sums.items()
    ]
    head = [_("Project"), _("What it has become"), pgettext("money", "Granted")]
    return Table(head=head, sides="llr", rows=rows, sums=sums if rows else [])


def _title(one: Given) -> str:
    mark = pgettext("minutes", "invented")
    if not one.invented or mark[:-1].casefold() in one.title.casefold():
        return one.title
    return f"{one.title} ({mark})"


def _ledger(report: Report) -> Table:
    rows = [
        [capital(str(Posted(kind).label)), money(minor, currency)]
        for kind, sums in report.year.money.items()
        for currency, minor in sums.items()
    ]
    return Table(head=["", pgettext("minutes", "Sum")], sides="lr", rows=rows, sums=[])


def _spread(groups: Any, head: str) -> Table:
    return Table(
        head=[head, pgettext("years", "Received"), pgettext("how many", "Granted"), _("Share"),
              pgettext("money", "Granted")],
        sides="lrrrr",
        rows=[_group(one) for one in groups],
        sums=[],
    )  # fmt: skip


def _group(one: Group) -> list[str]:
    hidden = one.received is None
    return [
        name_of(one),
        _("hidden") if hidden else str(one.received),
        str(one.granted),
        "–" if hidden else percent(one.share),
        ", ".join(_sums(one.sums)) or "–",
    ]


def _sums(sums: Any) -> list[str]:
    return [money(minor, currency) for currency, minor in sums.items()]
