"""How easy a text is to read, held against counting by hand and by the plainest means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.reading import Ease, blanks, ease_of, reading

EASY = "Tack för din idé. Vi har läst den. Vi gör det i vår. Du får veta mer i maj."
HARD = (
    "Kommunstyrelsens arbetsutskott har vid sammanträde beslutat att ärendet, med hänvisning till "
    "verksamhetsplaneringens prioriteringar, återremitteras till förvaltningen för ytterligare "
    "beredning avseende finansieringsförutsättningarna inför kommande budgetberedning."
)


def test_short_sentences_of_short_words_are_very_easy():
    found = reading(EASY)
    assert (found.words, found.sentences, found.lix, found.ease) == (19, 4, 5, Ease.VERY_EASY)


def test_an_official_sentence_is_very_hard_and_named_as_long():
    found = reading(HARD)
    assert (found.sentences, found.ease, found.long) == (1, Ease.VERY_HARD, (HARD,))


def test_each_line_of_a_list_is_a_sentence():
    assert reading("Det här behövs\n- en lyft\n- två händer\n\n- tid").sentences == 4


def test_of_a_few_words_nothing_is_said():
    assert reading("Tack för din idé!").lix is None
    assert reading("") == reading("  \n ")


words = st.text("abcdeåäö", min_size=1, max_size=12)
sentences = st.lists(st.lists(words, min_size=1, max_size=40), min_size=1, max_size=8)


@given(sentences)
def test_it_is_what_counting_says(told):
    text = " ".join(" ".join(one) + "." for one in told)
    every = [word for one in told for word in one]
    found = reading(text)
    assert (found.words, found.sentences) == (len(every), len(told))
    assert len(found.long) == sum(len(one) > 20 for one in told)
    if len(every) >= 12:
        share = 100 * len([word for word in every if len(word) > 6]) / len(every)
        assert found.lix == round(len(every) / len(told) + share)


@pytest.mark.parametrize(
    ("lix", "ease"),
    [
        (29, Ease.VERY_EASY),
        (30, Ease.EASY),
        (40, Ease.MEDIUM),
        (50, Ease.HARD),
        (60, Ease.VERY_HARD),
    ],
)
def test_the_scale_has_five_steps(lix, ease):
    assert ease_of(lix) is ease


def test_blanks_are_found_and_links_are_none():
    text = "Tack! [vad ni gör]. Läs [mer här](https://slusstad.example/x) eller ring [numret]."
    assert blanks(text) == ("[vad ni gör]", "[numret]")
    assert blanks("Lista [ ] och [x\ny]") == ("[ ]",)
