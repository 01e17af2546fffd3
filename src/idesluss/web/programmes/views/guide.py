"""The first set-up, step by step: from an empty municipality to an open round in ten minutes.

Each step saves at once, so one can stop and come back; the ordinary set-up shows the same things.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from idesluss.funding.usecases.guide import first_round, found_fund, seat_deciders
from idesluss.people import usecases as people
from idesluss.people.models import Organisation, Seat
from idesluss.people.reads import unit_choices
from idesluss.programmes import usecases
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.sets import SETS, in_language
from idesluss.programmes.usecases import RoundFacts
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step, lock
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.people.forms.organisations import UnitsForm
from idesluss.web.programmes.guided import DecidersForm, FirstRoundForm, ReadyFundForm

WEEKS_OPEN = 6
WEEKS_TO_ANSWER = 10  # from closing
CLOSING_TIME = time(16)


@access(MEMBER)
def guide(request: Request, org: str) -> HttpResponse:
    """First step: the departments."""
    here = set_up_here(request)
    form = open_form(UnitsForm, request)

    def add() -> None:
        people.add_units(here.pk, form.cleaned_data["lines"], by=request.user, at=request.at)

    if carried_out(request, form, add):
        return redirect("programmes:guide_fund", org)
    extra = {"units": unit_choices(here), "skip": reverse("programmes:guide_fund", args=[org])}
    return _step(request, 0, form, gettext("Which departments do you have?"), **extra)


@access(MEMBER)
def guide_fund(request: Request, org: str) -> HttpResponse:
    """Second step: how the fund works, and its pot."""
    here = set_up_here(request)
    language = request.LANGUAGE_CODE
    sets = [
        (key, in_language(it.name, language), in_language(it.about, language))
        for key, it in SETS.items()
    ]
    usual = {
        "ready": "burlov",
        "name": in_language(SETS["burlov"].called, language),
        "year": request.at.year + 1,
    }
    form = open_form(ReadyFundForm, request, sets=sets, currency=here.currency, initial=usual)
    made: list[Programme] = []

    def add() -> None:
        given = form.cleaned_data
        made.append(found_fund(here.pk, **given, by=request.user, at=request.at))

    if carried_out(request, form, add):
        ready = form.cleaned_data["ready"]
        return redirect(_address("guide_body", org, made[0].pk, ready))
    mine = Programme.objects.funds().set_up_by(request.user, at=request.at)
    funds = mine.filter(organisation=here, archived_at=None).order_by("name")
    return _step(request, 1, form, gettext("How does the fund work?"), funds=funds)


@access(MEMBER)
def guide_body(request: Request, org: str, pk: int) -> HttpResponse:
    """Third step: who decides."""
    fund = _fund(request, pk)
    me = request.user
    usual = {"members": f"{me.name}; {me.email}" if me.email else me.name}
    form = open_form(DecidersForm, request, initial=usual)
    after = _address("guide_round", org, pk, _ready(request))

    def add() -> None:
        seat_deciders(pk, **form.cleaned_data, by=request.user, at=request.at)

    if carried_out(request, form, add):
        return redirect(after)
    extra = {"fund": fund, "skip": after if fund.body_id else ""}
    return _step(request, 2, form, gettext("Who decides?"), **extra)


@access(MEMBER)
def guide_round(request: Request, org: str, pk: int) -> HttpResponse:
    """Fourth step: when one can apply."""
    fund = _fund(request, pk)
    here = request.organisation
    year = fund.pots.order_by("-year").values_list("year", flat=True).first()
    year = year or request.at.year + 1
    usual = _usual_round(here, year, request.at)
    form = open_form(FirstRoundForm, request, zone=here.timezone, initial=usual)
    made: list[Round] = []

    def add() -> None:
        given = {**form.cleaned_data}
        endorsed = given.pop("endorsed")
        facts = RoundFacts(project_year=year, contact_id=request.user.pk, **given)
        round = first_round(
            pk, facts, ready=_ready(request), endorsed=endorsed, by=request.user, at=request.at
        )
        made.append(round)

    if carried_out(request, form, add):
        return redirect("programmes:guide_open", org, made[0].pk)
    begun = fund.rounds.filter(announced_at=None, archived_at=None).order_by("pk")
    extra = {"fund": fund, "rounds": begun}
    return _step(request, 3, form, gettext("When can one apply?"), **extra)


@access(MEMBER)
def guide_open(request: Request, org: str, pk: int) -> HttpResponse:
    """Last step: everything once more, and open."""
    here = set_up_here(request)
    mine = Round.objects.run_by(request.user, at=request.at)
    found = mine.filter(programme__organisation=here)
    found = found.select_related("programme__body", "programme__organisation", "contact")
    round = get_object_or_404(found.prefetch_related("criteria", "questions"), pk=pk)
    if request.method == "POST":
        told = gettext("The round is announced. Add your colleagues, so that they can apply.")
        if done(
            request,
            lambda: usecases.announce_round(pk, by=request.user, at=request.at),
            told,
        ):
            return redirect("funding:round", org, round.slug)
        return redirect("programmes:guide_open", org, pk)
    problems = [] if round.announced_at else usecases.check_round(round, at=request.at)
    fund = round.programme
    context = {
        "chambers": _chambers(4),
        "round": round,
        "pot": fund.pots.filter(year=round.project_year).first(),
        "seats": Seat.objects.valid(request.at.date())
        .filter(body=fund.body_id)
        .select_related("person"),
        "problems": [say(problem, here.timezone) for problem in problems],
    }
    return render(request, "programmes/guide_open.html", context)


def _step(request: Request, number: int, form: Any, title: str, **extra: Any) -> HttpResponse:
    context = {"chambers": _chambers(number), "form": form, "title": title, **extra}
    return render(request, "programmes/guide.html", context, status=status_of(form))


def _chambers(now: int) -> list[Step]:
    names = [
        gettext("Departments"),
        gettext("The fund"),
        gettext("Who decides"),
        gettext("The round"),
        pgettext("step", "Open"),
    ]
    return lock(names, now)


def _usual_round(here: Organisation, year: int, at: datetime) -> dict[str, Any]:
    """Open from now, for six weeks, with an answer ten weeks later."""
    closing_day = at.astimezone(here.timezone).date() + timedelta(weeks=WEEKS_OPEN)
    return {
        "name": gettext("Round %(year)s") % {"year": year},
        "opens_at": at,
        "closes_at": datetime.combine(closing_day, CLOSING_TIME, here.timezone),
        "answer_by": closing_day + timedelta(weeks=WEEKS_TO_ANSWER),
    }


def _ready(request: Request) -> str:
    """The ready set that was chosen for the fund; it travels in the address."""
    chosen = request.GET.get("ready", "")
    return chosen if chosen in SETS else "needs"


def _address(name: str, org: str, pk: int, ready: str) -> str:
    return f"{reverse(f'programmes:{name}', args=[org, pk])}?ready={ready}"


def _fund(request: Request, pk: int) -> Programme:
    here = set_up_here(request)
    mine = Programme.objects.funds().set_up_by(request.user, at=request.at)
    return get_object_or_404(mine.filter(organisation=here, archived_at=None), pk=pk)
