"""A workshop's notes and a table of needs are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.notes import (
    CellTooLong,
    NeedMissing,
    NoNeeds,
    NotANumber,
    Noted,
    read_lines,
    read_notes,
)
from idesluss.logic.sheets.tables import Table


def table(*rows):
    return Table("behov.csv", tuple((n, tuple(row)) for n, row in enumerate(rows, start=1)))


def test_lines_are_notes_without_their_bullets():
    found = read_lines("- Lyften saknas\n• Vantar försvinner\r\n3. Skärmar\n\n")
    assert [it.need for it in found.notes] == ["Lyften saknas", "Vantar försvinner", "Skärmar"]


def test_paragraphs_are_notes_and_a_last_line_with_a_slash_says_who_it_was():
    found = read_lines("Lyften saknas.\nVarje pass.\n/Anna Öberg, anna@slusstad.example\n\nVantar")
    assert found.notes == (
        Noted(1, "Lyften saknas.\nVarje pass.", name="Anna Öberg", reach="anna@slusstad.example"),
        Noted(2, "Vantar"),
    )


def test_one_note_with_a_giver_stays_one():
    assert read_lines("Lyften saknas\n/Anna").notes == (Noted(1, "Lyften saknas", name="Anna"),)


def test_a_line_with_nothing_but_a_slash_is_a_note_and_no_giver():
    assert read_lines("/Anna").notes == (Noted(1, "/Anna"),)


def test_a_note_of_nothing_but_a_bullet_says_nothing():
    found = read_lines("- \n\nVantar")
    assert [(it.row, type(it.what)) for it in found.problems] in ([], [(1, NeedMissing)])
    assert found.notes[-1].need == "Vantar"


def test_a_table_is_read_under_swedish_danish_and_english_headings():
    found = read_notes(
        table(
            ("Workshop 5 oktober",),
            ("Behov", "För vem", "Hur många:", "Enhet", "Namn", "E-post", "Rubrik", "Hur vet vi?"),
            (
                "Lyften saknas",
                "Undersköterskor",
                12.0,
                "Omsorgen",
                "Anna",
                "a@b.se",
                "Lyft",
                "x",
            ),
            (None,),
            ("Vantar", None, "1 200"),
        )
    )
    assert found.problems == ()
    assert found.notes == (
        Noted(3, "Lyften saknas", "Lyft", "Undersköterskor", 12, "x", "Omsorgen", "Anna", "a@b.se"),
        Noted(5, "Vantar", how_many=1200),
    )
    danish = read_notes(table(("Hvad", "For hvem"), ("Cykler", "Børn")))
    assert danish.notes == (Noted(2, "Cykler", for_whom="Børn"),)


def test_every_problem_is_told_by_row_and_column():
    found = read_notes(
        table(
            ("Behov", "Antal", "Namn"),
            ("", "tolv", "Anna"),
            ("Vantar", -3, "N" * 200),
        )
    )
    assert [(it.row, it.column, type(it.what)) for it in found.problems] == [
        (2, "Antal", NotANumber),
        (2, "Behov", NeedMissing),
        (3, "Antal", NotANumber),
        (3, "Namn", CellTooLong),
    ]


@pytest.mark.parametrize("rows", [(), (("Namn", "Telefon"), ("Anna", "070"))])
def test_a_table_without_needs_says_what_it_saw(rows):
    found = read_notes(table(*rows))
    assert found.notes == ()
    assert isinstance(found.problems[0].what, NoNeeds)


@given(st.text(max_size=300))
def test_no_words_are_lost_but_bullets_and_givers(text):
    kept = "".join(it.need + it.name + it.reach for it in read_lines(text).notes)
    letters = [char for char in text if char.isalpha()]
    assert [char for char in kept if char.isalpha()] == letters
