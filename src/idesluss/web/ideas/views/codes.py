"""Follow what one has handed in with a follow-up code; get another when it is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.mine import cases_of_giver
from idesluss.ideas.usecases.codes import (
    WrongCode,
    ask_code,
    give_code,
    new_code_by_link,
    read_code_link,
    renew_code,
    revoke_codes,
    take_over,
    waiting_of,
)
from idesluss.logic.codes import spelled
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.people.refusals import BadLink
from idesluss.web.frame.access import MEMBER, PUBLIC, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.counting import too_often
from idesluss.web.ideas.forms.follow import CodeForm, LostForm
from idesluss.web.ideas.guests import sign_in
from idesluss.web.people.adapters import TOO_MANY

TRIES = "10/m/ip,60/h/ip"
LETTERS = "5/m/ip,20/h/ip"


@list_page
@access(PUBLIC)
@never_cache
def follow_up(request: Request) -> HttpResponse:
    """Write the code; for whoever is signed in with one: what they have handed in.

    Somebody with an account takes what belongs to the code into it.
    """
    person = request.user
    if person.is_authenticated and person.guest:
        return _own(request)
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    if too_often(request, "follow_up", TRIES):
        form.add_error("code", TOO_MANY)
        return _ask(request, form, status=429)
    if person.is_authenticated:
        return _taken_over(request, form)
    guest = auth.authenticate(request, follow_up_code=form.cleaned_data["code"])
    if guest is None:
        refused(form, WrongCode())
        return _ask(request, form)
    sign_in(request, guest)
    return redirect(_onward(request))


@access(PUBLIC)
@never_cache
def code_lost(request: Request) -> HttpResponse:
    """Ask for a new code by mail. Says the same whether there is such a giver or not."""
    form = LostForm(request.POST or None)
    asked = False
    status = 200
    if request.method == "POST" and form.is_valid():
        if too_often(request, "follow_up_lost", LETTERS):
            form.add_error(None, TOO_MANY)
            status = 429
        else:
            given = form.cleaned_data
            ask_code(given["number"], given["mail"], at=request.at)
            asked = True
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "asked": asked}
    return render(request, "ideas/code_lost.html", context, status=status)


@access(PUBLIC)
@never_cache
def code_new(request: Request, link: str) -> HttpResponse:
    """Where the letter leads: one press gives a new code, and the old one stops working."""
    try:
        if request.method == "POST":
            return shown_code(request, new_code_by_link(link, at=request.at))
        read_code_link(link, at=request.at)
    except BadLink as refusal:
        context = {"words": say(refusal)}
        return render(request, "ideas/code_bad_link.html", context, status=410)
    context = {
        "title": gettext("Get a new follow-up code"),
        "after": gettext("The old code stops working at once."),
        "button": gettext("Give me a new code"),
        "back": reverse("ideas:follow_up"),
    }
    return render(request, "frame/confirm.html", context)


@access(MEMBER)
@never_cache
def code_again(request: Request, org: str, pk: int) -> HttpResponse:
    """Give the guest of a case a new code, by whoever works it: shown once."""
    seen = Idea.objects.handled_by(request.user, at=request.at).sluiced()
    idea = seen.filter(programme__organisation=request.organisation, pk=pk).first()
    if idea is None:
        raise Http404
    back = reverse("ideas:case", args=[org, pk])
    if request.method == "POST":
        try:
            code = renew_code(pk, by=request.user, at=request.at)
        except Refusal as refusal:
            messages.error(request, say(refusal))
            return redirect(back)
        return shown_code(request, code, idea=idea, back=back)
    context = {
        "title": gettext("Give the giver a new follow-up code"),
        "after": gettext(
            "The old code stops working at once. Give the new one only to the giver: whoever has "
            "it reads the case."
        ),
        "button": gettext("Make a new code"),
        "back": back,
    }
    return render(request, "frame/confirm.html", context)


def shown_code(
    request: Request, code: str, *, idea: Idea | None = None, back: str = ""
) -> HttpResponse:
    """The page that shows a code, this once."""
    context = {**code_context(code), "idea": idea, "back": back or reverse("ideas:follow_up")}
    response = render(request, "ideas/code.html", context)
    response["Cache-Control"] = "no-store"
    return response


def code_context(code: str) -> dict[str, Any]:
    """What ``ideas/_code.html`` shows of a code: groups, how they are read, where it is used."""
    aloud = spelled(code, get_language() or "en")
    return {
        "code": code,
        "groups": list(zip(code.split("-"), aloud, strict=True)),
        "follow_url": settings.URL + reverse("ideas:follow_up"),
    }


def _ask(request: Request, form: Any, *, status: int = 0) -> HttpResponse:
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, "ideas/follow_up.html", context, status=status)


def _own(request: Request) -> HttpResponse:
    """What a guest has handed in; a new code, or an end to it, on request."""
    guest = request.user
    if request.method == "POST" and "end" in request.POST:
        revoke_codes(guest, by=guest, at=request.at)
        auth.logout(request)
        messages.success(request, gettext("The code does not work any more."))
        return redirect("ideas:follow_up")
    if request.method == "POST" and "renew" in request.POST:
        code = give_code(guest, by=guest, at=request.at)
        guest.refresh_from_db()
        update_session_auth_hash(request, guest)
        return shown_code(request, code)
    context = {
        "rows": cases_of_giver(guest, at=request.at),
        "several_places": True,
        "arrivals": waiting_of(guest),
    }
    return render(request, "ideas/followed.html", context)


def _taken_over(request: Request, form: Any) -> HttpResponse:
    try:
        taken = take_over(form.cleaned_data["code"], by=request.user, at=request.at)
    except Refusal as refusal:
        refused(form, refusal)
        return _ask(request, form)
    messages.success(request, gettext("It is in your account now. The code has stopped working."))
    if len(taken) == 1:
        return redirect("ideas:case", taken[0].programme.organisation.slug, taken[0].pk)
    return redirect("ideas:follow_up")


def _onward(request: Request) -> str:
    """Where a guest goes after the code: where they wanted to, their only case, or the list."""
    wish = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wish, {request.get_host()}, request.is_secure()):
        return wish
    rows = cases_of_giver(request.user, at=request.at)
    if len(rows) == 1 and rows[0].idea.stage != Stage.DRAFT.value and not rows[0].offers:
        only = rows[0].idea
        return reverse("ideas:case", args=[only.programme.organisation.slug, only.pk])
    return reverse("ideas:follow_up")
