"""Ready wordings: the same in every language, for every ending, and easy to listen to."""

import pytest

from idesluss.ideas.vocab import ANSWERS
from idesluss.ideas.wordings import LANGUAGES, wording, wordings
from idesluss.logic.reading import Ease, blanks, reading


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ending_has_a_wording_with_blanks_that_is_easy_to_read_aloud(language):
    found = wordings(language)
    assert {one.ending for one in found} == {stage.value for stage in ANSWERS}
    for one in found:
        told = reading(one.text)
        assert blanks(one.text)
        assert told.long == (), one.name
        assert told.ease in (Ease.VERY_EASY, Ease.EASY), (one.name, told.lix)


def test_they_are_the_same_in_every_language():
    names = [[one.name for one in wordings(language)] for language in LANGUAGES]
    assert names[0] == names[1] == names[2]
    assert len(set(names[0])) == len(names[0]) == 8


def test_another_language_gets_the_english_ones_and_an_unknown_name_none():
    assert wordings("fi") == wordings("en")
    assert wording("declined.exists", "sv").title == "Det finns redan"
    assert wording("declined.nonsense", "sv") is None
