"""What a text is found by, and what is left when a part of the analyser is switched off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.text.analysing import Lexicon, Parts, keys_of_all, without
from idesluss.logic.text.asking import ask
from idesluss.logic.text.folding import LANGS
from idesluss.logic.text.meeting import meet
from idesluss.logic.text.notions import Notions, read_rows
from idesluss.logic.text.splitting import Splitter
from tests.logic.text.test_asking import WORDS

WHOLE = Lexicon()


def test_the_title_counts_twice_and_its_letters_are_kept():
    terms = WHOLE.analyse("Robot", "Robotar", "sv")
    assert terms.words == ("robot", "robotar")
    assert terms.keys == ("ropot", "ropot", "ropot")
    assert terms.grams == ("_rop", "ropo", "opot", "pot_")
    assert len(terms.notions) % 3 == 0


def test_every_stretch_of_a_long_compound_is_a_key_once():
    reading = WHOLE.read("hemtjänstpersonal", "sv")
    assert reading.keys[0] == WHOLE.key("hemtjänstpersonal", "sv")
    assert set(reading.keys) >= {WHOLE.key(it, "sv") for it in ("hemtjänst", "personal", "tjänst")}
    twice = WHOLE.read("barnbarn", "sv").keys
    assert len(twice) == len(set(twice))


@pytest.mark.parametrize("name", ["stems", "splitting", "cognates", "grams", "notions"])
def test_a_part_that_is_switched_off_is_not_in_use(name):
    lexicon = Lexicon(use=without(Parts(), name))
    terms = lexicon.analyse("Skolornas cykelparkering", "Hemtjänsten", "sv")
    told = {
        "stems": "skolornas" in terms.keys,
        "splitting": len(terms.keys) == 5,
        "cognates": any("cykel" in it for it in terms.keys),
        "grams": terms.grams == (),
        "notions": terms.notions == (),
    }
    assert told[name]
    assert lexicon.near("hemtjenst", "sv", 1) == [] or name != "notions"


def test_a_word_alone_has_letters_even_if_it_is_short():
    assert WHOLE.analyse("el", "", "sv").grams == ("_el_",)


def test_words_of_an_installation_are_known_to_the_splitter():
    assert Splitter("sv").split("blurkighetsplats") == ()
    assert Lexicon(more={"sv": ["blurkighet"]}).splitter("sv").split("blurkighetsplats") == (
        "blurkighet",
        "plats",
    )


def test_words_in_a_row_are_told_together_as_the_reason():
    question = ask("hemtjänst", "sv", WHOLE, WORDS)
    (met,) = meet(question, "Better home care", "", "en", WHOLE)
    assert met.asked == "hemtjänst"
    assert {"home", "care"} <= set(met.words)


def test_a_term_without_words_and_one_said_twice_add_nothing():
    rows = list(read_rows("!, buss, bussen · - · - · - · bus"))
    notions = Notions(rows, "sv", keys_of_all)
    assert notions.single == {WHOLE.key("buss", "sv"): (0,)}
    more = notions.with_rows(read_rows("buss · - · - · - · coach"))
    assert list(more.of(WHOLE.key("bussar", "sv"))) == [0, 1]
    assert list(notions.of(WHOLE.key("bussar", "sv"))) == [0]


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöæø", min_size=1)))
def test_many_keys_at_once_are_the_keys_of_each(told):
    for lang in LANGS:
        assert keys_of_all(told, lang) == [keys_of_all([it], lang)[0] for it in told]


@pytest.mark.parametrize(("one", "other"), [("råtta", "råd"), ("mat", "mad")])
def test_a_notion_is_named_by_a_word_of_its_own_language_not_by_one_spelt_like_a_neighbours(
    one, other
):
    """Keys of cognates are coarse: "råtta" and "råd" have the same."""
    rows = Lexicon(rows=[{"sv": [one]}], use=Parts())
    mine = max(rows.read(one, "sv").notions)
    assert mine not in rows.read(other, "sv").notions
