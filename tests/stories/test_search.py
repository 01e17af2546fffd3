"""An employee searches, and finds what a neighbouring town has tried, in that town's own words."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from idesluss.people.vocab import Role
from tests.factories import person_as
from tests.stories.looking import look
from tests.web.insight.searched import project, shown, town

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture
def towns(searchable):
    """Lerum, which thinks of it, and Tårnby in Denmark, which has tried it."""
    lerum, door = town("Lerum", slug="lerum")
    tarnby, _ = town("Tårnby", slug="tarnby", language="da", country="DK")
    need = "Vi slänger hela stolar när skolor byggs om. Ett gemensamt förråd skulle räcka långt."
    shown(door, "Möbelåterbruk i skolorna", need=need, visibility="inside")
    closed = {"answer": "Vi har redan ett förråd i Gråbo.", "need": "Möbler som ingen vill ha."}
    shown(door, "Loppis med möbler", stage="declined", **closed)
    project(tarnby, "Nyt liv til gamle stole", stage="permanent")
    searchable()
    return lerum, tarnby


def asked(page):
    """What stands in the address."""
    parts = urlsplit(page.url)
    return parts.path, {name: value[0] for name, value in parse_qs(parts.query).items()}


@BOTH
def test_a_neighbours_result_is_found_in_ones_own_words(script, towns, new_page):
    lerum, _ = towns
    page = new_page(person_as(Role.EMPLOYEE, lerum), script=script)
    page.goto("/lerum/")
    page.get_by_role("searchbox").fill("möbelåterbruk")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sök")
    expect(page.locator("#counted")).to_have_text("3 träffar")
    assert asked(page) == ("/search/", {"q": "möbelåterbruk", "from": "lerum"})
    theirs = page.locator(".hits > li").filter(has_text="Nyt liv til gamle stole")
    expect(theirs).to_contain_text("”genbrug”")
    expect(theirs).to_contain_text("för ”möbelåterbruk”")
    expect(theirs.locator("mark").first).to_have_text(re.compile("møbler|genbrug"))
    if script:
        look(page, "search")
        types_on(page)

    page.get_by_text("Begränsa sökningen").click()
    places = page.get_by_label("Organisation")
    expect(places).to_be_visible()
    places.focus()
    places.select_option("Tårnby")
    if not script:
        page.get_by_role("button", name="Visa").click()
    expect(page.locator("#counted")).to_have_text("1 träff")
    expect(page.get_by_role("link", name="Organisation: Tårnby")).to_be_visible()
    if script:
        expect(places).to_be_focused()
        look(page, "search-narrowed")

    somebody = new_page(script=script)
    somebody.goto(page.url)
    expect(somebody.locator(".hits h2")).to_have_text(["Nyt liv til gamle stole"])
    somebody.get_by_role("link", name="Nyt liv til gamle stole").click()
    expect(somebody.get_by_role("heading", level=1)).to_contain_text("Nyt liv til gamle stole")

    page.get_by_role("link", name="Organisation: Tårnby").click()
    expect(page.locator("#counted")).to_have_text("3 träffar")
    page.go_back()
    expect(page.locator("#counted")).to_have_text("1 träff")


def types_on(page):
    """With script, answers come while one types, and the address with them."""
    box = page.get_by_label("Vad letar du efter?")
    box.fill("")
    expect(page.locator("#counted")).to_be_empty()
    box.press_sequentially("loppi")
    expect(page.locator(".hits h2").first).to_have_text("Loppis med möbler")
    expect(page).to_have_url(re.compile("q=loppi"))
    expect(box).to_be_focused()
    box.fill("qwertyxyz")
    expect(page.locator("#counted")).to_have_text("Inget hittades")
    look(page, "search-nothing")
    box.fill("möbelåterbruk")
    expect(page.locator("#counted")).to_have_text("3 träffar")
