"""What a workshop wrote down, or a table of needs: many notes at once, read generously.

A note of a workshop is a paragraph, or a line where there are no empty ones; a last line that
begins with a slash says who it was: "/Anna Öberg, anna@slusstad.example". Of a table only the
column of what it is about is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from idesluss.logic.refusals import gettext_noop
from idesluss.logic.sheets.problems import BadTable, Problem
from idesluss.logic.sheets.tables import Table
from idesluss.logic.sheets.words import listed, plain

BULLET = re.compile(r"^\s*(?:[-–—*•·]|\d{1,3}[.)])\s+")
LIMITS = {"need": 4000, "title": 160, "for_whom": 300, "evidence": 4000, "name": 120, "reach": 254}
"""Characters."""

HEADINGS = {
    "need": "behov | idé | ide | vad | vad stör | text | förslag | beskrivning | need | idea | what"
    " | hvad | forslag | beskrivelse | lapp | note | seddel",
    "title": "rubrik | titel | title | overskrift",
    "for_whom": "för vem | för vilka | målgrupp | for hvem | målgruppe | for whom",
    "how_many": "hur många | antal | hvor mange | how many",
    "evidence": "hur vet vi | hur vet du | underlag | hvordan ved vi | evidence | how do you know",
    "unit": "enhet | avdelning | förvaltning | arbetsplats | enhed | afdeling | forvaltning"
    " | arbejdsplads | unit | department",
    "name": "namn | idégivare | navn | idégiver | name",
    "reach": "e-post | epost | mejl | mail | e-mail | telefon | kontakt | contact | phone",
}
_Rows = Iterable[tuple[int, Sequence[object]]]
_FIELD_OF = {plain(word): name for name, words in HEADINGS.items() for word in listed(words)}


class NoNeeds(BadTable):
    """No column for what it is about. Needs ``seen``, the cells of the first row."""

    sentence = gettext_noop(
        "No column says what it is about. Give one the heading “need”. The first row reads: "
        "%(seen)s."
    )


class NeedMissing(BadTable):
    """A row that says nothing of what it is about."""

    sentence = gettext_noop("The row does not say what it is about.")


class NotANumber(BadTable):
    """Not a whole number. Needs ``text``."""

    sentence = gettext_noop("“%(text)s” is not a whole number of people.")


class CellTooLong(BadTable):
    """More than there is room for. Needs ``limit`` and ``length``."""

    sentence = gettext_noop(
        "The text has %(length)s characters, and there is room for %(limit)s. Shorten it."
    )


class UnknownUnit(BadTable):
    """No unit of that name. Needs ``text``."""

    sentence = gettext_noop(
        "There is no unit called “%(text)s”. Write it as it is called here, or leave it empty."
    )


@dataclass(frozen=True, slots=True)
class Noted:
    """One note. ``row`` is its number in the table, or its place among the notes from 1."""

    row: int
    need: str
    title: str = ""
    for_whom: str = ""
    how_many: int | None = None
    evidence: str = ""
    unit: str = ""
    name: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What was read, and everything that is wrong with it."""

    notes: tuple[Noted, ...]
    problems: tuple[Problem, ...] = field(default=())


def read_lines(text: str) -> Notes:
    """The notes of a workshop in ``text``.

    >>> read_lines("Lyften saknas").notes[0].need
    'Lyften saknas'
    """
    lines = text.replace("\r", "").split("\n")
    blocks = [block for block in re.split(r"\n\s*\n", "\n".join(lines)) if block.strip()]
    if len(blocks) == 1 and not any(line.startswith("/") for line in lines):
        blocks = [line for line in lines if line.strip()]
    notes, problems = [], []
    for number, block in enumerate(blocks, start=1):
        noted = _noted(number, block)
        notes.append(noted)
        problems += _judged(noted, {})
    return Notes(tuple(notes), tuple(problems))


def _noted(number: int, block: str) -> Noted:
    *said, last = block.strip().split("\n")
    name = reach = ""
    if said and last.startswith("/"):
        name, _, reach = last.lstrip("/ ").partition(",")
    else:
        said.append(last)
    need = "\n".join(BULLET.sub("", line).rstrip() for line in said)
    return Noted(number, need.strip(), name=name.strip(), reach=reach.strip())


def read_notes(table: Table) -> Notes:
    """The needs in a table, under Swedish, Danish or English headings."""
    head, columns = _columns(table.rows)
    if "need" not in columns:
        first = table.rows[0][1] if table.rows else ()
        seen = " | ".join(str(cell) for cell in first if cell is not None)
        return Notes((), (Problem(None, "", NoNeeds(seen=seen[:200])),))
    labels = {name: label for name, (_, label) in columns.items()}
    notes, problems = [], []
    for row, cells in table.rows:
        if row <= head:
            continue
        said = {name: _cell(cells, index) for name, (index, _) in columns.items()}
        if not any(said.values()):
            continue
        many = said.pop("how_many", "").replace(" ", "").replace("\xa0", "")
        number = int(many) if many.isascii() and many.isdecimal() and len(many) < 10 else None
        noted = Noted(row, how_many=number or None, **said)
        notes.append(noted)
        if many and number is None:
            problems.append(Problem(row, labels["how_many"], NotANumber(text=many[:40])))
        problems += _judged(noted, labels)
    return Notes(tuple(notes), tuple(problems))


def _columns(
    rows: Iterable[tuple[int, Sequence[object]]],
) -> tuple[int, dict[str, tuple[int, str]]]:
    """The number of the heading row, and for each field its column (from 0) and heading."""
    for row, cells in list(rows)[:20]:
        found: dict[str, tuple[int, str]] = {}
        for index, cell in enumerate(cells):
            name = _FIELD_OF.get(plain(str(cell or "")).rstrip(":?"))
            if name and name not in found:
                found[name] = (index, str(cell).strip())
        if "need" in found:
            return row, found
    return 0, {}


def _cell(cells: Sequence[object], index: int) -> str:
    value = cells[index] if index < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if value is not None else ""


def _judged(noted: Noted, labels: dict[str, str]) -> list[Problem]:
    """What is wrong with one note."""
    found = [] if noted.need else [Problem(noted.row, labels.get("need", ""), NeedMissing())]
    for name, limit in LIMITS.items():
        length = len(getattr(noted, name))
        if length > limit:
            long = CellTooLong(limit=limit, length=length)
            found.append(Problem(noted.row, labels.get(name, ""), long))
    return found
