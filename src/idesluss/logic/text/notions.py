"""Notions: the same thing in five languages, a row of the term list each.

"hemtjänst · hjemmepleje · hjemmetjeneste · kotihoito · home care". A row is met by a word, by a
part of a compound, by neighbouring parts ("hemtjänst" in "hemtjänstpersonal") and by words in a
row ("home care"), whatever inflects them. ``data/terms`` was written for this; a municipality adds
rows of its own.

A theme (``data/themes``) is a row too, but of words that a matter is spoken of with: who says
"blankis", "ramla" or "broddar" speaks of slippery pavements. They are no names of one thing, and
count less.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from idesluss.logic.text.folding import LANGS, Lang, words

SEPARATOR = " · "
Row = Mapping[Lang, Sequence[str]]
Phrase = tuple[tuple[str, ...], int]  # the keys of words in a row, and the number of the row


class BadRow(ValueError):
    """A line of a term list that has not five cells; ``number`` is the line's."""

    def __init__(self, number: int, line: str) -> None:
        super().__init__(f"{number}: {line}")
        self.number = number


def read_rows(text: str, only: Lang | None = None) -> Iterator[Row]:
    """Read a term list: five cells to a line (sv · da · nb · fi · en), words parted by commas.

    "-" is an empty cell; empty lines, and those that begin with "#", are left out. ``only``: what
    one language has.

    Raises:
        BadRow: a line has not five cells.
    """
    read = LANGS if only is None else (only,)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split(SEPARATOR)
        if len(cells) != len(LANGS):
            raise BadRow(number, line)
        yield {lang: _words(cells[LANGS.index(lang)]) for lang in read}


def _words(cell: str) -> list[str]:
    return [word for it in cell.split(",") if (word := it.strip()) not in ("", "-")]


def shipped_rows(only: Lang | None = None) -> Iterator[Row]:
    """Every row of the term list that comes with the program, in a fixed order."""
    return _rows_in("terms", only)


def shipped_themes(only: Lang | None = None) -> Iterator[Row]:
    """Every theme that comes with the program, in a fixed order."""
    return _rows_in("themes", only)


def _rows_in(name: str, only: Lang | None) -> Iterator[Row]:
    folder = files("idesluss.logic.text") / "data" / name
    listed = [it for it in folder.iterdir() if it.name.endswith(".txt")]
    listed.sort(key=lambda it: it.name)
    for file in listed:
        yield from read_rows(file.read_text("utf-8"), only)


class Rows:
    """Rows as one language's texts meet them: by a word, or by words in a row."""

    def __init__(
        self, rows: Iterable[Row], lang: Lang, keys: Callable[[Sequence[str], Lang], list[str]]
    ) -> None:
        self.lang, self.keys = lang, keys
        self.single: dict[str, tuple[int, ...]] = {}  # key of a word: numbers of rows
        self.phrases: dict[str, tuple[Phrase, ...]] = {}  # by their first key
        self.size = 0
        self.extend(rows)

    def extend(self, rows: Iterable[Row]) -> list[str]:
        """Take in more rows, numbered after those there are; return their words."""
        terms: list[tuple[tuple[int], list[str]]] = []
        for row in rows:
            only = (self.size,)  # one for all words of the row: there are very many
            terms += [(only, told) for term in row.get(self.lang, ()) if (told := words(term))]
            self.size += 1
        every = list({word for _, told in terms for word in told})
        key_of = dict(zip(every, self.keys(every, self.lang), strict=True))
        for only, told in terms:
            self._add(tuple(key_of[word] for word in told), only)
        return every

    def _add(self, keys: tuple[str, ...], only: tuple[int]) -> None:
        first, number = keys[0], only[0]
        if len(keys) > 1:
            self.phrases[first] = (*self.phrases.get(first, ()), (keys, number))
        elif number not in (held := self.single.get(first, ())):
            self.single[first] = (*held, number) if held else only

    def of(self, key: str) -> Sequence[int]:
        """The rows that a word with this key names by itself."""
        return self.single.get(key, ())

    def at(self, keys: Sequence[str], place: int) -> Sequence[tuple[int, int]]:
        """The rows of several words that begin at ``place``, each with the number of its words."""
        if keys[place] not in self.phrases:
            return ()
        return [
            (number, len(phrase))
            for phrase, number in self.phrases[keys[place]]
            if tuple(keys[place : place + len(phrase)]) == phrase
        ]


class Notions(Rows):
    """The term list as one language's texts meet it, and the words it is written with."""

    def __init__(
        self, rows: Iterable[Row], lang: Lang, keys: Callable[[Sequence[str], Lang], list[str]]
    ) -> None:
        self.words: set[str] = set()
        self._sorted: list[str] | None = None
        super().__init__(rows, lang, keys)

    def with_rows(self, rows: Iterable[Row]) -> Notions:
        """These and more rows, numbered after them."""
        more = Notions((), self.lang, self.keys)
        more.single, more.phrases = {**self.single}, {**self.phrases}
        more.words, more.size = {*self.words}, self.size
        more.extend(rows)
        return more

    def extend(self, rows: Iterable[Row]) -> list[str]:
        """Take in more rows, and their words."""
        told = super().extend(rows)
        self.words.update(word for word in told if len(word) > 2)
        return told

    def beginning(self, start: str) -> Sequence[str]:
        """The words of the rows that begin so, in order."""
        if self._sorted is None:
            self._sorted = sorted(self.words)
        first = bisect_left(self._sorted, start)
        found = []
        for word in self._sorted[first:]:
            if not word.startswith(start):
                break
            found.append(word)
        return found
