"""The same word of neighbours meets in one form; other words do not."""

import pytest

from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.cognates import common

LEXICON = Lexicon()


@pytest.mark.parametrize(
    ("sv", "da", "nb"),
    [
        ("arbete", "arbejde", "arbeid"),
        ("gata", "gade", "gate"),
        ("bok", "bog", "bok"),
        ("möte", "møde", "møte"),
        ("kvinna", "kvinde", "kvinne"),
        ("hem", "hjem", "hjem"),
        ("äldre", "ældre", "eldre"),
        ("station", "station", "stasjon"),
        ("höjd", "højde", "høyde"),
        ("makt", "magt", "makt"),
        ("vit", "hvid", "hvit"),
        ("skolan", "skolen", "skolen"),
        ("cyklar", "cykler", "sykler"),
        ("namn", "navn", "navn"),
        ("ljus", "lys", "lys"),
        ("sjuk", "syg", "syk"),
        ("avfall", "affald", "avfall"),
        ("avlastning", "aflastning", "avlasting"),
        ("väg", "vej", "vei"),
        ("hög", "høj", "høy"),
        ("förening", "forening", "forening"),
        ("barnhus", "børnhus", "barnhus"),
        ("gång", "gang", "gang"),
        ("hand", "hånd", "hånd"),
        ("språk", "sprog", "språk"),
        ("plats", "plads", "plass"),
        ("vatten", "vand", "vann"),
        ("säker", "sikker", "sikker"),
        ("hjälpmedel", "hjælpmiddel", "hjelpmiddel"),
        ("konst", "kunst", "kunst"),
        ("olycka", "ulykke", "ulykke"),
        ("ensam", "ensom", "ensom"),
        ("delning", "deling", "deling"),
        ("kvalitet", "kvalitet", "kvalitet"),
    ],
)
def test_cognates_meet(sv, da, nb):
    assert LEXICON.key(sv, "sv") == LEXICON.key(da, "da") == LEXICON.key(nb, "nb")


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("koti", "kodin", "fi"),
        ("apu", "avun", "fi"),
        ("tyttö", "tytön", "fi"),
        ("skola", "skolans", "sv"),
        ("enhet", "enheterna", "sv"),
        ("nøgle", "nøglerne", "da"),
        ("library", "libraries", "en"),
    ],
)
def test_forms_of_one_word_meet(one, other, lang):
    assert LEXICON.key(one, lang) == LEXICON.key(other, lang)


@pytest.mark.parametrize(
    ("one", "other"), [("enhet", "en"), ("skola", "skylt"), ("hus", "hund"), ("buss", "båt")]
)
def test_other_words_do_not(one, other):
    assert LEXICON.key(one, "sv") != LEXICON.key(other, "sv")


def test_english_is_left_as_it_is():
    assert common("week", "en") == "week"
