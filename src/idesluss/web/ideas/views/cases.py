"""Lists of a sluice: its cases, and its need bank. What is asked for stands in the address."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from idesluss.ideas.reads.bank import Needs
from idesluss.ideas.reads.cases import Cases, choices_of, handles_here, with_choices
from idesluss.ideas.rules import may_pose
from idesluss.people.models import Person
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.cases import CaseFilter, NeedFilter, need_wish_of, wish_of
from idesluss.web.ideas.views.duplicates import WORKS
from idesluss.web.ideas.views.sluice import sluice_of, sluices_here

PAGE = 50  # rows


@list_page
@require_safe
@access(PUBLIC)
def cases(request: Request, org: str, slug: str) -> HttpResponse:
    """The cases of a sluice: all of them for those who handle them, else those that are shown."""
    programme = sluice_of(request, slug, with_choices(sluices_here(request), request.at))
    if isinstance(programme, HttpResponse):
        return programme
    office = handles_here(request.user, programme.organisation_id, at=request.at)
    wish = wish_of(request.GET, office=office)
    found = Cases(programme, request.user, wish, at=request.at)
    form = CaseFilter(request.GET)
    today = request.at.astimezone(programme.organisation.timezone).date()
    form.offer(choices_of(programme), office=office, this_year=today.year)
    page = Paginator(cast("Any", found), PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "office": office,
        "works": office and request.user.has_role(programme.organisation_id, *WORKS, at=request.at),
        "form": form,
        "wish": wish,
        "page": page,
        "rows": list(page.object_list),
        "today": today,
    }
    return render(request, "ideas/cases.html", context)


@list_page
@require_safe
@access(PUBLIC)
def needs(request: Request, org: str, slug: str) -> HttpResponse:
    """The need bank: who has a need, how many they are, how one knows, and the ideas for it."""
    programme = sluice_of(request, slug, with_choices(sluices_here(request), request.at))
    if isinstance(programme, HttpResponse):
        return programme
    wish = need_wish_of(request.GET)
    form = NeedFilter(request.GET)
    form.offer(choices_of(programme))
    found = Needs(programme, request.user, wish, at=request.at)
    page = Paginator(cast("Any", found), PAGE).get_page(request.GET.get("page"))
    person = request.user
    context = {
        "programme": programme,
        "form": form,
        "wish": wish,
        "page": page,
        "rows": list(page.object_list),
        "poses": isinstance(person, Person) and may_pose(person, programme, at=request.at),
    }
    return render(request, "ideas/needs.html", context)
