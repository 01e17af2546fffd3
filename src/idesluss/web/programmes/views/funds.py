"""Set up a fund: what it is for, who decides, goals, steps' names, the pot of each year."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.funding.usecases import set_pot
from idesluss.ideas.vocab import StageName
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Body
from idesluss.programmes import usecases
from idesluss.programmes.models import Programme
from idesluss.programmes.usecases import MoneyRules
from idesluss.programmes.usecases.programmes import NAMED
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms import FundForm, GoalsForm, PotForm, StepsForm


@access(MEMBER)
def fund_add(request: Request, org: str) -> HttpResponse:
    """Add a fund."""
    here = set_up_here(request)
    form = open_form(FundForm, request, bodies=bodies_of(request), initial=asdict(MoneyRules()))
    made: list[Programme] = []

    def add() -> None:
        fund = usecases.add_programme(here.pk, **_given(form), by=request.user, at=request.at)
        made.append(fund)

    if carried_out(request, form, add):
        messages.success(request, gettext("The fund is added. Give it a pot and a round."))
        return redirect("programmes:setup", org)
    context = {"form": form, "title": gettext("Add a fund")}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
def fund(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a fund's name, purpose, deciding body and rules for its money."""
    one = fund_of(request, pk)
    now = {"name": one.name, "purpose": one.purpose, "body": one.body_id}
    now |= asdict(MoneyRules.of(one))
    choices = bodies_of(request, kept=one.body_id)
    form = open_form(FundForm, request, bodies=choices, initial=now)

    def save() -> None:
        usecases.change_programme(pk, **_given(form), by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("programmes:setup", org)
    context = {"form": form, "title": one.name}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
def goals(request: Request, org: str, pk: int) -> HttpResponse:
    """The goals that ideas may serve."""
    one = fund_of(request, pk)
    lines = "\n".join(goal.name for goal in one.goals.current())
    form = open_form(GoalsForm, request, initial={"goals": lines})

    def save() -> None:
        usecases.set_goals(pk, form.cleaned_data["goals"], by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("programmes:setup", org)
    told = gettext("A goal that you take away stays on the applications that chose it.")
    if aside := [goal.name for goal in one.goals.exclude(archived_at=None)]:
        words = gettext("Taken away: %(goals)s. Write one again and it comes back.")
        told = f"{told} {words % {'goals': ', '.join(aside)}}"
    context = {"form": form, "title": gettext("Goals"), "over": one.name, "words": told}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
def steps(request: Request, org: str, pk: int) -> HttpResponse:
    """What the fund calls its steps."""
    one = fund_of(request, pk)
    named = {step.stage: step.name for step in one.steps.all()}
    usual = {stage.value: str(StageName(stage.value).label).capitalize() for stage in NAMED}
    form = open_form(StepsForm, request, initial=named or usual)

    def save() -> None:
        names = {Stage(stage): name for stage, name in form.cleaned_data.items()}
        usecases.set_steps(pk, names, by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("programmes:setup", org)
    context = {"form": form, "title": gettext("What the steps are called"), "over": one.name}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
@list_page
def pots(request: Request, org: str, pk: int) -> HttpResponse:
    """The pots year by year; the same year again changes it."""
    one = fund_of(request, pk)
    pots = list(one.pots.order_by("-year"))
    currency = pots[0].currency if pots else request.organisation.currency
    form = open_form(PotForm, request, currency=currency, initial={"year": request.at.year + 1})

    def save() -> None:
        set_pot(pk, **form.cleaned_data, by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("programmes:pots", org, pk)
    context = {"form": form, "fund": one, "pots": pots}
    return render(request, "programmes/pots.html", context, status=status_of(form))


@require_POST
@access(MEMBER)
def fund_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Lay a fund aside, or bring it back."""
    fund_of(request, pk)
    if request.POST.get("to") == "back":
        done(request, lambda: usecases.restore_programme(pk, by=request.user, at=request.at))
    else:
        done(request, lambda: usecases.archive_programme(pk, by=request.user, at=request.at))
    return redirect("programmes:setup", org)


def _given(form: Any) -> dict[str, Any]:
    given = form.cleaned_data
    named = {"name": given["name"], "purpose": given["purpose"], "body_id": given["body"]}
    return {**named, "money": form.money()}


def bodies_of(request: Request, *, kept: int | None = None) -> list[Body]:
    """Bodies in use, and the one that was chosen before."""
    mine = Body.objects.set_up_by(request.user, at=request.at)
    found = mine.filter(organisation=request.organisation).order_by("name")
    return [body for body in found if body.archived_at is None or body.pk == kept]


def fund_of(request: Request, pk: int) -> Programme:
    """The fund ``pk`` of the organisation, for those who set it up; 404 for everybody else."""
    here = set_up_here(request)
    mine = (
        Programme.objects.funds().set_up_by(request.user, at=request.at).filter(organisation=here)
    )
    return get_object_or_404(mine.select_related("body", "organisation"), pk=pk)
