"""Cases that share meaningful words are found, and the words are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.matching import (
    COMPOUND,
    EMPTY,
    IN_PART,
    IN_TEXT,
    IN_TITLE,
    Asked,
    Match,
    Told,
    meaningful,
    nearest,
    stem,
)

WORDS = st.lists(
    st.sampled_from(
        [
            "cykel",
            "cyklar",
            "cykelparkering",
            "parkering",
            "simhallen",
            "simhall",
            "barn",
            "barnen",
            "skola",
            "skolor",
            "skolväg",
            "väg",
            "vägen",
            "ring",
            "hemtjänst",
            "hjemmepleje",
            "pleje",
            "nyckel",
            "nycklar",
            "the",
            "och",
            "bicycle",
            "school",
        ]
    ),
    max_size=8,
).map(" ".join)
TEXTS = st.builds(Told, WORDS, WORDS)


def naive(asked, told):
    """The same by comparing every word with every other one."""
    title = meaningful(asked.title)
    words = title | meaningful(asked.text)
    found = {}
    for root, word in (meaningful(told.text) | meaningful(told.title)).items():
        for other in words:
            short, long = sorted((root, other), key=len)
            edge = long.startswith(short) or long.endswith(short)
            if root == other:
                both = root in title and root in meaningful(told.title)
                found[word] = max(found.get(word, 0), IN_TITLE if both else IN_TEXT)
            elif edge and len(short) >= COMPOUND:
                found[word] = max(found.get(word, 0), IN_PART)
    order = sorted(found, key=lambda word: (-found[word], word))
    return Match(tuple(order), sum(found.values()))


@pytest.mark.parametrize(
    "forms",
    [
        ("simhall", "simhallen", "simhallens", "simhallar", "simhallarna"),
        ("plats", "platser", "platsen", "platserna"),
        ("cykling", "cyklingen", "cyklingens"),
        ("stoppested", "stoppestedet", "stoppesteder"),
        ("ungdom", "ungdomar", "ungdomarna", "ungdomarnas"),
        ("parent", "parents"),
    ],
)
def test_a_word_is_the_same_however_it_is_inflected(forms):
    assert len({stem(form) for form in forms}) == 1


def test_danish_and_swedish_letters_meet():
    assert stem("køkken") == stem("kökken")


def test_words_that_mean_little_are_left_out():
    assert meaningful("Det är en idé om hur vi ska göra") == {}
    assert list(meaningful("Barnens cyklar vid simhallen").values()) == [
        "barnens",
        "cyklar",
        "simhallen",
    ]


def test_what_is_shared_is_told_in_the_words_of_the_case():
    asked = Told("Fler ska kunna cykla till träningen", "Laddplatser saknas vid idrottshallarna.")
    told = Told("Laddplatser för elcyklar vid simhallen", "Medlemmar cyklar en mil till träningen.")
    match = Asked(asked).match(told)
    assert match.near
    assert match.words == ("cyklar", "laddplatser", "träningen")


def test_a_compound_meets_its_part_and_weighs_half():
    match = Asked(Told("Bibliotek")).match(Told("Bibliotekskort"))
    assert match == Match(("bibliotekskort",), IN_PART)
    assert not match.near


def test_one_shared_word_is_not_enough_unless_there_is_another():
    asked = Told("Mörkt vid hållplatsen", "Bussen kör förbi.")
    assert not Asked(asked).match(Told("Bussen är dyr", "Fyra biljetter kostar mycket.")).near
    assert Asked(asked).match(Told("Hållplatsen är mörk", "Bussen stannar aldrig.")).near


def test_the_nearest_come_first_and_no_more_than_asked_for():
    asked = Told("Låna verktyg", "Slagborr och stege på biblioteket")
    cases = [
        (1, Told("Stege att låna", "Den som bor trångt har ingen stege eller slagborr.")),
        (2, Told("Låna verktyg på biblioteket", "Slagborr.")),
        (3, Told("Bänkar i parken", "Gamla vill vila.")),
    ]
    assert list(nearest(asked, cases, 5)) == [2, 1]
    assert list(nearest(asked, cases, 1)) == [2]


@given(TEXTS, TEXTS)
def test_clever_equals_naive(asked, told):
    assert Asked(asked).match(told) == naive(asked, told)


@given(TEXTS, TEXTS)
def test_empty_words_never_bring_texts_together(asked, told):
    assert not EMPTY & set(Asked(asked).match(told).words)


@given(TEXTS, st.lists(TEXTS, max_size=8))
def test_the_order_of_the_cases_does_not_matter(asked, cases):
    numbered = list(enumerate(cases))
    assert nearest(asked, numbered, 8) == nearest(asked, numbered[::-1], 8)
