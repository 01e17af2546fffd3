"""What is held back: a list for coaches and administrators, and each with its two buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from idesluss.ideas.models import Arrival
from idesluss.ideas.usecases.arriving import as_given, may_sort, release, throw_away
from idesluss.ideas.vocab import ArrivalState, Suspicion
from idesluss.programmes.models import Door
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.follow import ArrivalForm
from idesluss.web.people.attempts import carried_out, status_of

A_PAGE = 30
SHOWN_DONE = 20  # of what was decided last


@list_page
@access(MEMBER)
def arrivals(request: Request, org: str) -> HttpResponse:
    """What waits for somebody to look, the oldest first; and what was decided last."""
    seen = _seen(request)
    waiting = seen.filter(state=ArrivalState.WAITING.value).order_by("id")
    done = seen.filter(handled_at__isnull=False).select_related("handled_by", "idea")
    context = {
        "page": Paginator(waiting, A_PAGE).get_page(request.GET.get("page")),
        "done": done.order_by("-handled_at", "-id")[:SHOWN_DONE],
    }
    return render(request, "ideas/arrivals.html", context)


@access(MEMBER)
def arrival(request: Request, org: str, pk: int) -> HttpResponse:
    """One of them, whole: let it in, or throw it away, with a reason."""
    one = get_object_or_404(_seen(request), pk=pk, state=ArrivalState.WAITING.value)
    doors = list(Door.objects.filter(organisation=one.organisation_id).select_related("programme"))
    form: Any = open_form(ArrivalForm, request, doors=[] if one.door_id or one.idea_id else doors)
    chosen = {door.pk: door for door in doors}
    who = {"by": request.user, "at": request.at}

    def decide() -> None:
        why = form.cleaned_data["why"]
        if request.POST.get("do") == "throw":
            throw_away(pk, why=why, **who)
            messages.success(request, gettext("It is thrown away, and kept with the reason."))
            return
        door = chosen.get(form.cleaned_data.get("door") or 0)
        idea = release(pk, why=why, door=door, **who)
        told = (
            gettext("It is a word on %(number)s now.")
            if one.idea_id
            else gettext("It is let in as %(number)s.")
        )
        told %= {"number": idea.register_number}
        messages.success(request, told)

    if carried_out(request, form, decide):
        return redirect("ideas:arrivals", org)
    context = {
        "arrival": one,
        "given": as_given(one),
        "form": form,
        "reason": dict(Suspicion.choices).get(one.reason, one.reason),
    }
    return render(request, "ideas/arrival.html", context, status=status_of(form))


def _seen(request: Request) -> Any:
    if not may_sort(request.user, request.organisation.pk, at=request.at):
        raise Http404
    here = Arrival.objects.visible_to(request.user, at=request.at)
    return here.filter(organisation=request.organisation).select_related("door__programme", "idea")
