"""“Me too”, with or without an account, and following a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.ties import Stands, supports_of
from idesluss.ideas.usecases.codes import give_code
from idesluss.ideas.usecases.supporting import (
    SUPPORTABLE,
    follow,
    support,
    support_as_stranger,
    take_support_back,
    unfollow,
)
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.request import Request
from idesluss.web.ideas.counting import too_often
from idesluss.web.ideas.forms.ties import StrangerForm, SupportForm
from idesluss.web.ideas.views.case import page_for
from idesluss.web.ideas.views.codes import code_context
from idesluss.web.ideas.views.tying import done, shown, to_case
from idesluss.web.people.adapters import TOO_MANY

RATE = "10/h/ip,30/d/ip"  # from one place, without an account


@require_http_methods(["GET", "HEAD", "POST"])
@access(PUBLIC)
def support_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Who has the same need and why; say so too, or take it back."""
    page = page_for(request, pk)
    if request.user.is_authenticated:
        return _signed_in(request, page, org)
    form: Any = StrangerForm(request.POST or None)
    made: list[Any] = []

    def act() -> None:
        guest, reason = form.guest(), form.cleaned_data["reason"]
        language = get_language() or ""
        made.append(support_as_stranger(pk, reason, guest, language=language, at=request.at))

    if request.method == "POST" and too_often(request, "me_too", RATE):
        form.add_error(None, TOO_MANY)
    elif done(request, form, act):
        code = give_code(made[0].person, by=None, at=request.at)
        return shown(request, "ideas/supported.html", page, **code_context(code))
    return _shown(request, page, form, supports_of(page.idea, page.reader, None))


def _signed_in(request: Request, page: CasePage, org: str) -> HttpResponse:
    pk, who = page.idea.pk, {"by": request.user, "at": request.at}
    if "back" in request.POST:
        take_support_back(pk, **who)
        messages.success(request, gettext("Taken back."))
        return to_case(page, org)
    rows = supports_of(page.idea, page.reader, request.user.pk)
    mine = next((it for it in rows if it.you), None)
    form: Any = SupportForm(request.POST or None, initial={"reason": mine.reason if mine else ""})
    if done(request, form, lambda: support(pk, form.cleaned_data["reason"], **who)):
        messages.success(request, gettext("Thank you. It is noted that you have the same need."))
        return to_case(page, org)
    return _shown(request, page, form, rows, mine=mine)


def _shown(
    request: Request, page: CasePage, form: Any, rows: Sequence[Stands], **more: Any
) -> HttpResponse:
    open_for_it = page.live or page.idea.stage in SUPPORTABLE
    may = open_for_it and not page.gives
    return shown(request, "ideas/support.html", page, form, rows=rows, may=may, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def follow_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Ask to be told how it goes, or not any more; one press, after one page that says so."""
    page = page_for(request, pk)
    if page.gives:
        raise Http404
    if request.method != "POST":
        return shown(request, "ideas/follow_case.html", page)
    if "stop" in request.POST:
        unfollow(pk, by=request.user, at=request.at)
        messages.success(request, gettext("You do not follow it any more."))
    else:
        follow(pk, by=request.user, at=request.at)
        messages.success(request, gettext("You are told how it goes."))
    return to_case(page, org)
