"""Take a case on through its model, and answer what its step asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Idea, StepAnswer
from idesluss.ideas.reads.way import (
    Answers,
    Way,
    answers_of,
    proposed_date,
    proposed_people,
    way_of,
)
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases import take_to
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.logic.lifecycle import is_open
from idesluss.logic.refusals import ChangedMeanwhile, Refusal
from idesluss.people.days import day
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step as Chamber
from idesluss.web.ideas.forms.step import ELSEWHERE, ON, ElsewhereForm, OnForm, QuestionsForm


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def step(request: Request, org: str, pk: int) -> HttpResponse:
    """Take the case on: to the next step, or with a reason past one, back, once more."""
    idea = _case(request, pk)
    if not may_work(request.user, idea, at=request.at):
        raise Http404
    if not is_open(idea.stage):
        messages.info(request, gettext("The case has ended, so it goes to no other step."))
        return redirect("ideas:case", org, pk)
    way = way_of(idea)
    on = _on_form(request, way)
    other = _elsewhere_form(request, way)
    acting = request.POST.get("act", ON)
    form: Any = on if acting == ON else other
    if request.method == "POST" and form is not None and form.is_valid():
        to = way.next.pk if acting == ON and way.next else int(form.cleaned_data.get("to", 0))
        try:
            moved = take_to(pk, to, **form.wish(), by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _told(moved))
            return redirect("ideas:case", org, pk)
    return _shown(request, way, on, other)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def questions(request: Request, org: str, pk: int) -> HttpResponse:
    """What the case's step asks: the giver and those who handle it answer, others read."""
    idea = _case(request, pk)
    gives = has_own_part(request.user, idea)
    writes = is_open(idea.stage) and (gives or may_work(request.user, idea, at=request.at))
    if request.method == "POST" and not writes:
        raise Http404
    answers = answers_of(idea)
    form = open_form(QuestionsForm, request, asked=answers.now)
    if request.method == "POST" and form.is_valid() and _answered(request, idea, form):
        messages.success(request, gettext("Your answers are saved."))
        return redirect("ideas:case", org, pk)
    context = {
        "idea": idea,
        "form": form,
        "answers": answers,
        "writes": writes,
        "works": writes and not gives,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/questions.html", context, status=status)


def _case(request: Request, pk: int) -> Idea:
    """The case, for those who hand it in and those who handle it."""
    mine = Idea.objects.owned_by(request.user) | Idea.objects.handled_by(
        request.user, at=request.at
    )
    found = mine.sluiced().filter(programme__organisation=request.organisation)
    wanted = ("programme__organisation", "at_step", "responsible", "unit")
    return get_object_or_404(found.exclude(stage="draft").select_related(*wanted), pk=pk)


def _on_form(request: Request, way: Way) -> Any:
    """The form to the very next step; None where nothing comes after, or the end does."""
    if way.next is None or not is_open(way.next.stage):
        return None
    people = proposed_people(way.idea, way.next, at=request.at)
    proposed = proposed_date(way.idea, way.next, at=request.at)
    given: dict[str, Any] = {"way": way, "people": people, "proposed": proposed}
    if request.method == "POST" and request.POST.get("act", ON) != ON:
        return OnForm(**given)
    return open_form(OnForm, request, **given)


def _elsewhere_form(request: Request, way: Way) -> Any:
    """The form to any other step; who has the case is not asked: the step is not known yet."""
    if request.method == "POST" and request.POST.get("act") == ELSEWHERE:
        return open_form(ElsewhereForm, request, way=way, people=())
    return ElsewhereForm(way=way, people=())


def _shown(request: Request, way: Way, on: Any, other: Any) -> HttpResponse:
    answers: Answers = answers_of(way.idea)
    bad = [it for it in (on, other) if it is not None and it.is_bound and it.errors]
    context = {
        "idea": way.idea,
        "way": way,
        "chambers": lock_of(way),
        "on": on,
        "other": other,
        "missing": answers.missing,
        "answer_url": _answer_url(request, way) if on is None else "",
        "elsewhere": bool(bad) and bad[0] is other,
    }
    return render(request, "ideas/step.html", context, status=422 if bad else 200)


def _answer_url(request: Request, way: Way) -> str:
    """The page that ends the case with its answer, when the end comes next."""
    try:
        there = reverse("ideas:answer", args=[request.organisation.slug, way.idea.pk])
    except NoReverseMatch:
        return ""
    return f"{there}?to={way.next.stage}" if way.next else there


def lock_of(way: Way) -> list[Chamber]:
    """The way as it is drawn: each step with when the case came to it, or that it was left out."""
    zone = way.idea.programme.organisation.timezone
    drawn = []
    for one in way.steps:
        note = day(one.entered_at, zone) if one.entered_at else ""
        state = one.state.value
        if state == "skipped":
            state, note = "done", gettext("left out")
        drawn.append(Chamber(one.step.name, state, note if state != "later" else ""))
    return drawn


def _told(moved: Idea) -> str:
    words = {"step": moved.at_step.name if moved.at_step else ""}
    return gettext("The case is in the step “%(step)s” now.") % words


def _answered(request: Request, idea: Idea, form: Any) -> bool:
    """Whether every answer was taken; what somebody else wrote meanwhile is shown beside."""
    for pk, text, seen in form.changed():
        try:
            answer_question(idea.pk, pk, text, seen=seen, by=request.user, at=request.at)
        except ChangedMeanwhile as refusal:
            now = StepAnswer.objects.get(idea=idea, question=pk)
            form.show_theirs(pk, now.text, now.version)
            form.add_error(f"answer-{pk}", say(refusal))
        except Refusal as refusal:
            form.add_error(f"answer-{pk}", say(refusal))
    return not form.errors
