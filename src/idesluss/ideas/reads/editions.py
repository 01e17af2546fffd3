"""Cases that run in other editions of a model, and where each would go in the one looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.way import leads
from idesluss.logic.lifecycle import is_open
from idesluss.programmes.models import Edition, Step

NAMED = 20  # cases of one step that are named; the others are counted


@dataclass(frozen=True, slots=True)
class Standing:
    """The cases in one step of another edition, and where they may go in the new one.

    ``to`` is the step that has the same key, when a case may be taken there; else somebody
    chooses among ``choices``.
    """

    step: Step
    count: int
    named: Sequence[Idea]  # the oldest ones that the reader handles
    choices: Sequence[Step]
    to: Step | None

    @property
    def gone(self) -> bool:
        """Whether no step of the new edition takes the place of this one by itself."""
        return self.to is None

    @property
    def renamed(self) -> bool:
        """Whether the givers see another name, and are told."""
        return self.to is not None and self.to.name != self.step.name


def choices_for(step: Step, steps: Sequence[Step]) -> list[Step]:
    """The steps among ``steps`` (one edition's) to which a case in ``step`` may be taken."""
    used = frozenset(it.stage for it in steps)
    return [it for it in steps if is_open(it.stage) and leads(step.stage, it.stage, used)]


def standing_elsewhere(edition: Edition, person: Any, *, at: Any) -> list[Standing]:
    """Where live cases of the sluice stand in other editions; at most four queries.

    ``person`` reads it: cases that they do not handle are counted, never named.
    """
    running = Idea.objects.live().filter(programme=edition.programme_id).exclude(edition=edition)
    counts = dict(running.order_by().values_list("at_step").annotate(n=Count("pk")))
    left = Step.objects.filter(pk__in=counts).select_related("edition")
    steps = list(edition.steps.order_by("position", "pk"))
    by_key = {it.key: it for it in steps}
    seen = running.filter(pk__in=Idea.objects.handled_by(person, at=at).values("pk"))
    named: dict[int, list[Idea]] = {pk: [] for pk in counts}
    for idea in seen.order_by("pk")[: NAMED * max(1, len(counts)) * 5]:
        if idea.at_step_id is not None and len(named[idea.at_step_id]) < NAMED:
            named[idea.at_step_id].append(idea)
    found = []
    for step in left.order_by("edition__number", "position", "pk"):
        choices = choices_for(step, steps)
        same = by_key.get(step.key)
        to = same if same in choices else None
        found.append(Standing(step, counts[step.pk], tuple(named[step.pk]), tuple(choices), to))
    return found
