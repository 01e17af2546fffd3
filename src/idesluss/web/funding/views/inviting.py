"""The invitation to celebrate: planned, previewed with exactly who gets it, sent once, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.funding.models import Celebration
from idesluss.funding.reads.celebrating import guests_of, invitation_of, told_of
from idesluss.funding.usecases import call_off, invite, plan_celebration
from idesluss.funding.usecases.celebrating import AlreadyInvited, event_facts
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Refusal
from idesluss.mail.calendar import Method, invitation
from idesluss.mail.celebrating import gathering_of, times_of
from idesluss.programmes.models import Round
from idesluss.web.frame.access import MEMBER, SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.celebrating import CallOffForm, GatheringForm, InviteForm
from idesluss.web.funding.views.celebrating import celebrate_url, celebrated_round
from idesluss.web.funding.views.celebrating import gathering_of as of_round
from idesluss.web.funding.views.lookups import rounds_here


@access(MEMBER)
def plan(request: Request, org: str, slug: str) -> HttpResponse:
    """When, where and which words. Those who are invited already are told of a change."""
    round = celebrated_round(request, slug)
    celebration = of_round(round)
    form: Any = open_form(GatheringForm, request, initial=_initial(round, celebration))
    if request.method == "POST" and form.is_valid():
        told = len(told_of(celebration))
        try:
            plan_celebration(
                round.pk,
                gathering=form.gathering,
                version=form.cleaned_data["version"] or 0,
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            changed = _("Saved. Everybody who was invited is told.")
            planned = _("Saved. Now look at who will be invited.")
            messages.success(request, changed if told else planned)
            return redirect(celebrate_url(request, round, "celebrate" if told else "invite"))
    context = {
        "round": round,
        "celebration": celebration,
        "told": len(told_of(celebration)),
        "form": form,
        "back": celebrate_url(request, round),
        "title": _("The gathering"),
    }
    status = 422 if form.errors else 200
    return render(request, "funding/celebrate/plan.html", context, status=status)


def _initial(round: Round, celebration: Celebration | None) -> dict[str, Any]:
    """What is saved, or words to begin with in the organisation's language."""
    if celebration is not None:
        return GatheringForm.initial_of(celebration)
    with translation.override(round.programme.organisation.language):
        words = _(
            "Welcome! %(round)s is decided, and now we celebrate the projects that have been "
            "granted money. The cheques are handed over, and the people behind the projects tell "
            "what they are going to try.\n\nThere will be something to eat. Welcome to join us!"
        ) % {"round": round.name}
    return {"words": words, "version": 0}


@list_page
@access(MEMBER)
def invite_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Exactly who gets the invitation, and what it says; then it is sent, once."""
    round = celebrated_round(request, slug)
    celebration = of_round(round)
    if celebration is None:
        return redirect(celebrate_url(request, round, "gathering_plan"))
    guests = guests_of(round, celebration, at=request.at)
    new = [one for one in guests if not one.told]
    initial = {
        "version": celebration.version,
        "people": " ".join(str(one.person.pk) for one in new),
    }
    if request.method == "POST":
        form = InviteForm(request.POST)
        if form.is_valid() and (done := _invite(request, round, form)):
            return done
    context = {
        "round": round,
        "celebration": celebration,
        "new": new,
        "unreachable": [one for one in new if not one.person.email],
        "told": [one for one in guests if one.told],
        "form": InviteForm(initial=initial),
        "times": times_of(gathering_of(event_facts(celebration, []), round)),
        "back": celebrate_url(request, round),
        "title": _("Invite"),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "funding/celebrate/invite.html", context, status=status)


def _invite(request: Request, round: Round, form: InviteForm) -> HttpResponse | None:
    """Send it; nothing if the page has to be looked at again."""
    data = form.cleaned_data
    try:
        count = invite(
            round.pk,
            people=data["people"],
            version=data["version"],
            by=request.user,
            at=request.at,
        )
    except AlreadyInvited as refusal:
        messages.info(request, say(refusal))
    except Refusal as refusal:
        messages.error(request, say(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            return None
    else:
        told = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        messages.success(request, told % {"count": count})
    return redirect(celebrate_url(request, round))


@access(MEMBER)
def call_off_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Asks first; then everybody who was invited is told."""
    round = celebrated_round(request, slug)
    celebration = of_round(round)
    told = told_of(celebration)
    if celebration is None or (not told and celebration.called_off_at is None):
        raise Http404
    form: Any = open_form(CallOffForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            call_off(round.pk, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        except AlreadyDone as refusal:
            messages.info(request, say(refusal))
        else:
            messages.success(request, _("Called off. Everybody who was invited is told."))
        return redirect(celebrate_url(request, round))
    context = {
        "round": round,
        "celebration": celebration,
        "count": len(told),
        "form": form,
        "back": celebrate_url(request, round),
        "title": _("Call off the gathering"),
        "button": _("Call it off"),
        "dangerous": True,
    }
    status = 422 if form.errors else 200
    return render(request, "funding/celebrate/call_off.html", context, status=status)


@access(SIGNED_IN)
def gathering(request: Request, org: str, slug: str) -> HttpResponse:
    """What a guest sees: when, where, and the event for the calendar."""
    round, celebration = _invited_to(request, slug)
    context = {
        "round": round,
        "celebration": celebration,
        "times": times_of(gathering_of(event_facts(celebration, []), round)),
        "public": round.results_at is not None and round.results_at <= request.at,
        "shown": rounds_here(request, slug).exists(),
        "title": _("We celebrate %(round)s") % {"round": round.name},
    }
    return render(request, "funding/celebrate/gathering.html", context)


@access(SIGNED_IN)
def gathering_ics(request: Request, org: str, slug: str) -> HttpResponse:
    """The event as a file; called off, it takes itself out of the calendar."""
    round, celebration = _invited_to(request, slug)
    event = gathering_of(event_facts(celebration, []), round)
    method = Method.CANCEL if celebration.called_off_at else Method.PUBLISH
    content = invitation(event, method, at=request.at)
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response.headers["Content-Disposition"] = f'attachment; filename="{round.slug}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _invited_to(request: Request, slug: str) -> tuple[Round, Celebration]:
    """The gathering, for guests and for those who plan it; 404 for everybody else."""
    found = invitation_of(request.organisation, slug, request.user, at=request.at)
    if found is None:
        raise Http404
    return found.round, found
