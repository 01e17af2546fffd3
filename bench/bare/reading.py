"""Bare pages that show: lists, one application, a round's results."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bench.bare.page import render
from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Grant, Meeting, Pot
from idesluss.programmes.models import Round, Step
from idesluss.records.models import Entry


@login_required
def applications(request: HttpRequest, pk: int) -> HttpResponse:
    """A round's applications, fifty on a page, and what departments ask for."""
    round = get_object_or_404(Round.objects.select_related("programme__organisation"), pk=pk)
    handed_in = Application.objects.filter(round=round).exclude(idea__stage="draft")
    rows = (
        handed_in.select_related("idea__unit")
        .prefetch_related("idea__assessments", "idea__completions")
        .order_by("idea__received_at", "idea__register_number", "pk")
    )
    departments = (
        handed_in.order_by("idea__unit__name")
        .values("idea__unit__name")
        .annotate(received=Count("pk"), asked=Sum("asked_minor"))
    )
    context = {
        "round": round,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "departments": departments,
        "steps": Step.objects.filter(programme=round.programme_id),
    }
    return render(request, "applications", context)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own applications, twenty on a page."""
    rows = (
        Application.objects.filter(
            idea__involvements__person=request.user,
            idea__involvements__part__in=("owner", "co_applicant"),
            idea__involvements__ended_at=None,
        )
        .select_related("idea", "round")
        .prefetch_related("idea__completions")
        .order_by("-pk")
    )
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "mine", {"page": page})


@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """What one has to assess."""
    rows = (
        Assessment.objects.filter(assessor=request.user)
        .filter(idea__stage__in=("assessing", "deciding"), idea__applications__round=F("round"))
        .select_related("idea__unit", "round__programme__organisation")
        .annotate(application=F("idea__applications__pk"))
        .order_by("locked_at", "idea__register_number", "pk")
    )
    return render(request, "tasks", {"rows": rows})


def whole() -> QuerySet[Application]:
    """Applications with everything that a page of one shows."""
    return Application.objects.select_related(
        "idea__unit", "idea__contact", "round__programme__organisation"
    ).prefetch_related(
        "idea__answers__question",
        "idea__involvements__person",
        "idea__attachments",
        "idea__goals",
        "idea__completions",
        "budget_lines",
    )


@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application as the office reads it."""
    return render(request, "application", {"application": get_object_or_404(whole(), pk=pk)})


@login_required
def own_application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application as its writer reads it, with its steps and history."""
    mine = whole().filter(idea__involvements__person=request.user)
    found = get_object_or_404(mine, pk=pk)
    about = Q(about_kind="funding.application", about_id=found.pk)
    about |= Q(about_kind="ideas.idea", about_id=found.idea_id)
    context = {
        "application": found,
        "steps": Step.objects.filter(programme=found.round.programme_id),
        "entries": Entry.objects.filter(about).order_by("-pk"),
    }
    return render(request, "application", context)


def public(request: HttpRequest, pk: int) -> HttpResponse:
    """What a round came to, for everybody."""
    rounds = Round.objects.select_related("programme__organisation", "programme__body", "contact")
    round = get_object_or_404(rounds.prefetch_related("criteria", "units", "levels"), pk=pk)
    all_of_it = Application.objects.filter(round=round)
    granted = (
        all_of_it.filter(outcome="granted")
        .select_related("idea__unit")
        .select_related("idea__project")
        .prefetch_related("grants__postings", "idea__goals")
        .order_by("-asked_minor", "pk")
    )
    pots = Pot.objects.filter(programme=round.programme_id, year=round.project_year)
    meeting = Meeting.objects.filter(round=round).select_related("body").last()
    context = {
        "round": round,
        "rows": granted,
        "counts": all_of_it.aggregate(
            received=Count("pk"), refused=Count("pk", filter=Q(outcome="refused"))
        ),
        "meeting": meeting,
        "pot": pots.annotate(rows_minor=Sum("postings__amount_minor")).first(),
        "others": Grant.objects.filter(
            application__round__programme=round.programme_id, year=round.project_year
        )
        .exclude(application__round=round)
        .aggregate(sum=Sum("amount_minor")),
    }
    return render(request, "public", context)
