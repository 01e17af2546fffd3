"""An idea of a sluice asks for money in a fund's round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from idesluss.funding.reads.carrying_in import carried_from, who_can_apply
from idesluss.funding.usecases.carry_in import carry_in
from idesluss.ideas.models import LIVE, Idea
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.carrying import CarryForm


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def carry(request: Request, org: str, pk: int) -> HttpResponse:
    """Choose the round and who applies; everything written comes along."""
    seen = Idea.objects.visible_to(request.user, at=request.at).sluiced()
    here = seen.filter(programme__organisation=request.organisation)
    idea = get_object_or_404(here.select_related("programme__organisation"), pk=pk)
    person, at = request.user, request.at
    if not (has_own_part(person, idea) or may_work(person, idea, at=at)):
        raise Http404
    able = who_can_apply(idea, person, at=at) if idea.stage in LIVE else None
    rounds, people = (able.rounds, able.people) if able else ((), ())
    form: Any = open_form(CarryForm, request, rounds=rounds, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        applicant = next(it for it in people if str(it.pk) == said["applicant"])
        try:
            made = carry_in(pk, int(said["round"]), applicant=applicant, by=person, at=at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            return _on(request, idea, made, applicant)
    context = {
        "idea": idea,
        "form": form,
        "rounds": rounds,
        "people": people,
        "carried": carried_from(idea),
        "live": idea.stage in LIVE,
        "back": reverse("ideas:case", args=[org, pk]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/carry.html", context, status=status)


def _on(request: Request, idea: Idea, made: Any, applicant: Any) -> HttpResponse:
    """To the draft, for whoever applies; back to the case for others."""
    org = request.organisation.slug
    if applicant.pk == request.user.pk:
        messages.success(
            request, _("Everything you had written is here. Complete it and hand it in.")
        )
        return redirect("funding:application", org, made.pk)
    told = _("The draft is made. %(name)s is told, completes it and hands it in.")
    messages.success(request, told % {"name": applicant.name})
    return redirect("ideas:case", org, idea.pk)
