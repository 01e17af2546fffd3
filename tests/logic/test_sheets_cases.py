"""Rows of one case, their outcome, and where they do not agree."""

from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets import read_round, read_table
from tests.logic.sheet_files import csv_file, told
from tests.logic.sheet_files import read_sheet as read


def test_an_outcome_is_taken_from_the_sums_and_that_is_said():
    reading = read(
        [
            ["Titel", "Sökt", "Beviljat"],
            ["A", 10, 10],
            ["B", 10, 5],
            ["C", 10, 0],
            ["D", 10, None],
            ["E", None, 5],
        ]
    )
    assert [row.outcome for row in reading.rows] == [
        Outcome.GRANTED,
        Outcome.PARTLY_GRANTED,
        None,
        None,
        Outcome.GRANTED,
    ]
    assert told(reading.remarks) == [
        (2, "outcome", "No outcome is written. From the sum it is taken to be “granted”."),
        (3, "outcome", "No outcome is written. From the sum it is taken to be “partly_granted”."),
        (6, "outcome", "No outcome is written. From the sum it is taken to be “granted”."),
    ]


def test_granted_with_less_than_asked_is_partly_granted():
    reading = read([["Titel", "Sökt", "Beviljat", "Beslut"], ["A", 10, 5, "Bifall"]])
    assert [row.outcome for row in reading.rows] == [Outcome.PARTLY_GRANTED]
    assert told(reading.remarks) == [
        (2, "Beslut", "Less is granted than was asked for, so it is read as “partly granted”.")
    ]
    assert reading.problems == ()


def test_outcomes_that_their_sums_contradict_are_told():
    reading = read(
        [
            ["Titel", "Sökt", "Beviljat", "Beslut", "År"],
            ["A", 10, 5, "Avslag", None],
            ["B", 10, 0, "Beviljat", None],
            ["C", 10, 20, "Beviljat", None],
            ["D", 10, 10, "Delvis beviljat", None],
            ["E", 10, 10, "ur nästa års pott", 2024],
            ["F", 10, 10, "ur nästa års pott", 2023],
        ]
    )
    assert told(reading.problems) == [
        (
            2,
            "Beviljat",
            (
                "This outcome gives no money, but a sum is written. "
                "Remove it, or choose another outcome."
            ),
        ),
        (
            3,
            "Beviljat",
            "A grant needs a sum. Write the sum, or choose another outcome.",
        ),
        (4, "Beviljat", "More is granted than was asked for. Lower the sum."),
        (
            5,
            "Beviljat",
            "All that was asked for is granted. Choose “granted”, or lower the sum.",
        ),
    ]


def test_outcomes_without_any_column_of_sums_are_taken_as_they_are():
    reading = read([["Titel", "Beslut"], ["A", "Beviljat"], ["B", "–"]])
    assert reading.problems == ()
    assert [row.outcome for row in reading.rows] == [Outcome.GRANTED, None]
    assert (reading.received, reading.granted) == (2, 0)


def test_several_years_and_implementers_make_one_case():
    reading = read(
        [
            ["Titel", "Sökt", "Beviljat", "År", "Genomförare", "Sökande", "Förvaltning"],
            ["Odling", 100, 30, 2023, "Förskolan", "Anna", "Barn"],
            ["Cyklar", None, 5, 2023, None, None, None],
            ["ODLING ", 100, 30, 2024, "Förskolan", "anna", None],
            ["odling", None, 40, 2024, "Skolan", "Bo", "barn"],
        ]
    )
    assert reading.problems == ()
    odling, cyklar = reading.cases
    assert [row.number for row in odling.rows] == [2, 4, 5]
    assert (odling.title, odling.department, odling.reason) == ("Odling", "Barn", "")
    assert odling.applicants == ("anna", "Bo")
    assert (odling.outcome, cyklar.outcome) == (Outcome.GRANTED, Outcome.GRANTED)
    assert (odling.asked.minor, cyklar.asked) == (10_000, None)
    assert odling.granted == {"SEK": 10_000}
    assert odling.sums == {
        (2023, "Förskolan", "SEK"): 3_000,
        (2024, "Förskolan", "SEK"): 3_000,
        (2024, "Skolan", "SEK"): 4_000,
    }
    assert reading.totals_by_year == {2023: {"SEK": 3_500}, 2024: {"SEK": 7_000}}
    assert (
        5,
        "Sökande",
        "Row 2 has the same title and another applicant. They are read as one case.",
    ) in told(reading.remarks)


def test_rows_of_one_case_that_contradict_each_other_are_told():
    reading = read(
        [
            ["Titel", "Förvaltning", "Sökt", "Beviljat", "Beslut", "Motivering"],
            ["Odling", "Barn", 10, 10, "Beviljat", "bra"],
            ["odling", "Vård", 11, None, "Avslag", "dåligt"],
            ["Odling", "Miljö", 10, None, None, "bra"],
        ]
    )
    advice = "Make them the same, or give the cases different titles."
    assert told(reading.problems) == [
        (
            3,
            column,
            f"“{second}” is written here, but row 2 with the same title says “{first}”. {advice}",
        )
        for column, first, second in [
            ("Förvaltning", "Barn", "Vård"),
            ("Sökt", "SEK\N{NO-BREAK SPACE}10", "SEK\N{NO-BREAK SPACE}11"),
            ("Beslut", "granted", "refused"),
            ("Motivering", "bra", "dåligt"),
        ]
    ]


def test_a_case_granted_in_two_currencies_is_not_measured_against_one():
    reading = read(
        [
            ["Titel", "Sökt", "Beviljat", "Valuta"],
            ["Odling", 100, 10, "SEK"],
            ["Odling", None, 5, "EUR"],
        ]
    )
    assert reading.problems == ()
    assert reading.cases[0].granted == {"EUR": 500, "SEK": 1_000}
    assert reading.cases[0].outcome is Outcome.GRANTED


def test_a_row_that_repeats_another_is_counted_and_told():
    reading = read([["Titel", "Beviljat", "Beslut"], *[["Odling", 5, "Beviljat"]] * 3])
    assert (reading.totals, reading.received) == ({"SEK": 1_500}, 1)
    assert told(reading.remarks) == [
        (3, "", "The row says the same as row 2. Both are counted."),
        (4, "", "The row says the same as row 2. Both are counted."),
    ]


def test_an_unknown_outcome_is_told_with_what_is_known():
    reading = read([["Titel", "Beslut"], ["Odling", "kanske"]])
    assert told(reading.problems) == [
        (
            2,
            "Beslut",
            (
                "“kanske” is not an outcome that is known here. Write granted, partly granted, "
                "granted with conditions, granted from a later pot, refused, postponed, incomplete "
                "or withdrawn."
            ),
        )
    ]


def test_the_reading_speaks_other_languages():
    data = csv_file([["Titel", "Beviljat"], ["Odling", "x"]])
    reading = read_round(read_table(data, "round"), currency="SEK", year=2023)
    swedish = reading.as_json(translate=lambda text: "”%(text)s” går inte att läsa.")
    assert swedish["problems"] == [
        {"row": 2, "column": "Beviljat", "message": "”x” går inte att läsa."}
    ]
