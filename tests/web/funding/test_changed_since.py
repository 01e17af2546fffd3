"""What became of a grant after its decision, on the public list and in its files."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.funding.models import Grant
from idesluss.funding.usecases import change_grant, transfer_to_next_year, undo_release
from idesluss.logic.sheets.opening import read_table
from idesluss.logic.sheets.reading import read_round
from idesluss.pilots.models import Project
from idesluss.pilots.usecases import begin
from tests.factories import PotFactory
from tests.funding.meeting import AFTER, decided_room
from tests.web.funding.meeting_pages import text
from tests.web.funding.public_pages import announced

LATER = AFTER + timedelta(days=200)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def here():
    """A round with two grants, of 60 000 and 40 000 kronor, that everybody may read about."""
    there = announced(decided_room())
    there.release()
    there.how = {"reason": "Leverantören drog sig ur.", "by": there.administrator}
    paid = grant(there)  # what is released already cannot be lowered
    undo_release(paid.pk, amount_minor=paid.amount_minor, **there.how, at=LATER)
    return there


def grant(here, number=0):
    return Grant.objects.get(application=here.cases[number], year=2027)


def change(here, kronor, *, at=LATER):
    change_grant(grant(here).pk, to_minor=kronor * 100, **here.how, at=at)


def cells(here, read):
    content = read(here, "round_csv").content
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return [(row["granted"], row["changed_to"], row["changed_on"]) for row in rows]


def test_a_changed_grant_is_listed_with_what_was_decided_and_what_it_is_now(here, read):
    change(here, 50_000)
    change(here, 45_000, at=LATER + timedelta(days=1))

    shown = text(read(here))

    assert "SEK 60,000 since changed to SEK 45,000 (3 June 2027)" in shown
    assert "Total as decided, computed from the rows SEK 100,000" in shown
    assert shown.count("since changed") == 1
    found = read(here, "round_json").json()
    assert [one["changed"] for one in found["grants"]] == [
        [{"amount_minor": 45_000_00, "currency": "SEK", "on": "2027-06-03"}],
        [],
    ]
    assert (found["grants"][0]["amounts"][0]["amount_minor"], found["totals"]) == (
        60_000_00,
        {"SEK": 100_000_00},
    )
    assert cells(here, read) == [("60000", "45000", "2027-06-03"), ("40000", "", "")]


def test_a_grant_that_is_gone_is_changed_to_nothing(here, read):
    change(here, 0)

    assert "SEK 60,000 since changed to SEK 0" in text(read(here))
    assert cells(here, read)[0][:2] == ("60000", "0")


def test_what_was_changed_back_is_not_marked(here, read):
    change(here, 50_000)
    change(here, 60_000)

    assert "since changed" not in text(read(here))
    assert cells(here, read)[0] == ("60000", "", "")


def test_money_that_moved_to_the_next_year_with_its_project_is_no_change(here, read):
    PotFactory(programme=here.round.programme, year=2028, amount_minor=0)
    transfer_to_next_year(grant(here).pk, amount_minor=60_000_00, **here.how, at=LATER)

    assert "since changed" not in text(read(here))
    found = read(here, "round_json").json()["grants"][0]
    assert ([one["year"] for one in found["amounts"]], found["changed"]) == ([2027], [])


def test_a_project_of_several_sums_is_told_of_once(here, read):
    Grant.objects.create(
        application=here.cases[0], year=2028, amount_minor=5_000_00, currency="SEK"
    )
    change(here, 50_000)

    assert cells(here, read) == [
        ("60000", "55000", "2027-06-02"),
        ("5000", "", ""),
        ("40000", "", ""),
    ]
    assert text(read(here)).count("since changed to SEK 55,000") == 1


def test_the_file_with_changes_can_be_read_in_again(here, read):
    change(here, 50_000)

    content = read(here, "round_csv").content
    reading = read_round(read_table(content, "round.csv"), currency="SEK", year=2027)

    assert (reading.problems, reading.totals) == ((), {"SEK": 100_000_00})


def test_the_data_link_to_the_page_of_a_published_project(here, read):
    for case in here.cases[:2]:
        begin(case.pk, at=AFTER)
    Project.objects.filter(idea=here.cases[0].idea_id).update(published_at=AFTER)

    found = read(here, "round_json").json()["grants"]

    project = Project.objects.get(idea=here.cases[0].idea_id)
    page = reverse("pilots:project", args=[here.organisation.slug, project.pk])
    assert [one["project"] for one in found] == [f"http://testserver{page}", None]
