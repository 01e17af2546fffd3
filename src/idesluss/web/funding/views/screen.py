"""The round on the big screen in the room: a slide for each granted project, then the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from idesluss.funding.reads.celebrating import Celebrated, occasion_of
from idesluss.funding.rules import may_celebrate, sees_results
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.views.celebrating import wants_names
from idesluss.web.funding.views.lookups import round_of


@dataclass(frozen=True, slots=True)
class Slide:
    """One project. ``water`` is how high it stands, 0 to 100: the share told of so far."""

    project: Celebrated
    number: int
    water: int
    people: tuple[str, ...]


@list_page
@access(PUBLIC)
def screen(request: Request, org: str, slug: str) -> HttpResponse:
    """Slides; people only for the administrator who asks for them (``?names=yes``)."""
    round = round_of(request, slug)
    if not sees_results(request.user, round, at=request.at):
        raise Http404
    runs = may_celebrate(request.user, round, at=request.at)
    names = runs and wants_names(request)
    occasion = occasion_of(round, person=request.user, at=request.at)
    slides = slides_of(occasion.projects, names=names)
    context = {
        "round": round,
        "occasion": occasion,
        "slides": slides,
        "thanks": len(slides) + 3,
        "runs": runs,
    }
    response = render(request, "funding/screen.html", context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def slides_of(projects: Sequence[Celebrated], *, names: bool) -> list[Slide]:
    """A slide for each project, the water rising by as much as it was granted.

    Sums of several currencies cannot be added, so then each project raises it as much.
    """
    currencies = {currency for one in projects for currency in one.sums}
    alone = len(currencies) == 1
    shares = [sum(one.sums.values()) if alone else 1 for one in projects]
    told, slides = 0, []
    for number, (project, share) in enumerate(zip(projects, shares, strict=True), start=1):
        told += share
        water = 100 * told // sum(shares)
        slides.append(Slide(project, number, water, project.people if names else ()))
    return slides
