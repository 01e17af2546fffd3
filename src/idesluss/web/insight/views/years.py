"""The years of a fund side by side, and one year as a report; for everybody, and as data."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from idesluss.insight.compared import compared
from idesluss.insight.data import (
    FIGURES,
    GRANTED,
    figures,
    granted,
    report_data,
    year_data,
    years_data,
)
from idesluss.insight.reads.report import Report, report_of
from idesluss.insight.reads.rounds import choose
from idesluss.insight.reads.years import Years, years_of
from idesluss.insight.words import counted, sentences, unlisted
from idesluss.logic.sheets.plain import write_book, write_csv
from idesluss.papers.yearly import yearly_pdf
from idesluss.people.models import standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.insight.drawn import Links, all_charts
from idesluss.web.insight.tables import (
    FilterForm,
    given_rows,
    ledger,
    totals,
    year_rows,
)

Kind = Literal["json", "csv", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATEST = 9999  # no year comes after


@list_page
@access(PUBLIC)
def years_page(request: Request, org: str) -> HttpResponse:
    """Every year of a fund, in charts with tables."""
    years = _years(request)
    chosen = years.chosen
    links = Links(chosen)
    context = {
        "chosen": chosen,
        "form": FilterForm(chosen),
        "charts": all_charts(years),
        "rows": year_rows(years, links),
        "some_invented": any(one.invented or one.partly_invented for one in years.years),
        "counted": counted(),
        "query": request.GET.urlencode(),
    }
    return _kept(request, render(request, "insight/years.html", context))


@access(PUBLIC)
def years_file(request: Request, org: str, kind: Kind) -> HttpResponse:
    """The same figures for programs and spreadsheets."""
    data = years_data(_years(request))
    rows = figures(data["years"])
    return _file(request, kind, f"{org}-years", data, {"figures": (FIGURES, rows)})


@access(PUBLIC)
def year_page(request: Request, org: str, year: int) -> HttpResponse:
    """One year as a report, ready for those who decide."""
    narrowed = {name: _number(request.GET.get(name)) for name in ("department", "goal")}
    report = _report(request, year, **narrowed)
    chosen = report.years.chosen
    links = Links(chosen)
    only_this = Years(chosen, [report.year])
    context = {
        "report": report,
        "year": report.year,
        "chosen": chosen,
        "sentences": sentences(report, request.organisation),
        "compared": compared(report),
        "charts": [one for one in all_charts(only_this) if one.spread],
        "narrowed": _narrowed(report, **narrowed),
        "rows": given_rows(report.granted, links),
        "permanent": given_rows(report.permanent, links),
        "under_way": given_rows(report.under_way, links),
        "totals": totals(report),
        "ledger": ledger(report),
        "rounds": [
            {"name": one.name, "url": links.round(one), "told": one} for one in report.year.rounds
        ],
        "unlisted": unlisted(report) if not any(narrowed.values()) else "",
        "some_invented": report.year.partly_invented,
        "counted": counted(),
        "books": _books(request, chosen.fund, year),
        "all_url": links.year(year),
        "before_url": links.year(year - 1),
        "all_years": f"{links.years}?{links.query}" if links.query else links.years,
        "files": _files(org, year, links),
    }
    return _kept(request, render(request, "insight/year.html", context))


def _books(request: Request, fund: Programme | None, year: int) -> str:
    """The address of the year's money, for the offices that read the books."""
    offices = standing_of(request.user, request.at).organisations_as(
        Role.ADMINISTRATOR, Role.REGISTRAR
    )
    if fund is None or fund.organisation_id not in offices:
        return ""
    return reverse("funding:ledger", args=[request.organisation.slug, fund.pk, year])


def _files(org: str, year: int, links: Links) -> dict[str, str]:
    query = f"?{links.query}" if links.query else ""
    return {
        kind: reverse(f"insight:year_{kind}", args=[org, year]) + query
        for kind in ("pdf", "json", "csv", "xlsx")
    }


@access(PUBLIC)
def year_file(request: Request, org: str, year: int, kind: Kind) -> HttpResponse:
    """The report's figures, and in the workbook what was granted."""
    report = _report(request, year)
    data = report_data(report, sentences(report, request.organisation))
    known = [year_data(one) for one in (report.before, report.year) if one]
    tables: dict[str, Any] = {
        "figures": (FIGURES, figures(known)),
        "granted": (GRANTED, granted(data["granted"])),
    }
    return _file(request, kind, f"{org}-{year}", data, tables)


@access(PUBLIC)
def year_pdf(request: Request, org: str, year: int) -> HttpResponse:
    """The report on paper, in the organisation's language, with its figures inside as data."""
    report = _report(request, year)
    response = HttpResponse(yearly_pdf(report, at=request.at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{org}-{year}.pdf"'
    return _kept(request, response)


# --- What is asked for ---------------------------------------------------------------------


def _years(request: Request) -> Years:
    wish = {"fund": "fund", "first": "from", "last": "to"}
    chosen = choose(
        request.organisation,
        request.user,
        at=request.at,
        **{name: _number(request.GET.get(word)) for name, word in wish.items()},
    )
    return years_of(chosen, at=request.at)


def _report(request: Request, year: int, **narrowed: int | None) -> Report:
    chosen = choose(
        request.organisation,
        request.user,
        at=request.at,
        fund=_number(request.GET.get("fund")),
        first=year - 1,
        last=year,
    )
    report = report_of(chosen, request.user, at=request.at, **narrowed) if year < LATEST else None
    if report is None:
        raise Http404
    return report


def _number(text: str | None) -> int | None:
    """A whole number that a database can hold; anything else is as if not said."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _narrowed(report: Report, *, department: int | None, goal: int | None) -> str:
    """The name of what the list is narrowed to, "" when it is not."""
    groups = [
        one
        for one in (*report.year.departments, *report.year.goals)
        if one.key is not None and one.key in (department, goal)
    ]
    return ", ".join(dict.fromkeys(one.name for one in groups))


# --- How it is given -----------------------------------------------------------------------


def _file(
    request: Request, kind: Kind, name: str, data: dict[str, Any], tables: dict[str, Any]
) -> HttpResponse:
    if kind == "json":
        shown = {"ensure_ascii": False, "indent": 2}
        response: HttpResponse = JsonResponse(data, json_dumps_params=shown)
        response["Access-Control-Allow-Origin"] = "*"  # open data
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return _kept(request, response)
    if kind == "csv":
        head, rows = tables["figures"]
        response = HttpResponse(write_csv(head, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(write_book(tables), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return _kept(request, response)


def _kept(request: Request, response: HttpResponse) -> HttpResponse:
    """Open data may be kept by anybody for a minute; what knows its reader by nobody."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    elif response["Content-Type"].startswith("text/html"):
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response
