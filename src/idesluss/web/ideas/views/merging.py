"""Put a case together with another one, seen side by side first; and take it out again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.ties import like, trails
from idesluss.ideas.usecases.merging import merge, unmerge
from idesluss.logic.lifecycle import Stage
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.ties import MergeForm, WhyForm
from idesluss.web.ideas.views.tying import done, page_where, shown, to_case, works


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def merge_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Choose the other case (``q``), see both (``into``), and merge."""
    page = page_where(request, pk, works)
    into = _other(request, page)
    if into is None:
        text = request.GET.get("q", "")[:200]
        found = like(page.idea, text, request.user, at=request.at)
        return shown(request, "ideas/merge_choose.html", page, found=found, text=text)
    words = gettext(
        "Somebody has told us of the same thing before you. So that nothing is done twice, your "
        "case goes on as a part of %(number)s. You hand that case in too from now on: "
        "you can read it, and whoever works with it reads what you have written."
    )
    said = words % {"number": into.register_number}  # no title: others may read the answer
    form: Any = open_form(MergeForm, request, initial={"answer": said})

    def act() -> None:
        answer = form.cleaned_data["answer"]
        merge(pk, into.pk, answer=answer, by=request.user, at=request.at)

    if done(request, form, act):
        told = gettext("It goes on as a part of %(number)s.")
        messages.success(request, told % {"number": into.register_number})
        if request.GET.get("from") == "duplicates":  # its end is listed there, with the way back
            return redirect("ideas:duplicates", org)
        return to_case(page, org)
    both = trails(page.idea, into)
    return shown(request, "ideas/merge.html", page, form, into=into, trails=both)


def _other(request: Request, page: CasePage) -> Idea | None:
    """The case that is chosen, when the reader handles it; None when none is; else 404."""
    number = request.GET.get("into", "")
    if not number:
        return None
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    handled = Idea.objects.handled_by(request.user, at=request.at).sluiced()
    here = handled.filter(programme__organisation=request.organisation).exclude(pk=page.idea.pk)
    found = here.select_related("at_step", "responsible").filter(pk=int(number)).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def unmerge_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Let a merged case stand on its own again."""
    page = page_where(request, pk, lambda it: it.works and it.idea.stage == Stage.MERGED.value)
    form: Any = open_form(WhyForm, request)

    def act() -> None:
        unmerge(pk, why=form.cleaned_data["why"], by=request.user, at=request.at)

    if done(request, form, act):
        messages.success(request, gettext("The case stands on its own again."))
        return to_case(page, org)
    return shown(request, "ideas/unmerge.html", page, form, into=page.idea.merged_into)
