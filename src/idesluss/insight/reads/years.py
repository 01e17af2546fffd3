"""One fund, year by year: what came in, what was granted, to whom, how fast, what became of it.

Every figure is computed from the cases of the rounds that the reader may see. Sums of different
currencies are never added. Small groups are hidden (``logic.disclosure``): None stands for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from idesluss.funding.vocab import Posted
from idesluss.insight.reads.counts import (
    Answered,
    Named,
    Tally,
    answers,
    applicants,
    names,
    tallies,
)
from idesluss.insight.reads.rounds import Chosen, Told
from idesluss.insight.reads.spread import Group, spread
from idesluss.logic.disclosure import hidden, small
from idesluss.logic.outcomes import GIVES_MONEY, Outcome
from idesluss.logic.waiting import within, working_days_between
from idesluss.people.models import Organisation

Sums = Mapping[str, int]
"""Minor units by currency."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Working days to an answer: half within ``half``, nine of ten within ``most``; of ``n``.

    Reckoned from the round's closing, or from when a case came in where the round never closes.
    """

    n: int
    half: int
    most: int


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Applicants by name: ``people`` in all, ``new`` of them had not applied in an earlier year.

    ``new`` is None when so few are new, or are not, that they would be pointed out.
    """

    people: int
    new: int | None


@dataclass(frozen=True)
class Year:
    """One project year of a fund.

    ``asked`` is None where it would tell what a few asked for that were not granted; ``said`` is
    how many said what they ask for. ``granted_sums`` as decided, ``pot`` what there was to share
    out. ``permanent`` and ``reported`` of the granted, as far as everybody may know. ``wait``
    and ``newcomers`` are None where nothing is known, or too little to be shown.
    """

    year: int
    rounds: Sequence[Told]
    received: int
    granted: int
    withdrawn: int
    undecided: int
    said: int
    asked: Sums | None
    granted_sums: Sums
    pot: Sums
    money: Mapping[str, Sums]  # the ledger: changed, released, used, returned
    departments: Sequence[Group]
    goals: Sequence[Group]
    newcomers: Newcomers | None
    wait: Wait | None
    permanent: int
    reported: int
    partly_invented: bool  # some of its cases are made up for a demonstration

    @property
    def not_granted(self) -> int:
        """Decided otherwise, taken back, or not decided yet."""
        return self.received - self.granted

    @property
    def share(self) -> float | None:
        """Granted of received, 0 to 1; None when nothing came in."""
        return self.granted / self.received if self.received else None

    @property
    def permanent_share(self) -> float | None:
        """Made permanent of granted, 0 to 1; None when nothing was granted."""
        return self.permanent / self.granted if self.granted else None

    @property
    def published(self) -> bool:
        """Whether everybody sees all of it."""
        return all(one.published for one in self.rounds)

    @property
    def invented(self) -> bool:
        """Whether a whole round of it is made up for a demonstration."""
        return any(one.invented for one in self.rounds)

    def left(self, currency: str) -> int | None:
        """What was left of the pot, below zero if too much was granted; None without a pot."""
        if currency not in self.pot:
            return None
        return self.pot[currency] - self.granted_sums.get(currency, 0)


@dataclass(frozen=True)
class Years:
    """The chosen years, each that has a round, in order."""

    chosen: Chosen
    years: Sequence[Year]
    department_of: Mapping[int, int] = field(default_factory=dict)  # of every unit

    @cached_property
    def currencies(self) -> list[str]:
        """Every currency that a sum is in."""
        found = {code for one in self.years for code in (*one.granted_sums, *(one.asked or ()))}
        return sorted(found)

    def of(self, year: int) -> Year | None:
        """That year, if a round has it."""
        return next((one for one in self.years if one.year == year), None)


def years_of(chosen: Chosen, *, at: datetime) -> Years:
    """Compute the chosen years; four queries, however many years and cases."""
    rounds = chosen.within
    if chosen.fund is None or not rounds:
        return Years(chosen, ())
    seen = sorted({one.year for one in rounds})
    named = names(chosen, chosen.fund)
    counted = tallies(chosen, named.shut, at=at)
    waits = _waits(rounds, answers(chosen, named.shut), chosen.organisation)
    people = applicants(chosen, named.shut)
    earliest = chosen.years[0]
    return Years(
        chosen,
        tuple(
            _year(
                year,
                [one for one in rounds if one.year == year],
                counted,
                named,
                wait=_wait(waits.get(year, Counter())),
                newcomers=_newcomers(*people.get(year, (0, 0))) if year > earliest else None,
            )
            for year in seen
        ),
        named.department_of,
    )


def _year(
    year: int,
    rounds: Sequence[Told],
    counted: Sequence[Tally],
    named: Named,
    *,
    wait: Wait | None,
    newcomers: Newcomers | None,
) -> Year:
    keys = {one.pk for one in rounds}
    here = [one for one in counted if one.round in keys]
    cases = [one for one in here if one.kind == "unit"]

    def of(*outcomes: str) -> int:
        return sum(one.n for one in cases if one.what in outcomes)

    posted = {
        kind: _sums(it for it in here if (it.kind, it.what) == ("posted", kind))
        for kind in (Posted.CHANGED, Posted.RELEASED, Posted.USED, Posted.RETURNED)
    }
    return Year(
        year=year,
        rounds=rounds,
        received=sum(one.n for one in cases),
        granted=of(*GIVES_MONEY),
        withdrawn=of(Outcome.WITHDRAWN),
        undecided=of(""),
        said=sum(one.known for one in cases),
        asked=_asked(rounds, cases),
        granted_sums=_sums(one for one in here if one.kind == "grant"),
        pot=rounds[0].pot,
        money={str(kind): sums for kind, sums in posted.items() if sums},
        departments=spread(
            rounds, here, ("unit", "grant"), named.departments,
            group_of=named.department_of, current=named.current,
        ),
        goals=spread(
            rounds, here, ("goal", "goal_grant"), named.goals, group_of=None, current=named.current
        ),
        newcomers=newcomers,
        wait=wait,
        permanent=sum(one.n for one in here if one.kind == "after"),
        reported=sum(one.known for one in here if one.kind == "after"),
        partly_invented=any(one.invented for one in cases),
    )  # fmt: skip


def _sums(rows: Any) -> Sums:
    found: Counter[str] = Counter()
    for one in rows:
        found[one.currency] += one.minor
    return dict(sorted(found.items()))


def _asked(rounds: Sequence[Told], cases: Sequence[Tally]) -> Sums | None:
    """What was asked for; None where it would tell what a few of a round were refused."""
    for round in rounds:
        told = [one for one in cases if one.round == round.pk and one.known]
        if small(sum(one.known for one in told if one.what not in GIVES_MONEY)):
            return None
    return _sums(one for one in cases if one.known)


def _newcomers(people: int, new: int) -> Newcomers | None:
    if not people:
        return None
    return Newcomers(people, None if hidden([new, people - new]) else new)


def _waits(
    rounds: Sequence[Told], told: Sequence[Answered], organisation: Organisation
) -> dict[int, Counter[int]]:
    """``{year: {working days: cases}}`` of the cases whose beginning and end are both known.

    A round from a table is answered on the day that the table's decision has, if it is known.
    """
    zone, country = organisation.timezone, organisation.country
    known = {one.pk: one for one in rounds}
    found: dict[int, Counter[int]] = {}
    for one in told:
        round = known[one.round]
        began = round.closes_at or (None if round.from_table else one.since)
        ended = round.decided_on if round.from_table else one.at.astimezone(zone).date()
        if began is None or ended is None:
            continue
        # The closing is the first moment outside: the last day is the one before it.
        last = (began - timedelta(microseconds=1) if round.closes_at else began).astimezone(zone)
        days = working_days_between(last.date(), ended, country)
        found.setdefault(round.year, Counter())[days] += one.n
    return found


def _wait(waits: Mapping[int, int]) -> Wait | None:
    n = sum(waits.values())
    if not n or small(n):
        return None
    return Wait(n, within(waits, 50), within(waits, 90))
