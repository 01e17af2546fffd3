"""Where a case is in its municipality's model: behind it, now, ahead, left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from idesluss.ideas.models import LIVE, Idea, Passage, StepAnswer
from idesluss.ideas.vocab import USUAL_DAYS
from idesluss.logic.lifecycle import NoSuchStep, Stage, is_open, step
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Appointment, Person
from idesluss.programmes.models import Step, StepQuestion


class State(StrEnum):
    """How a step stands to a case."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    SKIPPED = "skipped"  # gone past
    STOPPED = "stopped"  # the case ended here


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the model, as the case has met it."""

    step: Step
    state: State
    entered_at: datetime | None = None  # the last time
    times: int = 0  # how often the case has been here
    why: str = ""  # the reason that was given the last time


@dataclass(frozen=True, slots=True)
class Way:
    """A case's way through its edition, in the order of the steps."""

    idea: Idea
    steps: Sequence[WayStep]

    @property
    def here(self) -> Step | None:
        """The step where the case is, or ended."""
        return self.idea.at_step

    @property
    def next(self) -> Step | None:
        """The very next step; it may be the end. None where nothing comes after."""
        if self.here is None:
            return None
        later = (it.step for it in self.steps if it.step.position > self.here.position)
        return next(later, None)

    @property
    def others(self) -> list[WayStep]:
        """Where the case may be taken besides the very next step: past one, back, once more.

        The end is not among them; it is an answer.
        """
        used = frozenset(it.step.stage for it in self.steps)
        return [
            it
            for it in self.steps
            if it.step != self.next
            and is_open(it.step.stage)
            and leads(self.idea.stage, it.step.stage, used)
        ]


def leads(stage: str, to: str, used: frozenset[str]) -> bool:
    """Whether a case goes from the one canonical stage to the other, or stays, in such a model."""
    if stage == to:
        return True
    try:
        step(stage, to, used)
    except NoSuchStep:
        return False
    return True


def way_of(idea: Idea) -> Way:
    """The steps of the case's edition, each with how the case has met it; two queries.

    Stays in an earlier edition count for the step that has the same key now.
    """
    steps = list(Step.objects.filter(edition=idea.edition_id).order_by("position", "pk"))
    stays = Passage.objects.filter(idea=idea).select_related("step").order_by("pk")
    met: dict[str, list[Passage]] = {}
    for stay in stays:
        met.setdefault(stay.step.key, []).append(stay)
    return Way(idea, tuple(_met(idea, steps, place, met) for place in range(len(steps))))


def _met(
    idea: Idea, steps: Sequence[Step], place: int, met: Mapping[str, Sequence[Passage]]
) -> WayStep:
    one, stays = steps[place], met.get(steps[place].key, ())
    last = stays[-1] if stays else None
    at = last.entered_at if last else None
    why = last.why if last else ""
    return WayStep(one, _state(idea, one, been=bool(stays)), at, len(stays), why)


def _state(idea: Idea, one: Step, *, been: bool) -> State:
    here = idea.at_step
    if idea.stage == Stage.PERMANENT.value and one.stage == Stage.PERMANENT.value:
        return State.DONE
    if here is None or one.position > here.position:
        return State.LATER
    if one.position < here.position:
        return State.DONE if been else State.SKIPPED
    if idea.stage in LIVE:
        return State.NOW
    return State.DONE if idea.stage == Stage.PERMANENT.value else State.STOPPED


def proposed_date(idea: Idea, to: Step, *, at: datetime) -> date:
    """The next date that the step's promise gives a case that comes to it at ``at``."""
    there = idea.programme.organisation
    today = at.astimezone(there.timezone).date()
    return working_days_after(today, to.promise_days or USUAL_DAYS, there.country)


def proposed_people(idea: Idea, to: Step, *, at: datetime) -> list[Person]:
    """Whom to give the case to in the step, by who takes cases through it; one query.

    Managers of the case's unit, or of the department above, come before other managers. Nobody
    when the step says nothing, or when whoever has the case is one of them already.
    """
    if not to.handler:
        return []
    held = (
        Appointment.objects.valid(at.date())
        .filter(organisation=idea.organisation_id, role=to.handler, person__is_active=True)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    found = list(held)
    if idea.responsible_id in {it.person_id for it in found}:
        return []
    unit = idea.unit
    near = {unit.pk, unit.parent_id} - {None} if unit else set()
    close = [it.person for it in found if it.unit_id in near]
    return list(dict.fromkeys([*close, *(it.person for it in found)]))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a step, and its answer if there is one."""

    question: StepQuestion
    answer: StepAnswer | None

    @property
    def text(self) -> str:
        """The answer as it stands."""
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        """The version of the answer, 0 while there is none."""
        return self.answer.version if self.answer else 0


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step that asks something."""

    step: Step
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the step where a case is asks, and what was answered in other steps."""

    now: Sequence[Asked]
    earlier: Sequence[AskedStep]

    @property
    def missing(self) -> list[StepQuestion]:
        """Questions that must be answered before the case goes on."""
        return [it.question for it in self.now if it.question.required and not it.text]


def answers_of(idea: Idea) -> Answers:
    """The questions of the case's step, and the answered ones of all others; two queries."""
    given = StepAnswer.objects.filter(idea=idea).select_related("by")
    answers = {it.question_id: it for it in given}
    told = [pk for pk, it in answers.items() if it.text]
    here = Q(step=idea.at_step_id)
    questions = StepQuestion.objects.filter(here | Q(pk__in=told)).select_related("step")
    ordered = questions.order_by("step__edition__number", "step__position", "position", "pk")
    now, steps = [], {}
    asked: dict[int, list[Asked]] = {}
    for question in ordered:
        one = Asked(question, answers.get(question.pk))
        if question.step_id == idea.at_step_id:
            now.append(one)
        else:
            steps[question.step_id] = question.step
            asked.setdefault(question.step_id, []).append(one)
    return Answers(tuple(now), tuple(AskedStep(steps[pk], tuple(asked[pk])) for pk in asked))
