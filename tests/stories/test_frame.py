"""The frame in a real browser: every component, the pages of no room, and what a visit weighs."""

from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.logic.themes import stylesheet
from idesluss.people.vocab import Role
from tests.factories import OrganisationFactory, RoundFactory, person_as
from tests.stories.looking import axe, look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slusstad():
    organisation = OrganisationFactory(
        name="Slusstads kommun", slug="slusstad", invented=True, contact_mail="ide@slusstad.example"
    )
    now = timezone.now()
    RoundFactory(
        programme__organisation=organisation,
        name="Digital vardag",
        slug="digital-vardag",
        public=True,
        announced_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=9),
    )
    return organisation


@pytest.fixture
def showing_components(settings):
    settings.DEBUG = True


def test_the_start_page_and_the_accessibility_statement_are_for_everybody(page, slusstad):
    page.goto("/")
    assert page.locator(".rounds__open").text_content().startswith("Digital vardag")
    look(page, "start")

    page.get_by_role("link", name="Tillgänglighet").click()
    look(page, "accessibility")
    page.goto("/slusstad/accessibility/")
    look(page, "accessibility-slusstad")


def test_every_component_stands_in_light_in_dark_and_on_a_phone(page, showing_components):
    page.goto("/frame/components/")
    look(page, "components")

    page.locator("form.form").get_by_role("button", name="Skicka in").click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    look(page, "components-to-put-right")


@pytest.mark.parametrize("brand", ["#ffd200", "#c8102e", "#f5f5f5", "#101010"])
def test_any_brand_colour_can_be_read(new_page, showing_components, slusstad, brand):
    slusstad.colour = brand
    slusstad.save()
    for dark in (False, True):
        page = new_page(dark=dark)
        page.goto("/slusstad/accessibility/")
        assert axe(page, "dark") == []
        # The page with every component has no organisation; lend it these colours.
        page.goto("/frame/components/")
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
            " document.adoptedStyleSheets.push(sheet); }",
            stylesheet(brand),
        )
        assert axe(page, "dark") == []


def test_the_keyboard_goes_past_the_header_in_one_step(page, slusstad):
    page.goto("/slusstad/accessibility/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_is_changed_without_script_and_stays(new_page, slusstad):
    page = new_page(script=False)
    page.goto("/slusstad/accessibility/")
    page.get_by_role("button", name="Dansk").click()

    assert page.url.endswith("/slusstad/accessibility/")
    assert page.locator("h1").text_content() == "Tilgængelighed"
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "da"


def test_with_script_an_address_is_copied_by_a_button(new_page, showing_components):
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/frame/components/")
    page.get_by_role("button", name="Kopiera").click()

    page.get_by_text("Kopierat").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#share-url").input_value()


def test_without_script_what_needs_it_is_not_shown(new_page, showing_components):
    page = new_page(script=False)
    page.goto("/frame/components/")

    assert page.get_by_role("button", name="Kopiera").is_hidden()
    assert page.get_by_role("button", name="Skriv ut sidan").is_hidden()


def test_a_page_that_is_not_there_is_as_well_made_as_one_that_is(new_page, slusstad, settings):
    settings.DEBUG = False
    page = new_page(person_as(Role.EMPLOYEE, slusstad))
    page.goto("/slusstad/nothing/at/all/")

    assert page.locator("h1").text_content() == "Vi hittar inte sidan"
    assert axe(page) == []


def test_a_first_visit_weighs_at_most_45_kilobytes_without_fonts(client, slusstad):
    built = [Path(finders.find(f"built/{name}")) for name in ("frame.css", "frame.js")]
    html = client.get("/").content
    theme = stylesheet(slusstad.colour).encode()
    parts = [path.read_bytes() for path in built]

    assert sum(len(brotli.compress(part)) for part in [*parts, html, theme]) <= 45_000
