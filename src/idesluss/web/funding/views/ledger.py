"""The books of a fund's year: its figures, the rows behind each, its projects, and all as files."""

from __future__ import annotations

from typing import Any, Literal

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from idesluss.funding.reads.ledger import (
    FIGURES,
    MOST_ROWS,
    Line,
    Scope,
    figures_of,
    lines_of,
    project_line,
    projects_of,
    scope_of,
    years_of,
)
from idesluss.funding.rules import may_keep_books, may_read_books, with_books_for
from idesluss.logic.sheets.plain import write_book, write_csv
from idesluss.programmes.models import Programme
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.money_words import (
    NAMES,
    OF_POT,
    OF_PROJECTS,
    called,
    cells,
    figure_list,
    head,
)
from idesluss.web.funding.views.rounds import KINDS

ON_A_PAGE = 50
EVERYTHING = "everything"  # of the year, in a file


def fund_of(request: Request, pk: int) -> Programme:
    """The fund of the address, for those who read its books; 404 for everybody else."""
    found = Programme.objects.funds().filter(organisation=request.organisation)
    fund = get_object_or_404(found.select_related("organisation"), pk=pk)
    if not may_read_books(request.user, fund, at=request.at):
        raise Http404
    return fund


def ledger_url(request: Request, fund: Programme, year: int, page: str = "ledger") -> str:
    """The address of a page about the fund's year."""
    return reverse(f"funding:{page}", args=[request.organisation.slug, fund.pk, year])


@list_page
@require_safe
@access(MEMBER)
def ledgers(request: Request, org: str) -> HttpResponse:
    """The funds whose books this person reads; straight to the money when there is one."""
    here = with_books_for(request.user, at=request.at).filter(organisation=request.organisation)
    funds = list(here.order_by(F("archived_at").asc(nulls_first=True), "name"))
    if not funds:
        raise Http404
    if len(funds) == 1:
        return redirect("funding:ledger_now", org, funds[0].pk)
    return render(request, "funding/ledgers.html", {"funds": funds})


@require_safe
@access(MEMBER)
def ledger_now(request: Request, org: str, pk: int) -> HttpResponse:
    """The year that it is, if the fund has it, else its latest one."""
    fund = fund_of(request, pk)
    years = years_of(fund)
    this = request.at.astimezone(request.organisation.timezone).year
    year = this if this in years or not years else years[0]
    return redirect(ledger_url(request, fund, year))


@list_page
@require_safe
@access(MEMBER)
def ledger(request: Request, org: str, pk: int, year: int) -> HttpResponse:
    """A year of the fund: figures at the top, project by project below."""
    fund = fund_of(request, pk)
    scope = scope_of(fund, year, request.user, at=request.at)
    years = years_of(fund)
    if year not in years and scope.pot is None and years:
        raise Http404
    hidden, sums = scope.hidden, figures_of(scope)
    page = Paginator(projects_of(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = ledger_url(request, fund, year, "ledger_rows")
    whole = not hidden
    left_open = scope.left_open
    writes = may_keep_books(request.user, fund, at=request.at)
    context = {
        "fund": fund,
        "year": year,
        "years": [(one, ledger_url(request, fund, one)) for one in years or [year]],
        "pot": scope.pot,
        "currency": scope.currency,
        "of_pot": figure_list(OF_POT, sums, rows, whole=whole) if scope.pot else [],
        "of_projects": figure_list(OF_PROJECTS, sums, rows, whole=whole),
        "overshoot_minor": max(-sums["free"], 0) if scope.pot and whole else 0,
        "hidden": hidden,
        "page": page,
        "projects": [project_line(grant, left_open) for grant in page],
        "may_write": writes,
    }
    return render(request, "funding/ledger.html", context)


@list_page
@require_safe
@access(MEMBER)
def ledger_rows(request: Request, org: str, pk: int, year: int) -> HttpResponse:
    """The rows that one figure is the sum of."""
    scope, name = _asked(request, pk, year)
    lines = lines_of(scope, name)
    context = {
        "fund": scope.fund,
        "year": year,
        "name": NAMES[name],
        "of": name,
        "rows": [(called(line), line) for line in lines[:MOST_ROWS]],
        "cut": len(lines) >= MOST_ROWS,
        "most": MOST_ROWS,
        "sum_minor": sum(line.minor for line in lines),
        "currency": scope.currency,
        "back": ledger_url(request, scope.fund, year),
    }
    return render(request, "funding/ledger_rows.html", context)


@require_safe
@access(MEMBER)
def ledger_file(
    request: Request, org: str, pk: int, year: int, kind: Literal["csv", "xlsx"]
) -> HttpResponse:
    """The rows of one figure, or of the whole year, as a file."""
    if request.GET.get("of", EVERYTHING) == EVERYTHING:
        scope = scope_of(fund_of(request, pk), year, request.user, at=request.at)
        lines = _everything(scope)
    else:
        scope, name = _asked(request, pk, year)
        lines = lines_of(scope, name, most=None)
    zone = request.organisation.timezone
    table = [
        cells(line, scope.currency, line.at.astimezone(zone).date().isoformat() if line.at else "")
        for line in lines
    ]
    title = gettext("Money %(year)s") % {"year": year}
    content = (
        write_csv(head(), table) if kind == "csv" else write_book({title[:31]: (head(), table)})
    )
    response = HttpResponse(content, content_type=KINDS[kind])
    name = slugify(f"{title} {scope.fund.name}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: Request, pk: int, year: int) -> tuple[Scope, str]:
    """The year, and the figure that is asked about; 404 for one that is not told."""
    scope = scope_of(fund_of(request, pk), year, request.user, at=request.at)
    name = request.GET.get("of", "granted")
    if name not in FIGURES or (name in ("free", "bound") and scope.hidden):
        raise Http404
    return scope, name


def _everything(scope: Scope) -> list[Line]:
    """Every row of the year once: the pot's, what was decided, and what became of it."""
    found: list[Any] = []
    for name in ("total", "decided", "changed", "released", "used", "returned"):
        found += lines_of(scope, name, most=None)
    dated = [line for line in found if line.at is not None]
    undated = [line for line in found if line.at is None]
    return [*undated, *sorted(dated, key=lambda line: (line.at, line.number))]
