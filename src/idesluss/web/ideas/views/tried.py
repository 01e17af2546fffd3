"""What there is already that answers a case or a challenge: fetched beside it, or a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.challenges import handles_here
from idesluss.insight.search.pairs import followed
from idesluss.insight.search.waking import Tried, tried_for_case, tried_for_challenge
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.request import Request
from idesluss.web.ideas.views.challenges import challenge_of
from idesluss.web.ideas.views.duplicates import WORKS


@require_safe
@access(MEMBER)
def tried(request: Request, org: str, pk: int) -> HttpResponse:
    """Published projects and parked cases that may answer a case that one works with."""
    if not request.user.has_role(request.organisation.pk, *WORKS, at=request.at):
        raise Http404
    handled = Idea.objects.handled_by(request.user, at=request.at).sluiced()
    here = handled.filter(programme__organisation=request.organisation)
    idea: Idea = get_object_or_404(here.select_related("programme"), pk=pk)
    found = tried_for_case(idea, request.user, at=request.at)
    return _page(request, idea, reverse("ideas:case", args=[org, pk]), found)


@require_safe
@access(MEMBER)
def challenge_tried(request: Request, org: str, slug: str) -> HttpResponse:
    """Published projects that may answer a challenge, for those who pose and run challenges."""
    one = challenge_of(request, slug)
    person = request.user
    poses = person.pk in (one.owner_id, one.posed_by_id)
    if not poses and not handles_here(person, one.organisation_id, at=request.at):
        raise Http404
    found = tried_for_challenge(one, at=request.at)
    return _page(request, one, reverse("ideas:challenge", args=[org, slug]), found)


def _page(request: Request, thing: Any, back: str, found: Tried) -> HttpResponse:
    ready = followed() is not None
    context = {"thing": thing, "back": back, "found": found, "ready": ready}
    response = render(request, "ideas/tried.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
