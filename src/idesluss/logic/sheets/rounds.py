"""A round as a table tells it: rows, the cases they make, totals, and everything to be said.

Totals are always computed from the rows. A total that somebody states is shown beside the
computed one, and the difference is ``stated - computed``: above zero, the statement promises
more than its rows hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from idesluss.logic.money import Money, totals
from idesluss.logic.outcomes import Outcome
from idesluss.logic.refusals import gettext_noop, plain
from idesluss.logic.sheets.problems import Problem
from idesluss.logic.sheets.words import plain as same


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Sums in minor units of ``currency``; None: the cell is empty."""

    number: int  # as the sheet shows it
    title: str
    department: str = ""
    applicant: str = ""
    asked_minor: int | None = None
    granted_minor: int | None = None
    outcome: Outcome | None = None
    reason: str = ""
    currency: str = "SEK"
    year: int | None = None
    implementer: str = ""


@dataclass(frozen=True)
class Case:
    """The rows that share a title, in their order: several implementers, or several years.

    Each property takes the first row that says something; rows that contradict each other are
    among the problems of the reading.
    """

    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        return self.rows[0].title

    @property
    def department(self) -> str:
        return next((row.department for row in self.rows if row.department), "")

    @property
    def applicants(self) -> tuple[str, ...]:
        """Everybody named as applicant, each once."""
        named = {same(row.applicant): row.applicant for row in self.rows if row.applicant}
        return tuple(named.values())

    @property
    def outcome(self) -> Outcome | None:
        return next((row.outcome for row in self.rows if row.outcome), None)

    @property
    def reason(self) -> str:
        return next((row.reason for row in self.rows if row.reason), "")

    @property
    def asked(self) -> Money | None:
        """What was asked for, once for the whole case; None: not said."""
        return next(
            (Money(it.asked_minor, it.currency) for it in self.rows if it.asked_minor is not None),
            None,
        )

    @property
    def granted(self) -> dict[str, int]:
        """The granted sum in minor units for each currency that occurs."""
        return _granted(self.rows)

    @property
    def sums(self) -> dict[tuple[int | None, str, str], int]:
        """Granted minor units by (year, implementer, currency), only those above zero."""
        found: dict[tuple[int | None, str, str], int] = {}
        for row in self.rows:
            if row.granted_minor:
                key = (row.year, row.implementer, row.currency)
                found[key] = found.get(key, 0) + row.granted_minor
        return found


@dataclass(frozen=True)
class Reading:
    """What was read. ``problems`` keep the round from being taken in, ``remarks`` do not.

    ``currency`` is the round's own, which ``stated_total`` (minor units, None: nobody stated
    one) is in; ``sheet`` is empty for a text file.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    currency: str
    stated_total: int | None = None
    sheet: str = ""

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The rows grouped by title, whatever its capitals and blanks, in order."""
        return cases(self.rows)

    @property
    def received(self) -> int:
        """How many cases there are."""
        return len(self.cases)

    @property
    def granted(self) -> int:
        """How many cases were granted money, from this pot or a later one."""
        return sum(any(case.granted.values()) for case in self.cases)

    @property
    def totals(self) -> dict[str, int]:
        """The granted sum in minor units for each currency, later pots included."""
        return _granted(self.rows)

    @property
    def totals_by_year(self) -> dict[int, dict[str, int]]:
        """``totals`` for each year. Rows without a year, in a round without one, are in none."""
        told = [row for row in self.rows if row.granted_minor is not None]
        years = sorted({row.year for row in told if row.year is not None})
        return {year: _granted(row for row in told if row.year == year) for year in years}

    @property
    def difference(self) -> int | None:
        """Stated minus computed total in minor units of ``currency``; None: nothing stated."""
        if self.stated_total is None:
            return None
        return self.stated_total - self.totals.get(self.currency, 0)

    def as_json(
        self,
        translate: Callable[[str], str] = gettext_noop,
        show: Callable[[object], object] = plain,
    ) -> dict[str, Any]:
        """Return the reading as JSON can hold it.

        ``{"rows": count, "problems": [{"row", "column", "message"}], "received", "granted",
        "totals": {currency: minor}, "totals_by_year": {"2023": {currency: minor}},
        "stated_total", "difference"}``. ``translate`` and ``show`` as in ``Refusal.said``.
        """
        return {
            "rows": len(self.rows),
            "problems": [
                {"row": it.row, "column": it.column, "message": it.said(translate, show)}
                for it in self.problems
            ],
            "received": self.received,
            "granted": self.granted,
            "totals": self.totals,
            "totals_by_year": {str(year): sums for year, sums in self.totals_by_year.items()},
            "stated_total": self.stated_total,
            "difference": self.difference,
        }


def cases(rows: Iterable[Row]) -> tuple[Case, ...]:
    """Group ``rows`` by title, case and blanks aside, in the order of their first rows."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(same(row.title), []).append(row)
    return tuple(Case(tuple(group)) for group in groups.values())


def _granted(rows: Iterable[Row]) -> dict[str, int]:
    return totals(
        Money(row.granted_minor, row.currency) for row in rows if row.granted_minor is not None
    )
