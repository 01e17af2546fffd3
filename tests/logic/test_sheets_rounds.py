"""The real rounds, read from files such as their municipalities could have made."""

import pytest

from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets import read_round, read_table
from tests.logic.sheet_files import ROUNDS, csv_file, table_of, xlsx_file


def read(data, **round_):
    return read_round(read_table(data, "round"), **round_)


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_burlovs_round_of_2023_grants_seven_for_504_400_kronor(make):
    data = make(table_of("burlov", {"title": "Titel", "granted": "Beviljat"}))
    reading = read(data, currency="SEK", year=2023)

    assert [row.title for row in reading.rows] == [it["title"] for it in ROUNDS["burlov"]["rows"]]
    assert [row.number for row in reading.rows] == [2, 3, 4, 5, 6, 7, 8]
    assert {row.outcome for row in reading.rows} == {Outcome.GRANTED}
    assert reading.as_json() == {
        "rows": 7,
        "problems": [],
        "received": 7,
        "granted": 7,
        "totals": {"SEK": 50_440_000},
        "totals_by_year": {"2023": {"SEK": 50_440_000}},
        "stated_total": None,
        "difference": None,
    }


def test_burlovs_nine_refusals_count_as_received():
    table = table_of("burlov", {"title": "Förslag", "granted": "Beviljat", "outcome": "Beslut"})
    table += [[f"Påhittat förslag {number}", None, "Avslag"] for number in range(1, 10)]
    reading = read(csv_file(table), currency="SEK", year=2023)
    assert (reading.problems, reading.received, reading.granted) == ((), 16, 7)
    assert reading.totals == {"SEK": 50_440_000}


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_berums_headline_is_30_000_kroner_above_its_rows(make):
    data = make(table_of("berum", {"title": "Prosjekt", "granted": "Tildelt beløp"}))
    reading = read(data, currency="NOK", year=None, stated_total=257_500_000)
    assert reading.totals == {"NOK": 254_500_000}
    assert (reading.stated_total, reading.difference) == (257_500_000, 3_000_000)
    assert (reading.received, reading.granted, reading.problems) == (10, 10, ())
    assert reading.totals_by_year == {}


def test_berums_headline_is_also_seen_when_it_stands_in_the_file():
    table = table_of("berum", {"title": "Prosjekt", "granted": "Tildelt"})
    table.append(["Til sammen", "2.575.000 kroner"])
    reading = read(xlsx_file(table), currency="NOK", year=None)
    assert (reading.received, reading.totals) == (10, {"NOK": 254_500_000})
    assert (reading.stated_total, reading.difference) == (257_500_000, 3_000_000)
    assert [(it.row, it.message) for it in reading.remarks if it.row == 12] == [
        (12, "The row looks like a total and is not counted as a case.")
    ]


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_the_answers_of_indre_by_come_out_as_recorded(make):
    headings = {
        "title": "Titel",
        "asked": "Ansøgt beløb",
        "granted": "Tilskud",
        "outcome": "Afgørelse",
        "reason": "Begrundelse",
        "year": "År",
    }
    reading = read(make(table_of("kobenhavn", headings)), currency="DKK", year=2013)
    assert reading.problems == ()
    assert [
        (row.asked_minor, row.granted_minor, row.outcome, row.reason) for row in reading.rows
    ] == [
        (2_662_500, 2_187_500, Outcome.PARTLY_GRANTED, "a fee is not supported"),
        (None, 200_000, Outcome.GRANTED, ""),
        (1_750_000, 0, Outcome.REFUSED, "not related to the district"),
        (1_724_800, 0, Outcome.REFUSED, "few volunteers"),
        (5_000_000, 2_000_000, Outcome.PARTLY_GRANTED, "the pot is to be spread"),
        (None, 5_000_000, Outcome.GRANTED_LATER_POT, "next year's pot, subject to budget"),
        (5_000_000, 0, Outcome.REFUSED, ""),
    ]
    assert (reading.received, reading.granted) == (7, 4)
    assert reading.totals == {"DKK": 9_387_500}
    assert reading.totals_by_year == {2013: {"DKK": 4_387_500}, 2014: {"DKK": 5_000_000}}


def test_tarnby_published_a_project_but_no_sum():
    reading = read(csv_file(table_of("tarnby", {"title": "Projekt"})), currency="DKK", year=2020)
    assert (reading.received, reading.granted, reading.totals) == (1, 0, {})
    assert [it.message for it in reading.remarks] == [
        "There is no column with granted sums, so there is no total."
    ]
