"""A long text is divided where it can be put together again."""

from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.text.dividing import divide


@given(st.text(alphabet="ab.! \n\t", max_size=200), st.integers(1, 40))
def test_nothing_is_lost_and_no_piece_is_too_long_or_empty(text, most):
    pieces = divide(text, most)
    assert "".join(piece + space for piece, space in pieces) == text.lstrip()
    assert all(0 < len(piece) <= most for piece, _ in pieces)


def test_paragraphs_are_parted_before_sentences_and_sentences_before_words():
    assert divide("En. Två.\n\nTre fyra fem", 10) == [
        ("En. Två.", "\n\n"), ("Tre fyra", " "), ("fem", ""),
    ]  # fmt: skip
    assert divide("Ett två. Tre fyra.", 10) == [("Ett två.", " "), ("Tre fyra.", "")]


def test_a_word_that_is_too_long_is_cut():
    assert divide("abcdef", 4) == [("abcd", ""), ("ef", "")]


def test_a_text_that_fits_is_one_piece():
    assert divide("  Hej du. ", 100) == [("Hej du.", " ")]
    assert divide("  \n", 100) == []
