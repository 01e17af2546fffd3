"""What a text is found by: its words, the letters of its title, and the notions it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from idesluss.logic.text.cognates import common, common_of_all
from idesluss.logic.text.folding import LANGS, Lang, words
from idesluss.logic.text.notions import Notions, Row, Rows, shipped_rows, shipped_themes
from idesluss.logic.text.spelling import Spelt
from idesluss.logic.text.splitting import Splitter
from idesluss.logic.text.stems import VOWELS, stems_of_all
from idesluss.logic.text.stopwords import STOPWORDS

VERSION = 3  # of what is written into an index; another one means that it must be made anew
GRAM = 4
LEAST_KEY = 3  # letters that a word keeps at least, when its last vowel is cut


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the analyser is in use; the parts are switched off only to measure what they add."""

    stems: bool = True
    splitting: bool = True
    cognates: bool = True
    grams: bool = True
    notions: bool = True
    themes: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One word, read: what it is found by."""

    word: str  # folded
    keys: tuple[str, ...] = ()  # of the whole word first, then of its parts; () is a stop word
    notions: tuple[int, ...] = ()  # rows of the term list that the whole word names
    parts: tuple[tuple[int, ...], ...] = ()  # the rows that its parts name, the widest part first
    all_notions: tuple[int, ...] = ()  # the rows that the word and its parts name
    themes: tuple[int, ...] = ()  # what somebody speaks of who says the word, or a part of it


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is found by, in three channels."""

    words: tuple[str, ...]  # folded, as written; in order
    keys: tuple[str, ...]  # keys of words and of their parts, the title's twice
    grams: tuple[str, ...]  # four letters in a row of the title's words
    notions: tuple[str, ...]  # numbers of rows
    themes: tuple[str, ...] = ()  # numbers of themes, each as often as words point to it


class Lexicon:
    """All that is known about the words of the five languages, read when a language is first met.

    ``rows`` are the term list's, ``more`` the words that an installation knows beside, by language.
    """

    def __init__(
        self,
        rows: Iterable[Row] = (),
        more: Mapping[Lang, Collection[str]] | None = None,
        use: Parts = Parts(),
    ) -> None:
        self.rows = tuple(rows)
        self.more = more or {}
        self.use = use
        self._notions: dict[Lang, Notions] = {}
        self._splitters: dict[Lang, Splitter] = {}
        self._spelt: dict[Lang, Spelt] = {}
        self.key = lru_cache(maxsize=100_000)(self._key)
        self.stem = lru_cache(maxsize=100_000)(self._stem)
        self.read = lru_cache(maxsize=100_000)(self._read)
        self._joined = lru_cache(maxsize=100_000)(self._rows_of_joined)

    def notions(self, lang: Lang) -> Notions:
        """The term list as ``lang`` meets it."""
        if lang not in self._notions:
            shipped = _shipped(lang, self.use.stems)
            self._notions[lang] = shipped.with_rows(self.rows) if self.rows else shipped
        return self._notions[lang]

    def themes(self, lang: Lang) -> Rows:
        """The themes as ``lang`` meets them; none if they are not in use."""
        in_use = self.use.notions and self.use.themes
        return _shipped_themes(lang, self.use.stems) if in_use else Rows((), lang, stems_to_meet)

    def splitter(self, lang: Lang) -> Splitter:
        """The splitter of ``lang``, which knows the words of the term list too."""
        if lang not in self._splitters:
            known = self.notions(lang).words if self.use.notions else set()
            self._splitters[lang] = Splitter(lang, {*known, *self.more.get(lang, ())})
        return self._splitters[lang]

    def _key(self, word: str, lang: Lang) -> str:
        """The form in which a word meets its inflections, and its cognates in other languages."""
        return keys_of_all([word], lang, stems=self.use.stems, cognates=self.use.cognates)[0]

    def _stem(self, word: str, lang: Lang) -> str:
        """The form in which a word meets its inflections in its own language."""
        return stems_to_meet([word], lang, stems=self.use.stems)[0]

    def _read(self, word: str, lang: Lang) -> Reading:
        if word in STOPWORDS[lang] or (len(word) < 2 and not word.isdigit()):
            return Reading(word)
        keys, stem, themes = [self.key(word, lang)], self.stem(word, lang), self.themes(lang)
        rows, pointed = self._rows(stem, lang), [*themes.of(stem)]
        inner: list[tuple[int, ...]] = []
        parts = self.splitter(lang).split(word) if self.use.splitting else ()
        for part in _stretches(word, parts):
            key = self.key(part, lang)
            if key not in keys:
                keys.append(key)
            stem = self.stem(part, lang)
            if met := self._rows(stem, lang):
                inner.append(met)
            pointed += themes.of(stem)
        every = (*rows, *(row for met in inner for row in met))
        return Reading(word, tuple(keys), rows, tuple(inner), every, tuple(dict.fromkeys(pointed)))

    def _rows(self, stem: str, lang: Lang) -> tuple[int, ...]:
        return tuple(self.notions(lang).of(stem)) if self.use.notions else ()

    def is_word(self, word: str, lang: Lang) -> bool:
        """Whether a folded word is one that is written, so that nothing else was meant by it."""
        return word in self.splitter(lang).own or word in self.notions(lang).words

    def near(self, word: str, lang: Lang, edits: int) -> list[tuple[str, int]]:
        """The words of the term list at most so many edits from ``word``."""
        if not self.use.notions:
            return []
        if lang not in self._spelt:
            self._spelt[lang] = Spelt(self.notions(lang).words)
        return self._spelt[lang].near(word, edits)

    def named(self, told: Sequence[str], lang: Lang) -> Iterator[tuple[tuple[int, ...], range]]:
        """The rows that words in a row name together, and the places of those words.

        "home care", and what one language writes together and somebody wrote apart.
        """
        if not self.use.notions:
            return
        stems = [self.stem(it, lang) for it in told]
        notions, silent = self.notions(lang), STOPWORDS[lang]
        for place in range(len(told) - 1):
            for number, count in notions.at(stems, place):
                yield (number,), range(place, place + count)
            first, second = told[place], told[place + 1]
            if first in silent or second in silent:
                continue
            if met := self._joined(first + second, lang):
                yield met, range(place, place + 2)

    def _rows_of_joined(self, word: str, lang: Lang) -> tuple[int, ...]:
        return self._rows(self.stem(word, lang), lang) if word.isalpha() else ()

    def spoken_of(self, told: Sequence[str], lang: Lang) -> Iterator[tuple[int, range]]:
        """The themes that words in a row point to together, and the places of those words."""
        stems, themes = [self.stem(it, lang) for it in told], self.themes(lang)
        for place in range(len(told) - 1):
            for theme, count in themes.at(stems, place):
                yield theme, range(place, place + count)

    def analyse(self, title: str, text: str, lang: Lang) -> Terms:
        """Return what a text of ``lang`` is found by."""
        head, body = words(title), words(text)
        keys: list[str] = []
        rows: list[int] = []
        pointed: dict[int, set[str]] = defaultdict(set)
        for told, times in ((head, 2), (body, 1)):
            for word in told:
                reading = self.read(word, lang)
                keys += reading.keys * times
                rows += reading.all_notions * times
                for theme in reading.themes:
                    pointed[theme].add(reading.keys[0])
            for met, _ in self.named(told, lang):
                rows += met * times
            for theme, places in self.spoken_of(told, lang):
                pointed[theme].add(" ".join(told[it] for it in places))
        return Terms(
            words=(*head, *body),
            keys=tuple(keys),
            grams=tuple(self.grams(head, lang)),
            notions=tuple(map(str, rows)),
            themes=tuple(str(theme) for theme, by in pointed.items() for _ in by),
        )

    def grams(self, told: Iterable[str], lang: Lang) -> list[str]:
        """Four letters in a row of the common form of each word that says something."""
        if not self.use.grams:
            return []
        found = []
        for word in told:
            if word not in STOPWORDS[lang] and len(word) > 1:
                edged = f"_{common(word, lang) if self.use.cognates else word}_"
                found += [edged[i : i + GRAM] for i in range(max(1, len(edged) - GRAM + 1))]
        return found


def stems_to_meet(told: Sequence[str], lang: Lang, *, stems: bool = True) -> list[str]:
    """The form in which each word meets its inflections (``Lexicon.stem``), many at once.

    In Finnish the grades of one stem are inflection too.
    """
    return keys_of_all(told, lang, stems=stems, cognates=lang == "fi")


def keys_of_all(
    told: Sequence[str], lang: Lang, *, stems: bool = True, cognates: bool = True
) -> list[str]:
    """The key of each word (``Lexicon.key``), many at once."""
    keys = stems_of_all(told, lang) if stems else list(told)
    if cognates:
        keys = common_of_all(keys, lang)
    if not stems or lang == "en":
        return keys
    return [it[:-1] if len(it) > LEAST_KEY and it[-1] in VOWELS else it for it in keys]


@lru_cache(maxsize=len(LANGS))
def _shipped(lang: Lang, stems: bool) -> Notions:  # noqa: FBT001
    """The term list that is shipped, as ``lang`` meets it; read once for all."""
    return Notions(shipped_rows(lang), lang, partial(stems_to_meet, stems=stems))


@lru_cache(maxsize=len(LANGS))
def _shipped_themes(lang: Lang, stems: bool) -> Rows:  # noqa: FBT001
    """The themes that are shipped, as ``lang`` meets them; read once for all."""
    return Rows(shipped_themes(lang), lang, partial(stems_to_meet, stems=stems))


def _stretches(word: str, parts: Sequence[str]) -> Iterator[str]:
    """Every stretch of neighbouring parts but the whole word, the longest first."""
    places, at = [], 0
    for part in parts:
        at = word.find(part, max(at - 1, 0))  # "buss" and "station" have a letter in common
        places.append((at, at + len(part)))
        at += len(part)
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length + 1):
            yield word[places[first][0] : places[first + length - 1][1]]


def without(use: Parts, name: str) -> Parts:
    """``use`` with one part switched off."""
    return replace(use, **{name: False})
