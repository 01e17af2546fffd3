"""Levels of amounts in a round: apart from each other, within the least and the most."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.programmes.limits import (
    LevelOverCap,
    LevelsOverlap,
    LevelUnderFloor,
    LevelUpsideDown,
    RulesFixed,
)
from idesluss.programmes.models import Level, Round
from idesluss.programmes.refusals import NameTaken
from idesluss.programmes.rules import PotTerms, pot_terms
from idesluss.programmes.usecases.criteria import open_for_change
from idesluss.records.usecases import note

LONGEST_ASKS = 2000  # characters


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """A level: sums in minor units of the round's currency, both included."""

    name: str
    low_minor: int | None
    high_minor: int | None
    asks: str = ""

    def checked(self) -> LevelFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        name = read_name(self.name)
        asks = self.asks.replace("\r\n", "\n").strip()
        require(len(asks) <= LONGEST_ASKS, TooLong(field="asks", limit=LONGEST_ASKS))
        if self.low_minor is None:
            raise Missing(field="low_minor")
        if self.high_minor is None:
            raise Missing(field="high_minor")
        require(0 <= self.low_minor <= self.high_minor, LevelUpsideDown)
        return replace(self, name=name, asks=asks)


@transaction.atomic
def add_level(round_id: int, facts: LevelFacts, *, by: Person, at: datetime) -> Level:
    """Add a level to the round.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        RulesFixed: somebody has handed in.
        Refusal: a fact that cannot be used, or that another level, the least sum or the pot
            contradicts, naming its field.
    """
    round = open_for_change(round_id, by=by, at=at, fixed=RulesFixed)
    facts = _fitting(round, facts)
    level = Level.objects.create(round=round, **asdict(facts))
    note("programmes.level_added", about=round, by=by, at=at, **asdict(facts))
    return level


@transaction.atomic
def change_level(level_id: int, facts: LevelFacts, *, by: Person, at: datetime) -> Level:
    """Change a level.

    Raises:
        NotAllowed, RulesFixed, Refusal: as ``add_level``.
    """
    level = Level.objects.get(pk=level_id)
    round = open_for_change(level.round_id, by=by, at=at, fixed=RulesFixed)
    facts = _fitting(round, facts, but=level)
    for name, value in asdict(facts).items():
        setattr(level, name, value)
    level.save(update_fields=list(asdict(facts)))
    note("programmes.level_changed", about=round, by=by, at=at, **asdict(facts))
    return level


@transaction.atomic
def remove_level(level_id: int, *, by: Person, at: datetime) -> None:
    """Take a level away; the records keep it, and ``bring_back`` makes it again.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        RulesFixed: somebody has handed in.
    """
    level = Level.objects.get(pk=level_id)
    round = open_for_change(level.round_id, by=by, at=at, fixed=RulesFixed)
    kept = {name: getattr(level, name) for name in LevelFacts.__slots__}
    level.delete()
    note("programmes.level_removed", about=round, by=by, at=at, kept=kept)


def check_level(level: LevelFacts | Level, round: Round, pot: PotTerms | None) -> None:
    """Refuse a level outside what can be asked for.

    Raises:
        LevelUnderFloor, LevelOverCap: naming the field.
    """
    low, high = level.low_minor or 0, level.high_minor or 0
    floor = round.floor_minor
    if floor is not None and low < floor:
        raise LevelUnderFloor(floor=Money(floor, round.currency), level=level.name)
    if pot is not None and pot.cap_minor is not None and high > pot.cap_minor:
        cap = Money(pot.cap_minor, pot.currency)
        raise LevelOverCap(cap=cap, level=level.name, year=pot.year)


def _fitting(round: Round, facts: LevelFacts, but: Level | None = None) -> LevelFacts:
    facts = facts.checked()
    low, high = facts.low_minor or 0, facts.high_minor or 0
    check_level(facts, round, pot_terms(round.programme_id, round.project_year))
    for other in round.levels.exclude(pk=but.pk if but else 0):
        taken = other.name.casefold() == facts.name.casefold()
        require(not taken, NameTaken(name=facts.name))
        apart = high < other.low_minor or low > other.high_minor
        ends = Money(other.low_minor, round.currency), Money(other.high_minor, round.currency)
        require(apart, LevelsOverlap(level=other.name, low=ends[0], high=ends[1]))
    return facts
