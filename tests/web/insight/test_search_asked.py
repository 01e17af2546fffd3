"""How the search is asked, by people and by programs; what nobody means is no error."""

import re

import pytest
from django.urls import reverse

from idesluss.ideas.vocab import Part
from idesluss.insight.search import finding
from idesluss.people.vocab import Role
from tests.factories import (
    GoalFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    involve,
    person_as,
    sluice_case,
)
from tests.web.insight.searched import (
    CHOSE,
    TYPED,
    challenge,
    main,
    project,
    shown,
    text,
    titles,
    town,
)

pytestmark = pytest.mark.django_db


# --- How it is asked --------------------------------------------------------------------------


def test_exact_words_and_words_that_must_not_be_there(ask):
    _, door = town()
    shown(door, "Cykelpool för hemtjänsten", need="Elcyklar")
    shown(door, "Hemtjänsten behöver en pool med cyklar", need="En app")
    assert len(titles(ask("cykel hemtjänsten"))) == 2
    assert titles(ask('"pool med cyklar"')) == ["Hemtjänsten behöver en pool med cyklar"]
    assert titles(ask("hemtjänsten -app")) == ["Cykelpool för hemtjänsten"]


def test_a_half_word_is_completed_only_while_somebody_types(ask, monkeypatch):
    _, door = town()
    shown(door)
    asked = []
    real = finding.find
    monkeypatch.setattr(
        "idesluss.web.insight.searching.find",
        lambda it, *args, **more: asked.append(it.typing) or real(it, *args, **more),
    )
    assert titles(ask("återb", headers=TYPED)) == ["Återbruk av möbler"]
    ask("återb", headers=CHOSE)
    ask("återb")
    ask("återb", view="search_json", headers=TYPED)
    assert asked == [True, False, False, False]


def test_nothing_is_said_of_the_first_letters_of_a_word(ask):
    _, door = town()
    shown(door)
    for q in ("m", "qw"):
        assert text(ask(q, headers=TYPED)) == ""
    assert "Inget hittades" in text(ask("qwe", headers=TYPED))
    assert "Inget hittades" in text(ask("qw"))


def test_typing_errors_are_forgiven(ask):
    _, door = town()
    shown(door, "Hemtjänst på cykel")
    assert titles(ask("hemtjanst")) == ["Hemtjänst på cykel"]


def test_the_question_is_read_in_the_language_of_the_page_that_it_comes_from(ask):
    here, door = town("Tårnby", language="da")
    shown(door, "Genbrug af møbler", language="da")
    response = ask("genbrug", near=here.slug)
    assert "1 fund" in text(response)
    assert response.headers["Content-Language"] == "da"
    assert ask("genbrug").headers["Content-Language"] == "sv"
    told = ask("genbrug", near=here.slug, view="search_json").json()
    assert told["language"] == "da"


def test_words_are_read_as_the_towns_write_where_none_writes_the_language_of_the_page(client, ask):
    _, door = town("Lerum")
    _, there = town("Tårnby", language="da")
    shown(door, "Bänkar vid dammen", need="Vila.")
    shown(there, "Cykler til alle", need="Hjul.", language="da")
    for language, word, found in (
        ("en", "bänk", ["Bänkar vid dammen"]),
        ("en", "cyklen", ["Cykler til alle"]),
        ("en", "bicycle", ["Cykler til alle"]),
        ("en", "qwertyxyz", []),
    ):
        client.cookies["django_language"] = language
        told = ask(word, view="search_json").json()
        assert ([it["title"] for it in told["hits"]], told["language"]) == (found, language)


def test_a_language_that_was_chosen_stays(ask):
    here, _ = town("Tårnby", language="da")
    response = ask("genbrug", near=here.slug, headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "en"


# --- Many, few and none -----------------------------------------------------------------------


def test_pages_go_on_to_the_last_and_no_further(ask, monkeypatch):
    _, door = town()
    for number in range(5):
        shown(door, f"Möbler {number}")
    monkeypatch.setattr("idesluss.web.insight.searching.PAGE", 2)
    first, last = ask("möbler"), ask("möbler", page="3")
    assert "5 träffar" in text(first)
    assert (len(titles(first)), len(titles(last))) == (2, 1)
    assert 'href="?q=m%C3%B6bler&amp;page=2"' in main(first)
    assert titles(ask("möbler", page="9")) == titles(last)
    assert titles(ask("möbler", page="99999")) == titles(last)
    told = ask("möbler", page="2", view="search_json").json()
    assert (told["page"], told["pages"], len(told["hits"])) == (2, 3, 2)


def test_more_than_can_be_paged_through_is_said(ask, monkeypatch):
    _, door = town()
    for number in range(4):
        shown(door, f"Möbler {number}")
    monkeypatch.setattr(finding, "MOST", 3)
    assert "Fler än 3 träffar" in text(ask("möbler"))
    told = ask("möbler", view="search_json").json()
    assert (told["total"], told["more"]) == (3, True)


def test_without_a_question_it_is_said_how_to_ask_and_where(client, searchable):
    town("Lerum")
    OrganisationFactory(name="Tyst stad")
    searchable()
    response = client.get("/search/")
    told = text(response)
    assert "”citattecken”" in told
    assert "Här söker du Lerum" in told
    assert "Tyst stad" not in told
    assert 'id="counted" role="status"></p>' in main(response)


def test_nothing_found_is_said_with_a_way_on(ask):
    here, door = town("Lerum", slug="lerum")
    silent = ask("qwertyxyz")
    assert "Inget hittades" in text(silent)
    assert "Fråga en coach" not in text(silent)
    for page in (ask("qwertyxyz", near="lerum"), ask("qwertyxyz", organisation="lerum")):
        assert f'href="/lerum/s/{door.programme.slug}/"' in main(page)
        assert 'href="/lerum/coaches/"' in main(page)
    employee = person_as(Role.EMPLOYEE, here)
    assert "Kanske har ingen i Lerum berättat om det ännu." in text(ask("qwertyxyz", by=employee))
    assert "träff" not in text(ask("qwertyxyz", organisation="lerum"))


def test_words_that_say_nothing_are_told_so(ask):
    _, door = town()
    shown(door)
    for q in ("och", "det är inte", "a", "-möbler", "och -möbler"):
        told = text(ask(q))
        assert "För lite att söka på" in told, q
        assert "Lägg till ett ord" in told, q


def test_a_question_without_a_word_is_told_so(ask):
    _, door = town()
    shown(door)
    for q in ("🙂🙂", '"', "*", "–", '""', "\u202e\u200f", "' -- ;"):
        assert "Det finns inget ord" in text(ask(q)), q
        assert ask(q, view="search_json").json()["hits"] == []


@pytest.mark.parametrize("length", [5_001, 100_000])
def test_a_question_that_is_too_long_is_answered_politely(length, ask):
    _, door = town()
    shown(door)
    q = ("möbler " * length)[:length]
    for headers in ({}, TYPED):
        response = ask(q.strip() + "x", status=422, headers=headers)
        assert "högst 5000 tecken" in text(response)
        assert titles(response) == []
    told = ask(q.strip() + "x", view="search_json", status=400).json()
    assert told == {"error": "Frågan är längre än 5000 tecken."}


NASTY = [
    "möbler NEAR/3 stolar",
    '"möbler',
    'möbler" OR "x',
    "möbler*",
    "title:möbler",
    "(möbler",
    "möbler AND",
    "^möbler~",
    "möbler'; DROP TABLE",
    "möbler' OR '1'='1",
    "\0möbler\0",
    "\x01\x1fmöbler\x7f",
    "\u202emöbler\u202c",
    "möbler\u200f\u200e",
    "möb\u00adler",
    "möbler 🙂",
    "MO\u0308BLER",
    "\ufeffmöbler",
    "möbler\n\r\tmöbler",
    "möbler\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "möbler %00 %s %(x)s {0}",
    "möbler " + "(" * 500,
    "möbler " + '"a b" ' * 200,
]


def test_nothing_that_is_typed_is_an_error(ask):
    _, door = town()
    shown(door)
    for q in NASTY:
        ask(q, headers=TYPED)
        ask(q, view="search_json")
        found = titles(ask(q))
        assert found == ["Återbruk av möbler"] or '"' in q, q


def test_bytes_that_are_no_text_are_no_error(client, searchable):
    searchable()
    for address in ("/search/?q=%ff%fe", "/search/?q=%ed%a0%80x", "/search/?q=%00&goal=%00"):
        assert client.get(address).status_code == 200
        assert client.get(address.replace("/search/", "/search.json")).status_code in (200, 400)


def test_without_an_index_it_is_being_made_ready(client, settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "none"
    finding.forget()
    response = client.get("/search/", {"q": "möbler"})
    assert response.status_code == 200
    assert "Sökningen görs i ordning" in text(response)
    told = client.get("/search.json", {"q": "möbler"})
    assert (told.status_code, told.headers["Retry-After"]) == (503, "60")
    assert told.json() == {"error": "Sökningen görs i ordning. Försök igen om en minut."}


# --- For programs -----------------------------------------------------------------------------


def test_programs_are_told_the_same_in_fields_that_stay(ask):
    here, door = town("Lerum", slug="lerum")
    unit = UnitFactory(organisation=here, name="Tekniska")
    case = shown(door, unit=unit, stage="permanent", answer="Det finns i alla hus.")
    response = ask("möbelåterbruk", view="search_json", kind="idea")
    told = response.json()
    [hit] = told.pop("hits")
    assert told == {
        "query": "möbelåterbruk",
        "language": "sv",
        "filters": {"kind": "idea"},
        "total": 1,
        "more": False,
        "page": 1,
        "pages": 1,
    }
    score = hit.pop("score")
    assert 0 < score == round(score, 3)
    assert hit == {
        "kind": "idea",
        "title": "Återbruk av möbler",
        "url": f"http://testserver/lerum/cases/{case.pk}/",
        "organisation": {"name": "Lerum", "slug": "lerum"},
        "department": "Tekniska",
        "stage": "permanent",
        "year": 2026,
        "language": "sv",
        "near": True,
        "invented": False,
        "excerpt": "Vi slänger stolar.",
        "outcome": "Det finns i alla hus.",
        "why": [{"asked": "möbelåterbruk", "words": ["återbruk", "möbler"]}],
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_what_answers_much_worse_than_the_best_stands_apart(ask):
    _, door = town("Lerum", slug="lerum")
    shown(door, title="Skridskor att låna på biblioteket", need="Barn vill åka skridskor.")
    shown(door, title="Cykelställ", need="Vid biblioteket står cyklarna i vägen för varandra.")
    best, apart, worse = re.split(
        r'(<p class="hits__far">.*?</p>)', main(ask("låna skridskor på biblioteket"))
    )
    assert "Skridskor" in best
    assert "Det här stämmer sämre:" in apart
    assert "Cykelställ" in worse
    told = ask("låna skridskor på biblioteket", view="search_json").json()
    assert [it["near"] for it in told["hits"]] == [True, False]


def test_what_somebody_signed_in_is_told_is_for_them_alone(ask):
    here, door = town()
    shown(door)
    response = ask("möbler", by=person_as(Role.EMPLOYEE, here), view="search_json")
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]
    assert "no-store" in ask("möbler").headers["Cache-Control"]


def test_programs_must_say_what_to_search_for(client, searchable):
    searchable()
    response = client.get("/search.json")
    assert response.status_code == 400
    assert response.json() == {"error": "Ange i ”q” vad du söker efter."}
    assert client.post("/search.json").status_code == 405
    assert client.post("/search/").status_code == 405


# --- The box in the header --------------------------------------------------------------------


def test_every_page_has_the_box_and_says_where_it_is(client):
    town("Lerum", slug="lerum")
    page = client.get("/").content.decode()
    assert '<form class="find no-print" action="/search/" method="get" role="search"' in page
    assert 'name="from"' not in page
    page = client.get("/lerum/").content.decode()
    assert '<input type="hidden" name="from" value="lerum">' in page
    assert 'for="find"' in page
    assert client.get("/search/").content.decode().count('role="search"') == 1


# --- What it asks of the database -------------------------------------------------------------


@pytest.mark.list_page("insight:search", "insight:search_json")
@pytest.mark.parametrize(
    ("view", "headers", "queries"),
    [("search", {}, 11), ("search", TYPED, 9), ("search_json", {}, 9)],
)
def test_it_asks_as_much_for_three_as_for_one(
    view, headers, queries, noon, client, searchable, count_queries
):
    here, door = town()
    client.force_login(person_as(Role.EMPLOYEE, here))

    def add(n):
        for _ in range(n):
            case = shown(door, visibility="inside")
            case.goals.add(GoalFactory(programme=door.programme))
            challenge(door, f"{case.pk} möbler")
            project(here, "Möbler")
            UnitFactory(organisation=here)
        searchable()

    def get():
        response = client.get(reverse(f"insight:{view}"), {"q": "möbler"}, headers=headers)
        assert response.status_code == 200

    assert count_queries(get, add) <= queries


def test_involved_ones_find_their_cases(ask):
    _, door = town()
    case = sluice_case(door=door, title="Möbler för två", need="x")
    mate = PersonFactory()
    involve(case, mate, Part.CO_APPLICANT)
    assert titles(ask("möbler", by=mate)) == ["Möbler för två"]
