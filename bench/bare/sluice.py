"""The bare pages of a sluice: a case, and its lists."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bench.bare.page import render
from idesluss.ideas.models import Idea
from idesluss.people.models import Unit
from idesluss.programmes.models import Programme, Step


class SayForm(forms.Form):
    """What ours asks, in Django's own form."""

    text = forms.CharField(widget=forms.Textarea, max_length=4000)
    to = forms.ChoiceField(
        choices=[("open", "Everybody"), ("ask", "The giver"), ("inside", "A note")],
        widget=forms.RadioSelect,
    )


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with everything on it, for whoever asks."""
    cases = Idea.objects.select_related(
        "programme__organisation", "unit", "at_step", "responsible", "challenge", "answers_to"
    ).prefetch_related(
        "involvements__person",
        "passages",
        "messages__by",
        "findings__by",
        "attachments",
        "ideas_for_it",
        "supports",
    )
    idea = get_object_or_404(cases, pk=pk)
    steps = Step.objects.filter(edition=idea.edition_id)
    return render(
        request,
        "case",
        {
            "idea": idea,
            "steps": steps,
            "form": SayForm() if request.user.is_authenticated else None,
        },
    )


@login_required
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases of a sluice, fifty on a page."""
    rows = (
        Idea.objects.filter(programme=pk, edition__isnull=False)
        .exclude(stage="draft")
        .select_related("unit", "at_step", "responsible")
        .prefetch_related("supports", "ideas_for_it")
        .order_by("-received_at", "-pk")
    )
    return _listed(request, pk, rows)


@login_required
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Its needs, fifty on a page, with their ideas."""
    rows = (
        Idea.objects.filter(programme=pk, edition__isnull=False, kind="need")
        .exclude(stage="draft")
        .select_related("unit", "at_step")
        .prefetch_related("supports", "ideas_for_it")
        .order_by("-received_at", "-pk")
    )
    return _listed(request, pk, rows)


def _listed(request: HttpRequest, pk: int, rows: QuerySet[Idea]) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.select_related("organisation"), pk=pk)
    context = {
        "programme": programme,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "units": Unit.objects.filter(organisation=programme.organisation),
        "steps": Step.objects.filter(programme=pk),
    }
    return render(request, "cases", context)
