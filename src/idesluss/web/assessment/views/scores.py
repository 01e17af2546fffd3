"""What was judged: of one case in full, of a round as a ranking; and a judgement opened again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.scores import scores_of
from idesluss.assessment.reads.standings import Tally, standings
from idesluss.assessment.rules import may_reopen, sees_applicant
from idesluss.assessment.usecases import reopen
from idesluss.assessment.vocab import WHY_LENGTH, Advice
from idesluss.funding.models import Application
from idesluss.logic.refusals import Refusal
from idesluss.programmes.models import Round
from idesluss.web.assessment.found import OFFICE, handled_case, round_here
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@access(MEMBER)
def scores(request: Request, org: str, pk: int) -> HttpResponse:
    """Each mark with its reason, the spread, and whether the case qualifies."""
    application = handled_case(request, pk)
    idea, round = application.idea, application.round
    told = scores_of(idea, round, request.user, at=request.at)
    by_office = request.user.has_role(round.organisation_id, *OFFICE, at=request.at)
    context = {
        "application": application,
        "idea": idea,
        "round": round,
        "scores": told,
        "by_office": by_office,
        "reopens": bool(told.sheets)
        and may_reopen(request.user, told.sheets[0].assessment, at=request.at),
        "names": sees_applicant(request.user, idea, round, at=request.at),
    }
    return render(request, "assessment/scores.html", context)


@list_page
@access(MEMBER)
def ranking(request: Request, org: str, slug: str) -> HttpResponse:
    """The cases of a round in the order of their points: advice, with ties and noise said."""
    round = round_here(request, slug)
    standing = request.user.standing(request.at)
    by_office = round.organisation_id in standing.organisations_as(*OFFICE)
    decided = Round.objects.decided_by(request.user, at=request.at)
    if not by_office and not decided.filter(pk=round.pk).exists():
        raise Http404
    tallies = standings(round, request.user, at=request.at)
    applications = {
        one.idea_id: one
        for one in Application.objects.handled_by(request.user, at=request.at)
        .filter(round=round, idea__in=list(tallies))
        .select_related("idea__unit")
    }
    context = {
        "round": round,
        "rows": [
            {
                "tally": tally,
                "application": applications[idea],
                "points": whole(tally),
                "advice": [
                    (label, tally.advice[value])
                    for value, label in Advice.choices
                    if tally.advice.get(value)
                ],
            }
            for idea, tally in tallies.items()
            if tally.assigned or tally.locked
        ],
        "by_office": by_office,
        "needed": round.qualifying_needed,
    }
    return render(request, "assessment/ranking.html", context)


def whole(tally: Tally) -> list[int]:
    """The assessors' points rounded to whole ones, for a drawing."""
    return [round(voice.points) for voice in tally.voices if voice.points is not None]


class ReopenForm(forms.Form):
    """Why a locked judgement is opened again."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it opened again?"),
        help_text=gettext_lazy("The assessor reads this, and it stays in the record."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=WHY_LENGTH,
    )


@access(MEMBER)
def reopen_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Ask for a reason, then open a locked judgement for its assessor again."""
    visible = Assessment.objects.visible_to(request.user, at=request.at).exclude(locked_at=None)
    assessment = get_object_or_404(
        visible.filter(round__programme__organisation=request.organisation).select_related(
            "assessor", "idea", "round__programme"
        ),
        pk=pk,
    )
    if not may_reopen(request.user, assessment, at=request.at):
        raise Http404
    form = ReopenForm(request.POST or None)
    application = get_object_or_404(Application, idea=assessment.idea_id, round=assessment.round_id)
    if form.is_valid():
        try:
            reopen(pk, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _("The assessment is open again for its assessor."))
            return redirect("assessment:scores", org, application.pk)
    context = {"assessment": assessment, "application": application, "form": form}
    return render(request, "assessment/reopen.html", context, status=422 if form.errors else 200)
