"""The search: everything that one may see, nothing else, and why each thing was found."""

import re

import pytest
from django.urls import reverse

from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    declare,
    person_as,
    sluice_case,
)
from tests.web.insight.searched import (
    CHOSE,
    TYPED,
    challenge,
    hits,
    main,
    project,
    shown,
    text,
    titles,
    town,
)

pytestmark = pytest.mark.django_db


# --- Who finds what ---------------------------------------------------------------------------

WORD = "möbelåterbruk"
EVERYBODY, INSIDE, OFFICE = {"public"}, {"public", "inside"}, {"public", "inside", "closed"}
GRID = {
    "nobody who is signed in": EVERYBODY,
    "an employee of the town": INSIDE,
    "an employee of another town": EVERYBODY,
    "a coach": OFFICE,
    "a coach with a conflict in all of them": EVERYBODY,
    "the manager of the unit": OFFICE,
    "a manager of another unit": INSIDE,
    "the giver of the closed one": {"public", "closed"},
    "a registrar": {*OFFICE, "sealed"},
    "an administrator of another town": EVERYBODY,
}


def reader(who, here, cases, unit):
    if who == "nobody who is signed in":
        return None
    if who == "the giver of the closed one":
        return cases["closed"].involvements.get(part=Part.OWNER.value).person
    if who.endswith("of another town"):
        role = Role.EMPLOYEE if "employee" in who else Role.ADMINISTRATOR
        return person_as(role, OrganisationFactory())
    if "unit" in who:
        person = PersonFactory()
        of = unit if who.startswith("the") else UnitFactory(organisation=here)
        AppointmentFactory(person=person, organisation=here, role="manager", unit=of)
        return person
    roles = {"an": Role.EMPLOYEE, "a": Role.COACH}
    person = person_as(Role.REGISTRAR if "registrar" in who else roles[who.split()[0]], here)
    if "conflict" in who:
        for case in cases.values():
            declare(case, person, ConflictState.DECLARED, "other")
    return person


@pytest.fixture
def cases():
    here, door = town()
    unit = UnitFactory(organisation=here)
    made = {
        "public": sluice_case(door=door, visibility=Visibility.PUBLIC.value),
        "inside": sluice_case(door=door, visibility=Visibility.INSIDE.value),
        "closed": sluice_case(door=door, visibility=Visibility.CLOSED.value, unit=unit),
        "sealed": sluice_case(
            "redirected", door=door, visibility=Visibility.PUBLIC.value, at_step=None
        ),
        "draft": sluice_case("draft", door=door, visibility=Visibility.PUBLIC.value),
    }
    for name, case in made.items():
        case.title = f"{WORD} {name}"
        case.save()
    return here, made, unit


@pytest.mark.parametrize("who", GRID)
def test_each_finds_what_they_may_see_and_nothing_else(who, cases, ask):
    here, made, unit = cases
    person = reader(who, here, made, unit)
    expected = {f"{WORD} {it}" for it in GRID[who]}
    assert set(titles(ask(WORD, by=person))) == expected
    assert set(titles(ask(WORD, by=person, headers=TYPED))) == expected
    assert set(titles(ask(WORD, by=person, headers=CHOSE))) == expected
    told = ask(WORD, by=person, view="search_json").json()
    assert {it["title"] for it in told["hits"]} == expected
    assert (told["total"], told["more"]) == (len(expected), False)
    n = len(expected)
    assert f"{n} {'träff' if n == 1 else 'träffar'}" in text(ask(WORD, by=person))


def test_what_is_closed_after_the_index_was_built_is_gone_at_once(ask):
    _, door = town()
    secret = shown(door, "Hemligt möbelåterbruk")
    open_one = shown(door, "Öppet möbelåterbruk")
    assert set(titles(ask(WORD))) == {"Öppet möbelåterbruk", "Hemligt möbelåterbruk"}
    secret.visibility = Visibility.CLOSED.value
    secret.save()
    for headers in ({}, TYPED, CHOSE):
        response = ask("möbelåterbruk", headers=headers)
        assert titles(response) == [open_one.title]
        assert "Hemligt" not in response.content.decode()
        assert "1 träff" in text(response)
    told = ask(WORD, view="search_json").json()
    assert [it["title"] for it in told["hits"]] == [open_one.title]
    assert told["total"] == 1


def test_what_an_archived_organisation_had_is_not_found(ask):
    here, door = town()
    shown(door)
    challenge(door)
    project(here)
    here.archived_at = NOON
    here.save()
    assert "Inget hittades" in text(ask("möbler"))


def test_a_challenge_and_a_project_are_found_by_those_who_may_see_them(ask):
    here, door = town()
    challenge(door, "Öppen möbler")
    challenge(door, "Bara inne möbler", public=False)
    challenge(door, "Utkast möbler", opens_at=None)
    project(here, "Offentligt möbler")
    hidden = project(here, "Dolt möbler", published=False)
    assert set(titles(ask("möbler"))) == {"Öppen möbler", "Offentligt möbler"}
    employee = person_as(Role.EMPLOYEE, here)
    assert set(titles(ask("möbler", by=employee))) == {
        *("Öppen möbler", "Bara inne möbler", "Offentligt möbler")
    }
    owner = hidden.idea.involvements.get().person
    assert "Dolt möbler" in titles(ask("möbler", by=owner, kind="project"))
    assert set(titles(ask("möbler", by=person_as(Role.COACH, here), kind="challenge"))) == {
        *("Öppen möbler", "Bara inne möbler", "Utkast möbler")
    }


# --- What is told of each ---------------------------------------------------------------------


def test_a_hit_tells_what_it_is_where_how_it_stands_and_why(ask):
    here, door = town()
    unit = UnitFactory(organisation=here, name="Tekniska")
    shown(door, stage="declined", kind="need", unit=unit, answer="Vi har redan ett **förråd**.")
    response = ask("möbelåterbruk")
    told = text(response)
    assert "Återbruk av möbler" in told
    for words in (
        "Behov",
        "Avslutad med nej",
        "Lerum, Tekniska",
        "2026",
        "Vi slänger stolar.",
        "Vad det blev av det: Vi har redan ett förråd.",
        "Träffar ”återbruk”, ”möbler” för ”möbelåterbruk”",
    ):
        assert words in told, words
    assert "<mark>Återbruk</mark> av <mark>möbler</mark>" in hits(response)
    assert "Svenska" not in re.sub(r"\s+", " ", hits(response))


def test_a_neighbours_word_is_told_beside_the_one_that_was_asked_with(ask):
    here, _ = town("Tårnby", language="da")
    project(here)
    response = ask("återbruk")
    assert titles(response) == ["Møbler får nyt liv"]
    told = text(response)
    assert "Träffar ”genbrug” för ”återbruk”" in told
    assert "Dansk" in told
    assert 'lang="da"' in hits(response)
    assert "<mark>genbrug</mark>" in hits(response)
    assert "Projekt Genomförs Tårnby" in told


def test_each_kind_leads_to_its_own_page(ask, client):
    here, door = town()
    case, one = shown(door, "Möbler A"), challenge(door, "Möbler B")
    running = project(here, "Möbler C")
    response = ask("möbler")
    links = set(re.findall(r'<h2[^>]*><a href="([^"]+)"', hits(response)))
    assert links == {
        reverse("ideas:case", args=[here.slug, case.pk]),
        reverse("ideas:challenge", args=[here.slug, one.slug]),
        reverse("pilots:project", args=[here.slug, running.pk]),
    }
    for link in links:
        assert client.get(link).status_code == 200


def test_a_case_of_a_fund_leads_to_its_application(ask):
    here, _ = town()
    idea = project(here, "Möbler C").idea
    owner = idea.involvements.get().person
    response = ask("möbler", by=owner, kind="idea")
    number = idea.applications.get().pk
    assert f'href="{reverse("funding:application", args=[here.slug, number])}"' in hits(response)


def test_a_case_without_any_application_has_no_link(ask):
    here, _ = town()
    idea = project(here, "Möbler C").idea
    owner = idea.involvements.get().person
    idea.applications.all().delete()
    response = ask("möbler", by=owner, kind="idea")
    assert titles(response) == ["Möbler C"]
    assert "<a" not in re.search(r"<h2.*?</h2>", hits(response), re.DOTALL)[0]
    told = ask("möbler", by=owner, kind="idea", view="search_json").json()
    assert told["hits"][0]["url"] is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": None}, "Inte öppnad än"),
        ({"closes_at": NOON.replace(day=4), "opens_at": NOON.replace(day=1)}, "Stängd"),
        ({"ended_at": NOON, "result": "Två **provas**."}, "Avslutad"),
        ({}, "Öppet nu"),
    ],
)
def test_a_challenge_says_whether_it_is_open_and_what_came_of_it(fields, words, ask):
    here, door = town()
    challenge(door, **fields)
    told = text(ask("möbler", by=person_as(Role.COACH, here)))
    assert words in told
    assert ("Vad det blev av det: Två provas." in told) == ("result" in fields)


@pytest.mark.parametrize(
    "nasty",
    ["<script>alert(1)</script> möbler", '"><img src=x onerror=a()> möbler', "{{ möbler }}"],
)
def test_what_people_wrote_is_never_html(nasty, ask):
    _, door = town()
    shown(door, nasty, need=nasty)
    response = ask("möbler")
    assert titles(response) == [nasty]
    assert "<script>alert" not in main(response)
    assert "<img src=x" not in main(response)
    assert "<mark>möbler</mark>" in main(response)


def test_marks_take_whole_words_only(ask):
    _, door = town()
    shown(door, "Bus", need="En buss, en bus och bussar; BUS!")
    response = ask("bus")
    assert "En buss" not in re.findall(r"<mark>(.*?)</mark>", hits(response))
    assert re.findall(r"<mark>(.*?)</mark>", hits(response))[0] == "Bus"
