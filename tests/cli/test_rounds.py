"""Rounds in and out on the command line, on files made of four real rounds."""

import json

import pytest

from idesluss.cli import main
from idesluss.funding.models import Application, Grant, RoundImport
from idesluss.funding.vocab import OutcomeName
from tests.factories import OrganisationFactory, ProgrammeFactory
from tests.logic.sheet_files import csv_file, table_of, xlsx_file

pytestmark = pytest.mark.django_db

HEADINGS = {
    "burlov": {"title": "Titel", "granted": "Beviljat"},
    "berum": {"title": "Tittel", "granted": "Tildelt", "currency": "Valuta"},
    "kobenhavn": {
        "title": "Titel",
        "asked": "Ansøgt",
        "granted": "Bevilget",
        "outcome": "Afgørelse",
        "reason": "Begrundelse",
        "currency": "Valuta",
        "year": "År",
    },
    "tarnby": {"title": "Projekt", "currency": "Valuta"},
}
CURRENCIES = {"burlov": "SEK", "berum": "NOK", "kobenhavn": "DKK", "tarnby": "DKK"}


@pytest.fixture
def file(tmp_path):
    """A file made of a real round; returns its path."""

    def made(name, kind):
        rows = table_of(name, HEADINGS[name])
        if "currency" in HEADINGS[name]:
            place = list(HEADINGS[name]).index("currency")
            for row in rows[1:]:
                row[place] = CURRENCIES[name]
        path = tmp_path / f"{name}.{kind}"
        path.write_bytes(csv_file(rows) if kind == "csv" else xlsx_file(rows))
        return str(path)

    return made


@pytest.fixture
def told(capsys):
    """Run a command; returns its exit code, and its output as JSON when it is."""

    def run(*arguments):
        code = main(arguments)
        out = capsys.readouterr().out
        return code, json.loads(out) if out.startswith("{") else out

    return run


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_burlov_is_read_with_its_seven_grants(file, told, kind):
    code, said = told("import-round", file("burlov", kind), "--dry-run", "--json", "--year", "2023")
    assert code == 0
    assert said == {
        "rows": 7,
        "problems": [],
        "received": 7,
        "granted": 7,
        "totals": {"SEK": 50_440_000},
        "totals_by_year": {"2023": {"SEK": 50_440_000}},
        "stated_total": None,
        "difference": None,
    }
    assert not Application.objects.exists()


def test_berums_headline_is_shown_beside_its_rows(file, told):
    code, said = told(
        "import-round", file("berum", "xlsx"), "--dry-run", "--json", "--stated-total", "2 575 000"
    )
    assert code == 0
    assert said["totals"] == {"NOK": 254_500_000}
    assert (said["stated_total"], said["difference"]) == (257_500_000, 3_000_000)


def test_indre_bys_answers_come_in_as_recorded(file, told):
    fund = ProgrammeFactory(organisation__slug="kobenhavn", organisation__currency="DKK")
    code, said = told("import-round", file("kobenhavn", "csv"), "--json", "--year", "2013")
    assert code == 0
    assert said["totals_by_year"] == {
        "2013": {"DKK": 4_387_500},
        "2014": {"DKK": 5_000_000},
    }
    applications = Application.objects.filter(round__programme=fund).order_by("pk")
    assert [(one.outcome, one.asked_minor) for one in applications] == [
        (OutcomeName.PARTLY_GRANTED, 2_662_500),
        (OutcomeName.GRANTED, None),
        (OutcomeName.REFUSED, 1_750_000),
        (OutcomeName.REFUSED, 1_724_800),
        (OutcomeName.PARTLY_GRANTED, 5_000_000),
        (OutcomeName.GRANTED_LATER_POT, None),
        (OutcomeName.REFUSED, 5_000_000),
    ]
    assert list(Grant.objects.order_by("pk").values_list("year", "amount_minor")) == [
        (2013, 2_187_500),
        (2013, 200_000),
        (2013, 2_000_000),
        (2014, 5_000_000),
    ]


def test_tarnbys_first_project_has_a_title_and_no_sum(file, told):
    code, said = told("import-round", file("tarnby", "xlsx"), "--dry-run", "--json")
    assert code == 0
    assert (said["received"], said["granted"], said["totals"]) == (1, 0, {})


def test_the_same_file_twice_changes_nothing_and_export_gives_it_back(file, told, tmp_path):
    ProgrammeFactory(organisation__slug="burlov", name="Innovationsanslag")
    path = file("burlov", "csv")
    for _ in range(2):
        code, _said = told("import-round", path, "--round", "2023", "--year", "2023")
        assert code == 0
    assert Application.objects.count() == 7
    assert RoundImport.objects.count() == 1

    for kind in ("csv", "xlsx"):
        out = str(tmp_path / f"ut.{kind}")
        assert told("export-round", out, "--organisation", "burlov")[0] == 0
        code, said = told("import-round", out, "--dry-run", "--json")
        assert (code, said["granted"], said["totals"]) == (0, 7, {"SEK": 50_440_000})
        assert told("import-round", out, "--round", "2023", "--year", "2023")[0] == 0
    assert Application.objects.count() == 7


def test_problems_are_told_by_row_and_column_and_nothing_is_written(tmp_path, told):
    ProgrammeFactory()
    path = tmp_path / "fel.csv"
    path.write_text("titel;beviljat\nCykel;många\n;100\n", encoding="utf-8")
    code, said = told("import-round", str(path), "--json", "--year", "2023")
    assert code == 1
    assert [(one["row"], one["column"]) for one in said["problems"]] == [
        (2, "beviljat"),
        (3, "titel"),
    ]
    assert not Application.objects.exists()


def test_a_file_that_is_not_a_table_is_refused_in_one_sentence(tmp_path, told, capsys):
    path = tmp_path / "bild.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    code, said = told("import-round", str(path), "--dry-run", "--json")
    assert code == 1
    assert len(said["problems"]) == 1
    assert main(["import-round", str(tmp_path / "no.csv"), "--dry-run"]) == 1
    assert "no.csv" in capsys.readouterr().err


def test_what_is_unclear_is_asked_for_by_its_option(file, capsys):
    path = file("burlov", "csv")
    assert main(["import-round", path, "--year", "2023"]) == 1
    assert "--organisation. There is: none yet" in capsys.readouterr().err

    organisation = OrganisationFactory(slug="burlov")
    OrganisationFactory(slug="lerum")
    assert main(["import-round", path, "--year", "2023"]) == 1
    assert "burlov, lerum" in capsys.readouterr().err
    ProgrammeFactory(organisation=organisation, name="A")
    ProgrammeFactory(organisation=organisation, name="B")
    assert main(["import-round", path, "--year", "2023", "--organisation", "burlov"]) == 1
    assert "--fund. There is: A, B" in capsys.readouterr().err
    assert main(["export-round", "ut.csv", "--organisation", "burlov", "--fund", "A"]) == 1
    assert "--round. There is: none" in capsys.readouterr().err
    assert main(["import-round", path, "--organisation", "burlov", "--fund", "A"]) == 1
    assert "--year" in capsys.readouterr().err


def test_sums_without_a_currency_are_in_the_organisations_own(tmp_path, told):
    ProgrammeFactory(organisation__currency="DKK")
    path = tmp_path / "puljen.csv"
    path.write_text("titel;bevilget\nCykler;1.234,50\n", encoding="utf-8")
    assert told("import-round", str(path), "--json", "--year", "2020")[1]["totals"] == {
        "DKK": 123_450
    }


def test_help_explains_every_command(capsys):
    for arguments in (["--help"], ["import-round", "--help"], ["export-round", "--help"]):
        with pytest.raises(SystemExit) as done:
            main(arguments)
        assert done.value.code == 0
    said = capsys.readouterr().out
    for command in ("demo", "serve", "worker", "admin-link", "import-round", "export-round"):
        assert command in said
