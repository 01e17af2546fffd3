"""Rows of a term list as people write them: a cell for each language, words parted by commas."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from idesluss.logic.refusals import Refusal, TooLong, gettext_noop, require
from idesluss.logic.text.folding import LANGS, Lang, words
from idesluss.logic.text.notions import SEPARATOR

CELL_LENGTH = 300  # characters of a cell
LEAST_WORDS = 2  # of a row; one alone joins nothing

Cells = Mapping[Lang, str]


class NoWords(Refusal):
    """A row without any word."""

    sentence = gettext_noop("Write the words of at least one language.")
    field = "sv"


class OneWord(Refusal):
    """A row with one word only; ``field`` is its language."""

    sentence = gettext_noop(
        "One word alone joins nothing. Write another word for the same thing, here after a comma "
        "or in another language."
    )


class NotFiveCells(Refusal):
    """A line that cannot be read as a row. Needs ``found``, how many cells it has."""

    sentence = gettext_noop(
        "This line has %(found)s cells and must have five, for Swedish · Danish · Norwegian · "
        "Finnish · English. Write “-” where a language has no word."
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its number from 1, and its cells or what is wrong with it."""

    number: int
    text: str
    cells: Cells | None = None
    problem: Refusal | None = None


def tidy_cell(text: str) -> str:
    """Return a cell as it is kept: words parted by ", ", each once; "" for "-".

    Idempotent. Signs that part cells or begin a remark part words here, so that what is kept can
    always be written as a line and read again.
    """
    text = unicodedata.normalize("NFC", text).replace("·", ",").replace(";", ",").replace("\n", ",")
    text = "".join(it for it in text if it.isprintable() or it.isspace())
    parts = (" ".join(part.replace("#", " ").split()) for part in text.split(","))
    return ", ".join(dict.fromkeys(part for part in parts if words(part)))


def tidy_cells(cells: Cells) -> dict[Lang, str]:
    """Return the five cells of a row as they are kept.

    Raises:
        TooLong, NoWords, OneWord: with the language as the field.
    """
    tidied = {lang: tidy_cell(cells.get(lang, "")) for lang in LANGS}
    for lang, cell in tidied.items():
        require(len(cell) <= CELL_LENGTH, TooLong(field=lang, limit=CELL_LENGTH))
    filled = [lang for lang in LANGS if tidied[lang]]
    require(bool(filled), NoWords)
    count = sum(len(cell.split(", ")) for cell in tidied.values() if cell)
    require(count >= LEAST_WORDS, OneWord(field=filled[0]))
    return tidied


def written(cells: Cells) -> str:
    """Return a row as a line of a list; "-" is an empty cell."""
    return SEPARATOR.join(cells.get(lang) or "-" for lang in LANGS)


def read_list(text: str) -> Iterator[Line]:
    """Read a list that somebody has written; tabs of a spreadsheet part cells too.

    Empty lines, and those that begin with "#", are left out. Each other line comes back, with its
    cells as they are kept or with what is wrong with it.
    """
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = line.strip("\r\n").split("\t" if "\t" in line else "·")
        if len(cells) != len(LANGS):
            yield Line(number, line, problem=NotFiveCells(found=len(cells)))
            continue
        try:
            yield Line(number, line, tidy_cells(dict(zip(LANGS, cells, strict=True))))
        except Refusal as refusal:
            yield Line(number, line, problem=refusal)
