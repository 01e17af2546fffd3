"""The start page of a sluice, and the way to it from the main menu."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from idesluss.ideas.reads.start import start_of
from idesluss.ideas.rules import may_pose
from idesluss.ideas.usecases.arriving import may_sort
from idesluss.ideas.usecases.posters import may_make_posters
from idesluss.ideas.usecases.proxy import may_enter
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.programmes.vocab import Audience
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@list_page
@require_safe
@access(PUBLIC)
def sluices(request: Request, org: str) -> HttpResponse:
    """The sluices here; if there is one only, its start page."""
    found = list(sluices_here(request).order_by("name"))
    if len(found) == 1:
        return redirect("ideas:sluice", org, found[0].slug)
    if not found:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    return render(request, "ideas/sluices.html", {"sluices": found})


@list_page
@require_safe
@access(PUBLIC)
def sluice(request: Request, org: str, slug: str) -> HttpResponse:
    """What we look for now, how one hands in, what is promised, what has come of ideas."""
    programme = sluice_of(request, slug)
    if isinstance(programme, HttpResponse):
        return programme
    start = start_of(programme, request.user, at=request.at)
    person = request.user
    context = {
        "programme": programme,
        "start": start,
        "doors": [(door, whom(door.audience)) for door in start.doors],
        "poses": isinstance(person, Person) and may_pose(person, programme, at=request.at),
        "became": [
            (gettext("In use now"), start.introduced),
            (gettext("Being tried on a small scale"), start.tested),
            (gettext("What we tried and learned from"), start.taught),
        ],
        "work": work_of(request, programme),
    }
    return render(request, "ideas/sluice.html", context)


def work_of(request: Request, programme: Programme) -> list[tuple[str, str]]:
    """Where those who work here go from the start page: words and address, by what they may."""
    person, here, at = request.user, request.organisation, request.at
    if not isinstance(person, Person):
        return []
    leads = (
        (gettext("Write it down for somebody"), "ideas:proxy", may_enter),
        (gettext("Posters"), "ideas:posters", may_make_posters),
        (gettext("Held back"), "ideas:arrivals", may_sort),
    )
    found = [
        (words, reverse(page, args=[here.slug]))
        for words, page, may in leads
        if may(person, here.pk, at=at)
    ]
    if person.has_role(here.pk, Role.ADMINISTRATOR, at=at):
        sets_up = reverse("programmes:sluice", args=[here.slug, programme.pk])
        found.append((gettext("Set up the sluice"), sets_up))
    return found


def whom(audience: str) -> str:
    """What the link of a door says: who one is."""
    said: dict[Audience, str] = {
        Audience.STAFF: gettext("I work here"),
        Audience.RESIDENTS: gettext("I live here, or visit"),
        Audience.ASSOCIATIONS: gettext("I am in an association"),
        Audience.COMPANIES: gettext("I have a company, or work in one"),
    }
    one = Audience(audience)
    return said.get(one, capfirst(str(one.label)))


def sluices_here(request: Request) -> QuerySet[Programme]:
    """The sluices of the organisation whose start page the reader may see."""
    seen = Programme.objects.sluices_for(request.user, at=request.at)
    return seen.filter(organisation=request.organisation).select_related("organisation")


def sluice_of(request: Request, slug: str, found: QuerySet[Any] | None = None) -> Any:
    """The sluice of the address; an answer instead, when one is to sign in first. Else 404."""
    seen = sluices_here(request) if found is None else found
    try:
        return get_object_or_404(seen, slug=slug)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
