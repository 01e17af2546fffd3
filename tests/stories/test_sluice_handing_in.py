"""A resident hands something in and follows it with a code; a shared device; a lost network."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import say
from idesluss.people.vocab import Role
from idesluss.web.ideas.views import door as views
from tests.factories import DoorFactory, OrganisationFactory, UnitFactory, person_as
from tests.stories.looking import look

pytestmark = pytest.mark.django_db(transaction=True)
NEED = "Efter klockan fem är det så mörkt vid hållplatsen att bussen kör förbi."
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "TOO_FAST", timedelta(0))  # a story is written quickly


@pytest.fixture
def door():
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    return DoorFactory(
        edition__programme__organisation=here,
        edition__programme__name="Idéslussen",
        audience="residents",
        slug="invanare",
        visibility="public",
        welcome="Vi letar efter det som **skaver** i vardagen.",
        receiver=person_as(Role.COACH, here, name="Kalle Bro"),
    )


def hand_in(page, text=NEED):
    page.get_by_label("Vad skaver, eller vad är din idé?").fill(text)
    page.get_by_role("button", name="Lämna in", exact=True).click()


def code_on(page):
    return re.sub(r"\s", "", page.locator(".code__text").inner_text())


@BOTH
def test_a_resident_hands_in_by_a_link_and_answers_with_the_code(script, door, new_page):
    unit = UnitFactory(organisation=door.organisation, name="Gata och park")
    page = new_page(script=script)
    page.goto(f"/slusstad/in/invanare/?unit={unit.pk}&poster=1")
    expect(page.get_by_text("allmän handling")).to_be_visible()
    if script:
        look(page, "sluice-door")
    page.get_by_label("Hur kan vi nå dig?").fill("ring mig")
    hand_in(page)
    expect(page.get_by_text("Skriv en e-postadress eller ett telefonnummer").first).to_be_visible()
    expect(page.get_by_label("Vad skaver, eller vad är din idé?")).to_have_value(NEED)
    page.get_by_label("Hur kan vi nå dig?").fill("")
    page.get_by_role("button", name="Lämna in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")
    idea = Idea.objects.get()
    assert (idea.unit, idea.channel) == (unit, "poster")
    expect(page.get_by_text(idea.register_number)).to_be_visible()
    expect(page.get_by_text("Kalle Bro")).to_be_visible()
    code = code_on(page)
    if script:
        look(page, "sluice-thanks")
        page.emulate_media(media="print")
        expect(page.locator(".code__text")).to_be_visible()
        expect(page.get_by_role("button", name="Jag har antecknat koden")).to_be_hidden()
        page.emulate_media(media="screen")
    page.get_by_role("button", name="Jag har antecknat koden").click()

    say(idea.pk, "Mot centrum eller från?", by=door.receiver, at=timezone.now(), asks_giver=True)
    later = new_page(script=script)
    later.goto("/follow/")
    if script:
        look(later, "sluice-follow")
    later.get_by_label("Din uppföljningskod").fill(code.lower().replace("-", " "))
    later.get_by_role("button", name="Visa mig").click()
    expect(later).to_have_url(re.compile(rf"/slusstad/cases/{idea.pk}/"))
    expect(later.get_by_text("Mot centrum eller från?").first).to_be_visible()
    later.locator("#say_text").fill("Mot centrum.")
    later.locator("form:has(#say_text) button:not([tabindex])").first.click()
    expect(later.get_by_text("Mot centrum.").last).to_be_visible()
    idea.refresh_from_db()
    assert idea.waits_for_giver is False
    later.goto("/follow/")
    expect(later.get_by_role("heading", level=1)).to_have_text("Det du har lämnat in")
    if script:
        look(later, "sluice-followed")


def test_a_text_that_tells_of_an_illness_is_warned_of_and_what_one_adds_is_kept(door, new_page):
    page = new_page()
    page.goto("/slusstad/in/invanare/")
    page.get_by_text("Berätta mer, om du vill").click()
    page.get_by_label("En rubrik").fill("Vilse")
    hand_in(page, "Min mamma har demens och hittar inte hem.")
    expect(page.get_by_role("group", name="Handlar det här om någons privatliv?")).to_be_focused()
    expect(page.get_by_label("En rubrik")).to_have_value("Vilse")
    look(page, "sluice-warning")
    page.get_by_role("button", name="Lämna in ändå").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")


def test_a_lost_network_loses_nothing_and_the_receipt_clears_what_was_kept(door, new_page):
    page = new_page()
    page.goto("/slusstad/in/invanare/")
    page.get_by_label("För vem skulle det bli bättre?").fill("Alla som väntar")
    page.get_by_label("Vad skaver, eller vad är din idé?").fill(NEED)
    page.context.set_offline(True)
    page.get_by_role("button", name="Lämna in", exact=True).click()
    expect(page.get_by_text("Du har inget nät just nu.")).to_be_visible()
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto("/slusstad/in/invanare/")
    expect(page.get_by_text("Du har skrivit något här tidigare")).to_be_visible()
    look(page, "sluice-kept")
    page.get_by_role("button", name="Lägg tillbaka").click()
    expect(page.get_by_label("För vem skulle det bli bättre?")).to_have_value("Alla som väntar")
    page.get_by_role("button", name="Lämna in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")
    assert Idea.objects.get().need == NEED
    page.wait_for_load_state()  # the receipt clears what was kept before it is done loading
    page.goto("/slusstad/in/invanare/")
    expect(page.get_by_label("Vad skaver, eller vad är din idé?")).to_have_value("")
    expect(page.get_by_text("Du har skrivit något här tidigare")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


@BOTH
def test_a_shared_device_goes_back_to_the_start_by_itself(script, door, new_page, monkeypatch):
    monkeypatch.setattr(views, "KIOSK_SECONDS", 1 if not script else 60)
    page = new_page(script=script)
    start = reverse("ideas:kiosk", args=["slusstad", "invanare"])
    page.goto(start)
    if script:
        look(page, "sluice-kiosk")
    hand_in(page)
    expect(page.locator(".code__text")).to_be_visible()
    if script:
        look(page, "sluice-kiosk-thanks")
        page.get_by_role("link", name="Klart, nästa").click()
    expect(page).to_have_url(re.compile(f"{start}$"))
    expect(page.get_by_label("Vad skaver, eller vad är din idé?")).to_have_value("")
    if script:
        assert page.evaluate("localStorage.length") == 0
    page.go_back()
    expect(page.locator(".code__text")).to_have_count(0)


def test_an_administrator_opens_a_door(door, new_page):
    boss = person_as(Role.ADMINISTRATOR, door.organisation, name="Maja Strand")
    page = new_page(boss)
    page.goto(reverse("programmes:sluice_doors", args=["slusstad", door.programme_id]))
    look(page, "sluice-doors")
    page.get_by_role("link", name="Öppna en dörr Företag").click()
    page.get_by_label("Välkomsttext").fill("Berätta om **behovet** först.")
    page.get_by_role("button", name="Titta på välkomsttexten").click()
    expect(page.locator("strong", has_text="behovet")).to_be_visible()
    look(page, "sluice-door-set-up")
    page.get_by_role("button", name="Öppna dörren").click()
    expect(page.get_by_text("Dörren är öppen.")).to_be_visible()
