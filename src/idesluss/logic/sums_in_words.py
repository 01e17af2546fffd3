"""A sum of money in words, as it stands on a cheque, in Swedish, Danish and English.

Each power of a thousand, and *hundra*, *tusen* and their likes, are words of their own. That is
asked for above a million and permitted below it where it reads more easily, and these words are
read aloud in front of a camera:

- Swedish: Språkrådet, *Svenska skrivregler*, the chapter on numbers. *Ett* stands before the
  neuter *hundra*, *tusen* and *öre*, *en* before *miljon*, *krona* and *euro*.
- Danish: Dansk Sprognævn, *Retskrivningsordbogen*, the words *hundrede*, *tusinde*, *million*
  and the tens (*halvtreds*, *tres* …), with *og* before what is less than a hundred.
- English: the British way, with *and* before what is less than a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from idesluss.logic.money import LARGEST_MINOR, MINOR_PER_UNIT, known_currency

Forms = tuple[str, str]
"""One of it, and several."""


class NotInWords(ValueError):
    """Less than nothing, or more than any municipality has."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The number words of a language.

    ``small`` are 0 to 19 with the *one* that stands before ``of_common`` gender; ``neuter`` is
    the other *one*. ``scales`` are the words for 10³, 10⁶, 10⁹ and 10¹².
    """

    small: str  # parted by spaces
    tens: str
    hundred: str
    scales: Sequence[Forms]
    units: Mapping[str, Forms]
    parts: Mapping[str, Forms]
    joined: str  # how 21 is put together of "ten" and "one"
    neuter: str = ""
    neuters: frozenset[str] = frozenset()
    and_: str = ""  # before what is less than a hundred
    also: str = ""  # between kronor and öre


_SV = Tongue(
    small="noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton "
    "sjutton arton nitton",
    tens="tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    hundred="hundra",
    scales=[("tusen", "tusen"), ("miljon", "miljoner"), ("miljard", "miljarder"),
            ("biljon", "biljoner")],
    units={"SEK": ("krona", "kronor"), "DKK": ("dansk krona", "danska kronor"),
           "NOK": ("norsk krona", "norska kronor"), "EUR": ("euro", "euro")},
    parts={"SEK": ("öre", "öre"), "DKK": ("öre", "öre"), "NOK": ("öre", "öre"),
           "EUR": ("cent", "cent")},
    joined="{ten}{one}",
    neuter="ett",
    neuters=frozenset({"hundra", "tusen", "öre"}),
    also="och",
)  # fmt: skip
_DA = Tongue(
    small="nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten "
    "sytten atten nitten",
    tens="tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
    hundred="hundrede",
    scales=[("tusinde", "tusinde"), ("million", "millioner"), ("milliard", "milliarder"),
            ("billion", "billioner")],
    units={"SEK": ("svensk krone", "svenske kroner"), "DKK": ("krone", "kroner"),
           "NOK": ("norsk krone", "norske kroner"), "EUR": ("euro", "euro")},
    parts={"SEK": ("øre", "øre"), "DKK": ("øre", "øre"), "NOK": ("øre", "øre"),
           "EUR": ("cent", "cent")},
    joined="{one}og{ten}",
    neuter="et",
    neuters=frozenset({"hundrede", "tusinde"}),
    and_="og",
    also="og",
)  # fmt: skip
_EN = Tongue(
    small="zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    tens="twenty thirty forty fifty sixty seventy eighty ninety",
    hundred="hundred",
    scales=[(word, word) for word in ("thousand", "million", "billion", "trillion")],
    units={"SEK": ("Swedish krona", "Swedish kronor"), "DKK": ("Danish krone", "Danish kroner"),
           "NOK": ("Norwegian krone", "Norwegian kroner"), "EUR": ("euro", "euros")},
    parts={"SEK": ("öre", "öre"), "DKK": ("øre", "øre"), "NOK": ("øre", "øre"),
           "EUR": ("cent", "cents")},
    joined="{ten}-{one}",
    and_="and",
    also="and",
)  # fmt: skip
_TONGUES: Mapping[str, Tongue] = MappingProxyType({"sv": _SV, "da": _DA, "en": _EN})


def in_words(minor: int, currency: str, language: str) -> str:
    """Return ``minor`` units of ``currency`` in words, lower case: "ett hundra tusen kronor".

    Öre and cent are told when there are any: "… och femtio öre". ``language`` is "sv", "da" or
    "en"; others are told in English. A currency that is not the language's own is told with its
    country: "fem danska kronor".

    Raises:
        UnknownCurrency: not in the table.
        NotInWords: negative, or more than ``money.LARGEST_MINOR``.
    """
    known_currency(currency)
    if not 0 <= minor <= LARGEST_MINOR:
        raise NotInWords(minor)
    tongue = _TONGUES.get(language.replace("_", "-").partition("-")[0].lower(), _EN)
    whole, part = divmod(minor, MINOR_PER_UNIT)
    told = []
    if whole or not part:
        told.append(_counted(whole, tongue.units[currency], tongue))
    if part:
        told.append(_counted(part, tongue.parts[currency], tongue))
    return f" {tongue.also} ".join(told)


def _counted(number: int, forms: Forms, tongue: Tongue) -> str:
    """A number and what is counted: "en krona", "två kronor"."""
    what = forms[number != 1]
    return f"{_number(number, what, tongue)} {what}"


def _number(number: int, what: str, tongue: Tongue) -> str:
    """A whole number in words, before the word ``what``."""
    if number == 0:
        return tongue.small.split()[0]
    words = []
    for power in range(len(tongue.scales), 0, -1):
        count = number // 1000**power % 1000
        if count:
            scale = tongue.scales[power - 1][count != 1]
            words += [_below_thousand(count, scale, tongue), scale]
    rest = number % 1000
    if rest:
        if words and rest < 100 and tongue.and_:
            words.append(tongue.and_)
        words.append(_below_thousand(rest, what, tongue))
    return " ".join(words)


def _below_thousand(number: int, what: str, tongue: Tongue) -> str:
    """1 to 999 in words, before the word ``what``."""
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        words += [_below_hundred(hundreds, tongue.hundred, tongue), tongue.hundred]
    if rest:
        if words and tongue.and_:
            words.append(tongue.and_)
        words.append(_below_hundred(rest, what, tongue))
    return " ".join(words)


def _below_hundred(number: int, what: str, tongue: Tongue) -> str:
    """1 to 99 in words; its *one* agrees with ``what``, unless more of the word follows it."""
    ones_last = tongue.joined.endswith("{one}") or number == 1
    small = tongue.small.split()
    if what in tongue.neuters and ones_last:
        small[1] = tongue.neuter
    if number < len(small):
        return small[number]
    tens, ones = divmod(number, 10)
    ten = tongue.tens.split()[tens - 2]
    return tongue.joined.format(ten=ten, one=small[ones]) if ones else ten
