"""The budget of an application as fields: what for, how much, and where the round asks, which cost.

Names of fields repeat by line. Where own work is paid by the hour, its sum is computed of its
hours and never typed.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext

from idesluss.funding.vocab import Cost
from idesluss.logic.money import BadAmount, parse_amount
from idesluss.logic.terms import OTHER, WORK, Line, Terms, work_minor
from idesluss.web.frame.formats import amount, say
from idesluss.web.frame.forms import shown_number, sign


class TypedLine(NamedTuple):
    """One line as it is written in the form."""

    what: str
    sum: str
    cost: str = OTHER
    hours: str = ""

    @property
    def filled(self) -> bool:
        """Whether anything is written in it; the kind of cost is always something."""
        return any(cell.strip() for cell in (self.what, self.sum, self.hours))


class LinesInput(forms.Widget):
    """The lines, with an empty one to go on with."""

    template_name = "funding/forms/lines.html"
    use_fieldset = True

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self.terms = terms

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[TypedLine]:
        return typed_lines(data, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [self._written(line) if isinstance(line, Line) else line for line in value or ()]
        filled = [row for row in rows if row.filled]
        whole = [*filled, *[TypedLine("", "")] * max(1, 2 - len(filled))]
        rate = self.terms.work_rate_minor
        context["widget"] |= {
            "rows": [(row, self._made(row)) for row in whole],
            "sign": sign(self.terms.currency),
            "costs": [(cost.value, capfirst(str(cost.label))) for cost in Cost],
            "asks_costs": self.terms.asks_costs,
            "rate_minor": rate,
            "rate": "" if rate is None else amount(rate, self.terms.currency),
        }
        return context

    def _written(self, line: Line) -> TypedLine:
        """The line as it is saved."""
        minor = line.amount_minor
        shown = shown_number(minor, self.terms.currency) if minor else ""
        if line.cost == WORK and self.terms.work_rate_minor is not None:
            shown = ""
        return TypedLine(line.what, shown, line.cost, str(line.hours or ""))

    def _made(self, row: TypedLine) -> str:
        """What the hours of a line come to."""
        rate, hours = self.terms.work_rate_minor, read_hours(row.hours)
        if rate is None or row.cost != WORK:
            return ""
        return amount(work_minor(hours, rate), self.terms.currency)


def typed_lines(data: Any, name: str) -> list[TypedLine]:
    """Every line that was sent, empty ones too, but for the one that is to be removed."""
    columns = [data.getlist(f"{name}-{column}") for column in TypedLine._fields]
    rows = zip_longest(*columns, fillvalue="")
    gone = data.get("remove")
    return [
        TypedLine(what, sum_, cost or OTHER, hours)
        for number, (what, sum_, cost, hours) in enumerate(rows)
        if str(number) != gone
    ]


def read_hours(text: str) -> int | None:
    """Whole hours; None when nothing, or something else, is written."""
    bare = "".join(text.split())
    return int(bare) if bare.isdecimal() and len(bare) < 10 else None


class LinesField(forms.Field):
    """The budget; the value is a Line for each, 0 where no sum is written yet."""

    def __init__(self, terms: Terms, **kwargs: Any) -> None:
        super().__init__(widget=LinesInput(terms), **kwargs)
        self.terms = terms

    def to_python(self, value: Any) -> tuple[Line, ...]:
        lines, wrong = [], []
        for row in value or ():
            try:
                lines.append(self._read(row))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return tuple(line for line in lines if line.what.strip() or line.amount_minor or line.hours)

    def _read(self, row: TypedLine) -> Line:
        cost = row.cost if self.terms.asks_costs else OTHER
        rate = self.terms.work_rate_minor
        if cost == WORK and rate is not None:
            hours = read_hours(row.hours)
            if hours is None and row.hours.strip():
                told = gettext("“%(text)s” is not whole hours. Write digits, for example 80.")
                raise ValidationError(told, params={"text": row.hours.strip()})
            return Line(row.what, work_minor(hours, rate), cost, hours)
        if not row.sum.strip():
            return Line(row.what, 0, cost)
        try:
            return Line(row.what, parse_amount(row.sum, self.terms.currency).minor, cost)
        except BadAmount as refusal:
            raise ValidationError(say(refusal)) from None
