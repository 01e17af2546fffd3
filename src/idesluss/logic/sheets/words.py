"""The words that round tables are written in: headings, sums in headings, totals.

Swedish, Danish, Norwegian bokmål, English and Finnish. Outcome words live beside the outcomes.
Within a field the lines stand from the most to the least telling: when two columns could be the
same field ("Titel" and "Projekt"), the heading on the earlier line wins; two on the same line
are for a person to sort out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

FIELDS: Final = (
    "title",
    "department",
    "applicant",
    "asked",
    "granted",
    "outcome",
    "reason",
    "currency",
    "year",
    "implementer",
)

_HEADINGS: Final = {
    "title": """
        title | titel | tittel | otsikko | rubrik
        project title | projekttitel | prosjekttittel | project name | projektnamn | projektnavn
        prosjektnavn | projektets namn | projektets navn | prosjektets navn | hankkeen nimi
        förslag | forslag | proposal | ehdotus | idé | ide | idea | förslagets titel
        projekt | prosjekt | project | hanke | projekti | tiltak | aktivitet
        ansökan | ansøgning | søknad | hakemus | application | överskrift | overskrift
        name | namn | navn | nimi
    """,
    "department": """
        department | förvaltning | forvaltning | avdelning | afdeling | avdeling | toimiala
        ansvarig förvaltning | ansvarlig forvaltning | magistratsafdeling | kommunalområde
        virksomhet | verksamhet | tjenestested | tjänsteställe | sektor | sector | osasto
        område | verksamhetsområde | direktørområde | enhet | enhed | unit | yksikkö | kontor
    """,
    "applicant": """
        applicant | applicants | sökande | sökanden | den sökande | ansøger | ansøgere | søker
        søkere | hakija | hakijat
        idégivare | idébärare | idégiver | idéhaver | förslagsställare | forslagsstiller
        submitted by | inlämnad av | inlämnat av | indsendt af
    """,
    "asked": """
        asked | asked sum | amount asked | applied amount | amount applied | requested amount
        amount requested | sökt belopp | sökt summa | sökta medel | ansökt belopp | ansökta medel
        begärt belopp | søgt beløb | ansøgt beløb | ansøgt tilskud | ønsket beløb | søkt beløp
        søknadssum | søknadsbeløp | omsøkt beløp | haettu summa | haettu määrä | haettu avustus
        applied | requested | sökt | ansökt | søgt | ansøgt | søkt | omsøkt | haettu
    """,
    "granted": """
        granted sum | granted amount | amount granted | awarded amount | beviljat belopp
        beviljad summa | beviljade medel | beviljat anslag | tilldelat belopp | tilldelade medel
        beslutat belopp | bevilget beløb | bevilget beløp | bevilget tilskud | tildelt beløb
        tildelt beløp | innvilget beløp | myönnetty summa | myönnetty määrä | myönnetty avustus
        granted | awarded | beviljat | tilldelat | bevilget | tildelt | innvilget | myönnetty
        tilldelning | tildeling | bevilling | bevilgning | tilskud | tilskudd | avustus | anslag
        bidrag | belopp | beløb | beløp | sum | summa | amount | määrä
    """,
    "outcome": """
        outcome | utfall | udfald | utfallet
        decision | beslut | beslutning | afgørelse | avgjørelse | vedtak | päätös
        resultat | result | tulos | status | tila
    """,
    "reason": """
        reason | reasons | motivering | begrundelse | begrunnelse | perustelu | perustelut
        motivation | beslutsmotivering | justification | skäl | grund | förklaring | forklaring
        kommentar | comment | kommentti
    """,
    "currency": "currency | valuta | valuutta",
    "year": """
        year | år | vuosi
        project year | projektår | prosjektår | hankevuosi
        budgetår | budsjettår | verksamhetsår | anslagsår | bevillingsår | tilskudsår | tilskuddsår
    """,
    "implementer": """
        implementer | genomförare | utförare | gennemfører | gjennomfører | toteuttaja
        implementing unit | genomförs av | gennemføres af | gjennomføres av | carried out by
        projektansvarig | prosjektansvarlig | projektansvarlig | projektledare | projektleder
        prosjektleder | project lead | project leader | projektägare | projektejer | prosjekteier
        ansvarig | ansvarlig | responsible | vastuuhenkilö
    """,
}

_TOTALS: Final = """
    total | totals | totalt | total sum | sum | sum total | grand total | summa | totalsumma
    summa totalt | total summa | summa beviljat | i alt | ialt | sum i alt | samlet | samlet sum
    sammanlagt | summering | totalsum | sum totalt | til sammen | tilsammans | tillsammans
    yhteensä | kaikki yhteensä
"""

_CURRENCIES: Final = {"sek": "SEK", "dkk": "DKK", "nok": "NOK", "eur": "EUR", "€": "EUR"}
_THOUSANDS: Final = frozenset({"tkr", "tusen", "tusinde", "tuhat", "1000", "t.kr"})
_MILLIONS: Final = frozenset({"mkr", "mnkr", "mio", "mill", "milj", "miljoner", "millioner"})
_UNIT_WORDS: Final = (
    frozenset({"kr", "kronor", "kroner", "kronoina", "euro", "euroa", "i", "in"})
    | frozenset(prefix + code for prefix in ("", "k", "t", "m") for code in _CURRENCIES)
    | _THOUSANDS
    | _MILLIONS
)


def listed(words: str) -> list[str]:
    """Return the words of a list written over several lines with bars between."""
    return [word for line in words.splitlines() for word in map(str.strip, line.split("|")) if word]


def plain(text: str) -> str:
    """``text`` as it is compared: one form of each letter, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _folded(text: str) -> str:
    """Headings are also known without their rings and dots ("sokt", "ar")."""
    letters = unicodedata.normalize("NFD", plain(text).replace("ø", "o").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_RANKED: Final = {
    _folded(word): (field, rank)
    for field, words in _HEADINGS.items()
    for rank, line in enumerate(words.strip().splitlines())
    for word in listed(line)
}
_TOTAL_WORDS: Final = frozenset(map(_folded, listed(_TOTALS)))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its field, how telling it is (0 is best), and the unit of its sums."""

    field: str
    rank: int
    currency: str | None = None  # "Beviljat (NOK)"
    factor: int = 1  # 1000 for "Beviljat (tkr)"


def heading(text: str) -> Heading | None:
    """Understand one heading, or None when it is none that we know.

    >>> heading("Beviljat belopp (tkr)")
    Heading(field='granted', rank=0, currency=None, factor=1000)
    """
    bare = re.sub(r"[()\[\]:;,*/_]+", " ", plain(text)).replace("1 000", "1000")
    words = [word.rstrip(".") for word in bare.split()]
    units: list[str] = []
    while len(words) > 1 and words[-1] in _UNIT_WORDS:
        units.insert(0, words.pop())
    known = _RANKED.get(_folded(" ".join(words)))
    if known is None:
        return None
    field, rank = known
    if field not in ("asked", "granted"):
        return None if units else Heading(field, rank)
    return Heading(field, rank, _currency(units), _factor(units))


def is_total(text: str) -> bool:
    """Whether ``text`` is what people write in front of a sum at the foot of a table."""
    return _folded(text).rstrip(" :.") in _TOTAL_WORDS


def _currency(units: list[str]) -> str | None:
    for unit in units:
        for code, currency in _CURRENCIES.items():
            if unit in (code, f"k{code}", f"m{code}", f"t{code}"):
                return currency
    return None


def _factor(units: list[str]) -> int:
    for unit in units:
        if unit in _MILLIONS or (unit[0] == "m" and unit[1:] in _CURRENCIES):
            return 1_000_000
        if unit in _THOUSANDS or (unit[0] in "kt" and unit[1:] in _CURRENCIES):
            return 1_000
    return 1
