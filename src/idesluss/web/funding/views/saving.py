"""Save one step of an application and show it again, go on, or show both texts of a clash."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from idesluss.funding.models import Application
from idesluss.funding.reads.rulebook import said_in
from idesluss.funding.reads.sheet import questions_of
from idesluss.funding.usecases import write
from idesluss.funding.usecases.carry import round_to_go_on_into
from idesluss.funding.usecases.write import Written
from idesluss.logic.lifecycle import Stage
from idesluss.logic.merging import Clash
from idesluss.logic.refusals import Missing, Refusal
from idesluss.logic.terms import breaches, level_of
from idesluss.programmes.vocab import ApplicationKind, QuestionPart
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.applying import StepForm, shown_value
from idesluss.web.funding.forms.lines import typed_lines
from idesluss.web.funding.forms.steps import Sources
from idesluss.web.funding.views.company import people_context
from idesluss.web.funding.views.desk import (
    chambers,
    clock,
    own_application,
    ready_url,
    seen_in,
    sources_of,
    step_url,
    steps_of,
    zone_of,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a step shows."""

    sources: Sources
    step: str
    form: Any
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    saved: bool = False
    behind: Collection[str] = ()  # fields where something else lies there than the page shows
    only: Sequence[str] = ()  # the fields, when they are not all of the step's


def save(
    request: Request, application: Application, step: str, *, only: Sequence[str] = ()
) -> HttpResponse:
    """Save what was sent of a step, and show it again or go on. Not sent: show it."""
    sources = sources_of(request, application)
    if step not in steps_of(sources):
        raise Http404
    form: Any = open_form(partial(StepForm, sources=sources, step=step, only=only), request)
    if request.method != "POST":
        return step_page(request, Page(sources, step, form, only=only))
    form.is_valid()
    written = _write(request, application, form)
    clashes = {name: it for name, it in written.clashes.items() if name in form.fields}
    fresh = sources_of(request, own_application(request, application.pk))
    saved = not form.errors and not clashes
    behind = {name for name in form.shown if name in written.behind or name not in form.values}
    page = Page(fresh, step, form, clashes, saved, behind, only)
    if request.htmx or form.errors:
        return step_page(request, page)
    if clashes:
        return _clash_page(request, page)
    return begun(request, application) if only else onward(request, application, step)


def _write(request: Request, application: Application, form: Any) -> Written:
    """Save the readable fields; whatever is refused is put on the form.

    Coming from the page of a clash, a field counts as seen only when its writer has chosen their
    own text; where they chose the other one, nothing is to be done.
    """
    choices = {name: request.POST.get(f"keep-{name}") for name in form.values}
    values = {name: it for name, it in form.values.items() if choices[name] != "theirs"}
    seen = form.seen
    if "choosing" in request.POST:
        seen = {name: it for name, it in seen.items() if choices.get(name) == "mine"}
    try:
        written = write(application.pk, values=values, seen=seen, by=request.user, at=request.at)
    except Refusal as refusal:
        refused(form, refusal, zone_of(application))
        return Written(behind=frozenset(form.shown))
    for name, problem in written.problems.items():
        form.add_error(name, say(problem, zone_of(application)))
    return written


def begun(request: Request, application: Application) -> HttpResponse:
    """Where one goes from the first page: to what else is asked of the need, or past it."""
    round = application.round
    asked = any(it.part == QuestionPart.NEED.value for it in questions_of(round))
    if (asked or round.offered != [ApplicationKind.NEW]) and request.POST.get(
        "go", "next"
    ) == "next":
        return redirect(step_url(application, "need"))
    return onward(request, application, "need")


def onward(request: Request, application: Application, step: str) -> HttpResponse:
    """Where the button that was pressed leads, once everything is saved."""
    steps = steps_of(sources_of(request, own_application(request, application.pk)))
    place = steps.index(step)
    match "line" if "remove" in request.POST else request.POST.get("go", "next"):
        case "back" if place:
            return redirect(step_url(application, steps[place - 1]))
        case "line":
            return redirect(f"{step_url(application, step)}#id_lines_{_lines_sent(request)}")
        case "later" if application.idea.stage == Stage.DRAFT.value:
            messages.success(request, gettext("Saved. Your draft lies here until you come back."))
            return redirect("funding:mine", request.organisation.slug)
        case "later":
            messages.success(request, gettext("Saved. What stood there before is kept."))
            return redirect(ready_url(application))
        case "stay":
            messages.success(request, gettext("Saved."))
            return redirect(step_url(application, step))
    if place + 1 < len(steps):
        return redirect(step_url(application, steps[place + 1]))
    return redirect(ready_url(application))


def _lines_sent(request: Request) -> int:
    """How many budget lines hold something: the number of the empty one that comes after them."""
    return sum(line.filled for line in typed_lines(request.POST, "lines"))


def step_page(request: Request, page: Page, **forms: Any) -> HttpResponse:
    """The page of a step, with other ``forms`` of it by name; 422 when there is something wrong."""
    sources, form = page.sources, page.form
    application, steps = sources.application, steps_of(sources)
    place = steps.index(page.step)
    warned = warnings(sources, form)
    context = {
        "application": application,
        "round": application.round,
        "form": form,
        "step": page.step,
        "chambers": chambers(sources, page.step),
        "is_first": place == 0,
        "is_last": place == len(steps) - 1,
        "is_draft": application.idea.stage == Stage.DRAFT.value,
        "is_open": application.round.window.is_open(request.at),
        "goes_on": round_to_go_on_into(application, request.user, at=request.at),
        "shown": [(form[name], warned.get(name, ())) for name in form.shown],
        "level": level_of(sources.terms.levels, application.asked_minor),
        "kept_by_script": kept_by_script(form),
        "fields": " ".join(form.shown),
        "seen": seen_in(sources, form.shown, _prints_to_keep(request, page)),
        "saved": clock(request.at, zone_of(application)) if page.saved else "",
        "clashes": page.clashes,
    }
    if page.step == "people":
        context |= people_context(request, sources)
    context |= forms
    wrong = any(it.errors for it in (form, *forms.values()))
    template = "funding/apply.html" if page.only else "funding/edit.html"
    return render(request, template, context, status=422 if wrong else 200)


def warnings(sources: Sources, form: Any) -> dict[str, list[str]]:
    """Where what is saved breaks the rules of the round, by field of ``form``: told, not refused.

    What is only missing is told when one looks through, not while one writes.
    """
    found: dict[str, list[str]] = {}
    for breach in breaches(sources.terms, said_in(sources.application)):
        name = breach.field or ""
        if name == "asked" and name not in form.fields:
            name = "lines"  # their sum is what is asked for
        if name in form.shown and not isinstance(breach, Missing) and not form[name].errors:
            found.setdefault(name, []).append(say(breach, zone_of(sources.application)))
    return found


def kept_by_script(form: Any) -> str:
    """The pieces of the page that a script takes from the answer when it has saved."""
    pieces = ["seen", "application", "asked", *(f"warned-{name}" for name in form.shown)]
    return ",".join(f"#{piece}" for piece in pieces)


def _prints_to_keep(request: Request, page: Page) -> Mapping[str, str]:
    """Prints that must stay as they were sent, since the page does not show what lies there."""
    form = page.form
    if not form.is_bound:
        return {}
    names = page.behind if request.method == "POST" else form.shown  # a text kept from sign-in
    return {name: form.seen[name] for name in names if name in form.seen}


def _clash_page(request: Request, page: Page) -> HttpResponse:
    """Both texts of every field that two people changed; the writer chooses. 409."""
    sources = page.sources
    rows = [
        {
            "field": page.form[name],
            "name": name,
            "theirs": shown_value(name, clash.theirs, sources),
        }
        for name, clash in page.clashes.items()
    ]
    context = {
        "application": sources.application,
        "rows": rows,
        "fields": " ".join(page.clashes),
        "seen": seen_in(sources, list(page.clashes), {}),
        "go": request.POST.get("go", "next"),
        "undecided": "choosing" in request.POST,
        "url": step_url(sources.application, page.step),
    }
    return render(request, "funding/clash.html", context, status=409)
