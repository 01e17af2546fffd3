"""The bare meeting page, twice: with Django's own forms, and with inputs written by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bench.bare.page import render
from bench.bare.writing import PLAIN
from idesluss.assessment.models import Assessment
from idesluss.funding.models import Decision, Meeting
from idesluss.ideas.models import Idea

FIELDS = ("outcome", "granted_minor", "reason", "conditions", "later_year", "over_cap_reason")
DecisionFormSet = forms.modelformset_factory(
    Decision,
    fields=FIELDS,
    extra=0,
    renderer=PLAIN,
    widgets={
        name: forms.Textarea(attrs={"rows": 1})
        for name in ("reason", "conditions", "over_cap_reason")
    },
)


def meeting_of(pk: int) -> Meeting:
    """The meeting with those who lead it."""
    meetings = Meeting.objects.select_related("round__programme__organisation", "body", "chair")
    return get_object_or_404(meetings, pk=pk)


def decisions_of(meeting: Meeting) -> QuerySet[Decision]:
    """Its decisions with their cases, and what was judged about them."""
    locked = Assessment.objects.exclude(locked_at=None).prefetch_related("scores__criterion")
    return (
        Decision.objects.filter(meeting=meeting)
        .select_related("application__idea__unit", "changed_by")
        .prefetch_related(
            "recusals__person",
            "application__idea__goals",
            Prefetch("application__idea__assessments", locked),
        )
        .order_by("pk")
    )


def mean_of(idea: Idea) -> float | None:
    """The mean of all marks."""
    marks = [
        score.value
        for assessment in idea.assessments.all()
        for score in assessment.scores.all()
        if score.value is not None
    ]
    return sum(marks) / len(marks) if marks else None


@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases of a meeting with their scores, to be decided in one set of forms."""
    found = meeting_of(pk)
    formset: Any = DecisionFormSet(queryset=decisions_of(found))
    for form in formset:
        form.mean = mean_of(form.instance.application.idea)
    context = {
        "meeting": found,
        "formset": formset,
        "granted": sum(form.instance.granted_minor for form in formset),
        "present": found.presences.select_related("person"),
    }
    return render(request, "meeting", context)


@login_required
def meeting_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with inputs written by hand: as quick as it gets, and nothing is checked."""
    found = meeting_of(pk)
    rows: list[Any] = list(decisions_of(found))
    for row in rows:
        row.mean = mean_of(row.application.idea)
    context = {
        "meeting": found,
        "rows": rows,
        "granted": sum(row.granted_minor for row in rows),
        "present": found.presences.select_related("person"),
        "outcomes": Decision._meta.get_field("outcome").choices,
    }
    return render(request, "meeting_by_hand", context)
