"""A solution hidden in a text is noticed; a problem is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.hidden_solution import Hint, Kind, hints
from tests.logic.hidden_texts import PROBLEMS, SOLUTIONS


def test_there_are_enough_sentences_of_each():
    assert len(set(SOLUTIONS)) >= 40
    assert len(set(PROBLEMS)) >= 40


def test_every_hidden_solution_is_noticed():
    assert [text for text in SOLUTIONS if not hints(text)] == []


def test_no_problem_is_taken_for_a_solution():
    assert [(text, hints(text)) for text in PROBLEMS if hints(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi vill ha en app för felanmälan.", [Hint(Kind.THING, "en app")]),
        ("Vi behöver köpa elcyklar.", [Hint(Kind.BUY, "Vi behöver köpa")]),
        ("Inför digitala nycklar", [Hint(Kind.INTRODUCE, "Inför digitala")]),
        ("Vi vill samla allt i Teams.", [Hint(Kind.PRODUCT, "Teams")]),
        ("Med hjälp av AI går det fortare.", [Hint(Kind.TECHNIQUE, "AI")]),
        ("Løsningen er at alle taler sammen.", [Hint(Kind.ANSWER, "Løsningen er")]),
    ],
)
def test_a_hint_says_which_words_it_is_about(text, expected):
    assert list(hints(text)) == expected


def test_the_same_words_are_told_once_and_in_the_order_of_the_text():
    text = "Vi vill ha en app. Ja, en app! Och vi ska köpa den."
    assert [hint.words for hint in hints(text)] == ["en app", "vi ska köpa"]


def test_what_is_there_already_is_part_of_the_problem():
    assert hints("Personalen har en app som kraschar.") == ()
    assert hints("Personalen vill ha en app som inte kraschar.") != ()


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at_and_every_hint_stands_in_it(text):
    plain = " ".join(text.split())
    for hint in hints(text):
        assert hint.words in plain


@given(st.lists(st.sampled_from(PROBLEMS + SOLUTIONS), max_size=6))
def test_a_text_hints_at_what_its_sentences_hint_at(sentences):
    each = {(it.kind, it.words.casefold()) for one in sentences for it in hints(one)}
    whole = {(it.kind, it.words.casefold()) for it in hints("\n".join(sentences))}
    assert whole == each
