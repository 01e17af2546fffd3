"""Which row holds the headings, and which column holds which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from idesluss.logic.sheets.words import Heading, heading

_LOOK_IN = 50  # rows that hold anything; covers every cover text we have seen


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read. ``index`` counts from 1; ``label`` is the heading as written."""

    index: int
    label: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class Header:
    """The heading row: its number in the sheet and what its columns are.

    ``rivals`` are columns as telling as one that was taken, so that a person must choose;
    ``unread`` are the labels that no field was found for, or a more telling one.
    """

    row: int
    columns: Mapping[str, Column]
    rivals: Sequence[Column] = field(default=())
    unread: Sequence[str] = field(default=())


def find_header(rows: Iterable[tuple[int, Sequence[object]]]) -> Header | None:
    """Return the first row with a title and another heading, else the first with a title.

    ``rows`` are pairs of row number and cells. None when no row among the first fifty has a
    heading for the title.
    """
    alone: Header | None = None
    for _, (number, cells) in zip(range(_LOOK_IN), rows, strict=False):
        header = _header(number, cells)
        if header is None:
            continue
        if len(header.columns) > 1:
            return header
        alone = alone or header
    return alone


def _header(number: int, cells: Sequence[object]) -> Header | None:
    columns: dict[str, Column] = {}
    rivals: list[Column] = []
    unread: list[str] = []
    for index, cell in enumerate(cells, 1):
        if not isinstance(cell, str) or not cell.strip():
            continue
        label = " ".join(cell.split())
        meaning = heading(label)
        if meaning is None:
            unread.append(label)
            continue
        column = Column(index, label, meaning)
        taken = columns.setdefault(meaning.field, column)
        if taken is column:
            continue
        better, worse = sorted((taken, column), key=lambda it: it.heading.rank)
        columns[meaning.field] = better
        if better.heading.rank == worse.heading.rank:
            rivals.append(worse)
        else:
            unread.append(worse.label)
    if "title" not in columns:
        return None
    best = {name: column.heading.rank for name, column in columns.items()}
    still = [it for it in rivals if it.heading.rank == best[it.heading.field]]
    unread += [it.label for it in rivals if it not in still]
    return Header(number, columns, tuple(still), tuple(unread))
