"""What can be wrong with a table, and what is only worth saying, each as one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from idesluss.logic.refusals import Refusal, gettext_noop, plain


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one place in the table.

    ``row`` is the number that the sheet shows, None for the table as a whole; ``column`` the
    heading as it is written in the file, empty when the whole row or table is meant.
    """

    row: int | None
    column: str
    what: Refusal

    @property
    def message(self) -> str:
        """The sentence in English; ``said`` gives it in other languages."""
        return self.what.message

    def said(
        self,
        translate: Callable[[str], str] = gettext_noop,
        show: Callable[[object], object] = plain,
    ) -> str:
        """The sentence as ``Refusal.said`` gives it."""
        return self.what.said(translate, show)


class BadTable(Refusal):
    """Something in the table that must be corrected before it can be taken in."""

    sentence = gettext_noop("This cannot be read. Correct it in the file and try again.")


class NoTitles(BadTable):
    """No column for titles. Needs ``seen``, the cells of the first row."""

    sentence = gettext_noop(
        "No column with titles was found. Give one the heading “title”. The first row reads: "
        "%(seen)s."
    )


class RivalColumns(BadTable):
    """Two columns for one field. Needs ``first`` and ``second``, their headings."""

    sentence = gettext_noop(
        "The columns “%(first)s” and “%(second)s” could mean the same. Rename one of them."
    )


class Merged(BadTable):
    """Merged cells. Needs ``cells`` ("B4:B6")."""

    sentence = gettext_noop(
        "The cells %(cells)s are merged, so it cannot be seen which row the value belongs to. "
        "Split them and write the value on each row."
    )


class TitleMissing(BadTable):
    """Other cells are filled but the title is not."""

    sentence = gettext_noop("The row has no title. Write it, or remove the row.")


class NotComputed(BadTable):
    """A formula without a value."""

    sentence = gettext_noop(
        "The cell holds a formula whose value is not in the file. "
        "Open the file in a spreadsheet program and save it, or write the value."
    )


class SheetError(BadTable):
    """A cell that shows an error. Needs ``text`` ("#REF!")."""

    sentence = gettext_noop("The cell shows the error %(text)s. Write the value.")


class TooMuchText(BadTable):
    """More than there is room for. Needs ``limit`` and ``length``, characters."""

    sentence = gettext_noop(
        "The text is %(length)s characters long. Shorten it to at most %(limit)s."
    )


class BadYear(BadTable):
    """Not a year. Needs ``text``."""

    sentence = gettext_noop("“%(text)s” is not a year. Write four digits, for example 2023.")


class UnknownOutcome(BadTable):
    """A word for the outcome that we do not know. Needs ``text``."""

    sentence = gettext_noop(
        "“%(text)s” is not an outcome that is known here. Write granted, partly granted, granted "
        "with conditions, granted from a later pot, refused, postponed, incomplete or withdrawn."
    )


class Contradiction(BadTable):
    """Two rows of one case differ. Needs ``first``, ``second`` and ``row`` (of the first)."""

    sentence = gettext_noop(
        "“%(second)s” is written here, but row %(row)s with the same title says “%(first)s”. "
        "Make them the same, or give the cases different titles."
    )


class Remark(Refusal):
    """Nothing is refused, but a person should know. Remarks never stop an import."""

    sentence = gettext_noop("Look at this once more.")


class OutcomeFromSum(Remark):
    """The outcome was not written. Needs ``outcome``."""

    sentence = gettext_noop("No outcome is written. From the sum it is taken to be “%(outcome)s”.")


class LessThanAskedIsPartly(Remark):
    """Said to be granted, but less than was asked for."""

    sentence = gettext_noop(
        "Less is granted than was asked for, so it is read as “partly granted”."
    )


class SumNotSaid(Remark):
    """The file has no column for the granted sums."""

    sentence = gettext_noop("There is no column with granted sums, so there is no total.")


class TotalRow(Remark):
    """A row that sums up the others."""

    sentence = gettext_noop("The row looks like a total and is not counted as a case.")


class ComputedColumn(Remark):
    """Formulas whose last value was taken. Needs ``count``."""

    sentence = gettext_noop(
        "Formulas in this column: %(count)s. The value that each last computed is used."
    )


class InUnits(Remark):
    """The heading says thousands or millions. Needs ``factor``."""

    sentence = gettext_noop("The heading says so, so each sum is multiplied by %(factor)s.")


class HiddenRows(Remark):
    """Rows that the sheet hides. Needs ``count``."""

    sentence = gettext_noop("Hidden rows are read too (%(count)s).")


class NotRead(Remark):
    """A column that means nothing here."""

    sentence = gettext_noop("This column is not read.")


class OtherSheets(Remark):
    """Only one sheet was read. Needs ``sheet`` and ``others``, their names."""

    sentence = gettext_noop("Only the sheet “%(sheet)s” is read, not: %(others)s.")


class SaysTheSame(Remark):
    """A row that repeats another. Needs ``row``."""

    sentence = gettext_noop("The row says the same as row %(row)s. Both are counted.")


class SeveralApplicants(Remark):
    """Rows of one case name different applicants. Needs ``row``, the first."""

    sentence = gettext_noop(
        "Row %(row)s has the same title and another applicant. They are read as one case."
    )


class Findings:
    """What has been found so far, by row and by field; ``labels`` are the headings as written."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._problems: list[Problem] = []
        self._remarks: list[Problem] = []

    def add(self, row: int | None, field: str, what: Refusal) -> None:
        """Note ``what`` about a field of a row, or about another column under its own heading."""
        found = Problem(row, self._labels.get(field, field), what)
        (self._remarks if isinstance(what, Remark) else self._problems).append(found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of their rows; those of the whole table first."""
        return tuple(sorted(self._problems, key=lambda it: it.row or 0))

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """In the order of their rows; those of the whole table first."""
        return tuple(sorted(self._remarks, key=lambda it: it.row or 0))
