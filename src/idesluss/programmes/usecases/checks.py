"""Whether a round is ready: everything that is missing, or that contradicts itself, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache

from idesluss.logic.refusals import Refusal
from idesluss.logic.scoring import NeededTooMany
from idesluss.people.usecases import check_body
from idesluss.programmes.limits import MandateBodyAside, MandateBodyUnable, UnitGone
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.refusals import (
    BodyAside,
    ClosedAlready,
    ContactMissing,
    NobodyDecides,
    NoWeight,
    QuestionsMissing,
    WindowMissing,
)
from idesluss.programmes.rules import pot_terms
from idesluss.programmes.usecases.levels import check_level
from idesluss.programmes.usecases.round_rules import (
    check_currency,
    check_endorsing,
    check_floor,
    check_units_needed,
)
from idesluss.programmes.vocab import CriterionKind


class Around:
    """What the rounds of one programme have in common, each read when it is first asked for."""

    def __init__(self, programme: Programme) -> None:
        self.deciders = cache(lambda at: tuple(_check_deciders(programme, at)))
        self.pot = cache(lambda year: pot_terms(programme.pk, year))
        self.departments = cache(
            lambda needed: tuple(
                _refused([lambda: check_units_needed(programme.organisation_id, needed)])
            )
        )


def check_round(round: Round, *, at: datetime, around: Around | None = None) -> list[Refusal]:
    """Everything that keeps the round from being announced; empty when it is ready.

    ``around`` holds what is read already where several rounds of a programme are looked at.
    """
    around = around or Around(round.programme)
    found: list[Refusal] = []
    if round.opens_at is None or round.closes_at is None:
        found.append(WindowMissing())
    elif round.closes_at <= at:
        found.append(ClosedAlready())
    if round.contact_id is None:
        found.append(ContactMissing())
    found += around.deciders(at)
    if not round.questions.all():
        found.append(QuestionsMissing())
    return found + check_criteria(round) + check_rules(round, around)


def check_criteria(round: Round) -> list[Refusal]:
    """What is wrong with the round's criteria taken together."""
    found: list[Refusal] = []
    criteria = list(round.criteria.all())
    qualifying = [it for it in criteria if it.kind == CriterionKind.QUALIFYING]
    if round.qualifying_needed > len(qualifying):
        found.append(NeededTooMany(needed=round.qualifying_needed, count=len(qualifying)))
    scored = [it.weight for it in criteria if it.kind == CriterionKind.SCORED]
    if scored and not any(scored):
        found.append(NoWeight())
    return found


def check_rules(round: Round, around: Around | None = None) -> list[Refusal]:
    """Where the round's rules contradict the pot, the window, the units or each other."""
    around = around or Around(round.programme)
    pot = around.pot(round.project_year)
    levels = list(round.levels.all())
    checks: list[Callable[[], None]] = [
        lambda: check_currency(round.programme, round.currency, pot),
        lambda: check_endorsing(round, round.endorse_by),
    ]
    found = [*_refused(checks), *around.departments(round.units_needed)]
    if not any(it.field == "currency" for it in found):  # else the sums cannot be compared
        found += _refused(
            [
                lambda: check_floor(round.floor_minor, round.currency, (), pot),
                *(lambda it=it: check_level(it, round, pot) for it in levels),
            ]
        )
    units = [unit.name for unit in round.units.all() if unit.archived_at is not None]
    if units:
        found.append(UnitGone(units=", ".join(units)))
    return found


def _refused(checks: Iterable[Callable[[], None]]) -> list[Refusal]:
    found: list[Refusal] = []
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            found.append(refusal)
    return found


def _check_deciders(programme: Programme, at: datetime) -> list[Refusal]:
    found: list[Refusal] = []
    body = programme.body
    if body is None:
        found.append(NobodyDecides())
    elif body.archived_at is not None:
        found.append(BodyAside())
    elif problem := check_body(body, at.date()):
        found.append(problem)
    for mandate in programme.mandates.select_related("body"):
        if mandate.body.archived_at is not None:
            found.append(MandateBodyAside(body=mandate.body.name))
        elif check_body(mandate.body, at.date()):
            found.append(MandateBodyUnable(body=mandate.body.name))
    return found
