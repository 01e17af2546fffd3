"""The page of a case: one address for everybody who may read it, each with their part of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.ideas.reads.case import CasePage, case_page
from idesluss.ideas.reads.expecting import expected_of, promises_of
from idesluss.ideas.reads.findings import cards, may_come
from idesluss.ideas.reads.ties import sent_to
from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.talking import SaidMeanwhile
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.acts import acts_of, address
from idesluss.web.ideas.forms.talk import SayForm
from idesluss.web.ideas.links import links_of
from idesluss.web.ideas.way import lock_of
from idesluss.web.insight.reading import offer_of


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
    return shown(request, page, SayForm(page=page) if may_say(page) else None)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def say_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Say something on the case: those who hand it in, and those who handle it."""
    page = page_for(request, pk)
    if not may_say(page):
        raise Http404
    form: Any = open_form(SayForm, request, page=page)
    read = request.POST.get("seen", "")
    seen = int(read) if read.isascii() and read.isdigit() and len(read) < 19 else None
    if request.method == "POST" and form.is_valid():
        try:
            said = say(pk, **form.wish(), seen=seen, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
            if isinstance(refusal, SaidMeanwhile):
                return shown(request, page_for(request, pk), form, since=seen)
        else:
            url = address("ideas:case", page, org)
            return redirect(f"{url}#m{said.pk}")
    return shown(request, page, form)


def may_say(page: CasePage) -> bool:
    """Whether the reader takes part in the conversation."""
    return page.gives or page.works


def page_for(request: Request, pk: int) -> CasePage:
    """The case that a page is about, as the reader may see it; else 404."""
    every = "all" in request.GET
    page = case_page(pk, request.user, request.organisation, at=request.at, every=every)
    if page is None:
        raise Http404
    return page


def shown(request: Request, page: CasePage, form: Any, *, since: int | None = None) -> HttpResponse:
    """The page, with ``form`` for what the reader says; ``since``: later messages are new."""
    org = request.organisation.slug
    offered = acts_of(page, org)
    context = told(request, page) | {
        "form": form,
        "since": since,
        "expected": expected_of(page),
        "offer": offer_of(request, page.idea),
        "main_acts": [it for it in offered if it.main],
        "acts": [it for it in offered if not it.main],
        "rate_url": address("ideas:rate", page, org),
        "tried_url": address("ideas:tried", page, org) if page.works and page.live else "",
        "support_url": address("ideas:support", page, org),
        "follow_url": address("ideas:follow", page, org),
        "kinds": may_come(page.findings) if page.finds else (),
    }
    wrong = form is not None and form.is_bound and form.errors
    status = 409 if since is not None else 422 if wrong else 200
    response = render(request, "ideas/case.html", context, status=status)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def told(request: Request, page: CasePage) -> dict[str, Any]:
    """What the page says of the case, whoever reads it."""
    return {
        "page": page,
        "idea": page.idea,
        "chambers": lock_of(page),
        "promises": promises_of(page),
        "cards": cards(page.findings),
        "links": links_of(request, page),
        "sent_to": sent_to(page.idea) if page.idea.stage == Stage.REDIRECTED.value else "",
    }
