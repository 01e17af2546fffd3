"""Probable duplicates: listed, compared side by side, put together, or said not to be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from idesluss.ideas.models import Alike, Idea
from idesluss.ideas.reads.alike import (
    SHOWN,
    givers_of_all,
    joined_here,
    pairs_here,
    set_apart_here,
    why_still,
)
from idesluss.ideas.reads.ties import trails
from idesluss.ideas.usecases.alike import set_apart, undo_set_apart
from idesluss.insight.search.pairs import followed
from idesluss.people.vocab import Role
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.acts import EARLY
from idesluss.web.ideas.forms.ties import ApartForm
from idesluss.web.ideas.views.tying import done

MOST = 25  # pairs that are listed; when they are judged, others follow
WORKS = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Side:
    """One case of a pair, and who hands it in; "" for somebody who gave no name."""

    idea: Idea
    givers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as it is listed."""

    pair: Alike
    sides: Sequence[Side]
    why: Sequence[str]
    ends: Idea | None  # the one that would end in the other: the later, if it has not come too far
    goes_on: Idea | None


@list_page
@require_safe
@access(MEMBER)
def duplicates(request: Request, org: str) -> HttpResponse:
    """Pairs that look alike, those that were said not to be the same, and what was joined."""
    _works_here(request)
    here = (request.user, request.organisation)
    pairs = list(pairs_here(*here, at=request.at)[: MOST + 1])
    more = len(pairs) > MOST
    pairs = pairs[:MOST]
    givers = givers_of_all(it for pair in pairs for it in (pair.idea, pair.other))
    context = {
        "more": more,
        "rows": [_row(it, givers) for it in pairs],
        "apart": list(set_apart_here(*here, at=request.at)[:SHOWN]),
        "joined": list(joined_here(*here, at=request.at)[:SHOWN]),
        "ready": followed() is not None,
    }
    response = render(request, "ideas/duplicates.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def duplicate(request: Request, org: str, pk: int) -> HttpResponse:
    """Two cases side by side; whoever works with both may say that they are not the same."""
    pair = _pair(request, pk)
    form: Any = open_form(ApartForm, request)

    def act() -> None:
        set_apart(pair.pk, reason=form.cleaned_data["reason"], by=request.user, at=request.at)

    if done(request, form, act):
        messages.success(
            request, gettext("Not the same: the two are kept apart, and are not listed again.")
        )
        return redirect("ideas:duplicates", org)
    sides = trails(pair.idea, pair.other)
    givers = givers_of_all(sides)
    context = {
        "row": _row(pair, givers),
        "sides": [(it, givers.get(it.pk, [])) for it in sides],
        "ways": [it for it in ((sides[1], sides[0]), sides) if it[0].stage in EARLY],
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    response = render(request, "ideas/duplicate.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@access(MEMBER)
@require_POST
def duplicate_back(request: Request, org: str, pk: int) -> HttpResponse:
    """Take back that two cases are not the same."""
    undo_set_apart(_pair(request, pk).pk, by=request.user, at=request.at)
    messages.success(request, gettext("Taken back. If both still go on, the pair is listed again."))
    return redirect("ideas:duplicates", org)


def _works_here(request: Request) -> None:
    if not request.user.has_role(request.organisation.pk, *WORKS, at=request.at):
        raise Http404


def _pair(request: Request, pk: int) -> Alike:
    """The pair, when the reader works with both cases; else 404."""
    _works_here(request)
    seen = Alike.objects.visible_to(request.user, at=request.at)
    here = seen.filter(organisation=request.organisation)
    joined = here.select_related("idea__programme", "other__programme", "set_apart_by")
    found: Alike = get_object_or_404(joined, pk=pk)
    return found


def _row(pair: Alike, givers: Any) -> Row:
    later_first = (pair.other, pair.idea)
    ends = next((it for it in later_first if it.stage in EARLY), None)
    goes_on = None if ends is None else next(it for it in later_first if it is not ends)
    why = [one if one == other else f"{one} – {other}" for one, other in why_still(pair)]
    sides = [Side(it, givers.get(it.pk, [])) for it in (pair.idea, pair.other)]
    return Row(pair, sides, why, ends, goes_on)
