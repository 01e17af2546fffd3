"""How people speak of a matter: words that point to it, without being its name."""

import pytest

from idesluss.logic.text.analysing import Lexicon, Parts, without
from idesluss.logic.text.asking import ask
from idesluss.logic.text.meeting import meet
from idesluss.logic.text.notions import shipped_themes
from tests.logic.text.test_asking import WORDS

WHOLE = Lexicon()
THEMES = list(shipped_themes())


def of(lang, word):
    """The numbers of the themes that a word of ``lang`` is listed in."""
    return {str(n) for n, theme in enumerate(THEMES) if word in theme[lang]}


def test_a_word_points_to_the_themes_it_is_listed_in_whatever_inflects_it():
    toilets = of("sv", "kissa")
    assert toilets
    assert toilets <= set(WHOLE.analyse("Ingen kissar där", "", "sv").themes)
    assert toilets & set(WHOLE.analyse("Rena skoltoaletter", "", "sv").themes)


def test_the_same_theme_is_pointed_to_in_another_language():
    swedish = set(WHOLE.analyse("Barnen vågar inte kissa i skolan", "", "sv").themes)
    danish = set(WHOLE.analyse("Skoletoiletter, som børn tør bruge", "", "da").themes)
    assert swedish & danish


def test_words_in_a_row_point_together_and_each_word_once():
    [falls] = of("sv", "halka omkull")
    once = WHOLE.analyse("Mormor är rädd att halka omkull", "", "sv").themes
    assert once.count(falls) == 1
    assert WHOLE.analyse("Halka omkull och halka omkull", "", "sv").themes.count(falls) == 1
    twice = WHOLE.analyse("Halka omkull: det är isigt", "", "sv").themes
    assert twice.count(falls) == 2


@pytest.mark.parametrize("name", ["themes", "notions"])
def test_without_them_nothing_is_pointed_to(name):
    lexicon = Lexicon(use=without(Parts(), name))
    assert lexicon.themes("sv").single == {}
    assert lexicon.analyse("Halka omkull: det är isigt", "", "sv").themes == ()
    assert ask("halka omkull på isen", "sv", lexicon, WORDS).themes == ()


def test_a_question_weighs_a_theme_by_the_words_that_point_to_it():
    [falls] = of("sv", "halka omkull")
    question = ask("isigt så att man kan halka omkull", "sv", WHOLE, WORDS)
    weights = {it.alternatives[0][0]: it.weight for it in question.themes}
    assert weights[falls] == 2


def test_they_are_the_reason_if_there_is_no_better():
    question = ask("kissa", "sv", WHOLE, WORDS)
    [met] = meet(question, "Skoletoiletter for alle", "", "da", WHOLE)
    assert (met.asked, met.words) == ("kissa", ("skoletoiletter",))
    [met] = meet(question, "Skoltoaletter", "Ingen vågar kissa.", "sv", WHOLE)
    assert met.words == ("kissa",)
    assert meet(question, "Cykelbana", "", "sv", WHOLE) == ()


def test_words_in_a_row_are_a_reason_too():
    question = ask("broddar", "sv", WHOLE, WORDS)
    title = "Old people on black ice in the parking garage, with a walking frame"
    [met] = meet(question, title, "Fewer potholes and speed bumps.", "en", WHOLE)
    assert (met.asked, met.words) == ("broddar", ("black", "ice"))
