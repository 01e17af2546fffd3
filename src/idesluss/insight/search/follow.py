"""The index follows the record: every few moments, and made anew when it must be.

In the folder of the index lies one index whole, "current" names it, and beside it what was read
last: the number of the last line of the records. A new one is built beside the old, which goes on
answering, and is named when it is ready; a program that dies on the way leaves the old one as it
was. Each machine keeps its own.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db.models import Max, Q
from tantivy import Index, IndexWriter

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.terms import lines_in_force
from idesluss.insight.reads.letters import CASES
from idesluss.insight.search.index import MEMORY, add, drop, open_index
from idesluss.insight.search.things import SHELVES, Shelf
from idesluss.logic.text.analysing import VERSION, Lexicon
from idesluss.logic.text.folding import LANGS, Lang, language, words
from idesluss.logic.text.frequencies import frequencies
from idesluss.logic.text.notions import read_rows
from idesluss.pilots.models import Project
from idesluss.records.models import Entry as Line

log = logging.getLogger("idesluss.search")

BATCH = 500  # rows, or lines of the records, that are read at a time
OFTEN = 3  # texts that hold a word before it counts as known here
SHORTEST = 4  # letters of such a word
WRITTEN_TOGETHER: tuple[Lang, ...] = ("sv", "da", "nb", "fi")  # English parts its compounds
PATIENCE, MOST_LATE = 120.0, 1_000  # seconds that a number passed over is waited for; how many
PAUSE = 60.0  # seconds between two indexes that are built because of new rows of the term list
CURRENT, STATE, TERMS = "current", "state.json", "terms.txt"


@dataclass(frozen=True, slots=True)
class State:
    """How an index was made, and how far it has followed."""

    line: int  # of the records, the last that was read
    version: int = VERSION
    more: Mapping[Lang, list[str]] | None = None  # words that are known here beside the lists
    built: float = 0.0  # when it was built, seconds since 1970
    stale: bool = False  # the term list has changed since
    late: Mapping[str, float] = field(default_factory=dict)  # numbers passed over, until when

    def write(self, folder: Path) -> None:
        """Write it whole or not at all."""
        new = folder / f"{STATE}.new"
        new.write_text(json.dumps(asdict(self)))
        new.replace(folder / STATE)


def state_of(folder: Path) -> State | None:
    """Return how the index in ``folder`` was made; None: it cannot be used."""
    try:
        told = json.loads((folder / STATE).read_text())
        state = State(**told)
    except (OSError, ValueError, TypeError):
        return None
    return state if state.version == VERSION else None


def home() -> Path:
    """The folder that holds the index."""
    return Path(settings.SEARCH_ROOT)


def current(root: Path) -> Path | None:
    """The folder of the index that answers now; None: there is none yet."""
    try:
        return root / (root / CURRENT).read_text().strip()
    except OSError:
        return None


@lru_cache(maxsize=2)
def lexicon_of(folder: Path) -> Lexicon:
    """What the index in ``folder`` was made with: the same rows of the term list, and words."""
    state = state_of(folder)
    with suppress(OSError):
        rows = tuple(read_rows((folder / TERMS).read_text("utf-8")))
        return Lexicon(rows=rows, more=state.more if state else None)
    return Lexicon(more=state.more if state else None)


def follow(at: datetime) -> int:
    """Bring the index up to the records; build it if there is none. Returns how many things.

    When an organisation has changed its rows of the term list, the numbers of rows that are in
    the index mean something else, so that it is built anew; at most once in ``PAUSE``.
    """
    root = home()
    folder = current(root)
    state = state_of(folder) if folder else None
    if folder is None or state is None:
        return build(root, at)
    last = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    state = replace(state, stale=state.stale or _terms_changed(folder, state, last))
    if state.stale and at.timestamp() >= state.built + PAUSE:
        return build(root, at)
    if last <= state.line and not _arrived(state):
        return 0
    index = open_index(folder)
    try:
        writer = index.writer(MEMORY, 1)
    except ValueError:  # another program of this machine is at it
        return 0
    return catch_up(writer, folder, state, last, at)


def catch_up(writer: IndexWriter, folder: Path, state: State, last: int, at: datetime) -> int:
    """Put in anew everything that the lines after ``state`` are about, and late ones before."""
    touched: dict[int, set[int]] = defaultdict(set)
    late = _arrived(state)
    new = Q(pk__gt=state.line, pk__lte=last) | Q(pk__in=late)
    told = Line.objects.filter(new).values_list("pk", "about_kind", "about_id")
    listed = list(told.iterator(chunk_size=BATCH))
    for kind, numbers in _by_kind((kind, number) for _, kind, number in listed).items():
        for place, pks in _touched(kind, numbers):
            touched[place].update(pks)
    lexicon = lexicon_of(folder)
    done = 0
    for shelf in SHELVES:
        done += _put_anew(writer, shelf, touched[shelf.place], lexicon)
    writer.commit()
    writer.wait_merging_threads()
    read = {pk for pk, _, _ in listed}
    passed = [pk for pk in range(max(state.line + 1, last - MOST_LATE), last) if pk not in read]
    until = at.timestamp() + PATIENCE
    waited = {
        pk: end for pk, end in state.late.items() if end > at.timestamp() and int(pk) not in read
    }
    replace(state, line=last, late=waited | {str(pk): until for pk in passed}).write(folder)
    return done


def _arrived(state: State) -> list[int]:
    """The lines that were passed over and are there now.

    A line has its number before its transaction ends, so that one with a higher number can be
    there first. Most of these never come: what they were to tell was undone.
    """
    if not state.late:
        return []
    found = Line.objects.filter(pk__in=[int(pk) for pk in state.late])
    return list(found.values_list("pk", flat=True))


def _terms_changed(folder: Path, state: State, last: int) -> bool:
    """Whether the lines after ``state``, and late ones before, have changed the term list."""
    if last <= state.line and not state.late:
        return False
    new = Q(pk__gt=state.line, pk__lte=last) | Q(pk__in=[int(pk) for pk in state.late])
    if not Line.objects.filter(new, verb__startswith="ideas.term").exists():
        return False
    kept = folder / TERMS
    return not kept.exists() or kept.read_text("utf-8") != lines_in_force()


def _by_kind(told: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for kind, number in told:
        found[kind].add(number)
    return found


def _touched(kind: str, numbers: set[int]) -> Iterator[tuple[int, Iterable[int]]]:
    """What is found that a line about things of ``kind`` may have changed."""
    ideas, challenges, projects = SHELVES
    if kind == challenges.model._meta.label_lower:
        yield challenges.place, numbers
    elif kind in CASES:
        model, way = CASES[kind]
        cases: Iterable[int] = numbers
        if model is not Idea:
            of = model.objects.filter(pk__in=numbers)
            cases = {it for it in of.values_list(way.removesuffix("__"), flat=True) if it}
        yield ideas.place, cases
        yield projects.place, Project.objects.filter(idea__in=cases).values_list("pk", flat=True)


def _put_anew(writer: IndexWriter, shelf: Shelf, numbers: set[int], lexicon: Lexicon) -> int:
    """Put the rows with these numbers in, and take out those that are there no more."""
    listed = sorted(numbers)
    for first in range(0, len(listed), BATCH):
        some = listed[first : first + BATCH]
        for number in some:
            drop(writer, shelf.code(number))
        for entry in shelf.entries(shelf.rows().filter(pk__in=some), lexicon):
            add(writer, entry)
    return len(listed)


# ── A new one ───────────────────────────────────────────────────────────────────────────────────


def build(root: Path, at: datetime | None = None) -> int:
    """Build the index anew from the database, beside the one that answers; then name it.

    Lines that are noted meanwhile are followed afterwards. Returns how many things it holds.
    """
    line = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    name = uuid4().hex
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TERMS).write_text(lines_in_force(), "utf-8")
    state = State(line, more=words_known_here(), built=at.timestamp() if at else 0.0)
    state.write(folder)
    done = fill(open_index(folder), lexicon_of(folder))
    new = root / f"{CURRENT}.{name}"
    new.write_text(name)
    new.replace(root / CURRENT)
    _clear(root, name)
    log.info("The index for the search was built anew: %s things.", done)
    return done


def fill(index: Index, lexicon: Lexicon) -> int:
    """Put everything that can be found into an empty index."""
    writer = index.writer(MEMORY, 1)
    done = 0
    for shelf in SHELVES:
        rows = shelf.rows().order_by("pk").iterator(chunk_size=BATCH)
        for entry in shelf.entries(rows, lexicon):
            add(writer, entry)
            done += 1
    writer.commit()
    writer.wait_merging_threads()
    return done


def words_known_here() -> Mapping[Lang, list[str]]:
    """Words that several texts here hold and no list knows: "möbelombruk" is a word by now."""
    counted: dict[Lang, Counter[str]] = {lang: Counter() for lang in LANGS}
    for shelf in SHELVES:
        for row in shelf.rows().order_by("pk").iterator(chunk_size=BATCH):
            told = shelf.tell(row)
            lang = language(told.language)
            counted[lang].update(set(words(f"{told.title}\n{told.whole}")))
    return {
        lang: sorted(
            word
            for word, count in counted[lang].items()
            if count >= OFTEN
            and len(word) >= SHORTEST
            and word.isalpha()
            and word not in frequencies(lang)
        )
        for lang in WRITTEN_TOGETHER
    }


def _clear(root: Path, kept: str) -> None:
    """Remove what is left of other indexes; a reader that has one open goes on reading it."""
    for folder in root.iterdir():
        if folder.is_dir() and folder.name != kept:
            with suppress(OSError):
                shutil.rmtree(folder)
