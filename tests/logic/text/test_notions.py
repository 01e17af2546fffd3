"""A row of the term list is met by words, parts of compounds, and words in a row."""

import pytest

from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.folding import LANGS
from idesluss.logic.text.notions import BadRow, read_rows, shipped_rows, shipped_themes
from idesluss.logic.text.stopwords import STOPWORDS

SHIPPED = len(list(shipped_rows()))
ROW = "hemtjänst · hjemmepleje, hjemmehjælp · hjemmetjeneste · - · home care"


def test_a_line_is_a_row_of_five_cells_with_words_parted_by_commas():
    (row,) = read_rows(f"# care\n\n{ROW}\n")
    assert row == {
        "sv": ["hemtjänst"],
        "da": ["hjemmepleje", "hjemmehjælp"],
        "nb": ["hjemmetjeneste"],
        "fi": [],
        "en": ["home care"],
    }


def test_a_line_without_five_cells_is_told_of_by_its_number():
    with pytest.raises(BadRow) as bad:
        list(read_rows(f"{ROW}\nett · två"))
    assert (bad.value.number, str(bad.value)) == (2, "2: ett · två")


def test_the_list_that_is_shipped_says_three_thousand_notions_in_five_languages():
    rows = list(shipped_rows())
    assert len(rows) >= 3000
    for lang in LANGS:
        assert sum(bool(row[lang]) for row in rows) > 0.97 * len(rows), lang


def test_the_themes_that_are_shipped_speak_of_hundreds_of_matters_in_five_languages():
    themes = list(shipped_themes())
    assert len(themes) >= 800
    for theme in themes:
        for lang, told in theme.items():
            assert 3 <= len(set(told) - STOPWORDS[lang]) <= 25, (lang, told)


def test_one_language_is_read_alone_as_with_the_others():
    for rows in (shipped_rows, shipped_themes):
        assert [it["da"] for it in rows()] == [it["da"] for it in rows("da")]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(rows=read_rows(ROW), more={})


def own(numbers):
    """Those rows that come after what is shipped."""
    return {int(it) - SHIPPED for it in numbers if int(it) >= SHIPPED}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("hemtjänsten", "sv"),
        ("hemtjänstpersonal", "sv"),
        ("hem tjänst", "sv"),  # written apart
        ("Hjemmehjælpens biler", "da"),
        ("hjemmetjenestebil", "nb"),
        ("better home care", "en"),
    ],
)
def test_it_is_met(lexicon, text, lang):
    assert own(lexicon.analyse(text, "", lang).notions) == {0}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("tjänst", "sv"), ("hem", "sv"), ("home", "en"), ("care home", "en"), ("kotihoito", "fi")],
)
def test_it_is_not_met_by_half_of_it(lexicon, text, lang):
    assert own(lexicon.analyse(text, "", lang).notions) == set()


def test_words_that_begin_so_come_in_order(lexicon):
    found = lexicon.notions("da").beginning("hjemmeh")
    assert "hjemmehjælp" in found
    assert found == sorted(found)
    assert lexicon.notions("da").beginning("xqz") == []
    assert lexicon.notions("da").beginning("ööö") == []
    last = max(lexicon.notions("da").words)
    assert lexicon.notions("da").beginning(last) == [last]
