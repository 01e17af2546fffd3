"""Write an application: begin it, and go through its steps. Saved as one goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from idesluss.funding.models import Application
from idesluss.funding.rules import is_for, may_write, sees_call
from idesluss.funding.usecases import apply as begin
from idesluss.funding.usecases.held import NoLongerChangeable
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.logic.windows import State
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import Applicants
from idesluss.web.frame.access import MEMBER, SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.applying import StartForm
from idesluss.web.funding.views.desk import clock, own_application, seen_in, sources_of
from idesluss.web.funding.views.lookups import round_of
from idesluss.web.funding.views.saving import begun, save
from idesluss.web.funding.views.together import ACTS, together

START_FIELDS = ("title", "need")


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def apply(request: Request, org: str, slug: str) -> HttpResponse:
    """Begin an application in a round: title and need. The draft is made when they are sent."""
    round = round_of(request, slug)
    if not sees_call(request.user, round, at=request.at):
        raise Http404
    if not is_for(request.user, round, at=request.at):
        context = {"round": round, "managers": round.applicants == Applicants.MANAGERS.value}
        return render(request, "funding/not_for_you.html", context, status=403)
    saved_before = _saved_before(request, round)
    if saved_before is not None:
        return save(request, saved_before, "need", only=START_FIELDS)
    form: Any = open_form(StartForm, request)
    application = None
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in START_FIELDS}
        spoken = get_language() or "sv"
        try:
            application = begin(round.pk, **words, language=spoken, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
    if application is not None and not request.htmx:
        return begun(request, application)
    return _start_page(request, round, form, application)


def _saved_before(request: Request, round: Round) -> Application | None:
    """The draft that this very page has saved before; its number came back to the page then."""
    number = request.POST.get("application", "")
    if request.method != "POST" or not number.isdecimal():
        return None
    application = own_application(request, int(number))
    if application.round_id != round.pk:
        raise Http404
    return application


def _start_page(
    request: Request, round: Round, form: Any, application: Application | None
) -> HttpResponse:
    state = round.window.state(request.at)
    drafts = Application.objects.owned_by(request.user).filter(
        round=round, idea__stage=Stage.DRAFT.value
    )
    context = {
        "round": round,
        "form": form,
        "drafts": drafts.select_related("idea").order_by("-pk"),
        "is_open": state is State.OPEN,
        "is_coming": state is State.BEFORE,
        "is_draft": True,
        "application": application,
        "fields": " ".join(START_FIELDS),
    }
    if application is not None:
        sources = sources_of(request, own_application(request, application.pk))
        context["seen"] = seen_in(sources, START_FIELDS, {})
        context["saved"] = clock(request.at, request.organisation.timezone)
    return render(request, "funding/apply.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def edit(request: Request, org: str, pk: int, step: str) -> HttpResponse:
    """One step of an application: what is valid is saved, what is not comes back."""
    application = own_application(request, pk)
    if request.method == "POST" and step == "people" and request.POST.get("act") in ACTS:
        return together(request, application)
    if request.method != "POST" and not may_write(request.user, application, at=request.at):
        messages.info(request, say(NoLongerChangeable()))
        return redirect("funding:application", org, pk)
    return save(request, application, step)
