"""What a search is narrowed to stands in its address."""

import re

import pytest

from idesluss.people.vocab import Role
from tests.factories import NOON, GoalFactory, OrganisationFactory, UnitFactory, person_as
from tests.web.insight.searched import CHOSE, TYPED, main, shown, text, titles, town

pytestmark = pytest.mark.django_db


# --- What it is narrowed to -------------------------------------------------------------------


@pytest.fixture
def towns():
    """A case in each of two towns, with departments, goals, years and languages."""
    here, door = town("Lerum", slug="lerum")
    there, other = town("Tårnby", slug="tarnby", language="da")
    care = UnitFactory(organisation=here, name="Vård & omsorg")
    home = UnitFactory(organisation=here, name="Hemtjänst", parent=care)
    climate = GoalFactory(programme=door.programme, name="Klimat")
    near = GoalFactory(programme=other.programme, name="Klimat")
    ours = shown(door, "Möbler i Lerum", unit=home, kind="need")
    ours.goals.add(climate)
    old = {"received_at": NOON.replace(year=2024), "language": "da"}
    theirs = shown(other, "Møbler i Tårnby", stage="permanent", **old)
    theirs.goals.add(near)
    return here, there


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"kind": "need"}, {"Möbler i Lerum"}),
        ({"kind": "idea"}, {"Møbler i Tårnby"}),
        ({"organisation": "tarnby"}, {"Møbler i Tårnby"}),
        ({"organisation": "lerum", "department": "Vård & omsorg"}, {"Möbler i Lerum"}),
        ({"goal": "Klimat"}, {"Möbler i Lerum", "Møbler i Tårnby"}),
        ({"goal": "Klimat", "organisation": "lerum"}, {"Möbler i Lerum"}),
        ({"stage": "received"}, {"Möbler i Lerum"}),
        ({"outcome": "permanent"}, {"Møbler i Tårnby"}),
        ({"outcome": "permanent", "stage": "received"}, {"Möbler i Lerum", "Møbler i Tårnby"}),
        ({"year": "2024"}, {"Møbler i Tårnby"}),
        ({"language": "da"}, {"Møbler i Tårnby"}),
        ({"language": "nb"}, set()),
        ({"outcome": "parked"}, set()),
    ],
)
def test_what_is_chosen_stands_in_the_address_and_can_be_taken_away(chosen, found, towns, ask):
    response = ask("möbler", **chosen)
    assert set(titles(response)) == found
    away = re.findall(r'<li><a href="([^"]+)">[^<]*<svg', main(response))
    assert len(away) == len(chosen)
    for address in away:
        assert "q=m%C3%B6bler" in address
    told = ask("möbler", view="search_json", **chosen).json()
    assert told["filters"] == chosen
    assert {it["title"] for it in told["hits"]} == found


def test_taking_the_organisation_away_takes_its_department_too(towns, ask):
    response = ask("möbler", organisation="lerum", department="Vård & omsorg", year="2026")
    away = re.findall(r'<li><a href="([^"]+)">([^<]*)<svg', main(response))
    assert [words.strip() for _, words in away] == [
        *("Organisation: Lerum", "Förvaltning: Vård & omsorg".replace("&", "&amp;"), "År: 2026")
    ]
    assert away[0][0] == "/search/?q=m%C3%B6bler&amp;year=2026"
    assert "organisation=lerum&amp;year=2026" in away[1][0]


@pytest.mark.usefixtures("towns")
def test_only_what_makes_sense_is_offered(ask):
    silent = OrganisationFactory(name="Tyst stad", slug="tyst")
    GoalFactory(programme__organisation=silent, name="Tyst mål")
    page = main(ask("möbler"))
    assert options(page, "organisation") == ["", "lerum", "tarnby"]
    assert options(page, "goal") == options(page, "department") == []
    assert "withdrawn" not in options(page, "outcome")
    assert options(page, "year")[:2] == ["", "2026"]
    member = person_as(Role.EMPLOYEE, silent)
    page = main(ask("möbler", by=member))
    assert set(options(page, "organisation")) == {"", "lerum", "tyst", "tarnby"}
    assert "withdrawn" in options(page, "outcome")
    page = main(ask("möbler", organisation="lerum"))
    assert options(page, "department") == ["", "Vård &amp; omsorg"]
    assert options(page, "goal") == ["", "Klimat"]
    assert options(main(ask("möbler", organisation="tyst", by=member)), "goal") == ["", "Tyst mål"]
    assert options(main(ask("möbler", goal="Klimat")), "goal") == ["", "Klimat", "Tyst mål"]


def test_where_there_is_one_organisation_its_departments_and_goals_are_offered_at_once(ask):
    here, door = town("Lerum", slug="lerum")
    care = UnitFactory(organisation=here, name="Vård")
    case = shown(door, title="Möbler", unit=care)
    case.goals.add(GoalFactory(programme=door.programme, name="Klimat"))
    page = main(ask("möbler"))
    assert (options(page, "goal"), options(page, "department")) == (["", "Klimat"], ["", "Vård"])
    assert "Möbler" in titles(ask("möbler", department="Vård"))


def options(page, name):
    """What can be chosen in one field of the filters."""
    found = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'value="([^"]*)"', found[0]) if found else []


def test_what_is_not_offered_stays_chosen_in_a_shared_address(ask):
    _, door = town("Lerum", slug="lerum")
    shown(door)
    OrganisationFactory(name="Tyst stad", slug="tyst")
    page = main(ask("möbler", organisation="tyst", outcome="withdrawn", year="2001"))
    for value in ("tyst", "withdrawn", "2001"):
        assert f'<option value="{value}" selected>' in page
    assert "Inget hittades" in page
    assert '<a href="/search/?q=m%C3%B6bler">Sök utan dina begränsningar</a>' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "klokt"),
        ("organisation", "atlantis"),
        ("department", "Gata"),
        ("goal", "Fred\0"),
        ("stage", "permanent"),
        ("outcome", "testing"),
        ("year", "²⁰²⁴"),
        ("year", "1"),
        ("language", "xx"),
        ("page", "-1"),
    ],
)
def test_an_unknown_choice_is_left_out_and_said(name, value, ask):
    _, door = town()
    shown(door)
    response = ask("möbler", **{name: value})
    assert titles(response) == ["Återbruk av möbler"]
    assert f"Utelämnat, eftersom det inte finns här: {value.rstrip(chr(0))}" in text(response)
    told = ask("möbler", view="search_json", status=400, **{name: value}).json()
    assert told == {"error": f"”{value.rstrip(chr(0))}” är inte känt som ”{name}”."}


def test_empty_choices_lead_to_the_address_without_them(client, searchable):
    searchable()
    response = client.get("/search/", {"q": "möbler", "kind": "", "year": "2024", "from": ""})
    assert response.status_code == 302
    assert response.url == "/search/?q=m%C3%B6bler&year=2024"
    assert client.get("/search/?q=").url == "/search/"


def test_htmx_gets_a_piece_and_the_address_of_it(ask):
    _, door = town()
    shown(door)
    typed = ask("möbler", headers=TYPED, kind="", year="2026")
    assert typed.headers["HX-Replace-Url"] == "/search/?q=m%C3%B6bler&year=2026"
    chose = ask("möbler", headers=CHOSE, kind="idea")
    assert chose.headers["HX-Push-Url"] == "/search/?q=m%C3%B6bler&kind=idea"
    for piece in (typed, chose):
        whole = piece.content.decode()
        assert "<html" not in whole
        assert whole.count('id="counted"') == 1
        assert whole.count('id="results"') == 1
    assert b"<select" not in typed.content
    assert b"<select" in chose.content
    assert "HX-Request" in typed.headers["Vary"]


def test_one_can_keep_to_the_organisation_that_one_comes_from(towns, ask):
    response = ask("möbler", near="lerum")
    assert '<a href="/search/?q=m%C3%B6bler&amp;organisation=lerum&amp;from=lerum">' in main(
        response
    )
    assert "Bara i Lerum" in text(response)
    assert '<input type="hidden" name="from" value="lerum">' in main(response)
    assert "Bara i" not in text(ask("möbler", near="lerum", organisation="lerum"))
    assert "Bara i" not in text(ask("möbler", near="finns-inte"))
