"""The application that an applicant's page is about, and what its steps are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext

from idesluss.funding.models import Application, BudgetLine
from idesluss.funding.reads.applying import open_request
from idesluss.funding.reads.contents import asked_in, fill_partners, with_contents
from idesluss.funding.reads.earlier import continued, to_go_on_from
from idesluss.funding.reads.rulebook import terms_of
from idesluss.funding.reads.sheet import gaps, questions_of, sheet
from idesluss.ideas.models import Answer
from idesluss.logic.lifecycle import Stage
from idesluss.logic.merging import fingerprints
from idesluss.people.models import Unit
from idesluss.programmes.models import Goal
from idesluss.records.listed import Listed, fill
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step
from idesluss.web.funding.forms.steps import LOOK_THROUGH, STEPS, Sources

SUBMIT = "submit"


def here(
    request: Request, applications: QuerySet[Application], pk: int, *, answers: bool = True
) -> Any:
    """The one of ``applications`` with that number in the organisation of the address, else 404.

    With all that its pages show; ``answers`` says whether those are read with it.
    """
    ours = applications.filter(round__programme__organisation=request.organisation)
    whole = with_contents(ours, answers=answers).select_related(
        "idea__contact",
        "round__contact",
        "round__programme__organisation",
        "continues__idea",
        "continues__round",
    )
    found = get_object_or_404(whole, pk=pk)
    fill_partners(found)
    if found.idea.paused_at is not None:
        prefetch_related_objects([found.idea], "completions")
    return found


def own_application(request: Request, pk: int) -> Application:
    """The reader's own application, as one writes it; 404 for anybody else's. Three queries.

    With its budget, goals, partners, what it goes on from, the goals that can be chosen
    (``choosable``), and the questions of its round with their answers; answers to what another
    round asked are left out.
    """
    goals = Goal.objects.current().filter(programme=OuterRef("round__programme"))
    own = Application.objects.owned_by(request.user).annotate(
        choosable=Listed(goals, pk="pk", name="name")
    )
    found: Any = here(request, own, pk, answers=False)
    asked = asked_in(found)
    fill(found, "budget_lines", [_line(**line) for line in found.budget])
    fill(found.idea, "goals", [Goal(**goal) for goal in found.goal_names])
    fill(found.round, "questions", [it.question for it in asked])
    fill(found.idea, "answers", [Answer(question=it.question, text=it.text) for it in asked])
    return found


def _line(*, cost: str, **facts: Any) -> BudgetLine:
    return BudgetLine(kind=cost, **facts)


def sources_of(request: Request, application: Any) -> Sources:
    """What the fields of every step are made of; ``application`` from ``own_application``."""
    questions, terms = questions_of(application.round), terms_of(application.round)
    goals = [Goal(**goal) for goal in application.choosable]
    return Sources(
        application=application,
        questions=questions,
        units=cast("Any", SimpleLazyObject(lambda: _units(application))),
        goals=list(dict.fromkeys([*goals, *application.idea.goals.all()])),
        terms=terms,
        earlier=cast("Any", SimpleLazyObject(lambda: _earlier(request, application))),
        written=sheet(application, questions),
    )


def _units(application: Application) -> list[Unit]:
    """The organisation's units, each below its department."""
    units = Unit.objects.current().filter(organisation=application.organisation_id)
    return sorted(
        units.select_related("parent"),
        key=lambda it: (it.parent.name if it.parent else it.name, it.name),
    )


def _earlier(request: Request, application: Application) -> list[Application]:
    """What it may go on from, the one that it does among them."""
    able = to_go_on_from(application, request.user, at=request.at)
    return list(dict.fromkeys([*filter(None, [continued(application)]), *able]))


def steps_of(sources: Sources) -> list[str]:
    """The steps that this application has: those that ask for something."""
    parts = {question.part for question in sources.questions}
    without = set() if "idea" in parts else {"idea"}
    without |= set() if sources.goals else {"goals"}
    return [step for step in STEPS if step not in without]


def step_of(field: str, sources: Sources) -> str:
    """The step where a field is filled in."""
    fixed = {
        "title": "need", "need": "need", "kind": "need", "continues": "need",
        "ends_on": "plan", "otherwise": "plan", "lines": "plan", "asked": "plan",
        "cofinanced": "plan", "cofinanced_by": "plan",
        "unit": "people", "partners": "people", "goals": "goals",
    }  # fmt: skip
    parts = {f"answer-{question.key}": question.part for question in sources.questions}
    return fixed.get(field) or parts[field]


def chambers(sources: Sources, now: str, *, links: bool = False) -> list[Step]:
    """The steps as the frame draws them; ``now`` may be the last one, looking through.

    Those before it are done when nothing is missing in them. ``links`` makes them links.
    """
    application, steps = sources.application, steps_of(sources)
    found = gaps(application, sources.questions, sources.terms, units=sources.units)
    wanting = {step_of(gap.field, sources) for gap in found}
    names = {**STEPS, SUBMIT: LOOK_THROUGH}
    order = [*steps, SUBMIT]
    at = order.index(now)

    def state(place: int, step: str) -> str:
        if place == at:
            return "now"
        return "done" if place < at and step not in wanting else "later"

    return [
        Step(
            names[step],
            state(place, step),
            url=step_url(application, step) if links and step != now else "",
        )
        for place, step in enumerate(order)
    ]


def step_url(application: Application, step: str) -> str:
    """The address of a step; of the page where one looks through and hands in for ``submit``."""
    where = [application.round.programme.organisation.slug, application.pk]
    if step == SUBMIT:
        return reverse("funding:submit", args=where)
    return reverse("funding:edit", args=[*where, step])


def application_url(application: Application, page: str = "application") -> str:
    """The address of one of the application's own pages."""
    where = [application.round.programme.organisation.slug, application.pk]
    return reverse(f"funding:{page}", args=where)


def ready_url(application: Application) -> str:
    """Where one goes when the steps are done: to hand in, to answer the request, or back."""
    if application.idea.stage == Stage.DRAFT.value:
        return step_url(application, SUBMIT)
    return application_url(application, "complete" if open_request(application) else "application")


def seen_in(sources: Sources, fields: Sequence[str], kept: Mapping[str, str]) -> str:
    """What the writer now has before them, for the hidden field of the form.

    ``kept`` are prints that must stay as they were sent: of fields that clash.
    """
    prints = {**fingerprints({name: sources.written[name] for name in fields}), **kept}
    return " ".join(f"{name}={print_}" for name, print_ in prints.items())


def clock(at: datetime, zone: ZoneInfo) -> str:
    """The time of day in ``zone``, as the reader's language writes it."""
    there = timezone.localtime(at, zone)
    return formats.date_format(there, pgettext("time of day", "H:i"), use_l10n=False)


def zone_of(application: Application) -> ZoneInfo:
    """The zone in which the organisation's clocks go."""
    return application.round.programme.organisation.timezone
