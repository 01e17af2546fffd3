"""Write the steps of an edition: add, change, move, remove. Never of one that is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from idesluss.logic.editions import LONGEST_PROMISE, USABLE, BadPromise, PlanQuestion, UnknownStage
from idesluss.logic.refusals import ChangedMeanwhile, Missing, Refusal, TooLong, require
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.programmes.local import slug_of
from idesluss.programmes.model_refusals import AtThatEnd, Opened, TooManyQuestions
from idesluss.programmes.models import Edition, Step, StepQuestion
from idesluss.programmes.reads.model import plan_of_step
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.vocab import Handler
from idesluss.records.usecases import note

LONGEST_STEP_NAME = 60  # characters
LONGEST_STEP_TEXT = 4000
LONGEST_QUESTION = 300
MOST_QUESTIONS = 20
_KEY = 36  # characters of a key made of a name; there is room for a number after them


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step as somebody writes it. A question without a key is a new one."""

    stage: str
    name: str
    guidance: str = ""
    tools: str = ""
    promise_days: int | None = None  # working days
    handler: str = ""  # of Handler; "": anybody
    gate: str = ""
    questions: tuple[PlanQuestion, ...] = ()

    def checked(self) -> StepFacts:
        """The same, tidied, without questions that say nothing.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        require(self.stage in USABLE, UnknownStage())
        require(self.handler in ("", *Handler.values), Missing(field="handler"))
        days = self.promise_days
        require(days is None or 1 <= days <= LONGEST_PROMISE, BadPromise(most=LONGEST_PROMISE))
        texts: dict[str, Any] = {
            it: _text(getattr(self, it), it) for it in ("guidance", "tools", "gate")
        }
        asked = tuple(_question(it) for it in self.questions if it.text.strip())
        require(len(asked) <= MOST_QUESTIONS, TooManyQuestions(most=MOST_QUESTIONS))
        name = read_name(self.name, limit=LONGEST_STEP_NAME)
        return replace(self, name=name, questions=_keyed(asked), **texts)


@transaction.atomic
def add_step(
    edition_id: int, facts: StepFacts, *, after_id: int | None = None, by: Person, at: datetime
) -> Step:
    """Add a step: behind the step ``after_id``, or last of all.

    Notes ``programmes.step_added``.

    Raises:
        NotAllowed, Opened: the edition is not ``by``'s to write.
        ChangedMeanwhile: the step ``after_id`` is not there any more.
        Refusal: a fact that cannot be used, naming its field.
    """
    edition = _writable(edition_id, by=by, at=at)
    facts = facts.checked()
    steps = list(edition.steps.order_by("position", "pk"))
    places = {it.pk: place + 1 for place, it in enumerate(steps)}
    require(after_id is None or after_id in places, ChangedMeanwhile)
    place = len(steps) if after_id is None else places[after_id]
    key = _free_key(facts.name, {it.key for it in steps})
    step = Step(programme=edition.programme, edition=edition, key=key, position=place)
    _fill(step, facts)
    step.save()
    _ask(step, facts.questions)
    _number([*steps[:place], step, *steps[place:]])
    _wrote("programmes.step_added", edition, by=by, at=at, name=step.name)
    return step


@transaction.atomic
def change_step(
    step_id: int, facts: StepFacts, *, seen: str | None = None, by: Person, at: datetime
) -> Step:
    """Change a step and what it asks. Notes ``programmes.step_changed``.

    ``seen`` is the fingerprint (``PlanStep.fingerprint``) of the step as the page had it.

    Raises:
        NotAllowed, Opened: the edition is not ``by``'s to write.
        ChangedMeanwhile: somebody else has changed the step since.
        Refusal: a fact that cannot be used, naming its field.
    """
    edition, step = _writable_step(step_id, by=by, at=at)
    require(seen is None or seen == plan_of_step(step).fingerprint, ChangedMeanwhile)
    facts = facts.checked()
    _fill(step, facts)
    step.save(update_fields=[it for it in StepFacts.__slots__ if it != "questions"])
    step.questions.all().delete()  # nobody can have answered them: no case has been here
    _ask(step, facts.questions)
    _wrote("programmes.step_changed", edition, by=by, at=at, name=step.name)
    return step


@transaction.atomic
def move_step(step_id: int, *, up: bool, by: Person, at: datetime) -> None:
    """Let a step change places with the one before (or after). Notes ``programmes.step_moved``.

    Raises:
        NotAllowed, Opened: the edition is not ``by``'s to write.
        AtThatEnd: there is none before (or after).
    """
    edition, step = _writable_step(step_id, by=by, at=at)
    steps = list(edition.steps.order_by("position", "pk"))
    place = steps.index(step)
    other = place - 1 if up else place + 1
    require(0 <= other < len(steps), AtThatEnd)
    steps[place], steps[other] = steps[other], steps[place]
    _number(steps)
    _wrote("programmes.step_moved", edition, by=by, at=at, name=step.name, up=up)


@transaction.atomic
def remove_step(step_id: int, *, by: Person, at: datetime) -> None:
    """Take a step out of the edition. Notes ``programmes.step_removed``.

    Cases of other editions keep theirs; whoever moves them to this one says where they go.

    Raises:
        NotAllowed, Opened: the edition is not ``by``'s to write.
    """
    edition, step = _writable_step(step_id, by=by, at=at)
    name = step.name
    step.delete()
    _number(list(edition.steps.order_by("position", "pk")))
    _wrote("programmes.step_removed", edition, by=by, at=at, name=name)


def _writable(edition_id: int, *, by: Person, at: datetime) -> Edition:
    """The locked edition, while it is being written by people like ``by``."""
    found = Edition.objects.select_for_update(of=("self",)).select_related("programme")
    edition = found.get(pk=edition_id)
    require(may_set_up(by, edition.programme, at))
    require(edition.opened_at is None, Opened)
    return edition


def _writable_step(step_id: int, *, by: Person, at: datetime) -> tuple[Edition, Step]:
    """The step and its locked edition; a step of a fund has none.

    Raises:
        Step.DoesNotExist: there is none, or somebody has removed it.
    """
    edition_id = Step.objects.filter(edition__isnull=False).get(pk=step_id).edition_id
    assert edition_id is not None  # noqa: S101  filtered
    edition = _writable(edition_id, by=by, at=at)
    return edition, Step.objects.get(pk=step_id)


def _fill(step: Step, facts: StepFacts) -> None:
    for name in StepFacts.__slots__:
        if name != "questions":
            setattr(step, name, getattr(facts, name))


def _ask(step: Step, questions: Sequence[PlanQuestion]) -> None:
    StepQuestion.objects.bulk_create(
        StepQuestion(
            step=step,
            key=ask.key,
            text=ask.text,
            help=ask.help,
            required=ask.required,
            position=position,
        )
        for position, ask in enumerate(questions)
    )


def _number(steps: Sequence[Step]) -> None:
    for position, step in enumerate(steps):
        step.position = position
    Step.objects.bulk_update(steps, ["position"])


def _wrote(verb: str, edition: Edition, *, by: Person, at: datetime, **told: Any) -> None:
    Edition.objects.filter(pk=edition.pk).update(version=F("version") + 1)
    note(verb, about=edition, by=by, at=at, number=edition.number, **told)


def _text(text: str, field: str) -> str:
    tidied = text.replace("\r\n", "\n").strip()
    require(len(tidied) <= LONGEST_STEP_TEXT, _too_long(field, LONGEST_STEP_TEXT))
    return tidied


def _question(ask: PlanQuestion) -> PlanQuestion:
    text = read_name(ask.text, field="questions", limit=LONGEST_QUESTION)
    explained = ask.help.strip()
    require(len(explained) <= LONGEST_STEP_TEXT, _too_long("questions", LONGEST_STEP_TEXT))
    return replace(ask, text=text, help=explained)


def _keyed(asked: Sequence[PlanQuestion]) -> tuple[PlanQuestion, ...]:
    """Every question under a key of its own: the one it had, else one made of its text."""
    taken: set[str] = set()
    found = []
    for ask in asked:
        free = ask.key if ask.key and ask.key not in taken else _free_key(ask.text, taken)
        taken.add(free)
        found.append(replace(ask, key=free))
    return tuple(found)


def _free_key(text: str, taken: set[str]) -> str:
    start = slug_of(text)[:_KEY].strip("-") or "step"
    keys = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken)


def _too_long(field: str, limit: int) -> Refusal:
    return TooLong(field=field, limit=limit)
