"""Sums in words: exactly as the language councils write numbers, and nothing lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.money import CURRENCIES, LARGEST_MINOR, UnknownCurrency
from idesluss.logic.sums_in_words import NotInWords, in_words

EXACT = [
    ("sv", "SEK", 100_000_00, "ett hundra tusen kronor"),
    ("sv", "SEK", 60_900_00, "sextio tusen nio hundra kronor"),
    ("sv", "SEK", 1_00, "en krona"),
    ("sv", "SEK", 0, "noll kronor"),
    ("sv", "SEK", 21_00, "tjugoen kronor"),
    ("sv", "SEK", 101_101_00, "ett hundra ett tusen ett hundra en kronor"),
    ("sv", "SEK", 1_000_00, "ett tusen kronor"),
    ("sv", "SEK", 21_500_00, "tjugoett tusen fem hundra kronor"),
    ("sv", "SEK", 1_000_000_00, "en miljon kronor"),
    ("sv", "SEK", 2_383_629_00,
     "två miljoner tre hundra åttiotre tusen sex hundra tjugonio kronor"),
    ("sv", "SEK", 10_50, "tio kronor och femtio öre"),
    ("sv", "SEK", 1, "ett öre"),
    ("sv", "DKK", 5_00, "fem danska kronor"),
    ("sv", "EUR", 1_01, "en euro och en cent"),
    ("da", "DKK", 100_000_00, "et hundrede tusinde kroner"),
    ("da", "DKK", 60_900_00, "tres tusinde ni hundrede kroner"),
    ("da", "DKK", 1_00, "en krone"),
    ("da", "DKK", 1_000_005_00, "en million og fem kroner"),
    ("da", "DKK", 123_456_00,
     "et hundrede og treogtyve tusinde fire hundrede og seksoghalvtreds kroner"),
    ("da", "DKK", 21_000_00, "enogtyve tusinde kroner"),
    ("da", "DKK", 101_000_01, "et hundrede og et tusinde kroner og en øre"),
    ("da", "DKK", 5_075_099_00, "fem millioner femoghalvfjerds tusinde og nioghalvfems kroner"),
    ("da", "SEK", 95_00, "femoghalvfems svenske kroner"),
    ("en", "SEK", 100_000_00, "one hundred thousand Swedish kronor"),
    ("en", "NOK", 1_00, "one Norwegian krone"),
    ("en", "EUR", 3_456_78,
     "three thousand four hundred and fifty-six euros and seventy-eight cents"),
    ("en-GB", "DKK", 1_001_00, "one thousand and one Danish kroner"),
    ("nb", "NOK", 2_00, "two Norwegian kroner"),
    ("sv", "SEK", LARGEST_MINOR, "tio biljoner kronor"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "currency", "minor", "words"), EXACT)
def test_a_sum_is_told_exactly_so(language, currency, minor, words):
    assert in_words(minor, currency, language) == words


@pytest.mark.parametrize("minor", [-1, LARGEST_MINOR + 1])
def test_what_no_cheque_is_made_for_is_refused(minor):
    with pytest.raises(NotInWords):
        in_words(minor, "SEK", "sv")


def test_an_unknown_currency_is_refused():
    with pytest.raises(UnknownCurrency):
        in_words(100, "USD", "en")


# --- A reader that knows nothing but what each word is worth --------------------------------------

ONES = {
    "sv": "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton "
    "sjutton arton nitton",
    "da": "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten "
    "sytten atten nitten",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
}
TENS = {
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "da": "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
BIG = {
    "sv": {"tusen": 3, "miljon": 6, "miljoner": 6, "miljard": 9, "miljarder": 9, "biljon": 12,
           "biljoner": 12},
    "da": {"tusinde": 3, "million": 6, "millioner": 6, "milliard": 9, "milliarder": 9,
           "billion": 12, "billioner": 12},
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
}  # fmt: skip
HUNDRED = {"sv": "hundra", "da": "hundrede", "en": "hundred"}
WHOLE = {"krona", "kronor", "krone", "kroner", "euro", "euros"}
PART = {"öre", "øre", "cent", "cents"}
NOISE = {"och", "og", "and", "svenska", "danska", "norska", "svenske", "danske", "norske", "dansk",
         "norsk", "svensk", "Swedish", "Danish", "Norwegian"}  # fmt: skip


def worth(word, language):
    """What one word below a hundred is worth."""
    ones = {it: number for number, it in enumerate(ONES[language].split())}
    ones |= {"ett": 1, "et": 1}
    tens = {it: 10 * number for number, it in enumerate(TENS[language].split(), 2)}
    if word in ones:
        return ones[word]
    pairs = {}
    for ten, tens_worth in tens.items():
        for one in ones:
            for glued in (f"{ten}{one}", f"{one}og{ten}", f"{ten}-{one}"):
                pairs[glued] = tens_worth + ones[one]
    return tens.get(word) or pairs[word]


def read(words, language):
    """Minor units."""
    minor = total = group = 0
    for word in words.split():
        if word in NOISE:
            continue
        if word == HUNDRED[language]:
            group *= 100
        elif word in BIG[language]:
            total, group = total + group * 10 ** BIG[language][word], 0
        elif word in WHOLE:
            minor, total, group = (total + group) * 100, 0, 0
        elif word in PART:
            minor, group = minor + group, 0
        else:
            group += worth(word, language)
    return minor


@given(
    st.one_of(st.integers(0, 9_999_999_99), st.integers(0, LARGEST_MINOR)),
    st.sampled_from(sorted(CURRENCIES)),
    st.sampled_from(["sv", "da", "en"]),
)
def test_what_is_read_aloud_is_what_was_granted(minor, currency, language):
    assert read(in_words(minor, currency, language), language) == minor
