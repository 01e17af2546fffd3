"""Set up what a round asks and judges by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.programmes import usecases
from idesluss.programmes.models import Criterion, Question, Round
from idesluss.programmes.vocab import CriterionKind, QuestionPart
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms import CriterionForm, NeededForm, QuestionForm


@access(MEMBER)
def criterion_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Add a criterion to the round ``pk``."""
    one = get_object_or_404(_rounds(request), pk=pk)
    usual = {"kind": CriterionKind.SCORED.value, "weight": 1, "low": 1, "high": 5}
    form = open_form(CriterionForm, request, initial=usual)

    def add() -> None:
        usecases.add_criterion(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, add, round=one, title=gettext("Add a criterion"))


@access(MEMBER)
def criterion(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a criterion."""
    one = _criterion(request, pk)
    now = {name: getattr(one, name) for name in CriterionForm.base_fields}
    form = open_form(CriterionForm, request, initial=now)

    def save() -> None:
        usecases.change_criterion(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, save, round=one.round, title=one.name)


@access(MEMBER)
def needed(request: Request, org: str, pk: int) -> HttpResponse:
    """Say "at least n of these", for the round ``pk``."""
    one = get_object_or_404(_rounds(request), pk=pk)
    now = {"qualifying_needed": one.qualifying_needed}
    form = open_form(NeededForm, request, initial=now)

    def save() -> None:
        number = form.cleaned_data["qualifying_needed"]
        usecases.set_needed(pk, number, by=request.user, at=request.at)

    return _page(request, form, save, round=one, title=gettext("How many must be met"))


@access(MEMBER)
def question_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Add a question to the round ``pk``."""
    one = get_object_or_404(_rounds(request), pk=pk)
    usual = {"part": QuestionPart.IDEA.value, "required": True, "max_length": 3000}
    form = open_form(QuestionForm, request, initial=usual)

    def add() -> None:
        usecases.add_question(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, add, round=one, title=gettext("Add a question"))


@access(MEMBER)
def question(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a question."""
    one = _question(request, pk)
    now = {name: getattr(one, name) for name in QuestionForm.base_fields}
    form = open_form(QuestionForm, request, initial=now)

    def save() -> None:
        usecases.change_question(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, save, round=one.round, title=gettext("Change the question"))


@require_POST
@access(MEMBER)
def criterion_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Move a criterion up or down, or take it away."""
    one = _criterion(request, pk)
    _moved(request, pk, usecases.move_criterion, usecases.remove_criterion)
    return redirect("programmes:round", org, one.round_id)


@require_POST
@access(MEMBER)
def question_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Move a question up or down, or take it away."""
    one = _question(request, pk)
    _moved(request, pk, usecases.move_question, usecases.remove_question)
    return redirect("programmes:round", org, one.round_id)


def _moved(
    request: Request, pk: int, move: Callable[..., object], remove: Callable[..., object]
) -> None:
    to, who = request.POST.get("to"), {"by": request.user, "at": request.at}
    if to == "away":
        done(request, lambda: remove(pk, **who))
    else:
        done(request, lambda: move(pk, up=to == "up", **who))


def _page(
    request: Request, form: Any, act: Callable[[], None], *, round: Round, title: str
) -> HttpResponse:
    """The form's page, or back to the round when ``act`` is done."""
    back = reverse("programmes:round", args=[request.organisation.slug, round.pk])
    if carried_out(request, form, act):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "over": round.name, "back": back}
    return render(request, "programmes/form.html", context, status=status_of(form))


def _rounds(request: Request) -> Any:
    here = set_up_here(request)
    mine = Round.objects.run_by(request.user, at=request.at)
    return mine.filter(programme__organisation=here).select_related("programme")


def _criterion(request: Request, pk: int) -> Criterion:
    found = Criterion.objects.filter(round__in=_rounds(request))
    return get_object_or_404(found.select_related("round"), pk=pk)


def _question(request: Request, pk: int) -> Question:
    found = Question.objects.filter(round__in=_rounds(request))
    return get_object_or_404(found.select_related("round"), pk=pk)
