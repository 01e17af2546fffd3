"""The years and the yearly report: the same figures everywhere, and nobody's but their own."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import PersonFactory, UnitFactory, declare, involve, person_as
from tests.insight.fund import Fund

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)
PLACES = {
    "years": (),
    "years_json": (),
    "years_csv": (),
    "years_xlsx": (),
    "year": (2025,),
    "year_json": (2025,),
    "year_csv": (2025,),
    "year_xlsx": (2025,),
    "year_pdf": (2025,),
}


def url(fund, name="years", *more):
    return reverse(f"insight:{name}", args=[fund.organisation.slug, *more])


def text(response):
    """What the page says, its spaces made plain."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def fund():
    """2024 with six granted of twelve, 2025 with seven of fifteen; departments and goals."""
    fund = Fund()
    fund.pot(2024, 500_000)
    fund.pot(2025, 400_000)
    old = [PersonFactory() for _ in range(6)]
    first, second = fund.round(2024, slug="a"), fund.round(2025, slug="b")
    for owner in old:
        fund.case(first, "granted", unit=fund.care, goals=[fund.near], owner=owner)
    fund.cases(first, 6, unit=fund.school, goals=[fund.green])
    for owner in [*old, PersonFactory()]:
        fund.case(second, "granted", unit=fund.school, goals=[fund.green], owner=owner)
    fund.cases(second, 8, unit=fund.care, goals=[fund.near], idea__title="=HYPERLINK()")
    return fund


def get(client, fund, name="years", *more, query=""):
    response = client.get(url(fund, name, *more) + query)
    assert response.status_code == 200
    return response


def test_page_json_csv_workbook_and_pdf_say_the_same(client, fund):
    page = text(get(client, fund, "year", 2025))
    data = get(client, fund, "year_json", 2025).json()
    year = data["year"]
    assert (year["received"], year["granted"], year["not_granted"]) == (15, 7, 8)
    assert year["granted_minor"] == {"SEK": 420_000_00}
    assert (year["applicants"], year["first_time_applicants"]) == (15, 9)
    assert "Inkomna 15 12 +3" in page
    assert "Beviljade 7 6 +1" in page
    assert "420 000 kr 360 000 kr +60 000 kr" in page
    for sentence in data["summary"]:
        assert re.sub(r"\s+", " ", sentence) in page

    pdf = pikepdf.open(io.BytesIO(get(client, fund, "year_pdf", 2025).content))
    assert json.loads(pdf.attachments["arsrapport.json"].get_file().read_bytes()) == data

    lines = get(client, fund, "year_csv", 2025).content.decode("utf-8-sig").splitlines()
    rows = list(csv.reader(lines, delimiter=";"))
    assert rows[0] == ["year", "figure", "group", "value", "currency"]
    assert ["2025", "received", "", "15", ""] in rows
    assert ["2025", "granted_minor", "", "42000000", "SEK"] in rows
    assert ["2025", "department_granted", "Skola", "7", ""] in rows

    book = load_workbook(io.BytesIO(get(client, fund, "year_xlsx", 2025).content))
    cells = [["" if cell is None else str(cell) for cell in row] for row in book["figures"].values]
    assert cells == rows
    assert len(list(book["granted"].values)) == 1 + 7


def test_the_years_page_and_its_files_say_the_same(client, fund):
    page = text(get(client, fund))
    data = get(client, fund, "years_json").json()
    assert [
        (it["project_year"], it["received"], it["granted"], it["granted_minor"])
        for it in data["years"]
    ] == [(2024, 12, 6, {"SEK": 360_000_00}), (2025, 15, 7, {"SEK": 420_000_00})]
    assert "2025 15 7 47 % 420 000 kr 400 000 kr −20 000 kr" in page
    assert "2024 12 6 50 % 360 000 kr 500 000 kr 140 000 kr" in page
    assert data["years"] == [
        get(client, fund, "year_json", 2025).json()[it] for it in ("before", "year")
    ]
    rows = get(client, fund, "years_csv").content.decode("utf-8-sig").splitlines()
    book = load_workbook(io.BytesIO(get(client, fund, "years_xlsx").content))
    assert len(list(book["figures"].values)) == len(rows)


def test_years_are_chosen_in_the_address(client, fund):
    data = get(client, fund, "years_json", query="?from=2025").json()
    assert [one["project_year"] for one in data["years"]] == [2025]
    for query in ("?from=2026&to=2020", "?from=x&fund=-1", "?fund=99999999999999999999"):
        assert len(get(client, fund, "years_json", query=query).json()["years"]) == 2


def test_links_keep_to_the_fund_that_is_chosen(client, fund):
    other = Fund(fund.organisation)
    other.cases(other.round(2025), 6, "granted", unit=other.care, goals=[other.near])
    query = f"?fund={other.programme.pk}"
    page = get(client, fund, query=query).content.decode()
    there = f"/{fund.organisation.slug}/years/2025/"
    assert f'href="{there}{query}"' in page
    assert f'href="{there}{query}&amp;goal={other.near.pk}#granted"' in page
    assert f"years.csv{query}" in page
    report = get(client, fund, "year", 2025, query=query)
    assert report.context["year"].granted == 6
    assert f"report.pdf{query}" in report.content.decode()


def test_figures_lead_to_their_rows(client, fund):
    page = get(client, fund).content.decode()
    there = fund.organisation.slug
    for address in (
        f"/{there}/rounds/b/",
        f"/{there}/years/2025/#granted",
        f"/{there}/years/2025/?department={fund.school.pk}#granted",
        f"/{there}/years/2025/?goal={fund.green.pk}#granted",
    ):
        assert f'href="{address}"' in page


def test_the_list_is_narrowed_to_a_department_or_a_goal_and_the_figures_are_not(client, fund):
    for query in (f"?department={fund.care.pk}", f"?goal={fund.near.pk}"):
        response = get(client, fund, "year", 2025, query=query)
        assert response.context["rows"] == []
        assert "Inkomna 15" in text(response)
    response = get(client, fund, "year", 2025, query=f"?department={fund.school.pk}")
    assert len(response.context["rows"]) == 7


def test_a_granted_project_leads_to_its_own_page_once_that_is_public(client, fund):
    shown, other = fund.programme.rounds.get(slug="b").applications.filter(outcome="granted")[:2]
    project = fund.project(shown)
    fund.project(other, published=False)
    fund.permanent(shown)
    response = get(client, fund, "year", 2025)
    rows = {row.given.title: row for row in response.context["rows"]}
    slug = fund.organisation.slug
    assert rows[shown.idea.title].url == f"/{slug}/projects/{project.pk}/"
    assert rows[other.idea.title].url == f"/{slug}/rounds/b/"
    assert rows[shown.idea.title].became == "Permanent sedan 1 januari 2026, hos Omsorg"
    assert rows[other.idea.title].became == ""
    assert [row.given.title for row in response.context["permanent"]] == [shown.idea.title]


def test_a_unit_is_listed_under_its_department(client, fund):
    kitchen = UnitFactory(organisation=fund.organisation, parent=fund.care, name="Köket")
    fund.case(fund.programme.rounds.get(slug="b"), "granted", unit=kitchen)
    [row] = get(client, fund, "year", 2025, query=f"?department={fund.care.pk}").context["rows"]
    assert row.given.unit == "Köket"


def test_everybody_sees_published_years_only_and_no_file_tells_more(client, fund):
    fund.cases(fund.round(2026, published=False), 9, "granted", unit=fund.care)
    colleague = person_as(Role.EMPLOYEE, fund.organisation)
    for person in (None, colleague, Fund().administrator):
        if person:
            client.force_login(person)
        data = get(client, fund, "years_json").json()
        assert [one["project_year"] for one in data["years"]] == [2024, 2025]
        assert "2026" not in text(get(client, fund)).replace("2026-", "")
        for name in PLACES:
            if name.startswith("year_") or name == "year":
                assert client.get(url(fund, name, 2026)).status_code == 404


def test_the_office_sees_the_others_too_marked(client, fund):
    fund.cases(fund.round(2026, published=False), 9, "granted", unit=fund.care)
    client.force_login(fund.administrator)
    assert "ej publicerat" in text(get(client, fund))
    response = get(client, fund, "year", 2026)
    assert "ej publicerat" in text(response)
    assert "Alla andra ser året utan dem." in text(response)
    assert "Alla andra ser året" not in text(get(client, fund, "year", 2025))
    assert len(response.context["rows"]) == 9
    assert response["Cache-Control"] == "private, no-store"
    assert get(client, fund, "year_pdf", 2026)["Content-Type"] == "application/pdf"


def test_a_case_that_is_shut_to_the_office_is_not_in_its_report_before_the_results_are_public(
    client, fund
):
    round = fund.round(2026, published=False)
    shut, own, seen = (
        fund.case(round, "granted", unit=fund.care, idea__title=title)
        for title in ("Stängt", "Eget", "Öppet")
    )
    declare(shut.idea, fund.administrator, ConflictState.DECLARED)
    involve(own.idea, fund.administrator, Part.CO_APPLICANT)
    client.force_login(fund.administrator)
    response = get(client, fund, "year", 2026)
    assert [row.given.title for row in response.context["rows"]] == [seen.idea.title]
    assert (response.context["year"].granted, response.context["unlisted"]) == (1, "")


def test_an_organisation_without_years_says_so(client):
    fund = Fund()
    assert "Inget år att visa än" in text(get(client, fund))
    assert get(client, fund, "years_json").json()["years"] == []
    assert client.get(url(fund, "year", 2025)).status_code == 404
    assert client.get(url(fund, "year", 9999)).status_code == 404


def test_what_is_hidden_is_on_no_page_and_in_no_file(client):
    fund = Fund()
    round = fund.round(2025)
    fund.cases(round, 11, unit=fund.care)
    fund.cases(round, 3, unit=fund.school)
    fund.cases(round, 17, unit=fund.street)
    data = get(client, fund, "years_json").json()["years"][0]["departments"]
    assert [(one["name"], one["received"]) for one in data] == [
        ("Gata", 17), ("Omsorg", None), ("Skola", None),
    ]  # fmt: skip
    rows = get(client, fund, "years_csv").content.decode("utf-8-sig").splitlines()
    assert "2025;department_received;Skola;;" in rows
    assert "0 av –" in text(get(client, fund))


@pytest.mark.list_page("insight:years")
def test_the_years_take_as_many_queries_for_three_as_for_one(client, fund, count_queries):
    years = iter(range(2010, 2020))

    def add(number):
        for _ in range(number):
            year = next(years)
            fund.pot(year, 100_000)
            fund.cases(fund.round(year), 3, "granted", unit=fund.care, goals=[fund.near])

    client.get(url(fund))
    assert count_queries(lambda: get(client, fund), add) == 6
    client.force_login(fund.administrator)
    assert count_queries(lambda: get(client, fund), add) == 9


def test_the_report_takes_as_many_queries_for_three_grants_as_for_one(client, fund, count_queries):
    round = fund.programme.rounds.get(slug="b")

    def add(number):
        for one in fund.cases(round, number, "granted", unit=fund.care, goals=[fund.near]):
            fund.project(one)
            fund.permanent(one)

    assert count_queries(lambda: get(client, fund, "year", 2025), add) == 9
    client.force_login(fund.administrator)
    assert count_queries(lambda: get(client, fund, "year", 2025), add) == 12
