"""From a table to a round: every row read, every problem found in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from idesluss.logic.money import Amount, OtherCurrency
from idesluss.logic.refusals import Refusal
from idesluss.logic.sheets.cells import (
    read_currency,
    read_outcome,
    read_sum,
    read_text,
    read_year,
)
from idesluss.logic.sheets.columns import Header, find_header
from idesluss.logic.sheets.judging import judge_table, settle
from idesluss.logic.sheets.problems import Findings, NoTitles, Problem, TitleMissing
from idesluss.logic.sheets.rounds import Reading, Row, cases
from idesluss.logic.sheets.tables import Table, Value
from idesluss.logic.sheets.words import is_total

T = TypeVar("T")

_SUMS: Final = ("asked", "granted")


def read_round(
    table: Table, *, currency: str, year: int | None, stated_total: int | None = None
) -> Reading:
    """Read ``table`` as a round whose own currency and project year are given.

    They stand where a row says nothing else. ``stated_total`` is minor units of ``currency``;
    None takes the total that the table itself states in its last row, if it does. Nothing in the
    table raises: what is wrong is among the ``problems`` of the reading, what is worth a look
    among its ``remarks``, both in the order of the rows.
    """
    header = find_header(table.rows)
    if header is None:
        number, seen = table.rows[0]
        what = NoTitles(seen=", ".join(str(it) for it in seen if it is not None)[:200])
        return Reading((), (Problem(number, "", what),), (), currency, stated_total, table.sheet)
    return _Reader(table, header, currency, year).read(stated_total)


class _Reader:
    """The state of one reading: the table, its columns, and what has been found so far."""

    def __init__(self, table: Table, header: Header, currency: str, year: int | None) -> None:
        self.table = table
        self.header = header
        self.columns = header.columns
        self.currency = currency
        self.year = year
        self.found = Findings({name: column.label for name, column in header.columns.items()})

    def read(self, stated_total: int | None) -> Reading:
        body = [it for it in self.table.rows if it[0] > self.header.row]
        sums = [number for number, values in body if self._is_total(number, values)]
        if stated_total is None and len(sums) == 1 and body[-1][0] == sums[0]:
            stated_total = self._stated(body[-1][1])
        judge_table(self.table, self.header, sums, self.found)
        rows = [self._row(*it) for it in body if it[0] not in sums and self._says_something(*it)]
        settled = [
            row
            for case in cases(row for row in rows if row)
            for row in settle(
                case, year=self.year, sums_told="granted" in self.columns, found=self.found
            )
        ]
        return Reading(
            rows=tuple(sorted(settled, key=lambda row: row.number)),
            problems=self.found.problems,
            remarks=self.found.remarks,
            currency=self.currency,
            stated_total=stated_total,
            sheet=self.table.sheet,
        )

    @staticmethod
    def _at(values: tuple[Value, ...], index: int) -> Value:
        return values[index - 1] if index <= len(values) else None

    def _value(self, values: tuple[Value, ...], name: str) -> Value:
        column = self.columns.get(name)
        return self._at(values, column.index) if column else None

    def _says_something(self, number: int, values: tuple[Value, ...]) -> bool:
        return any(
            self._value(values, name) is not None or (number, it.index) in self.table.formulas
            for name, it in self.columns.items()
        )

    def _is_total(self, number: int, values: tuple[Value, ...]) -> bool:
        """A total has no words but those that say so, and a sum."""
        money = {self.columns[name].index for name in _SUMS if name in self.columns}
        words = [it for place, it in enumerate(values, 1) if it is not None and place not in money]
        has_sum = any(
            (number, place) in self.table.formulas or self._at(values, place) is not None
            for place in money
        )
        return has_sum and bool(words) and all(isinstance(it, str) and is_total(it) for it in words)

    def _stated(self, values: tuple[Value, ...]) -> int | None:
        try:
            amount = self._amount(values, "granted", self.currency)
        except Refusal:
            return None  # then the table states no total that anybody could read
        return amount.minor if amount else None

    def _row(self, number: int, values: tuple[Value, ...]) -> Row | None:
        title = self._text(number, values, "title")
        department = self._text(number, values, "department")
        applicant = self._text(number, values, "applicant")
        implementer = self._text(number, values, "implementer")
        reason = self._text(number, values, "reason")
        said = self._try(number, "currency", lambda: read_currency(self._value(values, "currency")))
        asked, granted, currency = self._sums(number, values, said)
        year = self._try(number, "year", lambda: read_year(self._value(values, "year")))
        outcome = self._try(number, "outcome", lambda: read_outcome(self._value(values, "outcome")))
        if not title:
            if title is not None and not self._told_of_title(number):
                self.found.add(number, "title", TitleMissing())
            return None
        return Row(
            number=number,
            title=title,
            department=department or "",
            applicant=applicant or "",
            asked_minor=asked,
            granted_minor=granted,
            outcome=outcome,
            reason=reason or "",
            currency=currency,
            year=self.year if year is None else year,
            implementer=implementer or "",
        )

    def _text(self, number: int, values: tuple[Value, ...], name: str) -> str | None:
        """Return the text, None when it has a problem of its own."""
        guarded = not self.table.sheet
        return self._try(
            number, name, lambda: read_text(self._value(values, name), name, guarded=guarded)
        )

    def _sums(
        self, number: int, values: tuple[Value, ...], said: str | None
    ) -> tuple[int | None, int | None, str]:
        """Return what was asked and granted, and the one currency of the row."""
        asked = self._try(number, "asked", lambda: self._amount(values, "asked", said))
        told = said or (asked.currency if asked else None)
        granted = self._try(number, "granted", lambda: self._amount(values, "granted", told))
        told = told or (granted.currency if granted else None) or self.currency
        return asked.minor if asked else None, granted.minor if granted else None, told

    def _amount(self, values: tuple[Value, ...], name: str, told: str | None) -> Amount | None:
        column = self.columns.get(name)
        value = self._value(values, name)
        if column is None or value is None:
            return None
        unit = column.heading.currency
        if unit and told and unit != told:
            raise OtherCurrency(text=f"{value} ({column.label})", currency=told)
        return read_sum(value, factor=column.heading.factor, currency=told or unit)

    def _told_of_title(self, number: int) -> bool:
        """Whether it has been told already why the title of a row is missing."""
        index = self.columns["title"].index
        return (number, index) in self.table.formulas or any(
            top <= number <= bottom and left <= index <= right
            for top, left, bottom, right in self.table.merged
        )

    def _try(self, number: int, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Refusal as refusal:
            self.found.add(number, name, refusal)
            return None
