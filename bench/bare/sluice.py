"""The bare page of a case of a sluice."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bench.bare.page import render
from idesluss.ideas.models import Idea
from idesluss.programmes.models import Step


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
