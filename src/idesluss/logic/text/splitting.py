"""A compound's parts: "möbelåterbruk" is "möbel" and "återbruk".

After Koehn & Knight (2003, "Empirical methods for compound splitting", EACL): of all ways to read
a word as known words with linking letters, the one whose parts are the most usual (the highest
geometric mean of their shares) is taken, if they are usual enough beside the word itself.

What keeps from splitting what only looks like a compound:
- a word that is another one with a prefix or an ending ("förslag", "kulturell", "dragit") is as
  whole as that other word is;
- short parts are only those that are listed, as any string of four letters is a word of some
  kind in a list from the web; only what that list does not know is split into usual words of four;
- a last part is no ending, nor two letters and an ending ("skning", "vande").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from idesluss.logic.text.folding import LONGEST, Lang, language
from idesluss.logic.text.frequencies import RAREST, frequencies

SHORTEST = 5  # letters of a word that is looked at
FREE = 5  # letters of a part that needs not be listed; in a rare word one less
COMMON, SMALL = -5.4, 0.5  # the share of such a small part at least, and what it costs
MOST = 4  # parts
LEAST = -6.3  # log10 of the mean share of the parts of what is split
HARD = 1.0  # what every part more than two costs
MARGIN = 0.4  # how much rarer than the word itself its parts may be
LINK, BEND = 0.1, 0.3  # what it costs to read letters as a link, an end as bent
MADE = 0.6  # what it costs to know a part only as made of another word
UNLINKED = 1.0  # what it costs to read no link where there should be one
BORROWED = 0.5  # what it costs to know a word from the neighbour's list only
LISTED = -5.0  # log10 of the share that a listed part has at least
USED = -6.3  # log10 of the share of a part of five letters, and of what a bent part is alone
OVER = 1.0  # how much more usual than a word's base its parts are, if it is split all the same
BASE, BASE_SHARE = 4, -6.5  # letters and share of a word that another is an inflection of
STEM = 3  # letters of a word that stands after a prefix
TAIL = 2  # letters that make no word with an ending, and no part but the first


@dataclass(frozen=True)
class Rules:
    """How a language makes compounds."""

    links: tuple[str, ...]  # letters between a first part, as it stands alone, and the next
    bends: tuple[tuple[str, str], ...]  # how a first part ends: in a compound, standing alone
    first: frozenset[str]  # first parts that are short, or stand so in compounds only
    last: frozenset[str]  # last parts that are short, or that the frequency list lacks
    never_first: frozenset[str]  # particles, inflected words, what only looks like a word
    never_last: frozenset[str]  # what only looks like a word
    never_last_ends: tuple[str, ...]  # ends of words that are never a last part
    prefixes: tuple[str, ...]  # what stands before a word without making a compound
    forms: tuple[tuple[str, str], ...]  # endings: of an inflected or derived word, of its base
    nouns: tuple[tuple[str, str], ...]  # those that make nouns, if the noun itself is not listed
    noun_ends: tuple[str, ...]  # the endings of those
    linked: tuple[str, ...]  # ends of first parts that take a link before the next one
    tails: re.Pattern[str]  # an ending, with too few letters before it to make a word
    simple: frozenset[str]  # words that only look like compounds
    whole: tuple[str, ...]  # beginnings of words that never are the first part of a compound
    endings: tuple[str, ...]  # of an inflected last part that is not listed itself
    twice: frozenset[str]  # first parts whose last letter is the next one's too: "busstopp"
    neighbours: tuple[Lang, ...] = ()  # whose words are nearly the same


def rules_of(lang: Lang) -> Rules | None:
    """Return how ``lang`` makes compounds; None: it writes them apart."""
    if lang == "en":
        return None
    text = (files("idesluss.logic.text") / "data" / "compounds" / f"{lang}.txt").read_text("utf-8")
    rows: dict[str, list[str]] = {}
    for listed in text.split("\n# ")[1:]:
        name, _, body = listed.partition("\n")
        rows.setdefault(name.split(":")[0], []).extend(body.split())
    forms, nouns = _endings(rows["forms"]), _endings(rows["nouns"])
    ends = "|".join(sorted({ending for ending, _ in forms} | set(rows["tails"])))
    both = rows["both"]
    return Rules(
        links=tuple(rows["links"]),
        bends=tuple(_pair(it) for it in rows["bends"]),
        first=frozenset(rows["first"] + both),
        last=frozenset(rows["last"] + both),
        never_first=frozenset(rows["never first"] + rows["prefixes"]),
        never_last=frozenset(rows["never last"]),
        never_last_ends=tuple(rows["never last ends"]),
        prefixes=tuple(rows["prefixes"]),
        forms=forms,
        nouns=nouns,
        noun_ends=tuple({ending for ending, _ in nouns}),
        linked=tuple(rows["linked"]) or ("\n",),
        tails=re.compile(rf"\w{{0,{TAIL}}}(?:{ends})"),
        simple=frozenset(rows["simple"]),
        whole=tuple(rows["whole"]),
        endings=tuple(rows["endings"]),
        twice=frozenset(rows["twice"]),
        neighbours=tuple(language(it) for it in rows["neighbours"]),
    )


def _pair(written: str) -> tuple[str, str]:
    """Read how a part ends in a compound and alone: "u=a" for "gatu" and "gata"; "-" is nothing."""
    left, _, right = written.partition("=")
    return left.strip("-"), right.strip("-")


def _endings(written: list[str]) -> tuple[tuple[str, str], ...]:
    """Read endings and bases: "ning=-/a" is "ning" after the base, or in the place of its "a"."""
    found = []
    for it in written:
        ending, _, bases = it.partition("=")
        found += [(ending, base.strip("-")) for base in bases.split("/")]
    return tuple(found)


Way = tuple[float, tuple[str, ...]]  # the sum of the shares of some parts, and the parts


class Splitter:
    """Splits words of one language; ``more`` are words that are known beside the lists."""

    def __init__(self, lang: Lang, more: Collection[str] = ()) -> None:
        self.rules = rules_of(lang)
        self.own = frequencies(lang) if self.rules else {}
        self.borrowed = [frequencies(it) for it in self.rules.neighbours] if self.rules else []
        self.more = frozenset(more)
        self.split = lru_cache(maxsize=50_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded word, linking letters left out; () leaves it whole.

        A part that is a compound itself is split too.
        """
        rules = self.rules
        if rules is None or not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return ()
        if word.startswith(rules.whole) or word in rules.simple:
            return ()
        ways = self._ways(word, rules, FREE if word in self.own else FREE - 1)
        if not ways:
            return ()
        number, (total, parts) = max(ways, key=lambda it: it[1][0] / it[0] - HARD * it[0])
        mean = total / number
        dear = mean - HARD * (number - 2)
        if mean < LEAST or dear < self.own.get(word, -99.0) - MARGIN:
            return ()
        if self._is_made(word, rules, dear - OVER):
            return ()
        return tuple(inner for part in parts for inner in self.split(part) or (part,))

    def _is_made(self, word: str, rules: Rules, least: float) -> bool:
        """Whether ``word`` is one that is no compound, nor too rare, with a prefix or an ending."""
        for prefix in rules.prefixes:
            if word.startswith(prefix):
                rest = word[len(prefix) :]
                if len(rest) >= STEM and self._is_word(rest, rules) and not self.split(rest):
                    return True
        for ending, base in rules.forms:
            if word.endswith(ending) and len(word) - len(ending) >= STEM:
                bare = word[: -len(ending)] + base
                if bare in rules.simple:
                    return True
                if len(bare) >= BASE and self._is_base(bare, word, least) and not self.split(bare):
                    return True
        return False

    def _is_word(self, word: str, rules: Rules) -> bool:
        return word in rules.last or self.own.get(word, -99.0) >= BASE_SHARE

    def _is_base(self, bare: str, word: str, least: float) -> bool:
        """Whether ``bare`` is a word, and shorter or more usual than ``word``."""
        share = self.own.get(bare, -99.0)
        if len(bare) < len(word):
            return share >= max(BASE_SHARE, least)
        return len(bare) == len(word) and share > max(BASE_SHARE, self.own.get(word, -99.0))

    def _ways(self, word: str, rules: Rules, free: int) -> list[tuple[int, Way]]:
        """The most usual way to read ``word`` as two parts, as three and so on."""
        # tails[i][n]: the best way to read what begins at letter i as n parts, and its total.
        tails: dict[int, dict[int, Way]] = {}
        for start in range(len(word) - TAIL, -1, -1):
            here: dict[int, Way] = {}
            if start and (share := self._last(word[start:], rules, free)) is not None:
                here[1] = (share, (word[start:],))
            for end in sorted(it for it in tails if it >= start + 2):
                if start and not self._is_middle(word[start:end], rules):
                    continue
                first = self._first(word[start:end], rules, free)
                if first is None and word[start : end + 1] in rules.twice:
                    first = self._listed(word[start : end + 1]), word[start : end + 1]
                if first is None:
                    continue
                for number, (total, parts) in tails[end].items():
                    way = (total + first[0], (first[1], *parts))
                    if number < MOST and way > here.get(number + 1, (-99.0, ())):
                        here[number + 1] = way
            if here:
                tails[start] = here
        return [it for it in tails.get(0, {}).items() if it[0] > 1]

    def _is_middle(self, part: str, rules: Rules) -> bool:
        """Whether ``part`` may stand between others: "el" and "tv" begin words, "ning" ends one."""
        if len(part) <= TAIL or part in rules.never_last:
            return False
        bare = part.removesuffix("s")
        return bare in rules.first or not rules.tails.fullmatch(bare)

    def _known(self, word: str, rules: Rules) -> float | None:
        """log10 of the share of a long word, None if nobody knows it."""
        if len(word) < FREE:
            small = self.own.get(word, -99.0)
            return small - SMALL if small >= COMMON else None
        if (share := self.own.get(word)) is not None:
            return share if len(word) > FREE or share >= USED else None
        if word in self.more:
            return RAREST
        made = self._made(word, rules)
        return max((it[word] - BORROWED for it in self.borrowed if word in it), default=made)

    def _made(self, word: str, rules: Rules) -> float | None:
        """log10 of the share of the word that ``word`` is, with a prefix or an ending."""
        shares = []
        for prefix in rules.prefixes if word.startswith(rules.prefixes) else ():
            rest = word[len(prefix) :]
            fits = len(prefix) > 1 and word.startswith(prefix) and len(rest) >= BASE
            if fits and self._is_word(rest, rules):
                shares.append(self.own.get(rest, LISTED) - MADE)
        for ending, base in rules.nouns if word.endswith(rules.noun_ends) else ():
            bare = word[: -len(ending)] + base
            if word.endswith(ending) and self.own.get(bare, -99.0) >= USED:
                shares.append(self.own[bare] - MADE)
        return max(shares, default=None)

    def _first(self, part: str, rules: Rules, free: int) -> tuple[float, str] | None:
        """How usual ``part`` is before another part, and without its linking letters."""
        if part in rules.first:
            return self._listed(part), part
        if part in rules.never_first or part.removesuffix("s") in rules.never_first:
            return None
        ways: list[tuple[float, str]] = []
        for link in rules.links:
            bare = part.removesuffix(link)
            if bare == part or bare in rules.never_first:
                continue
            if bare in rules.first:
                ways.append((self._listed(bare) - LINK, bare))
            elif len(bare) >= free and (share := self._known(bare, rules)) is not None:
                ways.append((share - LINK, bare))
        if len(part) >= free:
            ways += self._bent(part, rules)
        return max(ways, default=None)

    def _bent(self, part: str, rules: Rules) -> Iterator[tuple[float, str]]:
        """Long first parts as they stand, or bent, and how usual they are alone."""
        if (share := self._known(part, rules)) is not None:
            yield share - (UNLINKED if part.endswith(rules.linked) else 0), part
        for ends, alone in rules.bends if len(part) >= FREE else ():
            bare = part[: len(part) - len(ends)] + alone
            if part.endswith(ends) and self.own.get(bare, -99.0) >= USED:
                yield self.own[bare] - BEND, part

    def _listed(self, part: str) -> float:
        """How usual a listed part is: what is rare alone can be usual in compounds."""
        return max(self.own.get(part, LISTED), LISTED)

    def _last(self, part: str, rules: Rules, free: int) -> float | None:
        """How usual ``part`` is as the last part, as it stands or inflected."""
        if part in rules.never_last:
            return None
        if part in rules.last:
            return self._listed(part)
        if len(part) < BASE:
            return None
        shares = list(self._inflected(part, rules))
        if rules.tails.fullmatch(part) or part.endswith(rules.never_last_ends):
            return max(shares, default=None) if part[:BASE] in rules.last else None
        if len(part) >= free and (share := self._known(part, rules)) is not None:
            shares.append(share)
        return max(shares, default=None)

    def _inflected(self, part: str, rules: Rules) -> Iterator[float]:
        """How usual the words are that ``part`` may be an inflected form of."""
        for ending in rules.endings if part.endswith(rules.endings) else ():
            bare = part.removesuffix(ending)
            if bare == part or bare in rules.never_last:
                continue
            for alone in (bare, bare + "a", bare + "e"):
                if alone in rules.last:
                    yield self._listed(alone) - BEND
                elif len(alone) >= FREE and (share := self.own.get(alone)) is not None:
                    yield share - BEND
