"""Take a case on through the municipality's own model: on, past a step, or back, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Idea, Passage
from idesluss.ideas.usecases.owning import WHAT_LENGTH, give
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.worked import NextDatePassed, today, worked
from idesluss.ideas.vocab import USUAL_DAYS
from idesluss.logic.lifecycle import Stage, is_open
from idesluss.logic.refusals import (
    ChangedMeanwhile,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.records.usecases import note

WHY_LENGTH = 300
DECIDED = (Stage.TESTING.value, Stage.ADOPTING.value)
"""Stages that a case only comes to when the answer is yes: the decision is given with the step."""


class NotOfThisModel(Refusal):
    """The step belongs to another edition than the case."""

    sentence = gettext_noop(
        "That step is not part of the model that the case follows. Choose one of those shown."
    )


class EndsTheCase(Refusal):
    """The step is an end, which needs a reasoned answer."""

    sentence = gettext_noop("That step ends the case, so it needs an answer with its reason.")


class GateShut(Refusal):
    """What must hold before the case goes on has not been confirmed. Needs ``gate``."""

    sentence = gettext_noop("Before the case goes on, this must hold: %(gate)s")
    field = "gate_met"


class Unanswered(Refusal):
    """A question of the step that must be answered first. Needs ``question``."""

    sentence = gettext_noop("Answer this first: %(question)s")


@transaction.atomic
def take_to(
    idea_id: int,
    step_id: int,
    *,
    by: Person,
    at: datetime,
    why: str = "",
    gate_met: bool = False,
    next_on: date | None = None,
    next_what: str = "",
    give_to: Person | None = None,
    seen: int | None = None,
) -> Idea:
    """Take a case to another step of its edition, with a next date.

    To the step after this one no reason is needed; past one, back, or once more, ``why`` says it.
    Going on asks the gate and the required questions of the step that is left. Without
    ``next_on`` the date follows the step's promise in working days. A case that is taken to be
    tested or introduced is decided with that. ``give_to`` has it from now on, if it is somebody
    else. ``seen`` is the step (its number) that the page showed it in. Notes ``ideas.moved``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        ChangedMeanwhile: somebody has taken it to another step since.
        CannotHaveIt: ``give_to`` cannot have it.
        NotOfThisModel, EndsTheCase: the step cannot be gone to.
        Missing, TooLong: the reason.
        GateShut, Unanswered: the step that is left holds the case.
        NextDatePassed: the next date lies in the past.
        NoSuchStep: the canonical stages have no such way.
    """
    idea = worked(idea_id, by=by, at=at)
    require(seen is None or seen == idea.at_step_id, ChangedMeanwhile)
    why, next_what = why.strip(), next_what.strip()
    require(len(next_what) <= WHAT_LENGTH, TooLong(field="next_what", limit=WHAT_LENGTH))
    left, to, straight_on = _way(idea, step_id)
    require(straight_on or bool(why), Missing(field="why"))
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    if straight_on:
        _leave(idea, left, gate_met=gate_met)
    arrive(idea, to, why=why, next_on=next_on, next_what=next_what, by=by, at=at)
    if give_to is not None and give_to.pk != idea.responsible_id:
        give(idea.pk, give_to, by=by, at=at)
        idea.responsible = idea.contact = give_to
    return idea


def arrive(
    idea: Idea,
    to: Step,
    *,
    why: str,
    next_on: date | None,
    next_what: str,
    by: Person,
    at: datetime,
) -> None:
    """Let a locked, live case come to ``to``, a step of its edition. For use cases only.

    They ask their own rule first, and whether the step that is left lets the case go.

    Raises:
        NextDatePassed: the next date lies in the past.
        NoSuchStep: the canonical stages have no such way.
    """
    left = idea.at_step
    day = today(idea, at)
    require(next_on is None or next_on >= day, NextDatePassed)
    country = idea.programme.organisation.country
    promised = working_days_after(day, to.promise_days, country) if to.promise_days else None
    idea.at_step = to
    idea.next_on = next_on or promised or working_days_after(day, USUAL_DAYS, country)
    idea.next_what = next_what
    saving = ["at_step", "next_on", "next_what"]
    if to.stage in DECIDED and idea.answered_at is None:
        idea.answered_at, idea.first_at = at, idea.first_at or at
        saving += ["answered_at", "first_at"]
    Passage.objects.filter(idea=idea, left_at=None).update(left_at=at)
    Passage.objects.create(idea=idea, step=to, entered_at=at, promised_by=promised, why=why, by=by)
    if to.stage == idea.stage:
        idea.save(update_fields=saving)
    else:
        step(idea, Stage(to.stage), by=by, at=at, saving=saving)
    note(
        "ideas.moved",
        about=idea,
        by=by,
        at=at,
        came_from=left.name if left else "",
        to=to.name,
        why=why,
        next_on=idea.next_on.isoformat(),
        next_what=idea.next_what,
        yes="answered_at" in saving,
        title=idea.title,
    )


def _way(idea: Idea, step_id: int) -> tuple[Step, Step, bool]:
    """The step that is left, the one that is gone to, and whether it is the very next one."""
    left = idea.at_step
    to = Step.objects.filter(pk=step_id, edition=idea.edition_id).first()
    if to is None or left is None:
        raise NotOfThisModel
    require(is_open(to.stage), EndsTheCase)
    later = Step.objects.filter(edition=idea.edition_id, position__gt=left.position)
    return left, to, later.first() == to


def _leave(idea: Idea, left: Step, *, gate_met: bool) -> None:
    """Whether the step that is left lets the case go on."""
    answered = idea.step_answers.exclude(text="").values("question")
    missing = left.questions.filter(required=True).exclude(pk__in=answered).first()
    if missing:
        raise Unanswered(question=missing.text)
    require(gate_met or not left.gate, GateShut(gate=left.gate))
