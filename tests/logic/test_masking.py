from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.masking import cover, cover_all, found, remnant

MARK = "[maskerat 1]"


def test_a_passage_is_found_whatever_its_spaces_lines_and_size_of_letters():
    text = "Bo Ek har\ncancer. BO  EK HAR CANCER!"
    assert found(text, " bo ek  har cancer ") == ["Bo Ek har\ncancer", "BO  EK HAR CANCER"]
    assert cover(text, "bo ek har cancer", MARK) == f"{MARK}. {MARK}!"


def test_signs_are_signs_and_nothing_is_nowhere():
    assert cover("a.c abc", "a.c", r"\1") == r"\1 abc"
    assert (found("text", "  "), cover("text", "", MARK)) == ([], "text")


def test_every_text_of_a_json_value_is_covered_and_nothing_else():
    value = {"Bo": ["Bo", {"why": "Bo är sjuk", "n": 3, "none": None}]}
    assert cover_all(value, [("Bo", MARK)]) == {
        "Bo": [MARK, {"why": f"{MARK} är sjuk", "n": 3, "none": None}]
    }


def test_half_of_a_passage_that_is_left_is_noticed():
    assert remnant("Bo Eklund har …", "Bo Eklund har cancer") == "Bo Eklund"
    assert remnant("Lyften", "Bo Eklund har cancer") == ""
    assert remnant("på en", "på en fredag") == ""


@given(st.text("ab \n", max_size=12), st.text("ab ", min_size=1, max_size=4))
def test_what_is_covered_is_not_found_again(text, passage):
    assert found(cover(text, passage, "*"), passage) == []
