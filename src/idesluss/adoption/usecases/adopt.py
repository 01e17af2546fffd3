"""A project is made permanent, and what is noted of that is put right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from idesluss.adoption.models import Adoption
from idesluss.adoption.refusals import (
    CannotBecomePermanent,
    NoPlaceForIt,
    NotAUnitHere,
    NotSomebodyHere,
    NotUsedYet,
)
from idesluss.adoption.rules import ADOPTABLE, may_adopt
from idesluss.ideas.usecases import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import LARGEST_MINOR, AmountTooBig, NegativeAmount
from idesluss.logic.refusals import ChangedMeanwhile, Missing, TooLong, require
from idesluss.people.models import Appointment, Person, Unit
from idesluss.pilots.models import Project
from idesluss.pilots.usecases.held import held
from idesluss.programmes.models import Step
from idesluss.records.usecases import note

BUDGET_LENGTH = 200  # characters
NAME_LENGTH = 160
WORDS_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Since when, whose it is, and which budget pays; ``yearly_minor`` is what a year costs.

    ``owner`` is a person here; ``owner_name`` a function, or somebody who is not.
    """

    since: date | None
    unit: int | None
    budget: str
    owner: int | None = None
    owner_name: str = ""
    yearly_minor: int | None = None
    words: str = ""


@transaction.atomic
def adopt(project_id: int, *, facts: Facts, by: Person, at: datetime) -> Adoption:
    """Note that a project has become permanent; its case goes there. Notes ``adoption.adopted``.

    What was noted before and ended is noted anew in the same place. Also for a project of a year
    that was taken in from a table.

    Raises:
        NotAllowed: ``by`` does not handle the case, or carries it out.
        CannotBecomePermanent, NoPlaceForIt: where the case is, or what the programme has.
        Missing, TooLong, NotUsedYet, NotAUnitHere, NotSomebodyHere, BadAmount: naming the field.
    """
    project = held(project_id)
    require(may_adopt(by, project, at=at))
    idea = project.idea
    require(idea.stage in ADOPTABLE, CannotBecomePermanent)
    steps = set(Step.objects.filter(programme=idea.programme_id).values_list("stage", flat=True))
    require(not steps or Stage.PERMANENT.value in steps, NoPlaceForIt)
    currency = idea.programme.organisation.currency
    adoption = Adoption.objects.filter(idea=idea).first() or Adoption(idea=idea, currency=currency)
    adoption.ended_at, adoption.ended_why = None, ""
    _write(adoption, facts, project, by=by, at=at)
    step(idea, Stage.PERMANENT, by=by, at=at)
    _note("adoption.adopted", adoption, project, facts, by=by, at=at)
    return adoption


@transaction.atomic
def correct(project_id: int, *, facts: Facts, version: int, by: Person, at: datetime) -> Adoption:
    """Put right what is noted; what stood there stays in the records.

    ``version`` is that of what ``by`` had before them. Notes ``adoption.corrected``.

    Raises:
        NotAllowed: as ``adopt``.
        ChangedMeanwhile: somebody else changed or ended it meanwhile.
        Missing, TooLong, NotUsedYet, NotAUnitHere, NotSomebodyHere, BadAmount: naming the field.
    """
    project = held(project_id)
    require(may_adopt(by, project, at=at))
    adoption = Adoption.objects.standing().filter(idea=project.idea, version=version).first()
    if adoption is None:
        raise ChangedMeanwhile
    _write(adoption, facts, project, by=by, at=at)
    _note("adoption.corrected", adoption, project, facts, by=by, at=at)
    return adoption


def _write(adoption: Adoption, facts: Facts, project: Project, *, by: Person, at: datetime) -> None:
    adoption.since, adoption.unit_id = _checked(facts, adoption, project, at=at)
    adoption.owner_id, adoption.owner_name = facts.owner, facts.owner_name.strip()
    adoption.budget, adoption.words = facts.budget.strip(), facts.words.strip()
    adoption.yearly_minor = facts.yearly_minor
    adoption.noted_by, adoption.noted_at = by, at
    adoption.version += 1
    adoption.save()
    project.changed_at = at
    project.save(update_fields=["changed_at"])


def _checked(
    facts: Facts, adoption: Adoption, project: Project, *, at: datetime
) -> tuple[date, int]:
    """Since when and whose it is, when everything that is told can stand."""
    organisation = project.idea.programme.organisation
    since, unit = facts.since, facts.unit
    if since is None:
        raise Missing(field="since")
    require(since <= at.astimezone(organisation.timezone).date(), NotUsedYet)
    if unit is None:
        raise Missing(field="unit")
    units = Unit.objects.filter(organisation=organisation, pk=unit)
    if unit != adoption.unit_id:  # one that was closed since may stay
        units = units.current()
    require(units.exists(), NotAUnitHere)
    if facts.owner is not None and facts.owner != adoption.owner_id:
        here = Appointment.objects.valid(at.date()).filter(organisation=organisation)
        require(here.filter(person=facts.owner).exists(), NotSomebodyHere)
    require(bool(facts.budget.strip()), Missing(field="budget"))
    limits = {"budget": BUDGET_LENGTH, "owner_name": NAME_LENGTH, "words": WORDS_LENGTH}
    for field, limit in limits.items():
        text = getattr(facts, field).strip()
        require(len(text) <= limit, TooLong(field=field, limit=limit))
    if facts.yearly_minor is not None:
        text = str(facts.yearly_minor)
        require(facts.yearly_minor >= 0, NegativeAmount(field="yearly", text=text))
        require(facts.yearly_minor <= LARGEST_MINOR, AmountTooBig(field="yearly", text=text))
    return since, unit


def _note(
    verb: str, adoption: Adoption, project: Project, facts: Facts, *, by: Person, at: datetime
) -> None:
    data = {**asdict(facts), "since": facts.since.isoformat() if facts.since else None}
    note(verb, about=project, by=by, at=at, adoption=adoption.pk, **data)
