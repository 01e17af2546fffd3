"""What a round judges by: criteria of three kinds, free to change until somebody has handed in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from idesluss.logic.refusals import Missing, Refusal, TooLong, require
from idesluss.logic.scoring import NeededTooMany
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.programmes.local import slug_of
from idesluss.programmes.models import Criterion, Question, Round
from idesluss.programmes.refusals import (
    BadScale,
    BadWeight,
    HandedIn,
    NameTaken,
    NeededForTheNumber,
    NoWeight,
)
from idesluss.programmes.rules import has_been_handed_in_to, may_set_up
from idesluss.programmes.vocab import CriterionKind
from idesluss.records.usecases import note

LONGEST_DESCRIPTION = 2000  # characters
HEAVIEST = 100
HIGHEST = 100


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """A criterion; scale and weight count for scored ones, the weight for additional ones too."""

    kind: str
    name: str
    description: str = ""
    weight: int = 1
    low: int = 1
    high: int = 5

    def checked(self) -> CriterionFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        require(self.kind in CriterionKind.values, Missing(field="kind"))
        description = self.description.strip()
        limit = LONGEST_DESCRIPTION
        require(len(description) <= limit, TooLong(field="description", limit=limit))
        require(0 <= self.weight <= HEAVIEST, BadWeight)
        name = read_name(self.name, limit=160)
        if self.kind != CriterionKind.SCORED:  # met or not: no scale
            return replace(self, name=name, description=description, low=0, high=1)
        require(0 <= self.low < self.high <= HIGHEST, BadScale)
        return replace(self, name=name, description=description)


@transaction.atomic
def add_criterion(
    round_id: int, facts: CriterionFacts, *, key: str = "", by: Person, at: datetime
) -> Criterion:
    """Add a criterion, last of all; under ``key`` if it had one before.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        Refusal: a fact that cannot be used, naming its field.
    """
    round = open_for_change(round_id, by=by, at=at)
    facts = facts.checked()
    _require_new_name(round, facts)
    _require_weight(round, facts)
    criterion = Criterion.objects.create(
        round=round,
        key=free_key(key or facts.name, set(round.criteria.values_list("key", flat=True))),
        position=_after_last(round.criteria.aggregate(last=Max("position"))["last"]),
        **asdict(facts),
    )
    note("programmes.criterion_added", about=round, by=by, at=at, **asdict(facts))
    return criterion


@transaction.atomic
def change_criterion(
    criterion_id: int, facts: CriterionFacts, *, by: Person, at: datetime
) -> Criterion:
    """Change a criterion.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        Refusal: a fact that cannot be used, naming its field.
    """
    criterion = Criterion.objects.get(pk=criterion_id)
    round = open_for_change(criterion.round_id, by=by, at=at)
    facts = facts.checked()
    _require_new_name(round, facts, but=criterion)
    _require_weight(round, facts, but=criterion)
    if criterion.kind == CriterionKind.QUALIFYING and facts.kind != criterion.kind:
        _require_spare(round)
    for name, value in asdict(facts).items():
        setattr(criterion, name, value)
    criterion.save(update_fields=list(asdict(facts)))
    note("programmes.criterion_changed", about=round, by=by, at=at, **asdict(facts))
    return criterion


@transaction.atomic
def remove_criterion(criterion_id: int, *, by: Person, at: datetime) -> None:
    """Take a criterion away; nobody has been judged by it. ``bring_back`` makes it again.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        NeededForTheNumber: it is needed for "at least so many of these".
        NoWeight: those that are left would count for nothing.
    """
    criterion = Criterion.objects.get(pk=criterion_id)
    round = open_for_change(criterion.round_id, by=by, at=at)
    if criterion.kind == CriterionKind.QUALIFYING:
        _require_spare(round)
    if criterion.kind == CriterionKind.SCORED:
        left = _weights(round, but=criterion)
        require(not left or any(left), NoWeight(field=""))
    criterion.delete()
    kept = {name: getattr(criterion, name) for name in (*CriterionFacts.__slots__, "key")}
    note("programmes.criterion_removed", about=round, by=by, at=at, kept=kept)


@transaction.atomic
def move_criterion(criterion_id: int, *, up: bool, by: Person, at: datetime) -> None:
    """Change places with the criterion before (or after).

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
    """
    criterion = Criterion.objects.get(pk=criterion_id)
    round = open_for_change(criterion.round_id, by=by, at=at)
    move(list(round.criteria.all()), criterion_id, up=up)
    note("programmes.criterion_moved", about=round, by=by, at=at, name=criterion.name)


@transaction.atomic
def set_needed(round_id: int, needed: int, *, by: Person, at: datetime) -> None:
    """How many of the qualifying criteria must be met: "at least n of these".

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        NeededTooMany: more than there are.
    """
    round = open_for_change(round_id, by=by, at=at)
    count = round.criteria.filter(kind=CriterionKind.QUALIFYING).count()
    require(0 <= needed <= count, NeededTooMany(needed=needed, count=count))
    round.qualifying_needed = needed
    round.save(update_fields=["qualifying_needed"])
    note("programmes.needed_set", about=round, by=by, at=at, needed=needed)


def open_for_change(
    round_id: int, *, by: Person, at: datetime, fixed: type[Refusal] = HandedIn
) -> Round:
    """The round, locked, of which ``by`` may change what it asks. For use cases only.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in; or ``fixed``, which says the same of something else.
    """
    rounds = Round.objects.select_for_update(of=("self",))
    round = rounds.select_related("programme__organisation").get(pk=round_id)
    require(may_set_up(by, round, at))
    require_untouched(round, fixed)
    return round


def require_untouched(round: Round, fixed: type[Refusal]) -> None:
    """Go on when nobody has handed in to ``round``, and nobody does before the transaction ends.

    Whoever hands in holds the case; so every case of the round is held here, and either the
    change is seen by those who hand in, or they are seen by the change.

    Raises:
        Refusal: ``fixed``; somebody has handed in.
    """
    cases = round.applications.filter(submitted_at=None).order_by("idea_id")
    for _case in cases.select_related("idea").select_for_update(of=("idea",)).only("idea__id"):
        pass
    require(not has_been_handed_in_to(round), fixed)


Placed = TypeVar("Placed", Criterion, Question)


def move(things: list[Placed], pk: int, *, up: bool) -> None:
    """Let the thing ``pk`` change places with the one before (or after), and number them all."""
    place = [it.pk for it in things].index(pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(things):
        things[place], things[other] = things[other], things[place]
    for position, it in enumerate(things):
        it.position = position
        it.save(update_fields=["position"])


def free_key(name: str, taken: set[str]) -> str:
    """A key made of ``name`` that is not in ``taken``."""
    start = slug_of(name)[:36] or "key"
    keys = [start, *(f"{start}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in keys if key not in taken)


def _after_last(last: int | None) -> int:
    return 0 if last is None else last + 1


def _weights(round: Round, but: Criterion | None = None) -> list[int]:
    """Weights of the scored criteria, without ``but``."""
    scored = round.criteria.filter(kind=CriterionKind.SCORED)
    return [it.weight for it in scored if but is None or it.pk != but.pk]


def _require_weight(round: Round, facts: CriterionFacts, but: Criterion | None = None) -> None:
    if facts.kind == CriterionKind.SCORED:
        require(any([facts.weight, *_weights(round, but)]), NoWeight)


def _require_new_name(round: Round, facts: CriterionFacts, but: Criterion | None = None) -> None:
    same: Refusal = NameTaken(name=facts.name)
    others = round.criteria.exclude(pk=but.pk if but else 0)
    require(facts.name.casefold() not in {it.name.casefold() for it in others}, same)


def _require_spare(round: Round) -> None:
    """One qualifying criterion can go and the number to be met can still be met."""
    count = round.criteria.filter(kind=CriterionKind.QUALIFYING).count()
    needed = NeededForTheNumber(needed=round.qualifying_needed)
    require(count > round.qualifying_needed, needed)
