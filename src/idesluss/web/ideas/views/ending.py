"""Smaller acts on a case, each a page with one form: take back, wake, next date, give on, rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import LIVE, Idea, Rating
from idesluss.ideas.reads.holders import holders
from idesluss.ideas.rules import may_rate
from idesluss.ideas.usecases import give, rate, set_next, wake, withdraw
from idesluss.ideas.usecases.answering import SLEEPING
from idesluss.logic.lifecycle import Stage, ways_out
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.web.frame.access import MEMBER, SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.answering import (
    GiveForm,
    NextForm,
    RateForm,
    WakeForm,
    WithdrawForm,
)
from idesluss.web.ideas.views.answering import worked_case


def own_case(request: Request, pk: int) -> Idea:
    """A case of a sluice here that the reader hands in; else 404."""
    own = Idea.objects.sluiced().owned_by(request.user)
    here = own.filter(programme__organisation=request.organisation)
    return get_object_or_404(here.select_related("programme__organisation", "responsible"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def withdraw_page(request: Request, org: str, pk: int) -> HttpResponse:
    """The giver takes the case back."""
    idea = own_case(request, pk)
    if request.method != "POST" and Stage.WITHDRAWN not in ways_out(idea.stage):
        return _too_late(request, idea)
    form: Any = open_form(WithdrawForm, request)

    def act() -> None:
        withdraw(pk, **form.cleaned_data, by=request.user, at=request.at)

    return _done_or_shown(
        request,
        idea,
        form,
        act,
        title=_("Take it back"),
        lead=_("Nothing more is done then. If you only want to add or change something, write "
               "it in the conversation instead."),
        button=_("Take it back"),
        done=_("You have taken it back."),
        dangerous=True,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def rate_page(request: Request, org: str, pk: int) -> HttpResponse:
    """The giver says what they thought of the answer."""
    idea = own_case(request, pk)
    if not may_rate(request.user, idea):
        raise Http404
    before = Rating.objects.filter(idea=idea, at__gte=idea.answered_at).first()
    initial = {"score": before.score, "words": before.words} if before else {}
    form: Any = open_form(RateForm, request, initial=initial)

    def act() -> None:
        rate(pk, **form.cleaned_data, by=request.user, at=request.at)

    return _done_or_shown(
        request,
        idea,
        form,
        act,
        title=_("What did you think of the answer?"),
        lead=_("Those who answered read this. In the figures that everybody sees, nobody can tell "
               "who has said what."),
        button=_("Send"),
        done=_("Thank you. You can change it for thirty days."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def next_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Say when something happens next, and what."""
    idea = worked_case(request, pk)
    if request.method != "POST" and idea.stage not in LIVE:
        return _too_late(request, idea)
    told = {"next_on": idea.next_on, "next_what": idea.next_what}
    form: Any = open_form(NextForm, request, initial=told)

    def act() -> None:
        said = form.cleaned_data
        how: Any = {"by": request.user, "at": request.at}
        set_next(pk, said["next_on"], what=said["next_what"], **how)

    return _done_or_shown(
        request,
        idea,
        form,
        act,
        title=_("Next date"),
        lead=_("No case is without one. Two working days before, you are reminded; when it has "
               "passed, your deputy and the manager are told too."),
        button=_("Save"),
        done=_("The next date is saved."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def give_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Give the case to somebody else."""
    idea = worked_case(request, pk)
    if request.method != "POST" and idea.stage not in LIVE:
        return _too_late(request, idea)
    able = [it for it in holders(idea, at=request.at) if it.person.pk != idea.responsible_id]
    form: Any = open_form(GiveForm, request, holders=able)

    def act() -> None:
        to = Person.objects.get(pk=form.cleaned_data["to"])
        give(pk, to, why=form.cleaned_data["why"], by=request.user, at=request.at)

    return _done_or_shown(
        request,
        idea,
        form,
        act,
        title=_("Give the case to somebody else"),
        lead=_("%(name)s has it now. Whoever gets it is told at once, and so is whoever handed it "
               "in. What was promised stays promised.") % {"name": idea.responsible},
        button=_("Give it"),
        done=_("Somebody else has the case now."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def wake_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Take up a case again that was parked or sent on."""
    idea = worked_case(request, pk)
    if request.method != "POST" and idea.stage not in SLEEPING:
        return _too_late(request, idea)
    able = holders(idea, at=request.at)
    form: Any = open_form(WakeForm, request, holders=able, initial={"responsible": request.user.pk})

    def act() -> None:
        said = form.cleaned_data
        who = Person.objects.get(pk=said["responsible"])
        how: Any = {"by": request.user, "at": request.at}
        wake(pk, responsible=who, next_on=said["next_on"], why=said["why"], **how)

    return _done_or_shown(
        request,
        idea,
        form,
        act,
        title=_("Take the case up again"),
        lead=_("It begins in the first step again, with a new promise of an answer. What was "
               "answered before stays in its history."),
        button=_("Take it up again"),
        done=_("The case is taken up again. Whoever handed it in is told."),
    )  # fmt: skip


def _too_late(request: Request, idea: Idea) -> HttpResponse:
    messages.info(request, _("That cannot be done with the case as it is now."))
    return redirect("ideas:case", request.organisation.slug, idea.pk)


def _done_or_shown(
    request: Request, idea: Idea, form: Any, act: Callable[[], None], *, done: str, **words: Any
) -> HttpResponse:
    """Do it and go back to the case; or show the form, with what must be put right."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, done)
            return redirect("ideas:case", request.organisation.slug, idea.pk)
    back = reverse("ideas:case", args=[request.organisation.slug, idea.pk])
    status = 422 if form.is_bound and form.errors else 200
    context = {"idea": idea, "form": form, "back": back, **words}
    return render(request, "ideas/act.html", context, status=status)
