"""Which earlier cases share meaningful words with what is asked now, and which words those are.

A small match for a few thousand texts at a time: words are cut to their stem as Swedish, Danish
and English inflect them, words that mean little are left out, and a compound meets its parts
("cykelparkering" and "cykel"). The answer is always explained by the words as they were written.
Nothing is decided by it: a person says yes or no.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LEAST_WORDS = 2  # shared words, before two texts are said to be about the same
LEAST_WEIGHT = 2.0
COMPOUND = 5  # letters that a part of a compound has at least
IN_TITLE, IN_TEXT, IN_PART = 2.0, 1.0, 0.5


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as it is read."""
    return frozenset(text.split())


EMPTY = words_of(
    """
    alla allt alltid annan andra att av bara behov behöva behöver bli blir blev bra borde både
    båda bör cirka dag dagar de dem den denna deras dess dessa det detta dig din ditt dock du där
    efter ej eller en er ett fast fler flera fler finns framför från få får för före genom ge ger
    gick gå går gör göra göras ha hade han har helt hela hennes hos hon hur här i ibland idé idéer
    igen in ingen inget inom inte inga ja jag kan kommer kommun kommunen kunde kunna lite lätt
    låta man med mellan men mer mest mig min mitt mot mycket må måste många ned nej ni nog nu
    ny nya nytt någon något några när nästan och också om på problem redan rätt samma samt se sedan
    ser sig sin sina sitt själv ska skall skulle slut som stor stora ställe så sådan sätt ta tar
    till tid tiden trots under upp ut utan utmaning utmaningen vad var vara varit varje varför vem
    vet vi vid vilka vilken vill vilja väl vår våra vårt än ännu är år åt över lösning idag bättre
    aldrig alltså både fått gång gånger gäller hjälp hjälpa håller hålla ihop klar klara klockan
    lika minst mindre saker sådant tycker vanlig vanliga väntar

    ad af alle alt altid anden andre at bare behov blev blive bliver bør da dag dage deres det
    dette dig din dit dog efter eller end er et flere flest fordi fra få får før gennem giver gør
    gøre ham han hans har havde helt hende hendes her hos hun hvad hvem hver hvilke hvilken hvis
    hvor hvordan hvorfor ide ideer igen ikke ind ingen intet jeg jer kan kommunen kun kunne lidt
    lige man mange med meget mellem men mere mest mig min mit mod må måske ned nej noget nogle
    nogen nu ny nyt når og også op os over problem samme se selv ser sig sin skal skulle som
    store stor så sådan tage tager tid til udfordring udfordringen under uden var ved vi vil vore
    være været bedre løsning aldrig

    about after all also an and any are as at be because been before better but by can case could
    day days did do does down each ever every for from get gets give has have he her here him his
    how idea ideas if in into is it its just know less like make many may me more most much must
    my need needs never new no not now of off on one only or other our out over problem same see
    she should so some such take than that the their them then there these they this those through
    time to too under up us use very was we were what when where which who why will with without
    would you your challenge solution
    """
)
"""Words that nearly every case holds, or that say nothing of what it is about."""
ENDINGS = (
    *("arnas", "ernas", "ornas", "erens", "ernes", "arna", "erna", "orna", "erne", "aren", "eren"),
    *("ens", "ets", "ars", "ers", "ar", "er", "or", "en", "et", "s", "a", "e", "n"),
)
"""What is cut from the end of a word, the longest first, until there is nothing to cut."""
LEAST_LETTERS = 4
WORD = re.compile(r"[^\W\d_]{3,}")
VOWELS = str.maketrans("æøé", "äöe")


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its title, as people wrote them."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How near a case comes: the words of the case that it shares, the weightiest first."""

    words: tuple[str, ...]
    weight: float

    @property
    def near(self) -> bool:
        """Whether it is worth asking somebody."""
        return len(self.words) >= LEAST_WORDS and self.weight >= LEAST_WEIGHT


def stem(word: str) -> str:
    """Return ``word`` without what inflects it: "simhallens" and "simhallar" become "simhall"."""
    word = unicodedata.normalize("NFC", word).casefold().translate(VOWELS)
    while True:
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= LEAST_LETTERS:
                word = word.removesuffix(ending)
                break
        else:
            return word


def meaningful(text: str) -> dict[str, str]:
    """Return the words of ``text`` that mean something: stem to the word as it stands first."""
    found: dict[str, str] = {}
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match.group().casefold()
        if word not in EMPTY and (root := stem(word)) not in EMPTY:
            found.setdefault(root, word)
    return found


class Asked:
    """What is asked now, read once and held against many cases."""

    def __init__(self, asked: Told) -> None:
        self.title = frozenset(meaningful(asked.title))
        self.words = self.title | frozenset(meaningful(asked.text))
        self.parts = frozenset(part for word in self.words for part in _edges(word))
        self.long = frozenset(word for word in self.words if len(word) >= COMPOUND)

    def match(self, told: Told) -> Match:
        """Return how near ``told`` comes.

        A shared word weighs one, two when both titles have it; a compound that meets its part
        weighs a half. Time grows with the words of ``told``, not with those of what is asked.
        """
        title = meaningful(told.title)
        shared: list[tuple[float, str]] = []
        for root, word in {**meaningful(told.text), **title}.items():
            if weight := self._weight(root, in_title=root in title):
                shared.append((weight, word))
        shared.sort(key=lambda it: (-it[0], it[1]))
        return Match(tuple(word for _, word in shared), sum(weight for weight, _ in shared))

    def _weight(self, root: str, *, in_title: bool) -> float:
        if root in self.words:
            return IN_TITLE if in_title and root in self.title else IN_TEXT
        meets = root in self.parts and len(root) >= COMPOUND
        return IN_PART if meets or any(part in self.long for part in _edges(root)) else 0.0


def _edges(word: str) -> Iterator[str]:
    """The beginnings and ends of a long word that may be words of their own."""
    for cut in range(COMPOUND, len(word)):
        yield word[:cut]
        yield word[-cut:]


def nearest(asked: Told, cases: Iterable[tuple[int, Told]], most: int) -> Mapping[int, Match]:
    """Return at most ``most`` of ``cases`` that are near ``asked``, by number, the nearest first.

    Those equally near come in the order of their numbers.
    """
    reader = Asked(asked)
    found = [(number, reader.match(told)) for number, told in cases]
    near = [(number, match) for number, match in found if match.near]
    near.sort(key=lambda it: (-it[1].weight, it[0]))
    return dict(near[:most])
