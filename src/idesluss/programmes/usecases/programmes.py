"""Programmes: what they are for, who decides, the goals they serve, the names of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from idesluss.logic.lifecycle import WAY, Stage
from idesluss.logic.refusals import AlreadyDone, Missing, Refusal, TooLong, require
from idesluss.people import rules as people
from idesluss.people.models import Body, Person
from idesluss.people.names import read_name, tidy
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.programmes.limits import BadFirstShare, OwnBodyLimited
from idesluss.programmes.models import Goal, Programme, Step
from idesluss.programmes.refusals import NameTaken, StepNeeded
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.usecases.mandates import require_able
from idesluss.programmes.vocab import ReleaseRule, Unused
from idesluss.records.usecases import note

NAMED = tuple(stage for stage in WAY if stage is not Stage.DRAFT)
"""Stages that a programme gives names of its own."""
ALWAYS = (Stage.RECEIVED, Stage.DECIDING, Stage.TESTING)
"""Steps that no fund can do without."""
LONGEST_PURPOSE = 4000  # characters
LONGEST_GOAL = 160
LONGEST_STEP = 60


@dataclass(frozen=True, slots=True)
class MoneyRules:
    """How granted money is released, and what becomes of what nobody has used.

    ``first_share`` per cent are released at once, when it is released in parts.
    """

    unused: str = Unused.CARRY.value
    release_rule: str = ReleaseRule.AT_ONCE.value
    first_share: int | None = 50

    @classmethod
    def of(cls, programme: Programme) -> MoneyRules:
        """As they are now."""
        return cls(**{name: getattr(programme, name) for name in cls.__slots__})

    def checked(self, now: MoneyRules) -> MoneyRules:
        """The same, where the share stays as it is ``now`` when it counts for nothing.

        Raises:
            Missing, BadFirstShare: naming the field.
        """
        require(self.unused in Unused.values, Missing(field="unused"))
        require(self.release_rule in ReleaseRule.values, Missing(field="release_rule"))
        share = self.first_share
        fits = share is not None and 1 <= share <= 99
        if self.release_rule != ReleaseRule.STAGED:
            return self if fits else replace(self, first_share=now.first_share)
        require(fits, BadFirstShare)
        return self


@transaction.atomic
def add_programme(
    organisation_id: int,
    *,
    name: str,
    purpose: str = "",
    body_id: int | None = None,
    money: MoneyRules | None = None,
    by: Person,
    at: datetime,
) -> Programme:
    """Add a fund to the organisation; without ``money`` with the usual rules for it.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing, TooLong, NameTaken, BadFirstShare: naming the field.
        BodyAside, BodyUnable: the body cannot decide.
    """
    organisation = lock_organisation(organisation_id)
    require(people.may_set_up(by, organisation_id, at))
    programme = Programme(organisation=organisation)
    _fill(programme, name=name, purpose=purpose, body_id=body_id, at=at)
    _fill_money(programme, money)
    programme.save()
    _note("programmes.programme_added", programme, by=by, at=at, name=programme.name)
    return programme


@transaction.atomic
def change_programme(
    programme_id: int,
    *,
    name: str,
    purpose: str,
    body_id: int | None,
    money: MoneyRules | None = None,
    by: Person,
    at: datetime,
) -> Programme:
    """Change the programme's name, purpose, deciding body and, if given, rules for its money.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing, TooLong, NameTaken, BadFirstShare: naming the field.
        OwnBodyLimited: the body decides up to a sum, which would mean nothing any more.
        BodyAside, BodyUnable: the body cannot decide.
    """
    programme = _locked(programme_id)
    require(may_set_up(by, programme, at))
    _fill(programme, name=name, purpose=purpose, body_id=body_id, at=at)
    _fill_money(programme, money)
    programme.save(update_fields=["name", "purpose", "body", *MoneyRules.__slots__])
    facts = {"name": programme.name, "body": programme.body.name if programme.body else ""}
    rules = asdict(MoneyRules.of(programme))
    _note("programmes.programme_changed", programme, by=by, at=at, **facts, **rules)
    return programme


def _fill_money(programme: Programme, money: MoneyRules | None) -> None:
    if money is not None:
        for field, value in asdict(money.checked(MoneyRules.of(programme))).items():
            setattr(programme, field, value)


def _fill(
    programme: Programme, *, name: str, purpose: str, body_id: int | None, at: datetime
) -> None:
    programme.name = read_name(name)
    programme.purpose = purpose.strip()
    require(len(programme.purpose) <= LONGEST_PURPOSE, _too_long("purpose", LONGEST_PURPOSE))
    same = Programme.objects.filter(
        organisation=programme.organisation_id, name=programme.name
    ).exclude(pk=programme.pk or 0)
    require(not same.exists(), NameTaken(name=programme.name))
    bodies = Body.objects.filter(organisation=programme.organisation_id)
    body = bodies.get(pk=body_id) if body_id else None
    if body is not None:
        require_able(body, but=programme.body_id, at=at)
        limited = programme.pk and programme.mandates.filter(body=body).exists()
        require(not limited, OwnBodyLimited(body=body.name))
    programme.body = body


@transaction.atomic
def set_goals(programme_id: int, text: str, *, by: Person, at: datetime) -> list[Goal]:
    """Let the programme's goals be those in ``text``, one on each line, in that order.

    One that is no longer there is laid aside and stays on the cases that chose it; written
    again it comes back.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        TooLong: a goal that does not fit.
    """
    programme = _locked(programme_id)
    require(may_set_up(by, programme, at))
    names = list(dict.fromkeys(filter(None, map(tidy, text.splitlines()))))
    require(all(len(it) <= LONGEST_GOAL for it in names), _too_long("goals", LONGEST_GOAL))
    known = {goal.name.casefold(): goal for goal in programme.goals.all()}
    goals: list[Goal] = []
    for position, name in enumerate(names):
        goal = known.pop(name.casefold(), None) or Goal(programme=programme)
        goal.name, goal.position, goal.archived_at = name, position, None
        goal.save()
        goals.append(goal)
    for left in known.values():
        if left.archived_at is None:
            left.archived_at = at
            left.save(update_fields=["archived_at"])
    _note("programmes.goals_set", programme, by=by, at=at, goals=names)
    return goals


@transaction.atomic
def set_steps(programme_id: int, names: Mapping[Stage, str], *, by: Person, at: datetime) -> None:
    """Give the programme's steps names of its own; one without a name is not used.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        StepNeeded, TooLong: naming the field, which is the stage.
    """
    programme = _locked(programme_id)
    require(may_set_up(by, programme, at))
    named = {stage: tidy(names.get(stage, "")) for stage in NAMED}
    for stage, name in named.items():
        require(bool(name) or stage not in ALWAYS, StepNeeded(field=stage.value))
        require(len(name) <= LONGEST_STEP, _too_long(stage.value, LONGEST_STEP))
    for position, (stage, name) in enumerate(named.items()):
        if name:
            Step.objects.update_or_create(
                programme=programme,
                edition=None,
                stage=stage.value,
                defaults={"name": name, "position": position},
            )
        else:
            Step.objects.filter(programme=programme, edition=None, stage=stage.value).delete()
    told = {stage.value: name for stage, name in named.items()}
    _note("programmes.steps_set", programme, by=by, at=at, steps=told)


@transaction.atomic
def archive_programme(programme_id: int, *, by: Person, at: datetime) -> None:
    """Lay the programme aside: it gets no new rounds; the old ones stay as they are.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it lies aside already.
    """
    _move(programme_id, archived=True, by=by, at=at)


@transaction.atomic
def restore_programme(programme_id: int, *, by: Person, at: datetime) -> None:
    """Bring the programme back.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it does not lie aside.
    """
    _move(programme_id, archived=False, by=by, at=at)


def _move(programme_id: int, *, archived: bool, by: Person, at: datetime) -> None:
    programme = _locked(programme_id)
    require(may_set_up(by, programme, at))
    require((programme.archived_at is None) == archived, AlreadyDone)
    programme.archived_at = at if archived else None
    programme.save(update_fields=["archived_at"])
    verb = "archived" if archived else "restored"
    _note(f"programmes.programme_{verb}", programme, by=by, at=at)


def _locked(programme_id: int) -> Programme:
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)


def _too_long(field: str, limit: int) -> Refusal:
    return TooLong(field=field, limit=limit)


def _note(verb: str, programme: Programme, *, by: Person, at: datetime, **data: object) -> None:
    organisation_id = programme.organisation_id
    note(verb, about=programme, by=by, at=at, organisation_id=organisation_id, **data)
