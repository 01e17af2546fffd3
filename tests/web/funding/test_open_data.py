"""The results of a round as CSV and JSON."""

import csv
import io
from pathlib import Path

import pytest

from idesluss.logic.sheets.opening import read_table
from idesluss.logic.sheets.reading import read_round
from tests.funding.meeting import AFTER, decided_room
from tests.web.funding.public_pages import announced, url

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told_of(case):
    """A granted case as the data tell of it."""
    share = {
        "year": 2027, "implementer": "", "amount_minor": case.asked_minor, "currency": "SEK",
    }  # fmt: skip
    return {
        "title": case.idea.title,
        "register_number": case.idea.register_number,
        "department": case.idea.unit.name,
        "goals": [],
        "outcome": "granted",
        "conditions": "",
        "invented": False,
        "amounts": [share],
        "changed": [],
        "project": None,
    }


def test_the_json_is_whole(read):
    here = announced(decided_room())
    here.release()

    response = read(here, "round_json")

    programme = here.round.programme
    assert response.json() == {
        "organisation": {"name": here.organisation.name, "slug": here.organisation.slug},
        "programme": programme.name,
        "round": {
            "name": here.round.name,
            "slug": here.round.slug,
            "url": f"http://testserver{url(here)}",
        },
        "project_year": 2027,
        "invented": False,
        "updated": AFTER.isoformat(),
        "decided_by": programme.body.name,
        "decided_on": "2026-11-14",
        "received": 3,
        "granted": 2,
        "not_granted": 1,
        "withdrawn": 0,
        "pot": {
            "year": 2027,
            "amount_minor": 500_000_00,
            "cap_minor": 100_000_00,
            "currency": "SEK",
            "bound_minor": 0,
            "granted_minor": 100_000_00,
            "overshoot_minor": 0,
            "overshoot_reason": "",
        },
        "totals": {"SEK": 100_000_00},
        "totals_by_year": {"2027": {"SEK": 100_000_00}},
        "stated": None,
        "grants": [told_of(case) for case in here.cases[:2]],
    }
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_csv_holds_no_formula_and_can_be_read_in_again(read):
    here = announced(decided_room())
    for case, title in zip(here.cases, ("=1+1", "@SUM(A1)", "-2"), strict=True):
        type(case.idea).objects.filter(pk=case.idea_id).update(title=title)
    here.release()

    response = read(here, "round_csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["title"] for row in rows] == ["'=1+1", "'@SUM(A1)"]
    assert [(row["granted"], row["currency"], row["year"]) for row in rows] == [
        ("60000", "SEK", "2027"),
        ("40000", "SEK", "2027"),
    ]
    assert {row["applicant"] + row["asked"] + row["reason"] for row in rows} == {""}
    reading = read_round(read_table(response.content, "round.csv"), currency="SEK", year=2027)
    assert (reading.problems, [case.title for case in reading.cases]) == ((), ["=1+1", "@SUM(A1)"])
    assert response["Content-Disposition"] == f'attachment; filename="{here.round.slug}.csv"'


def test_every_field_of_the_json_is_documented(read):
    here = announced(decided_room())
    here.release()
    documented = (ROOT / "docs" / "open-data.md").read_text()

    def names(value):
        if isinstance(value, dict):
            for key, below in value.items():
                if key not in ("SEK", "2027"):
                    yield key
                yield from names(below)
        elif isinstance(value, list):
            for one in value:
                yield from names(one)

    given = set(names(read(here, "round_json").json()))
    assert {name for name in given if f"`{name}`" not in documented} == set()


@pytest.mark.parametrize(
    ("name", "open_to_all"),
    [
        ("round", "no-cache"),
        ("round_csv", "public, max-age=60"),
        ("round_json", "public, max-age=60"),
    ],
)
def test_nothing_private_is_kept_by_a_cache(client, read, name, open_to_all):
    here = announced(decided_room())
    here.release()

    assert read(here, name)["Cache-Control"] == open_to_all
    client.force_login(here.administrator)
    assert client.get(url(here, name))["Cache-Control"] == "private, no-store"
