"""Rounds out of others: next year's, and several back to back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from idesluss.funding.models import Pot
from idesluss.funding.usecases.next_year import copy_to_next_year, facts_of_next_year
from idesluss.logic.windows import Window, end_of
from idesluss.logic.years import back_to_back, every, read_cutoffs, same_distance
from idesluss.people.reads import suggestions
from idesluss.programmes.models import Round
from idesluss.programmes.reads import rules_said
from idesluss.programmes.usecases import RoundFacts, add_rounds
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import day
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, status_of
from idesluss.web.programmes.forms import NextYearForm, SeveralForm
from idesluss.web.programmes.views.funds import fund_of
from idesluss.web.programmes.views.rounds import facts_of, named, round_of, starts_of


@access(MEMBER)
def next_year(request: Request, org: str, pk: int) -> HttpResponse:
    """Copy a round to next year: all that it takes along is shown, and can be changed first."""
    here = request.organisation
    one = round_of(request, pk, "levels", "units", "criteria", "questions")
    facts = facts_of_next_year(one)
    pots = {pot.year: pot for pot in Pot.objects.filter(programme=one.programme_id)}
    before = pots.get(one.project_year)
    form = open_form(
        NextYearForm,
        request,
        zone=here.timezone,
        suggestions=suggestions(here, at=request.at),
        currency="" if facts.project_year in pots else (before or one).currency,
        initial=_filled_in(one, facts, before),
    )
    made: list[Round] = []

    def copy() -> None:
        sums = {name: form.cleaned_data.get(name) for name in ("amount_minor", "cap_minor")}
        chosen = facts_of(request, form)
        made.append(copy_to_next_year(pk, chosen, **sums, by=request.user, at=request.at))

    if carried_out(request, form, copy):
        messages.success(request, gettext("The round is copied. Nobody else sees it yet."))
        return redirect("programmes:round", org, made[0].pk)
    context = {"form": form, "round": one, "back": reverse("programmes:round", args=[org, pk])}
    context |= _taken_along(one, facts)
    return render(request, "programmes/next_year.html", context, status=status_of(form))


def _filled_in(round: Round, facts: RoundFacts, pot: Pot | None) -> dict[str, Any]:
    initial = asdict(facts) | {"contact": named(round.contact) if round.contact else ""}
    if pot is not None:
        initial |= {"amount_minor": pot.amount_minor, "cap_minor": pot.cap_minor}
    return initial


def _taken_along(round: Round, facts: RoundFacts) -> dict[str, Any]:
    """What the copy will have, in words; nothing of it is saved."""
    criteria, questions = list(round.criteria.all()), list(round.questions.all())
    zone = round.programme.organisation.timezone
    if round.endorse_by and round.closes_at and facts.closes_at:
        was, now = round.closes_at, facts.closes_at
        round.endorse_by = same_distance(round.endorse_by, was=was, now=now, zone=zone)
    round.project_year = facts.project_year
    return {"rules": rules_said(round), "criteria": criteria, "questions": questions}


@access(MEMBER)
def several(request: Request, org: str, pk: int) -> HttpResponse:
    """Add several rounds back to back to the fund ``pk``."""
    fund = fund_of(request, pk)
    here, year = request.organisation, request.at.year + 1
    usual = {
        "start": "needs",
        "name": str(year),
        "project_year": year,
        "answer_days": 60,
        "assessors_wanted": 2,
        "contact": named(request.user),
    }
    form = open_form(
        SeveralForm,
        request,
        zone=here.timezone,
        suggestions=suggestions(here, at=request.at),
        starts=starts_of(request, fund),
        initial=usual,
    )
    made: list[Round] = []

    def add() -> None:
        windows = _windows(form.cleaned_data, here)
        facts, start = facts_of(request, form), form.cleaned_data["start"]
        who = {"by": request.user, "at": request.at}
        made.extend(add_rounds(pk, facts, windows, start=start, **who))

    if carried_out(request, form, add):
        told = ngettext(
            "%(count)s round is added. Nobody else sees it yet.",
            "%(count)s rounds are added. Nobody else sees them yet.",
            len(made),
        )
        messages.success(request, told % {"count": len(made)})
        return redirect("programmes:announce_several", org, pk)
    words = gettext(
        "For a fund that takes applications several times a year, or all year. Each round opens "
        "the moment the one before it closes."
    )
    title = gettext("Add several rounds")
    context = {"form": form, "title": title, "over": fund.name, "words": words}
    return render(request, "programmes/form.html", context, status=status_of(form))


def _windows(given: dict[str, Any], here: Any) -> list[Window]:
    """When the rounds are open: until the days that are written, or every so many months."""
    zone, opens = here.timezone, given["opens_at"]
    lines = [line.strip() for line in given["cutoffs"].splitlines() if line.strip()]
    cutoffs: list[datetime] = read_cutoffs(given["cutoffs"], zone)
    if not lines and given["months"] and given["until"]:
        first = opens.astimezone(zone).date()
        days: list[date] = every(given["months"], first=first, until=given["until"])
        cutoffs, lines = [end_of(it, zone) for it in days], [day(it) for it in days]
    return back_to_back(opens, cutoffs, lines)
