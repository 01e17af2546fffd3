"""The start page of one organisation, and the overview of its set-up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from idesluss.funding.models import Application, Meeting
from idesluss.people.models import standing_of
from idesluss.people.rules import may_set_up
from idesluss.pilots.reads.listed import published_of
from idesluss.programmes.reads import programmes_of, progress_of, rounds_of
from idesluss.programmes.vocab import ProgrammeKind
from idesluss.web.frame.access import MEMBER, PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.navigation import takes_ideas
from idesluss.web.frame.request import Request
from idesluss.web.ideas.views.sluice import sluices_here
from idesluss.web.people.attempts import set_up_here

NEWEST = 5  # of one's own applications


@access(PUBLIC)
@list_page
def organisation(request: Request, org: str) -> HttpResponse:
    """Open rounds, coming ones, published results, and one's own things."""
    here = request.organisation
    mine = (
        Application.objects.owned_by(request.user)
        .filter(round__programme__organisation=here)
        .exclude(idea__title="", submitted_at=None)
        .select_related("idea", "round__programme")
        .order_by("-pk")[:NEWEST]
    )
    standing = standing_of(request.user, request.at)
    meetings = Meeting.objects.visible_to(request.user, at=request.at).filter(
        round__programme__organisation=here
    )
    context = {
        "rounds": rounds_of(here, request.user, at=request.at),
        "applications": mine if request.user.is_authenticated else [],
        "member": here.pk in standing.organisations(),
        "sets_up": may_set_up(request.user, here.pk, request.at),
        "sluices": sluices_here(request).order_by("name") if takes_ideas(request) else (),
        "projects": published_of(here, at=request.at),
        "met": set(meetings.values_list("round", flat=True)) if standing.bodies else (),
    }
    return render(request, "programmes/organisation.html", context)


@access(MEMBER)
@list_page
def setup(request: Request, org: str) -> HttpResponse:
    """What is in place and what is missing; funds and their rounds."""
    here = set_up_here(request)
    mine = list(programmes_of(here, request.user, at=request.at))
    funds = [one for one in mine if one.kind == ProgrammeKind.FUND.value]
    context = {
        "progress": progress_of(here, at=request.at),
        "programmes": funds,
        "sluices": [one for one in mine if one.kind == ProgrammeKind.SLUICE.value],
        "to_announce": {
            fund.pk
            for fund in funds
            for one in fund.rounds.all()
            if one.announced_at is None and one.archived_at is None
        },
        "is_new": not any(one.announced_at for fund in funds for one in fund.rounds.all()),
        "at": request.at,
    }
    return render(request, "programmes/setup.html", context)
