"""Words that meet are told in couples, and a text is asked with as if it held no sign."""

from idesluss.insight.search.pairs import couples, gist, plain
from idesluss.logic.text.meeting import Met


def test_each_word_is_told_once_and_meets_itself_if_it_can():
    met = [
        Met("låna", ("låna", "lånar")),
        Met("låna ut", ("låna", "ut")),
        Met("verktyg", ("redskap", "verktyg")),
        Met("redskap", ("redskap", "verktyg")),
    ]
    assert couples(met, "sv", "sv") == [("låna", "låna"), ("verktyg", "verktyg")]


def test_words_that_say_little_are_not_told_in_either_language():
    met = [Met("och", ("och",)), Met("skola", ("og", "skole")), Met("i", ("skolen",))]
    assert couples(met, "sv", "da") == [("skola", "skole")]


def test_a_text_is_about_its_title_and_first_two_sentences():
    text = "Det är mörkt. Bussen kör förbi! Vi vill ha ljus. Tack."
    assert gist("Lampan", text) == "lampan det är mörkt bussen kör förbi"
    assert gist("Lampan", "") == "lampan"


def test_no_sign_of_a_text_means_anything_when_it_is_asked_with():
    assert plain('"Mörkt" -vid NEAR/3 * :') == "mörkt vid near 3"
