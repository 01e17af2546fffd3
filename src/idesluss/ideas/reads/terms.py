"""The term list as an organisation sees it: its own rows, and what a word means to the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from idesluss.ideas.models import TermRow
from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.folding import LANGS, Lang, fold, words
from idesluss.logic.text.listing import Line, read_list, written
from idesluss.logic.text.notions import Row, read_rows, shipped_rows
from idesluss.logic.text.stopwords import STOPWORDS
from idesluss.people.models import Organisation

MOST_TRIED = 12  # words of a text that is tried


def lines_in_force() -> str:
    """Return the rows of all organisations as one list; the same rows give the same text."""
    rows = TermRow.objects.in_force().only(*LANGS)
    return "".join(f"{row.line}\n" for row in rows)


def rows_of(organisation: Organisation, *, holding: str = "") -> list[TermRow]:
    """The organisation's rows, the newest first; only those that hold ``holding``, if given."""
    rows = TermRow.objects.filter(organisation=organisation, removed_at=None).order_by("-pk")
    wanted = fold(holding).strip()
    return [row for row in rows if wanted in fold(row.line)]


def removed_rows(organisation: Organisation, most: int = 10) -> list[TermRow]:
    """The rows that were removed last, which can be brought back."""
    gone = TermRow.objects.filter(organisation=organisation, removed_at__isnull=False)
    return list(gone.select_related("removed_by").order_by("-removed_at", "-pk")[:most])


# ── A list that is taken in ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Looked:
    """What taking in a text would do: rows that are new, those that are there, and bad lines."""

    new: Sequence[Line]
    known: Sequence[Line]
    bad: Sequence[Line]


def look_at(text: str, there: Iterable[str]) -> Looked:
    """Read a list before it is taken in; ``there`` are the rows that the organisation has."""
    new: list[Line] = []
    known: list[Line] = []
    bad: list[Line] = []
    met = set(there)
    for line in read_list(text):
        if line.cells is None:
            bad.append(line)
        elif (row := written(line.cells)) in met:
            known.append(line)
        else:
            met.add(row)
            new.append(line)
    return Looked(new, known, bad)


# ── A word that is tried ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Meant:
    """A row that is met: by ``part`` of the word, or by the whole; own or the program's."""

    cells: Mapping[Lang, str]
    own: bool
    part: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One word, or words in a row, as the search reads them."""

    word: str
    parts: Sequence[str] = ()
    meant: Sequence[Meant] = ()
    stop: bool = False  # says nothing by itself, and is left out


def try_words(text: str, lang: Lang, own: Iterable[TermRow]) -> list[Tried]:
    """Return how the search reads the first words of ``text``, with ``own`` rows and shipped ones.

    ``own`` must be in a fixed order, oldest first: what was read last is kept for the next time.
    """
    lexicon = _lexicon("".join(f"{row.line}\n" for row in own))
    told = words(text)[:MOST_TRIED]
    found = [_tried(word, lang, lexicon) for word in dict.fromkeys(told)]
    for numbers, places in lexicon.named(told, lang):
        known = {row for place in places for row in lexicon.read(told[place], lang).all_notions}
        if more := [it for it in numbers if it not in known]:
            together = " ".join(told[place] for place in places)
            found.append(Tried(together, meant=[_meant(it, lexicon) for it in more]))
    return found


@lru_cache(maxsize=2)
def _lexicon(lines: str) -> Lexicon:
    return Lexicon(rows=read_rows(lines))


def _tried(word: str, lang: Lang, lexicon: Lexicon) -> Tried:
    if word in STOPWORDS[lang]:
        return Tried(word, stop=True)
    parts = lexicon.splitter(lang).split(word)
    reading = lexicon.read(word, lang)
    meant = [_meant(number, lexicon) for number in dict.fromkeys(reading.notions)]
    inner = [it for it in dict.fromkeys(reading.all_notions) if it not in reading.notions]
    meant += [_meant(it, lexicon, _by(it, parts, lang, lexicon)) for it in inner]
    return Tried(word, parts, meant)


def _by(number: int, parts: Sequence[str], lang: Lang, lexicon: Lexicon) -> str:
    """The part of a word that names a row; else the parts together."""
    notions = lexicon.notions(lang)
    one = (part for part in parts if number in notions.of(lexicon.stem(part, lang)))
    return next(one, " + ".join(parts))


def _meant(number: int, lexicon: Lexicon, part: str = "") -> Meant:
    shipped = _shipped()
    own = number >= len(shipped)
    row = lexicon.rows[number - len(shipped)] if own else shipped[number]
    return Meant(dict(_cells(row)), own, part)


@cache
def _shipped() -> tuple[Row, ...]:
    """The rows that come with the program, read when a word is first tried."""
    return tuple(shipped_rows())


def _cells(row: Row) -> Iterator[tuple[Lang, str]]:
    for lang in LANGS:
        yield lang, ", ".join(row.get(lang, ()))
