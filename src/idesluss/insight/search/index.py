"""The index: what is found by which words, kept in a folder beside the data (tantivy).

It holds no text, only what texts are found by, and may be thrown away at any time: the data are
in the database. One writes, many read; a reader sees what was committed last.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from tantivy import (
    DocAddress,
    Document,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzerBuilder,
    Tokenizer,
)

from idesluss.logic.text.analysing import Terms
from idesluss.logic.text.asking import Group, Question
from idesluss.logic.text.spelling import Spelt

WORDS, KEYS, GRAMS, NOTIONS, THEMES, TAGS = "w", "x", "g", "r", "m", "t"
CODE, NAME, GIST = "code", "name", "gist"
CHANNELS: Mapping[str, float] = {
    KEYS: 0.45,
    GRAMS: 0.6,
    NOTIONS: 1.0,
    THEMES: 0.25,
}
KINDS = 8  # how many kinds of things have room in a code
MEMORY = 50_000_000  # bytes that the writer collects before it writes
RAREST = 32  # groups of a channel that are asked for, the rarest first
# What more texts than these hold says little of what the best have in common: a share, and a number
# below which nothing is much.
COMMON, FEW = 0.05, 25
# What the best hits have in common is asked for in a second turn (``_like``).
LIKE_FIRST, LIKE_NEAR = 3, 0.6  # at most so many, and with so much of the best one's score
LIKE_NOTIONS, LIKE_KEYS, LIKE_THEMES = 30, 32, 12
LIKE_WEIGHT = 1.2
OFTEN = 3  # times that one text may name something, for it to count more
SMALL = 100  # texts: among fewer, what is rare is told as if they were so many
JUDGED = 8  # of the best, of which it is told how sure they are
MANY = 0.7  # the power of the number of words that are met, in how sure an answer is
UNKNOWN = 1.2  # what a word that nothing holds counts in the most that can be reached


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: its number, what it is found by, and the marks it is chosen by.

    ``more`` is what it is found by beside what it is about.
    """

    code: int
    terms: Terms
    tags: tuple[str, ...]
    more: Terms | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, and how well: 0 is not at all, about 2 the very same words."""

    code: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, the best first, and how sure it is of the best that they answer at all.

    ``sure``, by code: what they earn by the question itself, the more the more of its words they
    meet (``MANY``): one word of two is chance, eight of twenty are not.
    """

    hits: tuple[Hit, ...] = ()
    sure: Mapping[int, float] = field(default_factory=dict)

    @property
    def surest(self) -> float:
        """How sure it is that anything answers; 0 with nothing found."""
        return max(self.sure.values(), default=0.0)

    def without(self, code: int) -> Answer:
        """The same but for one thing."""
        hits = tuple(it for it in self.hits if it.code != code)
        return Answer(hits, {it: sure for it, sure in self.sure.items() if it != code})


NOTHING = (0.0, None)


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text is found by: each key once, notions and themes as often as they count."""

    keys: Sequence[str]
    notions: Sequence[str]
    themes: Sequence[str]


def schema() -> Schema:
    """What the index holds of each thing."""
    build = SchemaBuilder()
    build.add_text_field(WORDS, tokenizer_name="spaces", index_option="position")
    for channel in CHANNELS:
        build.add_text_field(channel, tokenizer_name="spaces", index_option="freq")
    build.add_text_field(TAGS, tokenizer_name="spaces", index_option="basic")
    build.add_text_field(NAME, tokenizer_name="raw", index_option="basic")
    build.add_unsigned_field(CODE, fast=True)
    build.add_bytes_field(GIST, stored=True)
    return build.build()


def open_index(folder: Path | None) -> Index:
    """Return the index in ``folder``, made if it is not there; None: in memory only."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    index = Index(schema(), path=str(folder) if folder else None)
    index.register_tokenizer("spaces", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def put(writer: IndexWriter, entry: Entry) -> None:
    """Put ``entry`` in, in place of what was there with its number."""
    drop(writer, entry.code)
    add(writer, entry)


def add(writer: IndexWriter, entry: Entry) -> None:
    """Put in an entry that is not there yet."""
    document = Document()
    for terms in filter(None, (entry.terms, entry.more)):
        document.add_text(WORDS, " ".join(terms.words))
        document.add_text(KEYS, " ".join(terms.keys))
        document.add_text(GRAMS, " ".join(terms.grams))
        document.add_text(NOTIONS, " ".join(terms.notions))
        document.add_text(THEMES, " ".join(terms.themes))
    document.add_text(TAGS, " ".join(entry.tags))
    document.add_text(NAME, str(entry.code))
    document.add_unsigned(CODE, entry.code)
    document.add_bytes(GIST, _gist(entry.terms))
    writer.add_document(document)


def _gist(terms: Terms) -> bytes:
    """What a text is found by, as the index keeps it (``Gist``)."""
    notions = [it for it, times in Counter(terms.notions).items() for _ in range(min(times, OFTEN))]
    told = dict.fromkeys(terms.keys), notions, terms.themes
    return "|".join(map(" ".join, told)).encode()


def drop(writer: IndexWriter, code: int) -> None:
    """Take out what has this number."""
    writer.delete_documents_by_term(NAME, str(code))


class Reader:
    """What is asked of one state of the index."""

    def __init__(self, index: Index) -> None:
        self.schema = index.schema
        self.searcher: Searcher = index.searcher()
        self.size = self.searcher.num_docs
        self._letters = lru_cache(maxsize=64)(self._beginning_with)

    # The vocabulary (idesluss.logic.text.asking.Vocabulary)

    def count(self, word: str) -> int:
        return self.searcher.doc_freq(WORDS, word)

    def beginning(self, start: str) -> Sequence[tuple[str, int]]:
        return self.searcher.terms_with_prefix(WORDS, start, limit=400)

    def near(self, word: str, edits: int) -> Sequence[tuple[str, int]]:
        return self._letters(word[0]).near(word, edits)

    def _beginning_with(self, letter: str) -> Spelt:
        return Spelt(word for word, _ in self.searcher.terms_with_prefix(WORDS, letter))

    # Finding

    def find(
        self, question: Question, *, within: Sequence[Sequence[str]] = (), limit: int = 20
    ) -> Answer:
        """Return what answers ``question`` best.

        ``within``: of each inner sequence of tags, a thing must have at least one. What the best
        answers have in common is asked for again, so that the same thing in the neighbour's words
        comes up beside them (pseudo-relevance feedback: Rocchio 1971; Lavrenko & Croft 2001).
        """
        first = self._earned(question, within, limit)
        if not first:
            return Answer()
        best = sorted(first.items(), key=lambda it: (-it[1][0], it[0]))[:JUDGED]
        gists = {code: (score, self._gist(address)) for code, (score, address) in best}
        like = _like(list(gists.values())[:LIKE_FIRST], self)
        like = replace(like, phrases=question.phrases, without=question.without)
        more = self._earned(like, within, limit)
        weight = LIKE_WEIGHT * min(best[0][1][0], 1.0)
        earned = {
            code: first.get(code, NOTHING)[0] + weight * more.get(code, NOTHING)[0]
            for code in first | more
        }
        ranked = sorted(earned.items(), key=lambda it: (-it[1], it[0]))[:limit]
        sure = {code: score * _met(question, gist) ** MANY for code, (score, gist) in gists.items()}
        return Answer(tuple(Hit(code, score) for code, score in ranked), sure)

    def plain(
        self, question: Question, *, within: Sequence[Sequence[str]] = (), limit: int = 20
    ) -> list[Hit]:
        """Return what answers ``question`` by what it says itself and nothing else, best first."""
        earned = self._earned(question, within, limit)
        hits = [Hit(code, score) for code, (score, _) in earned.items()]
        return sorted(hits, key=lambda it: (-it.score, it.code))

    def _earned(
        self, question: Question, within: Sequence[Sequence[str]], limit: int
    ) -> dict[int, tuple[float, DocAddress]]:
        """The best things by number: what each earns by ``question``, and where it lies."""
        wanted = self._wanted(question)
        if wanted is None:
            return {}
        parts = [(Occur.Must, wanted)]
        parts += [(Occur.Must, self._one_of(tags)) for tags in within]
        parts += [(Occur.MustNot, self._term(KEYS, key)) for key in question.without]
        hits = self.searcher.search(Query.boolean_query(parts), limit=limit, count=False).hits
        codes = self.searcher.fast_field_values(CODE, [address for _, address in hits])
        return {int(code or 0): hit for code, hit in zip(codes, hits, strict=True)}

    def _gist(self, address: DocAddress) -> Gist:
        written = bytes(self.searcher.doc(address).get_first(GIST) or b"||").decode()
        return Gist(*(it.split() for it in written.split("|")))

    def common(self, channel: str, counted: Mapping[str, float], most: int) -> tuple[Group, ...]:
        """The weightiest of what was counted, the first of them worth one."""
        most_often = max(COMMON * self.size, FEW)
        weighed = [
            (times * self._rarity(count), token)
            for token, times in counted.items()
            if (count := self.searcher.doc_freq(channel, token)) <= most_often
        ]
        best = sorted(weighed, key=lambda it: (-it[0], it[1]))[:most]
        return tuple(Group(((token, 1.0),), weight / best[0][0]) for weight, token in best)

    def _wanted(self, question: Question) -> Query | None:
        """What must be there, and what counts; None: nothing is asked."""
        channels = {
            KEYS: (question.keys, 1.0),
            GRAMS: (question.grams, 1.0),
            NOTIONS: (question.notions, question.named),
            THEMES: (question.themes, 1.0),
        }
        asked = [
            query
            for channel, (groups, share) in channels.items()
            for query in self._channel(channel, groups, CHANNELS[channel] * share)
        ]
        parts = [(Occur.Must, self._phrase(told)) for told in question.phrases]
        if not asked and not parts:
            return None
        if asked:
            should = Query.boolean_query([(Occur.Should, it) for it in asked])
            parts.append((Occur.Should if parts else Occur.Must, should))
        return Query.boolean_query(parts)

    def _channel(self, channel: str, groups: Sequence[Group], weight: float) -> Iterable[Query]:
        """The groups of a channel, such that a text with each of them once earns ``weight``."""
        weighed = []
        most = 0.0
        for group in groups:
            known = [
                (token, worth, self._rarity(count), rarity_of(count, self.size))
                for token, worth in group.alternatives
                if (count := self.searcher.doc_freq(channel, token))
            ]
            if known:
                best = max(worth * rarity for _, worth, rarity, _ in known)
                weighed.append((group.weight * best, group, known))
                most += group.weight * best
            else:
                most += UNKNOWN * group.weight * self._rarity(0)
        weighed.sort(key=lambda it: -it[0])
        for _, group, known in weighed[:RAREST]:
            scale = group.weight * weight / most
            terms = [
                Query.boost_query(self._term(channel, token), scale * worth * rarity / counted)
                for token, worth, rarity, counted in known
            ]
            yield terms[0] if len(terms) == 1 else Query.disjunction_max_query(terms)

    def _rarity(self, count: int) -> float:
        """How much a token that so many texts hold says, reckoned among ``SMALL`` at least."""
        return rarity_of(count, max(self.size, SMALL))

    def _term(self, field: str, token: str) -> Query:
        option = "freq" if field in CHANNELS else "basic"
        return Query.term_query(self.schema, field, token, index_option=option)

    def _phrase(self, told: Sequence[str]) -> Query:
        if len(told) == 1:
            return self._term(WORDS, told[0])
        return Query.phrase_query(self.schema, WORDS, list(told))

    def _one_of(self, tags: Sequence[str]) -> Query:
        return Query.const_score_query(Query.term_set_query(self.schema, TAGS, list(tags)), 0.0)


def rarity_of(count: int, size: int) -> float:
    """The inverse document frequency, as BM25 counts it (Robertson & Zaragoza 2009)."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))


def _like(gists: Sequence[tuple[float, Gist]], reader: Reader) -> Question:
    """A question for what the best have in common, the rarest first."""
    keys: dict[str, float] = defaultdict(float)
    notions: dict[str, float] = defaultdict(float)
    themes: dict[str, float] = defaultdict(float)
    best = gists[0][0]
    for score, gist in gists:
        if score >= LIKE_NEAR * best:
            for counted, told in (
                (keys, gist.keys),
                (notions, gist.notions),
                (themes, gist.themes),
            ):
                for token in told:
                    counted[token] += score / best
    return Question(
        keys=reader.common(KEYS, keys, LIKE_KEYS),
        notions=reader.common(NOTIONS, notions, LIKE_NOTIONS),
        themes=reader.common(THEMES, themes, LIKE_THEMES),
        named=1.0,
    )


def _met(question: Question, gist: Gist) -> int:
    """How many of the words that were asked with a text meets; one at least."""
    held = set(gist.keys), set(gist.notions)
    met = {
        group.word
        for tokens, groups in zip(held, (question.keys, question.notions), strict=True)
        for group in groups
        if any(token in tokens for token, _ in group.alternatives)
    }
    return max(1, len(met))
