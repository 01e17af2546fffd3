"""Set up a round's rules and its levels of amounts, and bring back what was taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.people.names import unit_path
from idesluss.people.reads import all_units
from idesluss.programmes import usecases
from idesluss.programmes.models import Level, Round
from idesluss.programmes.reads import rules_said, taken_away
from idesluss.programmes.rules import pot_terms
from idesluss.programmes.usecases import RoundRules
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms import LevelForm, RulesForm
from idesluss.web.programmes.views.mandates import bring_back
from idesluss.web.programmes.views.rounds import round_of


@access(MEMBER)
@list_page
def rules(request: Request, org: str, pk: int) -> HttpResponse:
    """A round's rules as applicants read them, and its levels."""
    one = round_of(request, pk, "levels", "units")
    pot = pot_terms(one.programme_id, one.project_year)
    context = {
        "round": one,
        "rules": rules_said(one, cap_minor=pot.cap_minor if pot else None),
        "levels": list(one.levels.all()),
        "fixed": one.handed_in,
    }
    return render(request, "programmes/rules.html", context)


@access(MEMBER)
def rules_change(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a round's rules."""
    one = round_of(request, pk)
    now = asdict(RoundRules.of(one))
    now["units"] = now.pop("unit_ids")
    form = open_form(
        RulesForm,
        request,
        zone=request.organisation.timezone,
        currency=one.currency,
        units=_units(request, now["units"]),
        initial=now,
    )

    def save() -> None:
        usecases.set_rules(pk, form.rules(), by=request.user, at=request.at)

    back = reverse("programmes:rules", args=[org, pk])
    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {"form": form, "round": one, "back": back}
    return render(request, "programmes/rules_change.html", context, status=status_of(form))


@access(MEMBER)
def level_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Add a level to the round ``pk``."""
    one = round_of(request, pk)
    form = open_form(LevelForm, request, currency=one.currency)

    def add() -> None:
        usecases.add_level(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, add, round=one, title=gettext("Add a level"))


@access(MEMBER)
def level(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a level."""
    one = _level(request, pk)
    now = {name: getattr(one, name) for name in LevelForm.field_order}
    form = open_form(LevelForm, request, currency=one.round.currency, initial=now)

    def save() -> None:
        usecases.change_level(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, save, round=one.round, title=one.name)


@require_POST
@access(MEMBER)
def level_away(request: Request, org: str, pk: int) -> HttpResponse:
    """Take a level away."""
    one = _level(request, pk)
    done(request, lambda: usecases.remove_level(pk, by=request.user, at=request.at))
    return redirect("programmes:rules", org, one.round_id)


@access(MEMBER)
@list_page
def away(request: Request, org: str, pk: int) -> HttpResponse:
    """What was taken away from a round, and comes back with a click."""
    one = round_of(request, pk)
    if request.method == "POST":
        bring_back(request, one)
        return redirect("programmes:away", org, pk)
    context = {"round": one, "away": taken_away(one), "fixed": one.handed_in}
    return render(request, "programmes/away.html", context)


def _units(request: Request, kept: tuple[int, ...]) -> list[tuple[int, str]]:
    """Units in use, and those that were chosen before, each under its department."""
    found = all_units(request.organisation, by=request.user, at=request.at)
    return [(it.pk, unit_path(it)) for it in found if it.archived_at is None or it.pk in kept]


def _page(
    request: Request, form: Any, act: Callable[[], None], *, round: Round, title: str
) -> HttpResponse:
    """The form's page, or back to the rules when ``act`` is done."""
    back = reverse("programmes:rules", args=[request.organisation.slug, round.pk])
    if carried_out(request, form, act):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "over": round.name, "back": back}
    return render(request, "programmes/form.html", context, status=status_of(form))


def _level(request: Request, pk: int) -> Level:
    here = set_up_here(request)
    mine = Round.objects.run_by(request.user, at=request.at)
    found = Level.objects.filter(round__in=mine.filter(programme__organisation=here))
    return get_object_or_404(found.select_related("round__programme"), pk=pk)
