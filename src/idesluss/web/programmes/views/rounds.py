"""Set up a round: what it says, whether it is ready, announce it, hide it, lay it aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.people.names import find_person
from idesluss.people.reads import suggestions
from idesluss.programmes import usecases
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.rules import with_handed_in
from idesluss.programmes.sets import SETS, in_language
from idesluss.programmes.usecases import RoundFacts
from idesluss.programmes.usecases.starting import COPY
from idesluss.programmes.vocab import CriterionKind
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms import NewRoundForm, RoundForm

MOST_EARLIER = 6  # rounds whose criteria can be taken over


@access(MEMBER)
def round_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Add a round to the fund ``pk``."""
    here = set_up_here(request)
    mine = Programme.objects.funds().set_up_by(request.user, at=request.at)
    fund = get_object_or_404(mine.filter(organisation=here, archived_at=None), pk=pk)
    usual = {
        "start": "needs",
        "project_year": request.at.year + 1,
        "answer_days": 60,
        "assessors_wanted": 2,
        "contact": named(request.user),
    }
    form = open_form(
        NewRoundForm,
        request,
        zone=here.timezone,
        suggestions=suggestions(here, at=request.at),
        starts=starts_of(request, fund),
        initial=usual,
    )
    made: list[Round] = []

    def add() -> None:
        start = form.cleaned_data["start"]
        facts = facts_of(request, form)
        made.append(usecases.add_round(fund.pk, facts, start=start, by=request.user, at=request.at))

    if carried_out(request, form, add):
        messages.success(request, gettext("The round is added. Nobody else sees it yet."))
        return redirect("programmes:round", org, made[0].pk)
    context = {"form": form, "title": gettext("Add a round"), "over": fund.name}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
@list_page
def round_page(request: Request, org: str, pk: int) -> HttpResponse:
    """A round's set-up: what it says, what it asks and judges by, what is missing."""
    one = round_of(request, pk, "criteria", "questions")
    found = [] if one.announced_at else usecases.check_round(one, at=request.at)
    criteria = list(one.criteria.all())
    context = {
        "round": one,
        "criteria": criteria,
        "qualifying": any(it.kind == CriterionKind.QUALIFYING for it in criteria),
        "questions": list(one.questions.all()),
        "problems": [say(problem, request.organisation.timezone) for problem in found],
        "fixed": one.handed_in,
    }
    return render(request, "programmes/round.html", context)


@access(MEMBER)
def round_change(request: Request, org: str, pk: int) -> HttpResponse:
    """Change what a round says of itself."""
    one = round_of(request, pk)
    now = {name: getattr(one, name) for name in RoundForm.base_fields}
    now |= {"opens_at": one.opens_at, "closes_at": one.closes_at}
    now["contact"] = named(one.contact) if one.contact else ""
    here = request.organisation
    names = suggestions(here, at=request.at)
    form = open_form(RoundForm, request, zone=here.timezone, suggestions=names, initial=now)

    def save() -> None:
        facts = facts_of(request, form, one)
        usecases.change_round(pk, facts, by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("programmes:round", org, pk)
    context = {"form": form, "title": one.name, "over": one.programme.name}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
def round_announce(request: Request, org: str, pk: int) -> HttpResponse:
    """Announce a round, after one last look."""
    one = round_of(request, pk)
    back = reverse("programmes:round", args=[org, pk])
    if request.method == "POST":
        done(
            request,
            lambda: usecases.announce_round(pk, by=request.user, at=request.at),
            gettext("The round is announced."),
        )
        return redirect(back)
    context = {
        "round": one,
        "title": gettext("Announce the round"),
        "after": gettext("The round is shown from now on, and its address can no longer change."),
        "button": gettext("Announce the round"),
        "back": back,
    }
    return render(request, "programmes/announce.html", context)


MOVES: dict[str, Callable[..., object]] = {
    "hidden": usecases.hide_round,
    "aside": usecases.archive_round,
    "back": usecases.restore_round,
}


@require_POST
@access(MEMBER)
def round_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Hide a round again, lay it aside, or bring it back."""
    round_of(request, pk)
    act = MOVES.get(request.POST.get("to", ""))
    if act is not None:
        done(request, lambda: act(pk, by=request.user, at=request.at))
    return redirect("programmes:round", org, pk)


def facts_of(request: Request, form: Any, round: Round | None = None) -> RoundFacts:
    """What the form says; an empty address stays as it is, or is made of the name."""
    given = {**form.cleaned_data}
    for name in ("start", "cutoffs", "months", "until", "amount_minor", "cap_minor"):
        given.pop(name, None)
    contact = given.pop("contact")
    person = (
        find_person(
            contact, organisation_id=request.organisation.pk, at=request.at, field="contact"
        )
        if contact and not (round and round.contact and contact == named(round.contact))
        else (round.contact if round and contact else None)
    )
    given["slug"] = given.get("slug") or (round.slug if round else "")
    return RoundFacts(**given, contact_id=person.pk if person else None)


def named(person: Any) -> str:
    """A person as the suggestions write them."""
    return f"{person.name}, {person.email}" if person.email else person.name


def starts_of(request: Request, fund: Programme) -> list[tuple[str, str, str]]:
    """What a round can start with: key, name, explanation."""
    language = request.LANGUAGE_CODE
    ready = [
        (key, in_language(it.name, language), in_language(it.about, language))
        for key, it in SETS.items()
    ]
    earlier = Round.objects.run_by(request.user, at=request.at).filter(programme=fund)
    copies = [
        (f"{COPY}{it.pk}", gettext("As in %(round)s") % {"round": it.name}, "")
        for it in earlier.order_by("-pk")[:MOST_EARLIER]
    ]
    empty = ("none", gettext("Nothing"), gettext("You write your own."))
    return [*ready, *copies, empty]


def round_of(request: Request, pk: int, *loaded: str) -> Any:
    """The round ``pk`` of the organisation, for those who set it up; 404 for everybody else.

    With ``loaded``, and ``handed_in``: whether what it asks is fixed.
    """
    here = set_up_here(request)
    mine = with_handed_in(Round.objects.run_by(request.user, at=request.at))
    found = mine.filter(programme__organisation=here).prefetch_related(*loaded)
    return get_object_or_404(
        found.select_related("programme__body", "programme__organisation", "contact"), pk=pk
    )
