"""Compounds are split at their joints, and words that only look like compounds stay whole.

A compound is written with a bar at its joint, and its linking letters in brackets.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.text.folding import LONGEST, Lang
from idesluss.logic.text.frequencies import frequencies
from idesluss.logic.text.splitting import Rules, Splitter

SPLIT: dict[Lang, str] = {
    "sv": """
        cykel|ställ lek|park skol|buss gatu|belysning förskole|gård läx|hjälp el|cykel båt|plats
        bad|brygga möbel|återbruk insekt|hotell sol|panel trafik|ljus fart|gupp rull|stol|ramp
        natur|stig motion|spår sommar|jobb praktik|plats kommun|hus kultur|hus person|larm
        personal|bil löne|samtal möte(s)|rum mat|låda halk|bekämpning
        återvinning(s)|station trygghet(s)|boende
        medborgar|förslag konst|utställning språk|cafe chat|bot vård|bostad
    """,
    "da": """
        skole|mad lege|plads bog|bus gade|lys park|bænk ældre|råd pleje|bolig lektie|hjælp
        affald(s)|sortering genbrug(s)|butik regn|vand sol|celle fjern|varme
        kommune|kontor borger|møde
        køre|stol|rampe musik|skole sommer|job sprog|cafe personale|bil mad|pakke børne|bog
        lade|plads hund|skov køkken|have løn|samtale dag|center
    """,
    "nb": """
        skole|mat leke|plass bibliotek|buss gate|lys park|benk eldre|råd omsorg(s)|bolig lekse|hjelp
        avfall(s)|sortering gjenbruk(s)|stasjon hage|flekk vann|måler innbygger|forslag kultur|skole
        sommer|jobb praksis|plass personal|bil mat|kasse snø|brøyting barne|bok lade|stasjon
        gang|bru helse|stasjon møte|rom vei|skilt
    """,
    "fi": """
        koulu|ruoka leikki|puisto kirjasto|auto katu|valo puiston|penkki palvelu|talo läksy|kerho
        jätteen|lajittelu viher|alue kaupunki|puutarha puun|istutus suoja|tie kunnan|talo
        kulttuuri|talo kesä|työ ruoka|hävikki yö|bussi lataus|piste nuoriso|valtuusto vuokra|asunto
        koulutus|kustannus lasten|kirja jää|kaappi
    """,
}
WHOLE: dict[Lang, str] = {
    "sv": """
        verksamhet erfarenhet förslag beslut delaktighet underhåll upphandling ansökan samhälle
        restaurang semester telefon kvalitet kommunal kommunikation personlig musikalisk kulturell
        naturlig parkering rengöring läsning målning byggnad elektronik viktigaste billigare
        tänkte dragit kommit arbetade dyraste starkast förtryck reporter ensam bananer balkong
        säkerhet koncentration administratör testamente mats sören måndag sverige norge bostad
        servetter biljetter litteratur invånarens möjligheterna medarbetarnas lägenheter
    """,
    "da": """
        virksomhed erfaring forslag deltagelse vedligeholdelse ansøgning indbygger kollega
        restaurant telefon kvalitet kommunal kommunikation personlig kulturel naturlig parkering
        rengøring bygning billigere arbejdede forbedre fremtiden politiker vanskelighed rettighed
        fællesskab landskab beskæftigelse forebyggelse mandag danmark onsdage afgifter årsag
        lejligheder fængsler forsinkelser
    """,
    "nb": """
        virksomhet erfaring forslag deltakelse vedlikehold søknad innbygger kollega restaurant
        telefon kvalitet kommunal kommunikasjon personlig kulturell naturlig parkering rengjøring
        bygning billigere arbeidet forbedre framtiden politiker vanskelighet rettighet fellesskap
        landskap forebygging mandag norge leiligheter avgifter årsak tilgjengelighet bærekraftig
    """,
    "fi": """
        koulutus ehdotus päätös sairaus vaikuttaminen asukkaat ravintola tomaatti puhelin
        kunnallinen taloudellinen ystävällinen vaarallinen halvempi monimutkainen digitaalinen
        sihteeri eläkeläiset maanantai helsinki kaupungissa kouluissa kirjastoissa vanhemmille
        asiakkaiden ihmisille taloissanne puistossakin kaduilla järvelle hoitajille keskustelu
        ympäristö yhteisö järjestö kulttuuri kouluttaa vuosikin kansalaisille
    """,
}


@cache
def splitter(lang: Lang) -> Splitter:
    return Splitter(lang)


def cases(listed: dict[Lang, str]) -> list[tuple[Lang, str]]:
    return [(lang, word) for lang, words in listed.items() for word in words.split()]


@pytest.mark.parametrize(("lang", "written"), cases(SPLIT))
def test_a_compound_is_split_at_its_joint_and_its_link_left_out(lang: Lang, written: str) -> None:
    word = re.sub("[|()]", "", written)
    assert splitter(lang).split(word) == tuple(re.sub(r"\(\w+\)", "", written).split("|"))


@pytest.mark.parametrize(("lang", "word"), cases(WHOLE))
def test_a_word_that_is_no_compound_stays_whole(lang: Lang, word: str) -> None:
    assert splitter(lang).split(word) == ()


@pytest.mark.parametrize(
    ("lang", "word", "parts"),
    [
        ("sv", "busstation", ("buss", "station")),
        ("sv", "nattåg", ("natt", "tåg")),
        ("sv", "hisschakt", ("hiss", "schakt")),
        ("sv", "busskur", ("buss", "kur")),
        ("nb", "trafikkontroll", ("trafik", "kontroll")),
        ("nb", "nettilgang", ("nett", "tilgang")),
        ("sv", "bussen", ()),
        ("sv", "lättare", ()),
        ("nb", "trafikken", ()),
    ],
)
def test_of_three_equal_letters_at_the_joint_two_are_written(
    lang: Lang, word: str, parts: tuple[str, ...]
) -> None:
    assert splitter(lang).split(word) == parts


def test_english_is_never_split() -> None:
    assert splitter("en").split("playground") == ()


@pytest.mark.parametrize("word", ["", "a", "skol", "cykel-väg", "cykel väg", "väg2cykel"])
def test_what_is_short_or_no_single_word_stays_whole(word: str) -> None:
    assert splitter("sv").split(word) == ()


def test_a_word_of_more_than_forty_letters_stays_whole() -> None:
    word = "cykelväg"
    assert splitter("sv").split(word) == ("cykel", "väg")
    assert splitter("sv").split("skol" * 9 + "väg" * 2) == ()


@pytest.mark.parametrize("lang", ["sv", "da", "nb", "fi"])
def test_what_is_listed_as_simple_stays_whole_with_an_ending_too(lang: Lang) -> None:
    rules = splitter(lang).rules
    assert rules is not None
    endings = {"fi": ("n", "ssa", "lle")}.get(lang, ("", "s", "en", "er"))
    split = [
        (word, ending)
        for word in rules.simple
        for ending in endings
        if splitter(lang).split(word + ending)
    ]
    assert split == []


def test_a_word_that_an_installation_knows_is_a_part() -> None:
    assert splitter("sv").split("zyxelbänk") == ()
    assert Splitter("sv", {"zyxel"}).split("zyxelbänk") == ("zyxel", "bänk")


PIECES: dict[Lang, list[str]] = {
    lang: [it for it in list(frequencies(lang))[:30_000:7] if it.isalpha() and len(it) > 1]
    for lang in ("sv", "da", "nb", "fi")
}


def _stands_in(parts: tuple[str, ...], word: str, rules: Rules) -> bool:
    """Whether the parts are the letters of the word, in order.

    With links between them, or with a letter in common where they meet.
    """
    first, *others = parts
    if not others:
        return word == first
    if not word.startswith(first):
        return False
    rest = word[len(first) :]
    after = [rest[len(link) :] for link in ("", *rules.links) if rest.startswith(link)]
    if first in rules.twice:
        after.append(first[-1] + rest)
    return any(_stands_in(tuple(others), it, rules) for it in after)


@given(data=st.data(), lang=st.sampled_from(["sv", "da", "nb", "fi"]))
def test_the_parts_of_any_word_are_its_letters_in_order_but_for_links(
    data: st.DataObject, lang: Lang
) -> None:
    piece = st.one_of(st.sampled_from(PIECES[lang]), st.text("abdeiklnorstuåäöæø", max_size=5))
    word = "".join(data.draw(st.lists(piece, min_size=1, max_size=4)))
    rules = splitter(lang).rules
    assert rules is not None
    parts = splitter(lang).split(word)
    assert splitter(lang).split(word) == parts
    assert Splitter(lang).split(word) == parts
    if len(word) > LONGEST:
        assert parts == ()
    if parts:
        assert len(parts) > 1
        assert all(len(it) > 1 for it in parts)
        assert _stands_in(parts, word, rules)
