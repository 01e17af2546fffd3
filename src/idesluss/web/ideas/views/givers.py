"""Who hands in a case together: invite, leave, hand over, keep it with a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Involvement
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.ties import employed
from idesluss.ideas.usecases.givers import (
    LinkOver,
    hand_over,
    invite_giver,
    invited_by_link,
    keep_with_code,
    leave,
    take_code,
)
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.ties import InviteForm, KeepForm
from idesluss.web.ideas.views.codes import shown_code
from idesluss.web.ideas.views.tying import done, page_where, shown, to_case

Act = Callable[[Request, CasePage, str], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def givers_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Everybody who hands it in, and what the reader can do about that."""
    page = page_where(request, pk, lambda it: it.gives or it.works)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _shown(request, page, InviteForm(), KeepForm())
    try:
        return act(request, page, org)
    except Refusal as refusal:
        messages.error(request, say(refusal, request.organisation.timezone))
        return redirect("ideas:givers", org, pk)


def _shown(request: Request, page: CasePage, inviting: Any, keeping: Any) -> HttpResponse:
    now = [it for it in page.givers if it.idea_id == page.idea.pk and it.ended_at is None]
    here = employed(page.idea, [it.person for it in now], at=request.at) if page.works else set()
    rows = [
        {
            "part": it,
            "called": page.names.of(it.person),
            "owner": it.part == Part.OWNER.value,
            "code": page.works and (it.person.guest or it.person_id not in here),
        }
        for it in now
    ]
    mine = next((it for it in now if it.person_id == request.user.pk), None)
    more = {"rows": rows, "mine": mine, "inviting": inviting, "keeping": keeping}
    owns = mine is not None and mine.part == Part.OWNER.value
    return shown(request, "ideas/givers.html", page, **more, owns=owns)


def _invite(request: Request, page: CasePage, org: str) -> HttpResponse:
    form: Any = InviteForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        invite_giver(
            page.idea.pk, said["address"], name=said["name"], by=request.user, at=request.at
        )

    if not done(request, form, act):
        return _shown(request, page, form, KeepForm())
    messages.success(request, gettext("Invited. A letter is on its way."))
    return redirect("ideas:givers", org, page.idea.pk)


def _leave(request: Request, page: CasePage, org: str) -> HttpResponse:
    leave(page.idea.pk, by=request.user, at=request.at)
    messages.success(request, gettext("You do not hand in the case any more."))
    return redirect("programmes:organisation", org)


def _hand_over(request: Request, page: CasePage, org: str) -> HttpResponse:
    to = _giver(request, page).person
    stay = "go" not in request.POST
    hand_over(page.idea.pk, to, stay=stay, by=request.user, at=request.at)
    messages.success(request, gettext("Handed over."))
    return to_case(page, org) if stay else redirect("programmes:organisation", org)


def _keep(request: Request, page: CasePage, org: str) -> HttpResponse:
    """One's own case, with a code from now on."""
    form: Any = KeepForm(request.POST)
    if form.is_valid():
        try:
            kept = keep_with_code(
                page.idea.pk,
                request.user,
                reach_mail=form.cleaned_data["reach_mail"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return shown_code(request, kept.code)
    return _shown(request, page, InviteForm(), form)


def _code(request: Request, page: CasePage, org: str) -> HttpResponse:
    """A code for a guest, or for a giver who has left: told to them by who works the case."""
    part = _giver(request, page)
    kept = keep_with_code(page.idea.pk, part.person, by=request.user, at=request.at)
    back = reverse("ideas:givers", args=[org, page.idea.pk])
    return shown_code(request, kept.code, idea=page.idea, back=back)


def _giver(request: Request, page: CasePage) -> Involvement:
    """The part that the button names; 404 for anything else."""
    for part in page.givers:
        if str(part.pk) == request.POST.get("part") and part.idea_id == page.idea.pk:
            return part
    raise Http404


ACTS: dict[str, Act] = {
    "invite": _invite,
    "leave": _leave,
    "hand_over": _hand_over,
    "keep": _keep,
    "code": _code,
}


@require_http_methods(["GET", "HEAD", "POST"])
@access(PUBLIC)
@never_cache
def invited(request: Request, link: str) -> HttpResponse:
    """Where the letter to an invited guest leads: one press gives the code, once."""
    try:
        if request.method == "POST":
            return shown_code(request, take_code(link, at=request.at).code)
        invited_by_link(link, at=request.at)
    except LinkOver as refusal:
        context = {"words": say(refusal)}
        return render(request, "ideas/code_bad_link.html", context, status=410)
    context = {
        "title": gettext("Get your follow-up code"),
        "after": gettext(
            "With the code you read the case that you were invited to, and write in it, without "
            "an account. It is shown once."
        ),
        "button": gettext("Show me the code"),
        "back": reverse("ideas:follow_up"),
    }
    return render(request, "frame/confirm.html", context)
