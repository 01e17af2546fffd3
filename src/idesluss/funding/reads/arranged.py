"""The rows of an agenda in an order and in groups, without telling where a shut one would stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from idesluss.funding.reads.agenda import Agenda, Case, Closed
from idesluss.funding.vocab import Arrangement


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; ``name`` "" is for those without a department or goal.

    Sums in minor units of the open rows: asked (known ones), and granted from whatever pot.
    """

    name: str
    rows: tuple[Case | Closed, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The open rows."""
        return tuple(row for row in self.rows if isinstance(row, Case))

    @property
    def asked_minor(self) -> int:
        """What the open rows ask for."""
        return sum(case.decision.application.asked_minor or 0 for case in self.cases)

    @property
    def granted_minor(self) -> int:
        """What is chosen for the open rows."""
        return sum(case.choice.granted_minor for case in self.cases)


def arranged(agenda: Agenda, by: Arrangement) -> tuple[Group, ...]:
    """The rows in groups: one group of all, or one for each department or (first) goal.

    By number shut rows stand at their §. In every other order their place would tell something
    of what they hold, so they come last.
    """
    if by is Arrangement.NUMBER:
        return (Group("", agenda.rows),)
    if by is Arrangement.SCORE:
        return (Group("", (*sorted(agenda.cases, key=_best_first), *agenda.closed)),)
    groups = _grouped(agenda.cases, department if by is Arrangement.DEPARTMENT else first_goal)
    return (*groups, Group("", agenda.closed)) if agenda.closed else groups


def department(case: Case) -> str:
    """The unit that applies, "" without one."""
    unit = case.decision.application.idea.unit
    return unit.name if unit else ""


def first_goal(case: Case) -> str:
    """The goal that the case serves first of all, "" without one."""
    return case.goals[0] if case.goals else ""


def _best_first(case: Case) -> tuple[bool, Fraction, int]:
    mean = case.tally.mean if case.tally else None
    return mean is None, -(mean or Fraction(0)), case.number


def _grouped(cases: Iterable[Case], key: Callable[[Case], str]) -> tuple[Group, ...]:
    """Groups in the order of their names, those without a name last."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    names: Sequence[str] = sorted(found, key=lambda name: (not name, name.casefold()))
    return tuple(Group(name, tuple(found[name])) for name in names)
