"""Whether a text looks as if it tells of somebody's illness, or holds a personal number.

What is handed in is a public record in principle, so whoever writes is warned while writing;
nothing is ever stopped by this. A sentence counts as telling of an illness when it names one
*and* somebody (my mother, he, the pupil): "we need better care of dementia" does not.

Personal numbers: Sweden's, (YY)YYMMDD-NNNN with its check digit (folkbokföringslag 1991:481
§ 18; 60 is added to the day of a coordination number), and Denmark's CPR, DDMMYY-NNNN. A CPR
number without hyphen is only believed when its old check (modulus 11) holds, for since 2007 not
all numbers keep it, and ten digits may be anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

INSIDE_WORDS = (  # wherever in a word: bröstcancer, demenssjukdom
    "cancer", "kræft", "demens", "dement", "alzheimer", "parkinson", "diabet", "sukkersyge",
    "depression", "deprimera", "deprimeret", "ångest", "utbränd", "utmattning", "udbrændt",
    "sjukskriv", "sygemeld", "diagnos", "autis", "asperger", "psykos", "psykisk", "schizofren",
    "skizofren", "bipolär", "bipolar", "epilep", "leukemi", "leukæmi", "tumör", "hjärtinfarkt",
    "hjerteanfald", "blodpropp", "blodprop", "hjärnblödning", "hjerneblødning", "missbruk",
    "misbrug", "alkoholis", "alkoholiker", "självmord", "selvmord", "självskad", "selvskad",
    "ätstörning", "spiseforstyrrelse", "anorexi", "reumat", "ledgigt", "missfall",
    "funktionsnedsättning", "funktionsnedsættelse",
)  # fmt: skip
WHOLE_WORDS = (
    "sjuk", "sjuka", "sjukdom", "syg", "syge", "sygdom", "stroke", "hiv", "aids", "adhd", "add",
    "als", "ptsd", "kol", "angst", "astma", "allergi", "allergisk", "gigt", "handikappad",
    "handicappet",
)  # fmt: skip
SOMEBODY = (
    "jag", "min", "mitt", "mina", "han", "hon", "hen", "hans", "hennes", "hens", "mamma", "pappa",
    "mor", "far", "son", "dotter", "bror", "syster", "fru", "sambo", "granne", "grannen",
    "kollega", "kollegan", "chef", "chefen", "elev", "eleven", "patient", "patienten", "brukare",
    "brukaren", "mormor", "farmor", "morfar", "farfar", "barnet", "jeg", "mit", "mine", "hun",
    "hendes", "søn", "datter", "søster", "kone", "mand", "nabo", "naboen", "kollegaen", "borger",
    "borgeren", "barn", "eleverne", "patienter", "mødre",
)  # fmt: skip

_NUMBER = re.compile(r"(?<![\d.,+-])(\d{6}|\d{8})([-+– ]?)(\d{4})(?!\d|[-.,]\d)")
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+")
_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


class Hint(StrEnum):
    """What a passage may give away."""

    ILLNESS = "illness"
    NUMBER = "number"  # a personal number


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text: ``text[start:end]``."""

    hint: Hint
    start: int
    end: int


def find(text: str) -> list[Passage]:
    """Return what ``text`` may give away of somebody, in the order of the text."""
    found = [Passage(Hint.NUMBER, *it.span()) for it in _NUMBER.finditer(text) if _is_number(it)]
    for sentence in _SENTENCE.finditer(text):
        words = [(it, it.group().lower()) for it in _WORD.finditer(sentence.group())]
        if not any(word in SOMEBODY for _, word in words):
            continue
        found += [
            Passage(Hint.ILLNESS, sentence.start() + it.start(), sentence.start() + it.end())
            for it, word in words
            if is_illness(word)
        ]
    return sorted(found, key=lambda it: it.start)


def is_illness(word: str) -> bool:
    """Whether ``word`` (lower case) names an illness or says that somebody is ill."""
    return word in WHOLE_WORDS or any(part in word for part in INSIDE_WORDS)


def is_swedish_number(digits: str) -> bool:
    """Whether ten digits (or twelve, with the century) are a Swedish personal number."""
    if len(digits) == 12:
        years = [int(digits[:4])]
        digits = digits[2:]
    else:
        years = [1900 + int(digits[:2]), 2000 + int(digits[:2])]
    month, day = int(digits[2:4]), int(digits[4:6])
    day -= 60 if day > 60 else 0
    dated = any(year >= 1850 and _is_day(year, month, day) for year in years)
    return dated and luhn(digits)


def is_danish_number(digits: str, *, parted: bool) -> bool:
    """Whether ten digits are a CPR number; ``parted``: written with something after the sixth."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if not (_is_day(1900 + year, month, day) or _is_day(2000 + year, month, day)):
        return False
    weighed = sum(int(digit) * by for digit, by in zip(digits, _CPR_WEIGHTS, strict=True))
    return parted or weighed % 11 == 0


def luhn(digits: str) -> bool:
    """Whether the last of ``digits`` checks the others (modulus 10, every other one doubled)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_number(match: re.Match[str]) -> bool:
    born, between, last = match.groups()
    digits = born + last
    if is_swedish_number(digits):
        return True
    return len(digits) == 10 and is_danish_number(digits, parted=bool(between))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
