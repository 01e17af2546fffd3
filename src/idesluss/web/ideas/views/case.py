"""The page of a case: one address for everybody who may read it, each with their part of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.ideas.reads.case import CasePage, case_page, seen_by
from idesluss.ideas.usecases import say
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.talk import SayForm
from idesluss.web.ideas.way import lock_of


@require_safe
@access(PUBLIC)
def case(request: Request, org: str, pk: int) -> HttpResponse:
    """The case; letters lead here, so whoever is not signed in and may not see it is asked to."""
    try:
        page = page_for(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    return shown(request, page, SayForm(page=page))


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def say_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Say something on the case: those who hand it in, and those who handle it."""
    page = page_for(request, pk)
    if not (page.gives or page.works):
        raise Http404
    form: Any = open_form(SayForm, request, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            say(pk, **form.wish(), by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            return redirect("ideas:case", org, pk)
    return shown(request, page, form)


def page_for(request: Request, pk: int) -> CasePage:
    """The case that a page is about, as the reader may see it; else 404."""
    seen = seen_by(request.user, request.organisation, at=request.at)
    idea = get_object_or_404(seen, pk=pk)
    return case_page(idea, request.user, at=request.at, every="all" in request.GET)


def shown(request: Request, page: CasePage, form: Any) -> HttpResponse:
    """The page, with ``form`` for what the reader says."""
    context = {"page": page, "idea": page.idea, "chambers": lock_of(page), "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/case.html", context, status=status)
