"""Bare pages of the years and of one year: the same figures with Django's own aggregates.

No small group is hidden, nothing depends on who looks, and there are no charts. People, waits and
shares are counted as plainly as may be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bench.bare.page import render
from idesluss.adoption.models import Adoption
from idesluss.funding.models import Application, Grant, Pot
from idesluss.logic.waiting import within, working_days_between
from idesluss.pilots.models import Project
from idesluss.programmes.models import Programme

LISTED = 200
YEAR, COUNTRY = "round__project_year", "SE"


def handed_in(fund: Programme) -> QuerySet[Application]:
    """What counts."""
    return Application.objects.filter(round__programme=fund).exclude(idea__stage="draft")


def figures(fund: Programme, first: int = 0) -> list[dict[str, Any]]:
    """The years from ``first`` on, with everything that is told of each."""
    cases = handed_in(fund).filter(round__project_year__gte=first)
    granted = Q(outcome="granted")
    rows = {
        row[YEAR]: row
        for row in cases.order_by(YEAR)
        .values(YEAR)
        .annotate(
            received=Count("pk"),
            granted=Count("pk", filter=granted),
            withdrawn=Count("pk", filter=Q(outcome="withdrawn")),
            asked=Sum("asked_minor"),
        )
    }
    grants = Grant.objects.filter(
        application__round__programme=fund, application__round__project_year__gte=first
    )
    of_year = f"application__{YEAR}"
    sums = grants.values(of_year, "currency").annotate(sum=Sum("amount_minor"))
    pots = dict(Pot.objects.filter(programme=fund).values_list("year", "amount_minor"))
    waits, people = waited(cases), newcomers(fund)
    stays = after(Adoption.objects.filter(ended_at=None), fund)
    reported = after(Project.objects.filter(reports__kind="final"), fund)
    spreads = {
        "departments": spread(cases, grants, "idea__unit__name"),
        "goals": spread(cases, grants, "idea__goals__name"),
    }
    for year, row in rows.items():
        row["year"] = year
        row["sums"] = [(it["currency"], it["sum"]) for it in sums if it[of_year] == year]
        row["pot"] = pots.get(year)
        row["wait"], row["people"] = waits.get(year), people.get(year)
        row["permanent"], row["reported"] = stays.get(year, 0), reported.get(year, 0)
        row |= {name: found[year] for name, found in spreads.items()}
    return list(rows.values())


def waited(cases: QuerySet[Application]) -> dict[int, tuple[int, int]]:
    """Half, and nine of ten, were answered within so many working days."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    rows = (
        cases.filter(decided_at__isnull=False)
        .exclude(outcome="withdrawn")
        .values_list(YEAR, "round__closes_at", "decided_at")
        .annotate(n=Count("pk"))
    )
    for year, closes, decided, n in rows:
        found[year][working_days_between(closes.date(), decided.date(), COUNTRY)] += n
    return {year: (within(waits, 50), within(waits, 90)) for year, waits in found.items()}


def newcomers(fund: Programme) -> dict[int, tuple[int, int]]:
    """How many people applied in a year, and how many of them never before."""
    owners = Q(idea__involvements__part="owner", idea__involvements__ended_at=None)
    pairs = (
        handed_in(fund)
        .filter(owners)
        .values_list(YEAR, "idea__involvements__person__name")
        .distinct()
    )
    there: dict[int, set[str]] = defaultdict(set)
    for year, name in pairs:
        there[year].add(name)
    seen: set[str] = set()
    found = {}
    for year in sorted(there):
        found[year] = (len(there[year]), len(there[year] - seen))
        seen |= there[year]
    return found


def after(rows: QuerySet[Any], fund: Programme) -> dict[int, int]:
    """So many a year."""
    year = f"idea__applications__{YEAR}"
    return dict(
        rows.filter(idea__applications__round__programme=fund)
        .values_list(year)
        .annotate(n=Count("pk", distinct=True))
    )


def spread(
    cases: QuerySet[Application], grants: QuerySet[Grant], group: str
) -> dict[int, list[dict[str, Any]]]:
    """For each year what came in, was granted, and for how much, in each group."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    year = f"application__{YEAR}"
    sums = {
        (it[year], it["name"]): it["sum"]
        for it in grants.values(year, name=F(f"application__{group}")).annotate(
            sum=Sum("amount_minor")
        )
    }
    counted = (
        cases.order_by(group)
        .values(YEAR, name=F(group))
        .annotate(received=Count("pk"), granted=Count("pk", filter=Q(outcome="granted")))
    )
    for row in counted:
        found[row[YEAR]].append(row | {"sum": sums.get((row[YEAR], row["name"]), 0)})
    return found


@login_required
def years(request: HttpRequest, pk: int) -> HttpResponse:
    """Every year of a fund."""
    fund = get_object_or_404(Programme.objects.select_related("organisation"), pk=pk)
    return render(request, "years", {"fund": fund, "years": figures(fund)})


@login_required
def year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One year beside the one before, and the two hundred largest grants."""
    fund = get_object_or_404(Programme.objects.select_related("organisation"), pk=pk)
    granted = (
        handed_in(fund)
        .filter(round__project_year=year, outcome="granted")
        .annotate(total=Sum("grants__amount_minor"))
        .select_related("idea__unit", "idea__project", "idea__adoption__unit")
        .prefetch_related("grants")
        .order_by("-total", "idea__title")[:LISTED]
    )
    context = {"fund": fund, "years": figures(fund, year - 1), "granted": granted}
    return render(request, "years", context)
