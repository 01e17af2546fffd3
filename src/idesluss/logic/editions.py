"""An innovation model as it is written: what is wrong with it, and what is new in it.

A model is a row of steps. Each is a part of one canonical stage (``lifecycle``) under a name of
the municipality's own; several steps may be parts of the same stage. The first receives what is
handed in, the last is where an idea has become permanent, and between them one step leads to the
next. All the other endings exist in every model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from idesluss.logic.lifecycle import WAY, NoSuchStep, Stage, step
from idesluss.logic.refusals import Refusal, gettext_noop

USABLE = tuple(stage for stage in WAY if stage is not Stage.DRAFT)
"""Stages that a step can be part of."""
LONGEST_PROMISE = 250  # working days: a year


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """A question of a step."""

    key: str
    text: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step as it is written. ``promise_days`` are working days, None for no promise."""

    key: str
    stage: str
    name: str
    guidance: str = ""
    tools: str = ""
    promise_days: int | None = None
    handler: str = ""
    gate: str = ""
    questions: tuple[PlanQuestion, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A short text that differs when anything in the step does."""
        return fingerprint([self])


def fingerprint(steps: Sequence[PlanStep]) -> str:
    """A short text that differs when anything in ``steps``, or their order, does."""
    told = repr([asdict(it) for it in steps])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


class NoSteps(Refusal):
    """Nothing is written."""

    sentence = gettext_noop("The model has no steps. Add the first, where ideas come in.")


class BeginsElsewhere(Refusal):
    """The first step does not receive."""

    sentence = gettext_noop(
        "The first step must be one where ideas are received: that is where they come in."
    )
    field = "stage"


class NoEnd(Refusal):
    """No way leads to the end."""

    sentence = gettext_noop(
        "The model leads nowhere. Add a last step for what has become permanent."
    )


class GoesOnAfterTheEnd(Refusal):
    """A step after the one that is permanent."""

    sentence = gettext_noop("What is permanent is the end, so this must be the last step.")
    field = "stage"


class UnknownStage(Refusal):
    """A step that is part of no stage on the way."""

    sentence = gettext_noop("Choose which stage of the way this step is part of.")
    field = "stage"


class OutOfOrder(Refusal):
    """A step of an earlier stage than the step before it. Needs ``before``."""

    sentence = gettext_noop(
        "This step is part of an earlier stage than “%(before)s” before it. Move it up, or choose "
        "another stage."
    )
    field = "stage"


class NoWayBetween(Refusal):
    """The canonical stages have no way from the step before. Needs ``before``."""

    sentence = gettext_noop(
        "There is no way from “%(before)s” to this step. Put a step between them, or choose "
        "another stage."
    )
    field = "stage"


class NamelessStep(Refusal):
    """A step without a name."""

    sentence = gettext_noop("Give the step a name.")
    field = "name"


class SameName(Refusal):
    """Two steps of one name. Needs ``name``."""

    sentence = gettext_noop("Two steps are called “%(name)s”. Give one of them another name.")
    field = "name"


class SameKey(Refusal):
    """Two steps under one key. Needs ``name``."""

    sentence = gettext_noop("“%(name)s” is in the model twice. Remove one of the two.")


class BadPromise(Refusal):
    """A promise that is none. Needs ``most``, working days."""

    sentence = gettext_noop("Promise 1 to %(most)s working days, or leave the promise empty.")
    field = "promise_days"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; ``at`` is the place of the step (0 is the first), None for the whole."""

    at: int | None
    refusal: Refusal


def problems(steps: Sequence[PlanStep]) -> list[Problem]:
    """Everything that keeps the model from being opened, in the order of its steps."""
    if not steps:
        return [Problem(None, NoSteps())]
    found = [
        Problem(at, refusal)
        for at, one in enumerate(steps)
        for refusal in (*_alone(one), *_beside(steps, at))
    ]
    if steps[0].stage != Stage.RECEIVED:
        found.insert(0, Problem(0, BeginsElsewhere()))
    if all(one.stage != Stage.PERMANENT for one in steps):
        found.append(Problem(None, NoEnd()))
    return found


def _alone(one: PlanStep) -> list[Refusal]:
    """What is wrong with a step, whatever stands around it."""
    found: list[Refusal] = []
    if not one.name.strip():
        found.append(NamelessStep())
    if one.stage not in USABLE:
        found.append(UnknownStage())
    if one.promise_days is not None and not 1 <= one.promise_days <= LONGEST_PROMISE:
        found.append(BadPromise(most=LONGEST_PROMISE))
    return found


def _beside(steps: Sequence[PlanStep], at: int) -> list[Refusal]:
    """What is wrong with a step beside those that come before it."""
    if at == 0:
        return []
    one, before, earlier = steps[at], steps[at - 1], steps[:at]
    found: list[Refusal] = []
    if one.key in {it.key for it in earlier}:
        found.append(SameKey(name=one.name))
    elif one.name.strip() and one.name.casefold() in {it.name.casefold() for it in earlier}:
        found.append(SameName(name=one.name))
    if one.stage not in USABLE or before.stage not in USABLE:
        return found
    if before.stage == Stage.PERMANENT:
        found.append(GoesOnAfterTheEnd())
    elif USABLE.index(Stage(one.stage)) < USABLE.index(Stage(before.stage)):
        found.append(OutOfOrder(before=before.name))
    elif one.stage != before.stage and not _leads(before, one, steps):
        found.append(NoWayBetween(before=before.name))
    return found


def _leads(before: PlanStep, one: PlanStep, steps: Sequence[PlanStep]) -> bool:
    """Whether a case may go from the one step to the other, in a model that has these."""
    try:
        step(before.stage, one.stage, frozenset(it.stage for it in steps))
    except NoSuchStep:
        return False
    return True


class Change(StrEnum):
    """What happened to a step from one edition to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # only its place among the others


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step that is not as it was; ``fields`` names what differs in a changed one."""

    change: Change
    key: str
    name: str
    was_called: str = ""
    fields: tuple[str, ...] = ()


def changes(before: Sequence[PlanStep], after: Sequence[PlanStep]) -> list[StepChange]:
    """What is different in ``after``, by key: its steps in their order, then those that are gone.

    A step has moved when it stands before another one that it stood after; of a pair that
    changed places only the later one is told.
    """
    was = {one.key: one for one in before}
    places = {one.key: place for place, one in enumerate(before)}
    found: list[StepChange] = []
    furthest = -1
    for one in after:
        old = was.pop(one.key, None)
        if old is None:
            found.append(StepChange(Change.ADDED, one.key, one.name))
            continue
        moved = places[one.key] < furthest
        furthest = max(furthest, places[one.key])
        differing = tuple(
            it.name for it in fields(one) if getattr(one, it.name) != getattr(old, it.name)
        )
        if differing:
            named = old.name if old.name != one.name else ""
            found.append(StepChange(Change.CHANGED, one.key, one.name, named, differing))
        if moved:
            found.append(StepChange(Change.MOVED, one.key, one.name))
    found += [StepChange(Change.REMOVED, it.key, it.name) for it in was.values()]
    return found
