"""How offices write the eight outcomes, in Swedish, Danish, Norwegian, English and Finnish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from types import MappingProxyType
from typing import Final

from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets.words import listed, plain

_WORDS: Final = {
    Outcome.GRANTED: """
        granted | approved | awarded | accepted | yes | full grant
        beviljat | beviljad | beviljas | beviljade | bifall | bifalles | bifallen | godkänd
        godkänt | godkänns | tilldelad | tilldelat | tilldelas | ja | full finansiering
        bevilget | bevilges | bevilliget | tilsagn | imødekommet | imødekommes | godkendt
        godkendes | tildelt | tildeles | innvilget | innvilges | godkjent | tilskud | støttes
        myönnetty | myönnetään | hyväksytty | hyväksytään | kyllä
    """,
    Outcome.PARTLY_GRANTED: """
        partly granted | partially granted | granted in part | partial grant | partial | partly
        delvis beviljat | delvis beviljad | beviljas delvis | beviljad delvis | beviljat delvis
        delvis bifall | bifalles delvis | delvis | delvist bevilget | delvis bevilget | delvist
        bevilges delvist | delvist imødekommet | imødekommes delvist | delvist tilsagn
        bevilges delvis | delvis innvilget | innvilges delvis | delvis tildelt | delvist tildelt
        osittain myönnetty | myönnetään osittain | osittain hyväksytty | osittain | nedsat tilskud
    """,
    Outcome.GRANTED_WITH_CONDITIONS: """
        granted with conditions | granted on conditions | conditionally granted | conditional
        approved with conditions | beviljat med villkor | beviljad med villkor
        beviljas med villkor | villkorat beviljad | villkorat beviljat | bifall med villkor
        bevilget med vilkår | bevilget på vilkår | bevilges med vilkår | bevilges på vilkår
        betinget tilsagn | tilsagn med vilkår | innvilget med vilkår | innvilget på vilkår
        tildelt med vilkår | tildelt på vilkår | med villkor | med vilkår | myönnetty ehdoin
        myönnetään ehdoin | myönnetty ehdollisena | myönnetty ehdollisesti | ehdollinen
    """,
    Outcome.GRANTED_LATER_POT: """
        granted later pot | later pot | granted from later pot | granted from a later pot
        granted from next year's pot | from next year's pot | next year's pot
        bevilges af næste års pulje | bevilget af næste års pulje | næste års pulje
        myönnetty myöhemmästä määrärahasta | myönnetty seuraavan vuoden määrärahasta
    """,
    Outcome.REFUSED: """
        refused | rejected | declined | denied | not granted | not approved | no | refusal
        avslag | avslås | avslagen | avslaget | avslogs | ej beviljat | ej beviljad | ej bifall
        inte beviljat | inte beviljad | beviljas inte | beviljas ej | bifalles ej | nej
        afslag | afslås | afslået | ikke bevilget | bevilges ikke | ikke imødekommet
        imødekommes ikke | ikke støttet | støttes ikke | avslått | avvist | ikke innvilget
        innvilges ikke | ikke tildelt | nei | hylätty | hylätään | hylkäys | ei myönnetty
        ei myönnetä | ei hyväksytty | ei | kielteinen
    """,
    Outcome.POSTPONED: """
        postponed | deferred | adjourned | tabled
        bordlagd | bordlagt | bordläggs | bordläggning | uppskjuten | uppskjutet | uppskjuts
        skjuts upp | vilande | återremitterad | återremiss | återremitteras
        udskudt | udsat | udsættes | udskydes | udsættelse | utsatt | utsettes | utsettelse
        lykätty | lykätään | siirretty | siirretään | jätetään pöydälle | pöydälle
    """,
    Outcome.INCOMPLETE: """
        incomplete | not complete | not considered | inadmissible
        ofullständig | ofullständigt | ej komplett | inte komplett | inkomplett
        ej fullständig | avvisad | avvisas | ufuldstændig | ufuldstændigt | mangelfuld
        mangelfuldt | ikke fyldestgørende | ikke komplet | afvist | afvises
        ufullstendig | mangelfull | mangelfullt | puutteellinen | epätäydellinen | vajaa
    """,
    Outcome.WITHDRAWN: """
        withdrawn | withdrew | taken back | retracted
        återtagen | återtaget | återtas | återkallad | återkallat | tillbakadragen
        tillbakadraget | drogs tillbaka | trukket tilbage | trukket | tilbagetrukket
        tilbagekaldt | trukket tilbake | tilbaketrukket | trukket av søker
        peruttu | peruutettu | vedetty pois | otettu takaisin | perutaan
    """,
}

_FROM_LATER_POTS: Final = (
    ("beviljat | beviljad | beviljas", "ur | från", "senare | en senare | nästa års", "pott"),
    ("bevilget | bevilges", "fra", "senere | en senere | næste års", "pulje"),
    ("innvilget | innvilges | tildelt", "fra", "senere | en senere | neste års", "pott"),
)


def _known() -> dict[str, Outcome]:
    known = {word: outcome for outcome, words in _WORDS.items() for word in listed(words)}
    for parts in _FROM_LATER_POTS:
        for words in product(*map(listed, parts)):
            known[" ".join(words)] = Outcome.GRANTED_LATER_POT
            known[" ".join(words[1:])] = Outcome.GRANTED_LATER_POT
    return known


KNOWN: Final[Mapping[str, Outcome]] = MappingProxyType(_known())


def outcome_of(text: str) -> Outcome | None:
    """Return the outcome that ``text`` names, or None. Our own names are understood too.

    >>> outcome_of("Delvis beviljad.")
    <Outcome.PARTLY_GRANTED: 'partly_granted'>
    """
    words = plain(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return KNOWN.get(" ".join(re.sub(r"[_.,:;!()-]+", " ", words).split()))
