"""Write an edition of a sluice's model, one page a step; look it over, and open it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST

from idesluss.ideas.vocab import StageName
from idesluss.logic.editions import Change, StepChange
from idesluss.programmes.models import Edition, Step
from idesluss.programmes.reads.model import Written, plan_of_step, written
from idesluss.programmes.usecases.model import (
    add_step,
    change_step,
    drop_edition,
    move_step,
    open_edition,
    remove_step,
)
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step as Chamber
from idesluss.web.people.attempts import carried_out, done, status_of
from idesluss.web.programmes.forms import sluices as forms
from idesluss.web.programmes.views.sluices import address, find, guided


@access(MEMBER)
def sluice_edition(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """One edition: its steps as they are drawn and written, and what is wrong with them."""
    now = written(_edition(request, pk, number))
    return render(request, "programmes/sluice_edition.html", _context(now))


@access(MEMBER)
def sluice_open(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """What is new since the edition before, and the button that opens this one."""
    now = written(_unopened(request, pk, number))
    edition = now.edition
    form = open_form(forms.OpenForm, request, initial={"seen": now.fingerprint})

    def act() -> None:
        open_edition(edition.pk, **form.cleaned_data, by=request.user, at=request.at)

    if carried_out(request, form, act):
        messages.success(request, gettext("The edition is open. New cases start in it."))
        first = now.before is None
        doors = address("programmes:sluice_doors", org, pk) if first else ""
        return redirect(doors or reverse("programmes:sluice", args=[org, pk]))
    if form.is_bound and form.errors:
        typed = request.POST.copy()
        typed["seen"] = now.fingerprint
        form.data = typed
    told = [describe(it) for it in now.changes]
    context = {**_context(now), "form": form, "told": told}
    return render(request, "programmes/sluice_open.html", context, status=status_of(form))


@access(MEMBER)
def sluice_drop(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Throw away an edition that was never opened, after asking."""
    edition = _unopened(request, pk, number)
    if request.method == "POST":
        told = gettext("The edition is thrown away.")
        done(request, lambda: drop_edition(edition.pk, by=request.user, at=request.at), told)
        return redirect("programmes:sluice", org, pk)
    context = {
        "title": gettext("Throw the edition away?"),
        "after": gettext("What you have written in it is lost. Opened editions stay."),
        "button": gettext("Throw it away"),
        "back": reverse("programmes:sluice_edition", args=[org, pk, number]),
        "dangerous": True,
    }
    return render(request, "frame/confirm.html", context)


@access(MEMBER)
def sluice_step_add(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Add a step."""
    edition = _unopened(request, pk, number)
    steps = list(edition.steps.order_by("position", "pk"))
    before_end = [it for it in steps if it.stage != "permanent"]
    usual = {"after": str(before_end[-1].pk) if before_end else "", "stage": "exploring"}
    form = open_form(forms.NewStepForm, request, steps=steps, initial=usual)
    rows = open_form(forms.QuestionForms, request, prefix="questions")

    def act() -> None:
        after = form.cleaned_data.get("after")
        add_step(
            edition.pk,
            form.facts(rows),
            after_id=int(after) if after else None,
            by=request.user,
            at=request.at,
        )

    return _step_page(request, edition, form, rows, act, title=gettext("Add a step"))


@access(MEMBER)
def sluice_step(request: Request, org: str, pk: int, step: int) -> HttpResponse:
    """Change a step."""
    one = _step(request, pk, step)
    first, asked = forms.written(plan_of_step(one))
    form = open_form(forms.StepForm, request, initial=first)
    rows = open_form(forms.QuestionForms, request, prefix="questions", initial=asked)

    def act() -> None:
        seen = form.cleaned_data["seen"]
        change_step(one.pk, form.facts(rows), seen=seen, by=request.user, at=request.at)

    return _step_page(request, _its_edition(one), form, rows, act, title=one.name)


@require_POST
@access(MEMBER)
def sluice_step_move(request: Request, org: str, pk: int, step: int) -> HttpResponse:
    """Move a step up or down, or take it away."""
    one = _step(request, pk, step)
    to, who = request.POST.get("to"), {"by": request.user, "at": request.at}
    if to == "away":
        done(request, lambda: remove_step(step, **who))
    else:
        done(request, lambda: move_step(step, up=to == "up", **who))
    return redirect("programmes:sluice_edition", org, pk, _its_edition(one).number)


def _edition(request: Request, pk: int, number: int) -> Edition:
    sluice = find(request, pk)
    mine = Edition.objects.set_up_by(request.user, at=request.at).filter(programme=sluice)
    return get_object_or_404(mine.select_related("programme__organisation"), number=number)


def _unopened(request: Request, pk: int, number: int) -> Edition:
    edition = _edition(request, pk, number)
    if edition.opened_at is not None:
        raise Http404
    return edition


def _step(request: Request, pk: int, step: int) -> Step:
    """A step of the edition that is being written."""
    sluice = find(request, pk)
    steps = Step.objects.filter(programme=sluice, edition__isnull=False, edition__opened_at=None)
    return get_object_or_404(steps.select_related("edition__programme"), pk=step)


def _its_edition(step: Step) -> Edition:
    assert step.edition is not None  # noqa: S101  only such are found
    return step.edition


def _step_page(
    request: Request, edition: Edition, form: Any, rows: Any, act: Any, *, title: str
) -> HttpResponse:
    """The page of one step, or back to the edition when ``act`` is done."""
    org = request.organisation.slug
    back = reverse("programmes:sluice_edition", args=[org, edition.programme_id, edition.number])
    right = request.method == "POST" and rows.is_valid()
    if right and carried_out(request, form, act):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {
        "edition": edition,
        "sluice": edition.programme,
        "form": form,
        "rows": rows,
        "forms": [form, rows],
        "title": title,
        "back": back,
    }
    bad = status_of(form) == 422 or (request.method == "POST" and not right)
    status = 422 if bad else 200
    return render(request, "programmes/sluice_step.html", context, status=status)


def _context(now: Written) -> dict[str, Any]:
    edition = now.edition
    org = edition.programme.organisation.slug
    problems: dict[int | None, list[str]] = {}
    for it in now.problems:
        problems.setdefault(it.at, []).append(say(it.refusal))
    names = dict(StageName.choices)
    steps = [
        (step, capfirst(str(names.get(step.stage, step.stage))), problems.get(place, []))
        for place, step in enumerate(now.steps)
    ]
    writing = edition.opened_at is None

    def url(step: Step) -> str:
        if not writing:
            return f"#step-{step.pk}"
        return reverse("programmes:sluice_step", args=[org, edition.programme_id, step.pk])

    return {
        "edition": edition,
        "sluice": edition.programme,
        "written": now,
        "steps": steps,
        "problems": problems.get(None, []),
        "count_problems": len(now.problems),
        "drawn": [Chamber(step.name, "later", url=url(step)) for step in now.steps],
        "chambers": guided(2) if writing and now.before is None else None,
    }


def describe(change: StepChange) -> str:
    """One change in words."""
    words = {"step": change.name, "before": change.was_called}
    if change.change is Change.ADDED:
        return gettext("New: “%(step)s”.") % words
    if change.change is Change.REMOVED:
        return gettext("Gone: “%(step)s”. Cases there stay in their edition.") % words
    if change.change is Change.MOVED:
        return gettext("“%(step)s” has another place.") % words
    if change.was_called:
        told = gettext("“%(before)s” is called “%(step)s” now.") % words
    else:
        told = gettext("“%(step)s” has changed.") % words
    named = [str(field_words()[it]) for it in change.fields if it != "name"]
    return f"{told} {capfirst(', '.join(named))}." if named else told


def field_words() -> dict[str, str]:
    """What people call the parts of a step."""
    return {
        "stage": pgettext("part of a step", "stage"),
        "guidance": pgettext("part of a step", "guidance"),
        "tools": pgettext("part of a step", "what helps"),
        "promise_days": pgettext("part of a step", "promise"),
        "handler": pgettext("part of a step", "who takes it"),
        "gate": pgettext("part of a step", "what must hold"),
        "questions": pgettext("part of a step", "questions"),
    }
