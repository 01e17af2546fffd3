"""The words of an organisation in the search: rows of the term list, added, changed, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.ideas.models import TermRow
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    Refusal,
    gettext_noop,
    require,
)
from idesluss.logic.text.folding import LANGS
from idesluss.logic.text.listing import Cells, read_list, tidy_cells, written
from idesluss.people.models import Organisation, Person
from idesluss.people.rules import may_set_up
from idesluss.records.usecases import note

MOST_ROWS = 2000
"""Rows that an organisation has at a time."""


class SameRow(Refusal):
    """The organisation has this very row."""

    sentence = gettext_noop("This row is there already.")
    field = "sv"


class TooManyRows(Refusal):
    """More rows than there is room for. Needs ``limit``."""

    sentence = gettext_noop(
        "There is room for %(limit)s rows. Remove some that nobody needs, or write several words "
        "in one row."
    )


class BadLines(Refusal):
    """Some lines cannot be read. Needs ``count``."""

    sentence = gettext_noop("%(count)s lines cannot be taken in as they are. Nothing was changed.")
    field = "text"


class NothingNew(Refusal):
    """A list without a row that is not there yet."""

    sentence = gettext_noop("There is no new row in this text.")
    field = "text"


@transaction.atomic
def add_term(organisation_id: int, cells: Cells, *, by: Person, at: datetime) -> TermRow:
    """Add a row; the search knows it a minute later. Notes ``ideas.term_added`` with the row.

    Raises:
        NotAllowed: ``by`` does not administer the organisation.
        NoWords, OneWord, TooLong, SameRow: with the field.
        TooManyRows: there are ``MOST_ROWS``.
    """
    _open(organisation_id, by=by, at=at)
    tidied = tidy_cells(cells)
    _fits(organisation_id, written(tidied))
    row = TermRow.objects.create(
        organisation_id=organisation_id, added_by=by, added_at=at, **tidied
    )
    _note("added", row, by=by, at=at, row=row.line)
    return row


@transaction.atomic
def change_term(row_id: int, cells: Cells, *, seen: int, by: Person, at: datetime) -> TermRow:
    """Change a row. ``seen`` is its version that ``by`` had before them.

    Notes ``ideas.term_changed`` with what it said before, if anything changes.

    Raises:
        NotAllowed, NoWords, OneWord, TooLong, SameRow: as ``add_term``.
        ChangedMeanwhile: somebody has changed or removed it since.
    """
    row = _row(row_id, by=by, at=at)
    require(row.removed_at is None and seen == row.version, ChangedMeanwhile)
    tidied, was = tidy_cells(cells), row.line
    if written(tidied) != was:
        _fits(row.organisation_id, written(tidied), more=0)
        for lang in LANGS:
            setattr(row, lang, tidied[lang])
        row.version += 1
        row.save(update_fields=[*LANGS, "version"])
        _note("changed", row, by=by, at=at, row=row.line, was=was)
    return row


@transaction.atomic
def remove_term(row_id: int, *, by: Person, at: datetime) -> TermRow:
    """Take a row out of the search; ``bring_back_term`` undoes it. Notes ``ideas.term_removed``.

    Raises:
        NotAllowed: as ``add_term``.
        AlreadyDone: it is removed.
    """
    row = _row(row_id, by=by, at=at)
    require(row.removed_at is None, AlreadyDone)
    row.removed_by, row.removed_at = by, at
    row.version += 1
    row.save(update_fields=["removed_by", "removed_at", "version"])
    _note("removed", row, by=by, at=at, row=row.line)
    return row


@transaction.atomic
def bring_back_term(row_id: int, *, by: Person, at: datetime) -> TermRow:
    """Undo that a row was removed. Notes ``ideas.term_brought_back``.

    Raises:
        NotAllowed, SameRow, TooManyRows: as ``add_term``.
        AlreadyDone: it is there.
    """
    row = _row(row_id, by=by, at=at)
    require(row.removed_at is not None, AlreadyDone)
    _fits(row.organisation_id, row.line)
    row.removed_by = row.removed_at = None
    row.version += 1
    row.save(update_fields=["removed_by", "removed_at", "version"])
    _note("brought_back", row, by=by, at=at, row=row.line)
    return row


@transaction.atomic
def take_in_terms(organisation_id: int, text: str, *, by: Person, at: datetime) -> int:
    """Add every row of a written list that is not there yet; all of them or none.

    Returns how many. Notes ``ideas.terms_taken_in`` with their number.

    Raises:
        NotAllowed: as ``add_term``.
        BadLines: some lines cannot be read.
        Missing, NothingNew, TooManyRows: the text is empty, says nothing new, or says too much.
    """
    organisation = _open(organisation_id, by=by, at=at)
    lines = list(read_list(text))
    require(bool(lines), Missing(field="text"))
    bad = sum(line.cells is None for line in lines)
    require(not bad, BadLines(count=bad))
    there = lines_of(organisation_id)
    read = [it.cells for it in lines if it.cells is not None]
    new = {written(cells): cells for cells in read if written(cells) not in there}
    require(bool(new), NothingNew)
    require(len(there) + len(new) <= MOST_ROWS, TooManyRows(field="text", limit=MOST_ROWS))
    facts = {"organisation": organisation, "added_by": by, "added_at": at}
    rows = ({str(lang): cell for lang, cell in cells.items()} for cells in new.values())
    TermRow.objects.bulk_create(TermRow(**row, **facts) for row in rows)
    note(
        "ideas.terms_taken_in",
        about=organisation,
        organisation_id=organisation_id,
        by=by,
        at=at,
        count=len(new),
    )
    return len(new)


def lines_of(organisation_id: int) -> set[str]:
    """The rows that an organisation has, each as a line."""
    rows = TermRow.objects.filter(organisation=organisation_id, removed_at=None)
    return {row.line for row in rows}


def _open(organisation_id: int, *, by: Person, at: datetime) -> Organisation:
    """The organisation, locked so that rows are counted one at a time."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    require(may_set_up(by, organisation_id, at))
    return organisation


def _row(row_id: int, *, by: Person, at: datetime) -> TermRow:
    organisation_id = TermRow.objects.values_list("organisation", flat=True).get(pk=row_id)
    _open(organisation_id, by=by, at=at)
    return TermRow.objects.get(pk=row_id)


def _fits(organisation_id: int, line: str, *, more: int = 1) -> None:
    """Whether the organisation may have this row, and ``more`` rows than it has."""
    there = lines_of(organisation_id)
    require(line not in there, SameRow)
    require(len(there) + more <= MOST_ROWS, TooManyRows(limit=MOST_ROWS))


def _note(verb: str, about: TermRow, *, by: Person, at: datetime, **data: Any) -> None:
    note(f"ideas.term_{verb}", about=about, by=by, at=at, **data)
