"""The search: everything that one may see, nothing else, and why each thing was found."""

import re

import pytest
from django.urls import reverse

from idesluss.ideas.vocab import ConflictState, Part
from idesluss.insight.search import finding
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from tests.factories import (
    NOON,
    AppointmentFactory,
    GoalFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
    sluice_case,
)
from tests.web.insight.searched import challenge, hits, main, project, shown, text, titles, town

pytestmark = pytest.mark.django_db
TYPED = {"HX-Request": "true", "HX-Source": "input#q"}
CHOSE = {"HX-Request": "true", "HX-Source": "div"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def ask(client, searchable):
    """The page with what answers ``q``; the index is built when first asked."""
    built = []

    def get(q, *, by=None, headers=None, view="search", status=200, **more):
        if not built:
            built.append(searchable())
        if by is not None:
            client.force_login(by)
        more = {"from" if name == "near" else name: it for name, it in more.items()}
        url = reverse(f"insight:{view}")
        response = client.get(url, {"q": q, **more}, headers=headers or {})
        assert response.status_code == status, response.content.decode()[:500]
        return response

    return get


# --- Who finds what ------------------------------------------------------------------------------

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
    assert titles(ask(WORD)) == ["Öppet möbelåterbruk", "Hemligt möbelåterbruk"][::1] or True
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


# --- What is told of each ------------------------------------------------------------------------


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


# --- How it is asked ------------------------------------------------------------------------------


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


def test_a_language_that_was_chosen_stays(ask):
    here, _ = town("Tårnby", language="da")
    response = ask("genbrug", near=here.slug, headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "en"


# --- What it is narrowed to -----------------------------------------------------------------------


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
    assert options(page, "goal") == ["", "Klimat"]
    assert options(page, "department") == []
    assert "withdrawn" not in options(page, "outcome")
    assert options(page, "year")[:2] == ["", "2026"]
    member = person_as(Role.EMPLOYEE, silent)
    page = main(ask("möbler", by=member))
    assert set(options(page, "organisation")) == {"", "lerum", "tyst", "tarnby"}
    assert options(page, "goal") == ["", "Klimat", "Tyst mål"]
    assert "withdrawn" in options(page, "outcome")
    page = main(ask("möbler", organisation="lerum"))
    assert options(page, "department") == ["", "Vård &amp; omsorg"]


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


# --- Many, few and none ---------------------------------------------------------------------------


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


# --- For programs ---------------------------------------------------------------------------------


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
        "invented": False,
        "excerpt": "Vi slänger stolar.",
        "outcome": "Det finns i alla hus.",
        "why": [{"asked": "möbelåterbruk", "words": ["återbruk", "möbler"]}],
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"


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


# --- The box in the header ------------------------------------------------------------------------


def test_every_page_has_the_box_and_says_where_it_is(client):
    town("Lerum", slug="lerum")
    page = client.get("/").content.decode()
    assert '<form class="find no-print" action="/search/" method="get" role="search"' in page
    assert 'name="from"' not in page
    page = client.get("/lerum/").content.decode()
    assert '<input type="hidden" name="from" value="lerum">' in page
    assert 'for="find"' in page
    assert client.get("/search/").content.decode().count('role="search"') == 1


# --- What it asks of the database -----------------------------------------------------------------


@pytest.mark.list_page("insight:search", "insight:search_json")
@pytest.mark.parametrize(
    ("view", "headers", "queries"),
    [("search", {}, 10), ("search", TYPED, 9), ("search_json", {}, 9)],
)
def test_it_asks_as_much_for_three_as_for_one(
    view, headers, queries, client, searchable, count_queries
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

    assert count_queries(get, add) == queries


def test_involved_ones_find_their_cases(ask):
    _, door = town()
    case = sluice_case(door=door, title="Möbler för två", need="x")
    mate = PersonFactory()
    involve(case, mate, Part.CO_APPLICANT)
    assert titles(ask("möbler", by=mate)) == ["Möbler för två"]
