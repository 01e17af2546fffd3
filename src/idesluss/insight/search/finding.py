"""What somebody finds: asked of the index, proved on the rows, and told why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Value

from idesluss.insight.search.follow import current, home, lexicon_of, state_of
from idesluss.insight.search.index import KINDS, Answer, Hit, Reader, open_index
from idesluss.insight.search.things import BY_MODEL, BY_PLACE, Shelf, Told, code_of, may_find
from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.asking import Question, ask
from idesluss.logic.text.folding import Lang, language
from idesluss.logic.text.meeting import Met, couples, meet

# How sure it must be that something answers at all (``index.Answer.sure``):
SHOWN = 0.3  # for anything to be shown,
WARNS = 1.0  # and for somebody who writes to be told that it has been written before.
# The share of the best one's score that the others need to be shown, and to count as near: of what
# has less, one in ten is what was meant.
TAIL, NEAR = 0.03, 0.2
SPARE = 20  # further hits that are asked of the index, in place of those that may not be shown
MOST = 100  # hits of a question that can be paged through


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: words in ``lang``, and marks ("org:3") one of which a thing must have.

    ``marks``: of each inner sequence, a thing has at least one. ``typing``: the last word may be
    half.
    """

    text: str
    lang: Lang
    marks: Sequence[Sequence[str]] = ()
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found: its row, how well it answers (0 to about 2), and why.

    No ``why``: it shares no word with what was asked, but much with what answers it best.
    ``near``: it answers not much worse than the best.
    """

    thing: Any
    told: Told
    score: float
    why: tuple[Met, ...]
    near: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found. ``more``: there is more; ``total`` counts what may be seen.

    ``sure``: how sure it is that the best answers at all.
    """

    found: tuple[Found, ...] = ()
    total: int = 0
    more: bool = False
    sure: float = 0.0


def find(
    asked: Asked,
    person: Any,
    *,
    at: datetime,
    first: int = 0,
    limit: int = 20,
    least: float = SHOWN,
    share: float = TAIL,
    without: Any = None,
) -> Page:
    """Return what answers ``asked`` best among what ``person`` may see, the best first.

    What may not be seen is neither shown nor counted. Nothing is found if it is not as sure as
    ``least`` that anything answers, and nothing that has not ``share`` of the best one's score.
    ``without``: a thing that is left out. With no index yet, nothing is found.
    """
    engine = engine_now()
    if engine is None:
        return Page()
    question = engine.ask(asked)
    within = [may_find(person, at=at), *asked.marks]
    answer = engine.reader.find(question, within=within, limit=MOST + SPARE)
    if without is not None:
        answer = answer.without(code_of(without))
    if answer.surest >= least:
        answer = _seen_of(answer, person, share, at=at)
    if answer.surest < least:
        return Page()
    here = answer.hits[first : first + limit]
    rows = _rows(it.code for it in here)
    found = []
    for hit in here:
        if thing := rows.get(hit.code):  # it may have gone between the two questions
            told, why = engine.why(thing, question)
            near = hit.score >= NEAR * answer.hits[0].score
            found.append(Found(thing, told, hit.score, why, near))
    number = len(answer.hits)
    return Page(tuple(found), min(number, MOST), more=number > MOST, sure=answer.surest)


def _seen_of(answer: Answer, person: Any, share: float, *, at: datetime) -> Answer:
    """What of an answer ``person`` may see, of what has ``share`` of the score of its best."""
    hits = _enough(answer.hits, share)
    seen = _seen({it.code for it in hits} | set(answer.sure), person, at=at)
    if hits and hits[0].code not in seen:  # how much is enough is told by the best that is seen
        seen = _seen((it.code for it in answer.hits), person, at=at)
        hits = _enough([it for it in answer.hits if it.code in seen], share)
    sure = {code: it for code, it in answer.sure.items() if code in seen}
    return Answer(tuple(it for it in hits if it.code in seen), sure)


def _enough(hits: Sequence[Hit], share: float) -> list[Hit]:
    """Those that have ``share`` of the score of the first."""
    return [it for it in hits if it.score >= share * hits[0].score]


def _seen(codes: Iterable[int], person: Any, *, at: datetime) -> set[int]:
    """Those of the things with these numbers whose pages ``person`` may see now."""
    asked = []
    for shelf, pks in _by_shelf(codes):
        found = (shelf.all() & shelf.shown(person, at)).filter(pk__in=pks).order_by()
        asked.append(found.annotate(place=Value(shelf.place)).values_list("place", "pk"))
    if not asked:
        return set()
    first, *others = asked
    together = first.union(*others, all=True) if others else first  # one question for all shelves
    return {BY_PLACE[place].code(pk) for place, pk in together}


def _rows(codes: Iterable[int]) -> dict[int, Any]:
    """The rows with these numbers, ready for their words to be told."""
    return {
        shelf.code(row.pk): row
        for shelf, pks in _by_shelf(codes)
        for row in shelf.all().filter(pk__in=pks)
    }


def _by_shelf(codes: Iterable[int]) -> Iterator[tuple[Shelf, list[int]]]:
    numbers: dict[int, list[int]] = defaultdict(list)
    for code in codes:
        numbers[code % KINDS].append(code // KINDS)
    for place, pks in numbers.items():
        yield BY_PLACE[place], pks


class Engine:
    """One state of the index with the words that it was made with."""

    def __init__(self, reader: Reader, lexicon: Lexicon) -> None:
        self.reader, self.lexicon = reader, lexicon

    def ask(self, asked: Asked) -> Question:
        """Read what is asked."""
        return ask(asked.text, asked.lang, self.lexicon, self.reader, typing=asked.typing)

    def why(self, thing: Any, question: Question) -> tuple[Told, tuple[Met, ...]]:
        """What is searched of a thing, and which of its words answer the question."""
        told = BY_MODEL[type(thing)].words(thing)
        return told, meet(question, told.title, told.whole, language(told.language), self.lexicon)

    def shared(self, thing: Any, question: Question, lang: Lang) -> list[tuple[str, str]]:
        """The words of a question in ``lang``, each with the word of a thing that it met."""
        told, met = self.why(thing, question)
        return couples(met, lang, language(told.language))


def engine_now() -> Engine | None:
    """The index as it was committed last; None: there is none yet."""
    folder = current(home())
    if folder is None:
        return None
    try:
        changed = (folder / "meta.json").stat().st_mtime_ns
    except OSError:
        return None
    return _engine(folder, changed)


@lru_cache(maxsize=1)
def _engine(folder: Path, changed: int) -> Engine | None:  # noqa: ARG001
    """``changed`` says when it was committed last: another commit is another engine."""
    state = state_of(folder)
    if state is None:
        return None
    return Engine(Reader(open_index(folder)), lexicon_of(folder))


def forget() -> None:
    """Forget the index that was opened; the next question opens it anew."""
    _engine.cache_clear()
    lexicon_of.cache_clear()
