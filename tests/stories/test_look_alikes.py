"""Somebody begins to write what a neighbour has tried: told of it at once, or asked about it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from idesluss.ideas.models import Idea, Support
from idesluss.people.vocab import Role
from idesluss.web.ideas.views import door as views
from tests.factories import OrganisationFactory, person_as
from tests.insight.alike_world import TITLE, WRITTEN, danish_test, door_with_others, shown
from tests.stories.looking import look

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/slusstad/in/invanare/"
ASKED = "Vad skaver, eller vad är din idé?"
TOLD = "Något liknande har lämnats in eller prövats"


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "TOO_FAST", timedelta(0))  # a story is written quickly


@pytest.fixture
def town(searchable):
    """A sluice with a case like it, and a Danish town that has tried it."""
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    door = door_with_others(
        edition__programme__organisation=here,
        edition__programme__name="Idéslussen",
        slug="invanare",
        receiver=person_as(Role.COACH, here, name="Kalle Bro"),
    )
    case = shown(door)
    danish_test()
    searchable()
    return case


@pytest.mark.usefixtures("town")
def test_a_danish_towns_finished_test_is_found_from_a_swedish_sentence_while_typing(new_page):
    page = new_page()
    page.goto(FORM)
    field = page.get_by_label(ASKED)
    field.press_sequentially(WRITTEN)
    box = page.get_by_role("region", name=TOLD)
    expect(box).to_be_visible()
    expect(field).to_be_focused()
    expect(box.get_by_role("heading", name="Genbrug af møbler")).to_be_visible()
    expect(box.get_by_text("Vi sparede 300 stole på et år.")).to_be_visible()
    expect(page.locator("#alike-said")).to_contain_text("2 liknande saker")
    look(page, "alike-box")
    box.get_by_role("link", name="Genbrug af møbler").click()
    expect(page).to_have_url(re.compile("/projects/"))
    page.go_back()
    expect(page.get_by_label(ASKED)).to_have_value(WRITTEN)
    page.goto(FORM)
    page.get_by_role("button", name="Lägg tillbaka").click()
    expect(page.get_by_label(ASKED)).to_have_value(WRITTEN)

    box.get_by_role("button", name="Det gäller mig också").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TOLD)
    expect(page.get_by_label("Hur är det för dig?")).to_have_value(WRITTEN)
    look(page, "alike-step")
    page.get_by_role("button", name="Ändra det jag har skrivit").click()
    box.get_by_label("Mitt skiljer sig, för att …").fill("Hos oss gäller det skolorna.")
    page.get_by_label("För vem skulle det bli bättre?").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")
    note = Idea.objects.get(need=WRITTEN).messages.get()
    assert note.inside
    assert note.text.endswith("Hos oss gäller det skolorna.")


def test_without_script_the_same_is_a_step_and_that_is_mine_too_joins(town, new_page):
    page = new_page(script=False)
    page.goto(FORM)
    page.get_by_label(ASKED).fill(WRITTEN)
    page.get_by_label("För vem skulle det bli bättre?").fill("Skolorna")
    page.get_by_role("button", name="Lämna in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TOLD)
    expect(page.get_by_text("Vi sparede 300 stole på et år.")).to_be_visible()

    page.get_by_role("link", name="Genbrug af møbler").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Genbrug af møbler")
    page.go_back()
    page.get_by_role("button", name="Ändra det jag har skrivit").click()
    expect(page.get_by_label("För vem skulle det bli bättre?")).to_have_value("Skolorna")
    page.go_back()
    mine = page.get_by_role("listitem").filter(has_text=TITLE)
    mine.get_by_text("Det gäller mig också").click()
    mine.get_by_label("Hur är det för dig?").fill("Hos oss slängs stolar varje vår.")
    mine.get_by_role("button", name="Anslut mig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, du har anslutit dig")
    expect(page.get_by_text(town.register_number)).to_be_visible()
    expect(page.locator(".code__text")).to_be_visible()
    there = Support.objects.get()
    assert (there.idea, there.reason) == (town, "Hos oss slängs stolar varje vår.")
    assert not Idea.objects.filter(need=WRITTEN).exists()


def test_a_coach_sees_what_a_case_looks_like_without_asking(town, new_page):
    other = shown(town.door, visibility="closed")
    page = new_page(town.responsible)
    page.goto(f"/slusstad/cases/{other.pk}/")
    there = page.locator("#looks-like")
    there.scroll_into_view_if_needed()
    there.get_by_role("link", name="Jämför, och lägg ihop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slå ihop de här två?")
