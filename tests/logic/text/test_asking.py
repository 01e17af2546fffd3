"""A question is read as it was meant, whatever somebody writes into the box."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idesluss.logic.text.analysing import Lexicon, Parts, without
from idesluss.logic.text.asking import HALF, ONE_EDIT, PART, Question, ask
from idesluss.logic.text.meeting import meet
from idesluss.logic.text.spelling import Spelt


class Written:
    """A vocabulary of some words."""

    def __init__(self, *listed):
        self.listed = listed

    def count(self, word):
        return self.listed.count(word)

    def beginning(self, start):
        return [(it, 1) for it in self.listed if it.startswith(start)]

    def near(self, word, edits):
        return Spelt(self.listed).near(word, edits)


LEXICON = Lexicon()
PLAIN = Lexicon(use=without(Parts(), "notions"))
WORDS = Written("demensklocka", "robot", "bilpool", "cykel", "livbojar", "skolfrånvaro", "taxi")


def keys(question):
    return [group.alternatives for group in question.keys]


def test_each_word_is_a_group_and_its_parts_count_less():
    question = ask("demensklocka", "sv", PLAIN, WORDS)
    assert [(group.alternatives[0][0], group.weight) for group in question.keys] == [
        (PLAIN.key("demensklocka", "sv"), 1.0),
        (PLAIN.key("demens", "sv"), PART),
        (PLAIN.key("klocka", "sv"), PART),
    ]


def test_words_that_say_nothing_are_left_out():
    assert keys(ask("det är en robot för dem", "sv", PLAIN, WORDS)) == [(("ropot", 1.0),)]


def test_a_half_word_is_what_it_may_become_while_one_types():
    question = ask("en demenskl", "sv", PLAIN, WORDS, typing=True)
    assert (PLAIN.key("demensklocka", "sv"), HALF) in question.keys[0].alternatives
    done = ask("en demenskl ", "sv", PLAIN, WORDS, typing=True)
    assert len(done.keys[0].alternatives) == 1


def test_a_misspelt_word_is_what_it_may_have_been():
    question = ask("bilpol", "sv", PLAIN, WORDS)
    assert (PLAIN.key("bilpool", "sv"), ONE_EDIT) in question.keys[0].alternatives


def test_a_word_that_somebody_has_written_is_not_mended():
    assert len(ask("taxi", "sv", PLAIN, WORDS).keys[0].alternatives) == 1


def test_a_word_that_the_language_has_is_not_mended_even_if_nobody_has_written_it_here():
    """ "Öarna" is one letter from "varna", which the term list holds."""
    assert [len(it.alternatives) for it in ask("öarna", "sv", LEXICON, WORDS).keys] == [1]
    assert len(ask("bilpoll", "sv", LEXICON, WORDS).keys[0].alternatives) > 1


def test_exact_words_stand_in_a_row_and_others_must_not_be_there():
    question = ask('"på en gång" robot -taxi –livbojar', "sv", PLAIN, WORDS)
    assert question.phrases == (("på", "en", "gång"),)
    assert question.without == (PLAIN.key("taxi", "sv"), PLAIN.key("livbojar", "sv"))
    assert "taxi" not in [group.word for group in question.keys]


def test_a_hyphen_inside_a_word_takes_nothing_away():
    question = ask("it-stöd gps-klocka", "sv", PLAIN, WORDS)
    assert question.without == ()
    assert [group.word for group in question.keys if group.weight == 1.0] == [
        "it", "stöd", "gps", "klocka",
    ]  # fmt: skip


def test_the_share_of_words_that_name_a_notion_is_told():
    assert ask("hemtjänst", "sv", LEXICON, WORDS).named == 1.0
    assert ask("hemtjänst blurkig", "sv", LEXICON, WORDS).named == 0.5
    assert ask("better home care", "en", LEXICON, WORDS).named >= 0.5


@pytest.mark.parametrize(
    "text", ["", "   ", "och i att det", "😀🎉", "\u202e\u200b", "\x00", '""', "-"]
)
def test_nothing_asked_is_an_empty_question(text):
    assert not ask(text, "sv", LEXICON, WORDS)


def test_only_a_word_to_leave_out_asks_for_nothing():
    assert not ask("-taxi", "sv", LEXICON, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        'NEAR("a b", 3) OR title:x* ^y AND (',
        "'; DROP TABLE ideas_idea; --",
        "a" * 100_000,
        "ord " * 25_000,
        "möbelåterbruksverkstadsföreståndarutbildningsanordnaravgiftsfinansieringsmodellsutredningen",
        "återbruk genbrug gjenbruk kierrätys reuse",
        "\ud800",
    ],
)
def test_whatever_is_written_is_read_as_words_within_a_moment(text):
    began = time.process_time()
    question = ask(text, "sv", LEXICON, WORDS, typing=True)
    assert isinstance(question, Question)
    assert len(question.keys) < 400
    assert time.process_time() - began < 2


@settings(max_examples=60)
@given(st.text(), st.sampled_from(["sv", "da", "nb", "fi", "en"]), st.booleans())
def test_no_text_is_too_strange(text, lang, typing):
    ask(text, lang, LEXICON, WORDS, typing=typing)
    LEXICON.analyse(text, text, lang)


def test_why_names_the_words_that_met():
    question = ask("återbruk av möbler i skolan", "sv", LEXICON, WORDS)
    met = meet(question, "Møbelgenbrug", "Vi samler brugte møbler til skolerne.", "da", LEXICON)
    told = {it.asked: it.words for it in met}
    assert "møbelgenbrug" in told["återbruk"]
    assert set(told["möbler"]) >= {"møbelgenbrug", "møbler"}
    assert told["skolan"] == ("skolerne",)


def test_near_words_are_those_within_so_many_edits_where_letters_may_change_places():
    assert Spelt(["robot", "roboter", "rob", "robto"]).near("robto", 1) == [("robot", 1)]


def test_what_a_half_compound_and_its_wholes_share_is_asked_for_once():
    words = Written("cykelparkering", "cykelparkeringar")
    question = ask("cykelpark", "sv", LEXICON, words, typing=True)
    tokens = [token for group in question.keys for token, _ in group.alternatives]
    assert len(tokens) == len(set(tokens))
    rows = [group.alternatives for group in question.notions]
    assert len(rows) == len(set(rows))
