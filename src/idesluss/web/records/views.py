"""What was told to whom, and the letters that somebody has to see to."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from idesluss.insight.reads.letters import letters_of
from idesluss.records.usecases.letters import mark_told, send_again
from idesluss.records.vocab import LetterState
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request

TROUBLE = (LetterState.FAILED.value, LetterState.UNCERTAIN.value)
DELAYED = Q(state=LetterState.QUEUED, attempts__gt=0)


@list_page
@access(MEMBER)
def letters_page(request: Request, org: str) -> HttpResponse:
    """The organisation's letters, newest first; those in trouble can be chosen out.

    Letters that the mail server has not taken yet are told at the top, with the next try.
    """
    letters = letters_of(request.user, request.organisation.pk, at=request.at)
    counts = letters.order_by().aggregate(
        all=Count("pk"),
        trouble=Count("pk", filter=Q(state__in=TROUBLE)),
        delayed=Count("pk", filter=DELAYED),
        next_try_at=Min("next_try_at", filter=DELAYED),
    )
    show = request.GET.get("show", "")
    if show == "trouble":
        letters = letters.filter(state__in=TROUBLE)
    page = Paginator(letters, 50).get_page(request.GET.get("page"))
    context = {"page": page, "counts": counts, "show": show}
    return render(request, "records/letters.html", context)


@access(MEMBER)
def letter_page(request: Request, org: str, pk: int) -> HttpResponse:
    """One letter, word for word; a failed or uncertain one can be sent again or marked as told."""
    letters = letters_of(request.user, request.organisation.pk, at=request.at)
    letter = get_object_or_404(letters, pk=pk)
    if request.method == "POST":
        if request.POST.get("do") == "send":
            send_again(letter.pk)
            messages.success(request, _("The letter is in the queue again."))
        elif request.POST.get("do") == "told":
            mark_told(letter.pk, at=request.at)
            messages.success(request, _("The letter is marked as told."))
        return redirect("records:letter", org, pk)
    context = {"letter": letter, "in_trouble": letter.state in TROUBLE}
    return render(request, "records/letter.html", context)
