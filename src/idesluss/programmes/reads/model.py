"""An edition of a sluice's model as it is written, for checks, comparison and pages."""

from __future__ import annotations

from dataclasses import dataclass

from idesluss.logic.editions import (
    PlanQuestion,
    PlanStep,
    Problem,
    StepChange,
    changes,
    fingerprint,
    problems,
)
from idesluss.programmes.models import Edition, Step


def plan_of_step(step: Step) -> PlanStep:
    """One step with its questions (one query, unless they are prefetched)."""
    return PlanStep(
        key=step.key,
        stage=step.stage,
        name=step.name,
        guidance=step.guidance,
        tools=step.tools,
        promise_days=step.promise_days,
        handler=step.handler,
        gate=step.gate,
        questions=tuple(
            PlanQuestion(it.key, it.text, it.help, it.required) for it in step.questions.all()
        ),
    )


def steps_of(edition: Edition) -> list[Step]:
    """The steps of an edition in their order, questions prefetched; two queries."""
    return list(edition.steps.order_by("position", "pk").prefetch_related("questions"))


def before(edition: Edition) -> Edition | None:
    """The edition that was opened before this one; None for the first."""
    earlier = Edition.objects.filter(programme=edition.programme_id).opened()
    return earlier.filter(number__lt=edition.number).first()


@dataclass(frozen=True, slots=True)
class Written:
    """An edition as it is written: its steps, what is wrong, what is new since the last one."""

    edition: Edition
    steps: list[Step]
    plan: tuple[PlanStep, ...]
    problems: list[Problem]
    before: Edition | None
    changes: list[StepChange]

    @property
    def fingerprint(self) -> str:
        """Differs when anything in the steps does."""
        return fingerprint(self.plan)

    @property
    def may_open(self) -> bool:
        """Whether cases could start in it."""
        return not self.problems


def written(edition: Edition) -> Written:
    """Read ``edition`` and the one before it; at most five queries."""
    steps = steps_of(edition)
    plan = tuple(map(plan_of_step, steps))
    old = before(edition)
    old_plan = tuple(map(plan_of_step, steps_of(old))) if old else ()
    new = changes(old_plan, plan) if old else []
    return Written(edition, steps, plan, problems(plan), old, new)
