"""A proposed text shows what is still to be filled in, and hides nothing half-finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.placeholders import left_in, place


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", []),
        ("Allt är skrivet [sic].", []),
        ("[[Citat: vem]] och [[ ett till ]]", ["Citat: vem", "ett till"]),
        ("[[över\ntvå rader]]", ["över\ntvå rader"]),
        ("halvt borttaget: [[Citat", ["[["]),
        ("halvt borttaget: Citat]]", ["]]"]),
        ("[[]]", [""]),
    ],
)
def test_what_is_left_is_found_in_order(text, left):
    assert left_in(text) == left


words = st.text(alphabet="abc åäö.\n", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(words, words)))
def test_every_marked_place_is_found_and_nothing_else(pieces):
    text = "".join(before + place(what) for before, what in pieces)
    assert left_in(text) == [what for _, what in pieces]
