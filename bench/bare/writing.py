"""Bare pages that write: hand in, check, assess."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from bench.bare.page import render
from bench.bare.reading import whole
from idesluss.assessment.models import Assessment, Score
from idesluss.assessment.vocab import Advice
from idesluss.funding.models import Application
from idesluss.records.models import Entry, Series

PLAIN = DjangoTemplates()  # Django's own look of forms, whatever ours is


@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft in: number it, stamp it, write two lines in the records."""
    found = get_object_or_404(Application.objects.select_related("idea", "round__programme"), pk=pk)
    if request.method == "POST":
        with transaction.atomic():
            _hand_in(found, request.user)
        return redirect("bare:own", pk)
    return render(request, "application", {"application": found})


def _hand_in(found: Application, person: Any) -> None:
    now, idea, organisation = timezone.now(), found.idea, found.round.programme.organisation_id
    series, _ = Series.objects.select_for_update().get_or_create(
        organisation_id=organisation, key="bare"
    )
    series.last += 1
    series.save()
    idea.register_number = f"BARE {now.year}/{series.last:04}"
    idea.stage, idea.stage_at, idea.received_at = "received", now, now
    idea.contact_id = found.round.contact_id
    idea.answer_by = (now + timedelta(days=60)).date()
    idea.save()
    found.submitted_at = now
    found.save()
    for verb, about in (("ideas.stepped", idea), ("funding.submitted", found)):
        Entry.objects.create(
            verb=verb,
            about_kind=about._meta.label_lower,
            about_id=about.pk,
            organisation_id=organisation,
            by_id=person.pk,
            at=now,
            data={"title": idea.title},
            delivered_at=now,
        )


class CheckForm(forms.Form):
    """What the formal check may need: what is asked for, a reason, or where it is sent on."""

    default_renderer = PLAIN
    what = forms.CharField(widget=forms.Textarea, help_text="The applicant reads it.")
    due = forms.DateField(help_text="The last day to answer.")
    reason = forms.CharField(widget=forms.Textarea, help_text="The applicant reads it.")
    to = forms.CharField(help_text="A name or an address.")
    message = forms.CharField(widget=forms.Textarea, help_text="The applicant reads it.")


@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The application, and the formal check of it to fill in."""
    found = get_object_or_404(whole(), pk=pk)
    return render(request, "assess", {"application": found, "form": CheckForm()})


class JudgementForm(forms.Form):
    """A mark and a reason for each criterion, an advice and a summary."""

    default_renderer = PLAIN
    summary = forms.CharField(widget=forms.Textarea, required=False, max_length=2000)
    advice = forms.ChoiceField(choices=Advice.choices, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        self.criteria = list(assessment.round.criteria.all())
        given = {score.criterion_id: score for score in assessment.scores.all()}
        for criterion in self.criteria:
            score = given.get(criterion.pk)
            marks = [(mark, str(mark)) for mark in range(criterion.low, criterion.high + 1)]
            self.fields[f"mark-{criterion.key}"] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                choices=marks,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
                initial=score.value if score else None,
            )
            self.fields[f"why-{criterion.key}"] = forms.CharField(
                label="Why?",
                widget=forms.Textarea,
                required=False,
                max_length=2000,
                initial=score.reason if score else "",
            )

    def save(self) -> None:
        """Write every score, then the assessment itself."""
        for criterion in self.criteria:
            Score.objects.update_or_create(
                assessment=self.assessment,
                criterion=criterion,
                defaults={
                    "value": self.cleaned_data[f"mark-{criterion.key}"],
                    "reason": self.cleaned_data[f"why-{criterion.key}"],
                },
            )
        self.assessment.advice = self.cleaned_data["advice"]
        self.assessment.summary = self.cleaned_data["summary"]
        self.assessment.version += 1
        self.assessment.save()


@login_required
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """The application, and one's own assessment of it to fill in."""
    found = get_object_or_404(whole(), pk=pk)
    mine = Assessment.objects.select_related("round").prefetch_related("scores")
    assessment = get_object_or_404(mine, idea=found.idea, round=found.round, assessor=request.user)
    form = JudgementForm(
        request.POST or None,
        assessment=assessment,
        initial={"advice": assessment.advice, "summary": assessment.summary},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, "Saved.")
        return redirect("bare:assess", pk)
    return render(request, "assess", {"application": found, "form": form})
