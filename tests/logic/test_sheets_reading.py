"""Tables as offices fill them in: what is understood, and what is said about the rest."""

from datetime import date, datetime
from datetime import time as clock

import pytest

from idesluss.logic.sheets.cells import read_year
from tests.logic.sheet_files import read_sheet as read
from tests.logic.sheet_files import told


def test_sums_are_read_as_people_write_them():
    texts = ["60.900", "60 900:-", "1 879 002 kronor", "60 900,50", "tkr 5", "-", "0", "2,5 mnkr"]
    reading = read([["Titel", "Beviljat"], *[[f"Projekt {it}", it] for it in texts]])
    assert [row.granted_minor for row in reading.rows] == [
        6_090_000,
        6_090_000,
        187_900_200,
        6_090_050,
        500_000,
        None,
        0,
        250_000_000,
    ]
    assert reading.problems == ()


def test_sums_that_cannot_be_read_are_told_with_row_and_heading():
    reading = read(
        [
            ["Titel", "Sökt belopp", "Beviljat (tkr)"],
            ["A", "cirka 5", 1.5],
            ["B", -3, "2 kr"],
            ["C", 1.005, True],
            ["D", "2023-06-09", 0.1 + 0.2],
        ],
        then=lambda book, sheet: sheet.write_datetime(
            4, 1, date(2023, 6, 9), book.add_format({"num_format": "yyyy-mm-dd"})
        ),
    )
    assert told(reading.problems) == [
        (
            2,
            "Sökt belopp",
            (
                "“cirka 5” cannot be read as a sum of money. "
                "Write it in digits, for example 60 900 or 60 900,50."
            ),
        ),
        (3, "Sökt belopp", "“-3” is less than zero. Write the sum without a minus sign."),
        (
            3,
            "Beviljat (tkr)",
            "“2 kr” can be read in two ways. Write the whole sum in digits, for example 1 250 000.",
        ),
        (
            4,
            "Sökt belopp",
            "“1.005” has more than two decimals. Round it to two or to none.",
        ),
        (
            4,
            "Beviljat (tkr)",
            (
                "“True” cannot be read as a sum of money. "
                "Write it in digits, for example 60 900 or 60 900,50."
            ),
        ),
        (
            5,
            "Sökt belopp",
            (
                "“2023-06-09 00:00:00” cannot be read as a sum of money. "
                "Write it in digits, for example 60 900 or 60 900,50."
            ),
        ),
    ]
    assert [row.granted_minor for row in reading.rows] == [150_000, None, None, 30_000]
    assert (1, "Beviljat (tkr)", "The heading says so, so each sum is multiplied by 1000.") in told(
        reading.remarks
    )


def test_the_row_of_headings_is_found_below_a_cover_text():
    reading = read(
        [
            ["Projekt"],
            ["Beslutade vid ledningsgruppens möte"],
            [],
            ["Projekt", "Beviljat belopp", "Dnr"],
            ["Odling", 75_000, "INN 2023/1"],
        ]
    )
    assert [(row.number, row.title, row.granted_minor) for row in reading.rows] == [
        (5, "Odling", 7_500_000)
    ]
    assert (4, "Dnr", "This column is not read.") in told(reading.remarks)


def test_a_table_of_titles_alone_is_a_round():
    reading = read([["Förslag"], ["Odling"], [None, "?"], ["Cyklar"]])
    assert [(row.number, row.title) for row in reading.rows] == [(2, "Odling"), (4, "Cyklar")]


def test_the_more_telling_of_two_headings_is_taken_and_the_other_named():
    reading = read([["Projekt", "Titel", "Summa", "Beviljat"], ["IT", "Odling", 1, 2]])
    assert [(row.title, row.granted_minor) for row in reading.rows] == [("Odling", 200)]
    assert [it.column for it in reading.remarks if it.message == "This column is not read."] == [
        "Projekt",
        "Summa",
    ]


def test_two_equally_telling_headings_are_for_a_person_to_sort_out():
    reading = read([["Titel", "Rubrik", "Belopp", "Beviljat", "Bidrag"], ["A", "B", 1, 2, 3]])
    assert told(reading.problems) == [
        (
            1,
            "Rubrik",
            "The columns “Titel” and “Rubrik” could mean the same. Rename one of them.",
        )
    ]
    assert [row.granted_minor for row in reading.rows] == [200]
    assert [it.column for it in reading.remarks[:2]] == ["Belopp", "Bidrag"]


def test_merged_cells_are_told_with_their_place_and_never_guessed():
    def merge(book, sheet):
        sheet.merge_range("A3:A4", "Cyklar")
        sheet.merge_range("C2:C3", 100)
        sheet.merge_range("E2:F2", "utanför")
        sheet.merge_range("A5:B5", "Summa")

    reading = read(
        [
            ["Titel", "År", "Beviljat"],
            ["Odling", 2023],
            [None, 2023],
            [None, 2024, 5],
            [None, None, 6],
        ],
        then=merge,
    )
    assert told(reading.problems) == [
        (
            2,
            "Beviljat",
            (
                "The cells C2:C3 are merged, so it cannot be seen which row the value belongs to. "
                "Split them and write the value on each row."
            ),
        ),
        (
            3,
            "Titel",
            (
                "The cells A3:A4 are merged, so it cannot be seen which row the value belongs to. "
                "Split them and write the value on each row."
            ),
        ),
    ]
    assert [row.title for row in reading.rows] == ["Odling", "Cyklar"]
    assert reading.stated_total == 600


def test_a_formula_gives_its_last_value_and_one_without_is_told():
    def compute(book, sheet):
        sheet.write_formula("B2", "=50000+25000", value=75_000)
        sheet.write_formula("B3", "=1+1", value="")
        sheet.write_formula("A4", '="Cyk"&"lar"', value="")
        sheet.write_formula("B5", "=SUM(B2:B3)", value="")

    reading = read([["Titel", "Beviljat"], ["Odling"], ["Projektor"], [], ["Summa"]], then=compute)
    assert told(reading.problems) == [
        (
            3,
            "Beviljat",
            (
                "The cell holds a formula whose value is not in the file. "
                "Open the file in a spreadsheet program and save it, or write the value."
            ),
        ),
        (
            4,
            "Titel",
            (
                "The cell holds a formula whose value is not in the file. "
                "Open the file in a spreadsheet program and save it, or write the value."
            ),
        ),
    ]
    assert [(row.title, row.granted_minor) for row in reading.rows] == [
        ("Odling", 7_500_000),
        ("Projektor", None),
    ]
    assert (
        2,
        "Beviljat",
        "Formulas in this column: 1. The value that each last computed is used.",
    ) in told(reading.remarks)
    assert reading.stated_total is None


def test_hidden_rows_are_read_and_told_and_empty_ones_are_not():
    def hide(book, sheet):
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})

    reading = read([["Titel"], ["Gömd"], ["Synlig"], [" "]], then=hide)
    assert [row.title for row in reading.rows] == ["Gömd", "Synlig"]
    assert (2, "", "Hidden rows are read too (1).") in told(reading.remarks)


def test_a_row_without_title_an_error_and_an_endless_text_are_told():
    reading = read(
        [
            ["Titel", "Beviljat", "Motivering"],
            [None, 5],
            ["#REF!", 5],
            ["x" * 161, 5],
            ["Odling", "#N/A", "y" * 10_001],
            ["\x0b", None, "z"],
        ]
    )
    assert told(reading.problems) == [
        (2, "Titel", "The row has no title. Write it, or remove the row."),
        (3, "Titel", "The cell shows the error #REF!. Write the value."),
        (
            4,
            "Titel",
            "The text is 161 characters long. Shorten it to at most 160.",
        ),
        (
            5,
            "Motivering",
            "The text is 10001 characters long. Shorten it to at most 10000.",
        ),
        (5, "Beviljat", "The cell shows the error #N/A. Write the value."),
        (6, "Titel", "The row has no title. Write it, or remove the row."),
    ]


def test_text_loses_its_stray_blanks_and_numbers_become_text():
    reading = read(
        [
            ["Titel", "Förvaltning", "Sökande", "Motivering", "Genomförare"],
            ["  El\tcyklar \n nu", 2040, 3.5, " rad  ett \n\n rad två ", "a"],
        ],
        then=lambda book, sheet: sheet.write_datetime(
            1,
            4,
            datetime.fromisoformat("2023-06-09T12:30"),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        ),
    )
    row = reading.rows[0]
    assert (row.title, row.department, row.applicant, row.reason, row.implementer) == (
        "El cyklar nu",
        "2040",
        "3.5",
        "rad ett\n\nrad två",
        "2023-06-09 12:30:00",
    )


def test_dates_and_times_become_text_and_a_date_gives_its_year():
    def dates(book, sheet):
        sheet.write_datetime(1, 0, date(2023, 6, 9), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(1, 1, date(2024, 1, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(1, 2, clock(9, 5), book.add_format({"num_format": "hh:mm"}))

    row = read([["Titel", "År", "Förvaltning"]], then=dates).rows[0]
    assert (row.title, row.year, row.department) == ("2023-06-09", 2024, "09:05:00")


@pytest.mark.parametrize(
    ("cell", "year"), [(2024, 2024), ("2025", 2025), (2026.0, 2026), (None, 2023)]
)
def test_a_year_on_the_row_goes_before_the_rounds(cell, year):
    assert read([["Titel", "År"], ["Odling", cell]]).rows[0].year == year


def test_a_whole_number_with_a_decimal_point_is_that_number():
    assert read_year(2026.0) == 2026


@pytest.mark.parametrize("cell", ["2023/24", 23, "i år", 1066])
def test_what_is_no_year_is_told(cell):
    reading = read([["Titel", "År"], ["Odling", cell]])
    assert told(reading.problems) == [
        (2, "År", f"“{cell}” is not a year. Write four digits, for example 2023.")
    ]


def test_a_rows_own_currency_goes_before_the_rounds():
    reading = read(
        [
            ["Titel", "Sökt", "Beviljat", "Valuta"],
            ["A", None, 1, "nok"],
            ["B", None, 2, "€"],
            ["C", None, 3, "kr"],
            ["D", "4 dkr", 4, None],
            ["E", None, "5 EUR", None],
        ]
    )
    assert reading.problems == ()
    assert [row.currency for row in reading.rows] == ["NOK", "EUR", "SEK", "DKK", "EUR"]
    assert reading.totals == {"DKK": 400, "EUR": 700, "NOK": 100, "SEK": 300}
    assert reading.difference is None


def test_currencies_that_contradict_each_other_are_told():
    reading = read(
        [
            ["Titel", "Sökt (NOK)", "Beviljat", "Valuta"],
            ["A", 5, None, "SEK"],
            ["B", None, "5 EUR", "SEK"],
            ["C", None, 5, "kronor"],
        ]
    )
    assert told(reading.problems) == [
        (
            2,
            "Sökt (NOK)",
            "“5 (Sökt (NOK))” is not in SEK, which is used here. Convert it and write it again.",
        ),
        (
            3,
            "Beviljat",
            "“5 EUR” is not in SEK, which is used here. Convert it and write it again.",
        ),
        (
            4,
            "Valuta",
            "“KRONOR” is not a currency used here. Choose one of SEK, DKK, NOK, EUR.",
        ),
    ]


def test_a_stated_total_is_compared_only_with_its_own_currency():
    rows = [["Titel", "Beviljat", "Valuta"], ["A", 1, "SEK"], ["B", 2, "EUR"]]
    reading = read(rows, stated_total=300)
    assert (reading.totals, reading.difference) == ({"EUR": 200, "SEK": 100}, 200)
    assert read(rows, currency="DKK", stated_total=300).difference == 300


@pytest.mark.parametrize(
    "last",
    [["Summa", "mycket"], ["Summa", None, "kr"]],
)
def test_a_total_that_cannot_be_read_is_no_total(last):
    reading = read([["Titel", "Beviljat"], ["A", 1], last])
    assert reading.stated_total is None


def test_several_totals_are_only_set_aside():
    reading = read([["Titel", "Beviljat"], ["A", 1], ["Summa", 1], ["B", 2], ["Summa", 2]])
    assert (reading.stated_total, reading.totals, reading.received) == (None, {"SEK": 300}, 2)


def test_a_total_without_a_column_for_granted_sums_states_nothing():
    reading = read([["Titel", "Sökt"], ["A", 1], ["Summa", 1]])
    assert (reading.stated_total, reading.received) == (None, 1)


def test_a_project_may_be_called_total():
    reading = read(
        [["Titel", "Beviljat", "Beslut"], ["Total", 5, "Beviljat"], ["Summa", None, None]]
    )
    assert [row.title for row in reading.rows] == ["Total", "Summa"]
