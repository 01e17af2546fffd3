"""A term list as people write it is read, tidied and written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.refusals import TooLong
from idesluss.logic.text.folding import LANGS
from idesluss.logic.text.listing import (
    NotFiveCells,
    NoWords,
    OneWord,
    read_list,
    tidy_cell,
    tidy_cells,
    written,
)
from idesluss.logic.text.notions import read_rows

HOME_CARE = "hemtjänst · hjemmepleje · hjemmetjeneste · kotihoito · home care"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hemtjänst ,hemvård,, ", "hemtjänst, hemvård"),
        ("lekbuss, lekbuss", "lekbuss"),
        ("-", ""),
        ("– · …", ""),
        ("a·b;c\nd", "a, b, c, d"),
        ("# anmärkning", "anmärkning"),
        ("fa\u0308rdtja\u0308nst", "färdtjänst"),
        ("home\u00a0 care", "home care"),
        ("bok\0buss\u202e", "bokbuss"),
    ],
)
def test_a_cell_is_kept_tidy(typed, kept):
    assert tidy_cell(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy_cell(tidy_cell(text)) == tidy_cell(text)


@given(st.lists(st.text(max_size=40), min_size=5, max_size=5))
def test_what_is_kept_can_be_written_and_read_again_by_the_search(texts):
    cells = {lang: tidy_cell(text) for lang, text in zip(LANGS, texts, strict=True)}
    [row] = read_rows(written(cells))
    assert {lang: ", ".join(row[lang]) for lang in LANGS} == cells


def test_two_words_of_one_language_are_a_row():
    assert tidy_cells({"sv": "fritidsbank, lånebod"})["sv"] == "fritidsbank, lånebod"


@pytest.mark.parametrize(
    ("cells", "refusal", "field"),
    [
        ({}, NoWords, "sv"),
        ({"sv": "-", "en": "…"}, NoWords, "sv"),
        ({"da": "byttebod"}, OneWord, "da"),
        ({"sv": "lekbuss", "fi": "leikkibussi, " + "b" * 300}, TooLong, "fi"),
    ],
)
def test_a_row_that_joins_nothing_or_is_too_long_is_refused_at_its_field(cells, refusal, field):
    with pytest.raises(refusal) as caught:
        tidy_cells(cells)
    assert caught.value.field == field


def test_a_list_is_read_line_by_line_and_bad_lines_keep_their_numbers():
    head = "\ufeff# sv · da · nb · fi · en\n\n"
    text = f"{head}{HOME_CARE}\nfritidsbank · byttebod\nensam · - · - · - · -"
    good, short, alone = read_list(text)
    assert (good.number, written(good.cells)) == (3, HOME_CARE)
    assert (short.number, type(short.problem), short.problem.params["found"]) == (
        4,
        NotFiveCells,
        2,
    )
    assert (alone.number, alone.problem) == (5, OneWord(field="sv"))


def test_cells_copied_from_a_spreadsheet_are_parted_by_tabs():
    [line] = read_list("lekbuss, mobil lekplats\tlegebus\t\t\tplay bus")
    assert written(line.cells) == "lekbuss, mobil lekplats · legebus · - · - · play bus"
