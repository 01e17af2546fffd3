"""Notions: the same thing in five languages, a row of the term list each.

"hemtjänst · hjemmepleje · hjemmetjeneste · kotihoito · home care". A row is met by a word, by a
part of a compound, by neighbouring parts ("hemtjänst" in "hemtjänstpersonal") and by words in a
row ("home care"), whatever inflects them. ``data/terms`` was written for this; a municipality adds
rows of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from idesluss.logic.text.folding import LANGS, Lang, words

SEPARATOR = " · "
Row = Mapping[Lang, Sequence[str]]


class BadRow(ValueError):
    """A line of a term list that has not five cells; ``number`` is the line's."""

    def __init__(self, number: int, line: str) -> None:
        super().__init__(f"{number}: {line}")
        self.number = number


def read_rows(text: str) -> Iterator[Row]:
    """Read a term list: five cells to a line (sv · da · nb · fi · en), words parted by commas.

    "-" is an empty cell; empty lines, and those that begin with "#", are left out.

    Raises:
        BadRow: a line has not five cells.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split(SEPARATOR)
        if len(cells) != len(LANGS):
            raise BadRow(number, line)
        yield {
            lang: [word.strip() for word in cell.split(",") if word.strip() not in ("", "-")]
            for lang, cell in zip(LANGS, cells, strict=True)
        }


def shipped_rows() -> Iterator[Row]:
    """Every row of the term list that comes with the program, in a fixed order."""
    folder = files("idesluss.logic.text") / "data" / "terms"
    listed = [it for it in folder.iterdir() if it.name.endswith(".txt")]
    listed.sort(key=lambda it: it.name)
    for file in listed:
        yield from read_rows(file.read_text("utf-8"))


class Notions:
    """The rows as one language's texts meet them."""

    def __init__(
        self, rows: Iterable[Row], lang: Lang, keys: Callable[[Sequence[str], Lang], list[str]]
    ) -> None:
        self.lang, self.keys = lang, keys
        self.single: dict[str, list[int]] = {}  # key of a word: numbers of rows
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}  # by their first key
        self.words: set[str] = set()
        self._sorted: list[str] | None = None
        self.size = 0
        self._extend(rows)

    def with_rows(self, rows: Iterable[Row]) -> Notions:
        """These and more rows, numbered after them."""
        more = Notions((), self.lang, self.keys)
        more.single = {key: [*held] for key, held in self.single.items()}
        more.phrases = {key: [*held] for key, held in self.phrases.items()}
        more.words, more.size = {*self.words}, self.size
        more._extend(rows)
        return more

    def _extend(self, rows: Iterable[Row]) -> None:
        terms: list[tuple[int, list[str]]] = []
        for row in rows:
            terms += [(self.size, told) for term in row.get(self.lang, ()) if (told := words(term))]
            self.size += 1
        every = list({word for _, told in terms for word in told})
        key_of = dict(zip(every, self.keys(every, self.lang), strict=True))
        self.words.update(word for word in every if len(word) > 2)
        for number, told in terms:
            self._add(tuple(key_of[word] for word in told), number)

    def _add(self, keys: tuple[str, ...], number: int) -> None:
        if len(keys) > 1:
            self.phrases.setdefault(keys[0], []).append((keys, number))
        elif number not in (held := self.single.setdefault(keys[0], [])):
            held.append(number)

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
