"""Words that met are told in couples."""

from idesluss.logic.text.meeting import Met, couples


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
