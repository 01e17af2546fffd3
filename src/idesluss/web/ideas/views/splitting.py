"""Make two cases of one that holds two things; send a case on through another door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.usecases.sending_on import send_on
from idesluss.ideas.usecases.splitting import split
from idesluss.ideas.vocab import OtherDoor
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.ties import SendOnForm, SplitForm
from idesluss.web.ideas.views.tying import done, page_where, shown, to_case, works
from idesluss.web.ideas.wordings import WORDINGS


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def split_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Say what goes into the new case, and choose what it takes along."""
    page = page_where(request, pk, works)
    first = {"kind": page.idea.kind, "next_on": page.idea.next_on, "need": page.idea.need}
    form: Any = open_form(SplitForm, request, things=list(_things(page)), initial=first)
    made: list[Any] = []
    if done(
        request, form, lambda: made.append(split(pk, form.part(), by=request.user, at=request.at))
    ):
        told = gettext("The new case has the number %(number)s.")
        messages.success(request, told % {"number": made[0].register_number})
        return redirect("ideas:case", org, made[0].pk)
    return shown(request, "ideas/split.html", page, form)


def _things(page: CasePage) -> Iterator[tuple[str, str]]:
    """Every message, finding and file of the case itself: the name of its field, and its label."""
    for message in page.idea.messages.filter(removed_at=None).order_by("id"):
        yield f"message-{message.pk}", Truncator(message.text).chars(80)
    for finding in page.findings:
        if finding.removed_at is None:
            yield f"finding-{finding.pk}", f"{finding.get_kind_display()}: {finding}"
    for file in page.files:
        yield f"file-{file.pk}", file.name


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def send_on_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Say where the case belongs instead; ``kind`` in the address begins with ready words."""
    page = page_where(request, pk, works)
    wish = request.GET.get("kind", "")
    kind = OtherDoor(wish) if wish in OtherDoor.values else None
    if kind is None and request.method != "POST":
        kinds = [(it.value, it.label) for it in OtherDoor]
        return shown(request, "ideas/send_on_choose.html", page, kinds=kinds)
    first = {"kind": kind.value, "answer": WORDINGS[kind]} if kind else {}
    form: Any = open_form(SendOnForm, request, initial=first)

    def act() -> None:
        said = form.cleaned_data
        which = OtherDoor(said["kind"])
        send_on(pk, which, to=said["to"], answer=said["answer"], by=request.user, at=request.at)

    if done(request, form, act):
        messages.success(request, gettext("It is sent on, and those who handed it in are told."))
        return to_case(page, org)
    sealed = (form["kind"].value() or "") == OtherDoor.WHISTLE.value
    return shown(request, "ideas/send_on.html", page, form, sealed=sealed)
