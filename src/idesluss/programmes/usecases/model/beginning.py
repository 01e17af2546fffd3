"""Begin to write an edition: from a ready model, from the newest one, or from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from idesluss.logic.editions import PlanStep
from idesluss.logic.refusals import require
from idesluss.people.models import Person
from idesluss.programmes.model_refusals import BeingWritten, NoSuchModel, Opened
from idesluss.programmes.models import Edition, Programme, Step, StepQuestion
from idesluss.programmes.reads.model import plan_of_step, steps_of
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.sets.sluices import MODELS
from idesluss.programmes.vocab import ProgrammeKind
from idesluss.records.usecases import note

NEWEST, NOTHING = "newest", ""
"""What an edition can start with beside the ready models: the newest one, or no steps at all."""


@transaction.atomic
def begin_edition(programme_id: int, start: str, *, by: Person, at: datetime) -> Edition:
    """Begin the next edition of a sluice's model; cases go on in those that are opened.

    ``start`` is the key of a ready model (``sets.sluices.MODELS``), whose texts come in the
    organisation's language, ``NEWEST`` for a copy of the newest opened one, or ``NOTHING``.
    Notes ``programmes.edition_begun``.

    Raises:
        NotAllowed: ``by`` is no administrator there, or it is no sluice.
        BeingWritten: an edition is being written already.
        NoSuchModel: no ready model has that key, or nothing has been opened yet.
    """
    found = Programme.objects.select_for_update(of=("self",)).select_related("organisation")
    sluice = found.get(pk=programme_id)
    require(may_set_up(by, sluice, at) and sluice.kind == ProgrammeKind.SLUICE.value)
    editions = Edition.objects.filter(programme=sluice)
    require(not editions.filter(opened_at=None).exists(), BeingWritten)
    template, plan = _start(sluice, start)
    edition = Edition.objects.create(
        programme=sluice,
        number=(editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        template=template,
        made_by=by,
        made_at=at,
    )
    write_steps(edition, plan)
    note("programmes.edition_begun", about=edition, by=by, at=at, start=start)
    return edition


@transaction.atomic
def drop_edition(edition_id: int, *, by: Person, at: datetime) -> None:
    """Throw away an edition that was never opened. Notes ``programmes.edition_dropped``.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        Opened: cases may have started in it.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
    require(may_set_up(by, edition.programme, at))
    require(edition.opened_at is None, Opened)
    names = [it.name for it in edition.steps.all()]
    note(
        "programmes.edition_dropped",
        about=edition.programme,
        by=by,
        at=at,
        number=edition.number,
        steps=names,
    )
    edition.delete()


def _start(sluice: Programme, start: str) -> tuple[str, Sequence[PlanStep]]:
    """The ready model that it comes from in the end, and the steps to begin with."""
    if start == NOTHING:
        return "", ()
    if start == NEWEST:
        newest = Edition.objects.filter(programme=sluice).opened().first()
        if newest is None:
            raise NoSuchModel
        return newest.template, [plan_of_step(it) for it in steps_of(newest)]
    if start not in MODELS:
        raise NoSuchModel
    return start, MODELS[start].plan(sluice.organisation.language)


def write_steps(edition: Edition, plan: Sequence[PlanStep]) -> list[Step]:
    """Make the steps and questions of an edition that has none; two queries."""
    steps = Step.objects.bulk_create(
        Step(
            programme=edition.programme,
            edition=edition,
            key=one.key,
            stage=one.stage,
            name=one.name,
            guidance=one.guidance,
            tools=one.tools,
            promise_days=one.promise_days,
            handler=one.handler,
            gate=one.gate,
            position=position,
        )
        for position, one in enumerate(plan)
    )
    StepQuestion.objects.bulk_create(
        StepQuestion(
            step=step,
            key=ask.key,
            text=ask.text,
            help=ask.help,
            required=ask.required,
            position=position,
        )
        for step, one in zip(steps, plan, strict=True)
        for position, ask in enumerate(one.questions)
    )
    return steps
