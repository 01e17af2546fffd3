"""Letters are folded once and for all, and words end where people end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.text.folding import fold, language, words


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_hold_nothing_but_folded_letters_and_digits(text):
    for word in words(text):
        assert word.isalnum()
        assert fold(word) == word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Återbruk på ÖN", "återbruk på ön"),
        ("Ældre på ØEN", "ældre på øen"),
        ("A\u030aterbruk", "återbruk"),  # a and a ring above, as a Mac writes it
        ("Café, idé, Žižek", "cafe, ide, zizek"),
        ("åter\u00adbruk", "återbruk"),  # a soft hyphen
        ("\u202eåter\u200bbruk\u202c", "återbruk"),  # directions, and a space of no width
        ("ﬁlm", "film"),
        ("STRASSE straße", "strasse strasse"),
        ("Ǿre", "øre"),
        ("\x00kniv\x07", "kniv"),
    ],
)
def test_letters_of_their_own_are_kept_and_accents_are_not(text, folded):
    assert fold(text) == folded


def test_a_word_is_parted_at_its_hyphens():
    assert words("it-stöd, vård- och omsorg (100 %)") == [
        "it",
        "stöd",
        "vård",
        "och",
        "omsorg",
        "100",
    ]


@pytest.mark.parametrize(
    ("code", "lang"), [("sv-FI", "sv"), ("nn", "nb"), ("no", "nb"), ("DA", "da"), ("pl", "en")]
)
def test_a_language_that_is_not_read_is_read_as_the_nearest(code, lang):
    assert language(code) == lang


def test_or_as_somebody_says():
    assert language("pl", "sv") == "sv"
