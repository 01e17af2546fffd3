"""A round is celebrated: papers printed, guests invited by real mail, news told, slides shown."""

from __future__ import annotations

import io
import re
from datetime import UTC, timedelta

import pikepdf
import pytest
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import expect

from tests.funding.celebrating import PARTY, feast
from tests.funding.meeting import AFTER
from tests.papers.reading import text_of
from tests.stories.looking import look

SETTLED = 900  # ms until the browser has come to rest at a slide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def party(clock):
    clock.at = AFTER + timedelta(hours=1)
    return feast(
        organisation_fields={"name": "Slusstad", "colour": "#1f6f4a"},
        name="Trygg hemma",
        slug="trygg-hemma",
        public=True,
    )


def url(party, page):
    return reverse(f"funding:{page}", args=[party.here.organisation.slug, party.here.round.slug])


def event_of(letter):
    """What the calendar is told by a letter: the method, and the event itself."""
    _, part = letter.iter_parts()
    assert part.get_content_type() == "text/calendar"
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return part.get_param("method"), event


def to(letters, person):
    [letter] = [it for it in letters if it["To"] == person.email]
    return letter


def test_every_cheque_is_in_one_document(party, new_page):
    page = new_page(party.here.administrator, script=False)

    page.goto(url(party, "round"))
    page.get_by_role("link", name="Fira").click()
    page.get_by_label("De som står bakom, och förvaltningen").check()
    page.get_by_role("button", name="Välj").click()
    cheques = page.get_by_role("link", name="Alla checkar (PDF, A3)").get_attribute("href")
    pdf = pikepdf.open(io.BytesIO(page.context.request.get(cheques).body()))
    first, second = (" ".join(it.split()) for it in text_of(pdf).split("\n\n"))
    assert "Elmotorer på cyklar Anna Åkesson och Søren Bæk Hemtjänsten" in first
    assert "Sextio tusen nio hundra kronor" in first
    assert "Fyrtio tusen kronor" in second


def test_from_the_plan_to_the_calendar_and_out_of_it(party, new_page, post):
    post.comes()  # the decisions
    page = new_page(party.here.administrator, script=False)
    page.goto(url(party, "celebrate"))
    page.get_by_role("link", name="Planera träffen").click()
    page.get_by_label("Börjar").fill("2026-11-28T14:00")
    page.get_by_label("Slutar").fill("2026-11-28T16:00")
    page.get_by_label("Plats").fill("Biblioteket, hörsalen")
    page.get_by_role("button", name="Spara och se vilka som bjuds in").click()
    assert post.comes() == []
    expect(
        page.get_by_text("Exakt dessa 7 personer får den här inbjudan, en gång.")
    ).to_be_visible()
    expect(page.get_by_role("row", name="Mona Chef")).to_be_visible()
    twin = page.context.new_page()
    twin.goto(page.url)
    for window, told in ((page, "7 inbjudningar är på väg."), (twin, "Alla är redan inbjudna.")):
        window.get_by_role("button", name="Skicka 7 inbjudningar").click()
        expect(window.get_by_text(told)).to_be_visible()

    letters = post.comes()
    assert {it["To"] for it in letters} == {one.email for one in party.guests}
    assert len(letters) == 7
    method, invited = event_of(to(letters, party.owner))
    assert method == "REQUEST"
    assert invited["DTSTART"].dt.astimezone(UTC) == PARTY
    assert str(invited["LOCATION"]) == "Biblioteket, hörsalen"

    page.get_by_role("link", name="Ändra tid, plats eller text").click()
    page.get_by_label("Slutar").fill("2026-11-28T17:00")
    page.get_by_role("button", name="Spara och berätta för alla som är inbjudna").click()
    method, changed = event_of(to(post.comes(), party.owner))
    assert (method, changed["UID"]) == ("REQUEST", invited["UID"])
    assert changed["SEQUENCE"] == 1

    guest = new_page(party.owner, script=False)
    guest.goto(url(party, "gathering"))
    expect(guest.get_by_text("28 november 2026 kl. 14.00 till 17.00")).to_be_visible()
    link = guest.get_by_role("link", name="Lägg den i min kalender (.ics)").get_attribute("href")
    file = guest.context.request.get(link)
    [copy] = Calendar.from_ical(file.body()).walk("VEVENT")
    assert (copy["UID"], copy["SEQUENCE"]) == (invited["UID"], 1)

    page.get_by_role("link", name="Ställ in").click()
    page.get_by_label("Vad vill du säga till dem som är inbjudna?").fill("Snöstorm.")
    page.get_by_role("button", name="Ställ in").click()
    letter = to(post.comes(), party.manager)
    method, gone = event_of(letter)
    assert (method, gone["UID"], gone["SEQUENCE"]) == ("CANCEL", invited["UID"], 2)
    assert str(gone["STATUS"]) == "CANCELLED"
    assert "Snöstorm." in letter.get_body(("plain",)).get_content()


def test_the_news_from_proposal_to_the_public_page(party, new_page):
    page = new_page(party.here.administrator)
    page.goto(url(party, "news"))
    text = page.get_by_label("Text")
    expect(page.get_by_label("Titel")).to_have_value(re.compile("^2 projekt delar på 100.900.kr$"))
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", name="Innan den kan publiceras")).to_be_visible()
    look(page, "celebrate-news")

    text.fill(re.sub(r"\[\[.*?\]\]", "– Vi vågar mer, säger Karin.", text.input_value()))
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("button", name="Publicera den här texten").click()
    expect(page.get_by_text("Nyheten är publicerad på omgångens sida.")).to_be_visible()

    street = new_page()
    street.goto(url(party, "round"))
    expect(street.get_by_role("article")).to_contain_text("– Vi vågar mer, säger Karin.")
    look(street, "celebrate-published")


def test_the_slides_by_keyboard_alone(party, new_page):
    """Space and arrows go one slide on, with script and without; nothing moves by itself."""
    page = new_page(script=False, width=1920, height=1080)
    page.goto(url(party, "screen"))
    expect(page.locator("#slide-1")).to_be_in_viewport(ratio=0.99)
    for number in (2, 3):
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#slide-{number}")).to_be_in_viewport(ratio=0.99)
        page.wait_for_timeout(SETTLED)
    page.keyboard.press("Space")
    expect(page.locator("#slide-4")).to_be_in_viewport(ratio=0.99)
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#slide-3")).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("button", name="Spela av sig självt")).to_be_hidden()

    page = new_page(width=1920, height=1080)
    page.goto(url(party, "screen"))
    for number, key in ((2, "ArrowRight"), (3, "Space"), (4, "ArrowDown"), (3, "ArrowLeft")):
        page.keyboard.press(key)
        expect(page.locator(f"#slide-{number}")).to_be_in_viewport(ratio=0.99)
    page.wait_for_timeout(1000)
    expect(page.locator("#slide-3")).to_be_in_viewport(ratio=0.99)
    button = page.get_by_role("button", name="Spela av sig självt")
    button.click()
    pause = page.get_by_role("button", name="Pausa")
    pause.click()
    expect(button).to_be_visible()
    look(page, "celebrate-screen")
