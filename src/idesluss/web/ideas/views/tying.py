"""What the pages of acts on a case share: the case, a form that is done or says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from idesluss.ideas.reads.case import CasePage
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.formats import refused
from idesluss.web.frame.request import Request
from idesluss.web.ideas.views.case import page_for


def page_where(request: Request, pk: int, may: Callable[[CasePage], bool]) -> CasePage:
    """The case, when its reader may do the act; else 404."""
    page = page_for(request, pk)
    if not may(page):
        raise Http404
    return page


def works(page: CasePage) -> bool:
    """Whether the reader works with a case that something is owed in."""
    return page.works and page.live


def done(request: Request, form: Any, act: Callable[[], Any]) -> bool:
    """Do ``act`` if the form is sent and valid; a refusal goes on the form. True if it is done."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        refused(form, refusal, request.organisation.timezone)
        return False
    return True


def to_case(page: CasePage, org: str) -> HttpResponse:
    """To the page of the case."""
    return redirect("ideas:case", org, page.idea.pk)


def shown(
    request: Request, template: str, page: CasePage, form: Any = None, **more: Any
) -> HttpResponse:
    """The page of an act; 422 when something in a form is wrong. Never kept by the browser."""
    forms = [it for it in (form, *more.values()) if hasattr(it, "is_bound")]
    wrong = any(it.is_bound and it.errors for it in forms)
    context = {"page": page, "idea": page.idea, "form": form, **more}
    response = render(request, template, context, status=422 if wrong else 200)
    response["Cache-Control"] = "private, no-store"
    return response
