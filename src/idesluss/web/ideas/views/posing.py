"""Pose a challenge, change it, open, close and end it; offer it to a parked case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.reads.bank import needs_to_choose
from idesluss.ideas.reads.challenges import When, sleepers, when_of
from idesluss.ideas.rules import has_mandate, may_offer, may_pose, may_run, may_word
from idesluss.ideas.usecases.challenges import close_down, end_with, open_up, pose, reword
from idesluss.ideas.usecases.offering import offer_by_hand
from idesluss.insight.search.waking import shared
from idesluss.logic.hidden_solution import Hint, Kind, hints
from idesluss.logic.refusals import Refusal
from idesluss.programmes.models import Programme
from idesluss.programmes.vocab import Audience
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.challenges import ChallengeForm, EndForm, OfferForm, OpenForm
from idesluss.web.ideas.views.challenges import challenge_of
from idesluss.web.ideas.views.sluice import sluices_here

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@access(MEMBER)
def pose_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Write a challenge, perhaps from a need of the bank."""
    programme = get_object_or_404(sluices_here(request), slug=slug)
    if not may_pose(request.user, programme, at=request.at):
        raise Http404
    need = _need(request, programme)
    form: Any = open_form(
        ChallengeForm,
        request,
        programme=programme,
        reader=request,
        initial=_from_need(request, programme, need),
    )
    hidden = _hidden(request, form)
    if request.method == "POST" and form.is_valid() and not hidden:
        try:
            said = form.posed(need=need)
            made = pose(programme.pk, said, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, programme.organisation.timezone)
        else:
            messages.success(request, _("The challenge is written. It is not open yet."))
            return redirect("ideas:challenge", org, made.slug)
    return _form(request, programme, form, hidden, need=need)


@require_http_methods(BOTH)
@access(MEMBER)
def reword_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Change what a challenge says; two who do so at once are told of each other."""
    one = challenge_of(request, slug)
    if one.ended_at is not None or not may_word(request.user, one, at=request.at):
        raise Http404
    names = ("title", "text", "for_whom", "audiences", "owner", "resources", "afterwards")
    now = {name: getattr(one, name) for name in (*names, "unit", "round", "closes_at")}
    form: Any = open_form(
        ChallengeForm,
        request,
        programme=one.programme,
        reader=request,
        initial={**now, "goals": one.goals.all()},
    )
    hidden = _hidden(request, form)
    seen = request.POST.get("seen", "")
    if request.method == "POST" and form.is_valid() and not hidden:
        try:
            said = form.posed(need=one.need, before=one)
            version = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
            reword(one.pk, said, seen=version, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _("Saved."))
            return redirect("ideas:challenge", org, slug)
    return _form(request, one.programme, form, hidden, need=one.need, challenge=one)


@require_http_methods(BOTH)
@access(MEMBER)
def open_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Confirm that there is somebody behind it, and let it take in answers."""
    one = _run(request, slug)
    zone = request.organisation.timezone
    coming = when_of(one, request.at) is When.COMING
    known = {"opens_at": one.opens_at if coming else None, "closes_at": one.closes_at}
    form: Any = open_form(OpenForm, request, zone=zone, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_up(one.pk, **form.cleaned_data, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            now = _("Open. Those whose saved ideas it may fit are asked within a minute.")
            later = _("Saved. Those whose saved ideas it may fit are asked when it opens.")
            is_open = when_of(opened, request.at) is When.OPEN
            messages.success(request, now if is_open else later)
            return redirect("ideas:challenge", org, slug)
    return _act(
        request,
        one,
        form,
        title=_("Open the challenge"),
        lead=_("With this you confirm: %(owner)s owns it, and good answers are taken care of as "
               "it says.") % {"owner": one.owner.name},
        button=_("Open it"),
    )  # fmt: skip


@require_http_methods(["POST"])
@access(MEMBER)
def close_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Take in no more answers, or take a coming opening back; it can be opened again."""
    one = _run(request, slug)
    try:
        closed = close_down(one.pk, by=request.user, at=request.at)
    except Refusal:
        raise Http404 from None
    taken_back = _("It does not open. It is a draft again.")
    messages.success(
        request, _("Closed. It can be opened again.") if closed.opens_at else taken_back
    )
    return redirect("ideas:challenge", org, slug)


@require_http_methods(BOTH)
@access(MEMBER)
def end_page(request: Request, org: str, slug: str) -> HttpResponse:
    """End it with a result that everybody who answered is told."""
    one = _run(request, slug)
    if when_of(one, request.at) not in (When.OPEN, When.CLOSED):
        raise Http404
    form: Any = open_form(EndForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            end_with(one.pk, form.cleaned_data["result"], by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _("The challenge has ended. Those who answered are told."))
            return redirect("ideas:challenge", org, slug)
    return _act(
        request,
        one,
        form,
        title=_("End the challenge"),
        lead=_("It cannot be opened again after that. Each answer goes on as the case that it is."),
        button=_("End it and tell everybody"),
    )


@require_http_methods(BOTH)
@access(MEMBER)
def offer_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Ask the giver of a parked case that one handles."""
    one = challenge_of(request, slug)
    is_open = when_of(one, request.at) is When.OPEN
    if not is_open or not may_offer(request.user, one, at=request.at):
        raise Http404
    asleep = sleepers(one, request.user, at=request.at)
    form: Any = open_form(OfferForm, request, sleepers=asleep)
    if request.method == "POST" and form.is_valid():
        try:
            idea = form.cleaned_data["idea"]
            why = shared(one, idea)
            offer_by_hand(one.pk, idea.pk, why=why, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _("The giver is asked."))
            return redirect("ideas:challenge", org, slug)
    return _act(
        request,
        one,
        form,
        title=_("Offer it to a parked case"),
        lead=_("The giver is asked whether the idea is to be taken up as an answer. Nothing "
               "happens before they say yes."),
        button=_("Ask the giver"),
    )  # fmt: skip


def _run(request: Request, slug: str) -> Challenge:
    one = challenge_of(request, slug)
    if one.ended_at is not None or not may_run(request.user, one, at=request.at):
        raise Http404
    return one


def _need(request: Request, programme: Programme) -> Idea | None:
    """The need of the address that the challenge grows out of."""
    number = request.GET.get("need", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    seen = needs_to_choose(programme.pk, request.user, at=request.at)
    need: Idea | None = seen.filter(pk=int(number)).first()
    return need


def _from_need(request: Request, programme: Programme, need: Idea | None) -> dict[str, Any]:
    here = programme.organisation_id
    own = has_mandate(request.user, here, at=request.at)
    started: dict[str, Any] = {"audiences": [Audience.STAFF.value]}
    started["owner"] = request.user.pk if own else None
    if need is not None:
        known = _("How we know: %(evidence)s") % {"evidence": need.evidence}
        started |= {
            "title": need.title,
            "text": f"{need.need}\n\n{known}" if need.evidence else need.need,
            "for_whom": need.for_whom,
            "unit": need.unit_id,
            "goals": need.goals.all(),
        }
    return started


def _hidden(request: Request, form: Any) -> tuple[Hint, ...]:
    """What in the text names a solution, asked once: whoever has read it goes on."""
    if request.method != "POST" or "anyway" in request.POST or not form.is_valid():
        return ()
    said = form.cleaned_data
    found = hints(f"{said['title']}\n{said['text']}")
    return () if request.POST.get("asked") == _key(found) else found


def _key(found: tuple[Hint, ...]) -> str:
    return "|".join(hint.words.casefold() for hint in found)


def _form(
    request: Request,
    programme: Programme,
    form: Any,
    hidden: tuple[Hint, ...],
    *,
    need: Idea | None,
    challenge: Challenge | None = None,
) -> HttpResponse:
    said = {
        Kind.THING: _("a thing that somebody would have or build"),
        Kind.BUY: _("something to buy"),
        Kind.INTRODUCE: _("something to introduce"),
        Kind.TECHNIQUE: _("a technique"),
        Kind.PRODUCT: _("a product"),
        Kind.ANSWER: _("an answer"),
    }
    context = {
        "programme": programme,
        "form": form,
        "need": need,
        "challenge": challenge,
        "seen": request.POST.get("seen") or (challenge.version if challenge else ""),
        "hidden": [(hint.words, said[hint.kind]) for hint in hidden],
        "asked": _key(hidden),
    }
    status = 422 if hidden or form.errors else 200
    return render(request, "ideas/challenge_form.html", context, status=status)


def _act(request: Request, one: Challenge, form: Any, **words: str) -> HttpResponse:
    back = reverse("ideas:challenge", args=[request.organisation.slug, one.slug])
    context = {"challenge": one, "form": form, "back": back, **words}
    status = 422 if form.errors else 200
    return render(request, "ideas/challenge_act.html", context, status=status)
