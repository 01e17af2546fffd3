"""What the table as a whole hides, and where the rows of one case do not agree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from openpyxl.utils.cell import get_column_letter

from idesluss.logic.money import Money
from idesluss.logic.outcomes import (
    LessThanAsked,
    NothingGranted,
    Outcome,
    Proposal,
    contradictions,
)
from idesluss.logic.sheets import problems as say
from idesluss.logic.sheets.columns import Header
from idesluss.logic.sheets.problems import Findings
from idesluss.logic.sheets.rounds import Case, Row
from idesluss.logic.sheets.tables import Table
from idesluss.logic.sheets.words import plain


def judge_table(table: Table, header: Header, sums: Collection[int], found: Findings) -> None:
    """Note what stands outside single rows. ``sums`` are the rows that sum up the others."""
    for rival in header.rivals:
        first = header.columns[rival.heading.field].label
        found.add(header.row, rival.label, say.RivalColumns(first=first, second=rival.label))
    for label in header.unread:
        found.add(header.row, label, say.NotRead())
    for name in ("asked", "granted"):
        factor = header.columns[name].heading.factor if name in header.columns else 1
        if factor > 1:
            found.add(header.row, name, say.InUnits(factor=factor))
    if "granted" not in header.columns:
        found.add(header.row, "", say.SumNotSaid())
    for number in sums:
        found.add(number, "", say.TotalRow())
    if table.other_sheets:
        others = ", ".join(table.other_sheets)
        found.add(None, "", say.OtherSheets(sheet=table.sheet, others=others))
    hidden = table.hidden & {number for number, _ in table.rows if number > header.row}
    if hidden:
        found.add(min(hidden), "", say.HiddenRows(count=len(hidden)))
    _judge_merged(table, header, sums, found)
    _judge_computed(table, header, sums, found)


def _judge_merged(table: Table, header: Header, sums: Collection[int], found: Findings) -> None:
    for top, left, bottom, right in table.merged:
        places = {it.index: name for name, it in header.columns.items()}
        touched = {place: name for place, name in places.items() if left <= place <= right}
        if top <= header.row or not touched or all(row in sums for row in range(top, bottom + 1)):
            continue
        cells = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        found.add(top, touched[min(touched)], say.Merged(cells=cells))


def _judge_computed(table: Table, header: Header, sums: Collection[int], found: Findings) -> None:
    rows = dict(table.rows)
    for name, column in header.columns.items():
        known = []
        for number, index in sorted(table.formulas):
            if index != column.index or number <= header.row or number in sums:
                continue
            if index <= len(rows[number]) and rows[number][index - 1] is not None:
                known.append(number)
            else:
                found.add(number, name, say.NotComputed())
        if known:
            found.add(known[0], name, say.ComputedColumn(count=len(known)))


_AGREE: Final[tuple[tuple[str, Callable[[Row], object]], ...]] = (
    ("department", lambda row: row.department),
    ("asked", lambda row: (row.asked_minor, row.currency) if row.asked_minor is not None else None),
    ("outcome", lambda row: row.outcome),
    ("reason", lambda row: row.reason),
)


def settle(case: Case, *, year: int | None, sums_told: bool, found: Findings) -> list[Row]:
    """Return the rows of ``case``, each with the outcome of the case, and note what disagrees.

    An outcome that no row says is taken from the sums, and said to be: more than zero is granted,
    or partly granted when more was asked for; nothing leaves it open. ``year`` is the round's,
    ``sums_told`` whether the table has a column for granted sums.
    """
    for field, value_of in _AGREE:
        _judge_agreement(case, field, value_of, found)
    _judge_repetition(case, found)
    outcome = case.outcome or _inferred(case, found)
    if outcome is not None:
        outcome = _judged(case, outcome, found, year=year, sums_told=sums_told)
    return [replace(row, outcome=outcome) for row in case.rows]


def _judge_agreement(
    case: Case, field: str, value_of: Callable[[Row], object], found: Findings
) -> None:
    says = [(row, value) for row in case.rows if (value := value_of(row)) not in (None, "")]
    for row, value in says[1:]:
        first_row, first = says[0]
        if _same(value) != _same(first):
            found.add(
                row.number,
                field,
                say.Contradiction(first=_told(first), second=_told(value), row=first_row.number),
            )
            return


def _judge_repetition(case: Case, found: Findings) -> None:
    seen: dict[Row, int] = {}
    first = case.rows[0]
    for row in case.rows:
        bare = replace(row, number=0)
        if bare in seen:
            found.add(row.number, "", say.SaysTheSame(row=seen[bare]))
        seen.setdefault(bare, row.number)
        if row.applicant and first.applicant and _same(row.applicant) != _same(first.applicant):
            found.add(row.number, "applicant", say.SeveralApplicants(row=first.number))


def _inferred(case: Case, found: Findings) -> Outcome | None:
    granted = {code: minor for code, minor in case.granted.items() if minor}
    if not granted:
        return None
    asked = case.asked
    partly = asked is not None and list(granted) == [asked.currency]
    partly = partly and asked is not None and granted[asked.currency] < asked.minor
    outcome = Outcome.PARTLY_GRANTED if partly else Outcome.GRANTED
    found.add(case.rows[0].number, "outcome", say.OutcomeFromSum(outcome=outcome))
    return outcome


def _judged(
    case: Case, outcome: Outcome, found: Findings, *, year: int | None, sums_told: bool
) -> Outcome:
    """Return the outcome as it is to be understood, and note what speaks against it."""
    granted = {code: minor for code, minor in case.granted.items() if minor}
    asked = case.asked.minor if case.asked and set(granted) <= {case.asked.currency} else None
    later = next((row.year for row in case.rows if row.year and year and row.year > year), None)
    proposal = Proposal(
        outcome=outcome,
        asked_minor=asked,
        granted_minor=next(iter(granted.values()), 0),  # of several currencies any will do
        later_year=later if outcome is Outcome.GRANTED_LATER_POT else None,
    )
    place = next((row.number for row in case.rows if row.granted_minor), case.rows[0].number)
    for what in contradictions(proposal, year):
        if isinstance(what, NothingGranted) and not sums_told:
            continue
        if isinstance(what, LessThanAsked):
            # Offices write "granted" for both; the sums stand beside each other and tell.
            found.add(place, "outcome", say.LessThanAskedIsPartly())
            return Outcome.PARTLY_GRANTED
        found.add(place, "granted", what)
    return outcome


def _same(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _told(value: object) -> str:
    if isinstance(value, tuple):
        minor, currency = value
        return str(Money(minor, currency))
    return str(value)[:80]
