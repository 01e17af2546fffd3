"""Words that answered are told apart from what stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.text.folding import words
from idesluss.logic.text.marking import EXCERPT, MORE, Piece, excerpt, pieces

TEXTS = st.text(max_size=400) | st.text("aåäö -.\n\u00ad\u0301*#[]()", max_size=200)


def marked(found):
    return [it.text for it in found if it.met]


def whole(found):
    return "".join(it.text for it in found)


def test_a_word_is_marked_however_it_is_typed():
    text = "MÖBLER, mo\u0308bler och mö\u00adbler; inte möblerna."
    assert marked(pieces(text, {"möbler"})) == ["MÖBLER", "mo\u0308bler", "mö\u00adbler"]


def test_parts_at_a_hyphen_are_marked_alone():
    assert pieces("it-stöd", {"stöd"}) == (Piece("it-"), Piece("stöd", met=True))


def test_nothing_met_is_one_piece():
    assert pieces("Vi slänger möbler.", ()) == (Piece("Vi slänger möbler."),)
    assert pieces("", {"x"}) == ()


def test_an_excerpt_is_around_the_first_word_that_is_met():
    text = "ord " * 100 + "återbruk " + "slut " * 100
    found = excerpt(text, {"återbruk"})
    assert found[0] == Piece(f"{MORE} ")
    assert found[-1] == Piece(f" {MORE}")
    assert marked(found) == ["återbruk"]
    assert whole(found[1:-1]).startswith("ord ord")
    assert whole(found[1:-1]).endswith("slut")


def test_an_excerpt_of_what_is_met_nowhere_is_the_beginning():
    assert whole(excerpt("Kort\n\ntext.", {"möbler"})) == "Kort text."
    assert whole(excerpt("ord " * 100, ())).startswith("ord ord")


def test_a_word_longer_than_the_excerpt_is_cut():
    found = excerpt("x" * 100 + "å" * 500, {"å" * 500}, 50)
    assert whole(found) == "x" * 50 + f" {MORE}"
    assert whole(excerpt("x" * 100 + " återbruk", {"återbruk"})) == f"{MORE} återbruk"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Rubrik\n\n- **Ett** och `två`", "Rubrik Ett och två"),
        ("Se [vår sida](https://x.example/a) nu", "Se vår sida nu"),
        ("> citat\n2. andra", "citat andra"),
        ("#1 är a*b", "#1 är a*b"),
    ],
)
def test_signs_of_markdown_are_left_out(text, plain):
    assert whole(excerpt(text, ())) == plain


@given(TEXTS, st.sets(st.text("aåö", min_size=1, max_size=2)))
def test_pieces_are_the_whole_text_and_marked_ones_are_words_that_were_met(text, met):
    found = pieces(text, met)
    assert whole(found) == text
    assert all(it.text for it in found)
    for piece in found:
        assert not piece.met or set(words(piece.text)) <= met


@given(TEXTS, st.sets(st.text("aåö", min_size=1, max_size=2)))
def test_an_excerpt_is_short_and_in_one_line(text, met):
    found = whole(excerpt(text, met))
    assert len(found) <= EXCERPT + 2 * len(f" {MORE}")
    assert "\n" not in found
