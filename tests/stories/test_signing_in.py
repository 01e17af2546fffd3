"""Signing in, in a real browser: a mailed code, with and without script, and a passkey."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.people.usecases import address_link
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    SeatFactory,
    person_as,
)
from tests.stories.looking import look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def eva():
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    return person_as(Role.EMPLOYEE, here, name="Eva Ek", email="eva@slusstad.example")


def code():
    return re.findall(r"\d{4}-\d{4}", Letter.objects.latest("pk").text)[0]


def ask(page, email="eva@slusstad.example"):
    page.goto("/account/sign-in/?next=/account/")
    page.get_by_label("Din e-postadress").fill(email)
    page.get_by_role("button", name="Mejla mig en kod").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_mailed_code_signs_in(script, eva, new_page):
    page = new_page(script=script)
    page.goto("/slusstad/setup/")
    expect(page).to_have_url(re.compile("/account/sign-in/"))
    ask(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden")
    page.get_by_label("Koden i brevet").fill("0000-0000")
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    expect(page.get_by_text("Det är inte koden i brevet.").first).to_be_visible()
    page.get_by_label("Koden i brevet").fill(code())
    page.get_by_role("main").get_by_role("button", name="Logga in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Min sida")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("link", name="Logga in").first).to_be_visible()
    page.goto("/account/")
    expect(page).to_have_url(re.compile("/account/sign-in/"))


def test_an_unknown_address_reads_the_same_page(eva, new_page):
    page = new_page()
    ask(page, "nobody@slusstad.example")
    expect(page.get_by_text("Om vi känner till nobody@slusstad.example")).to_be_visible()
    assert Letter.objects.count() == 0
    page.get_by_role("button", name="Använd en annan adress").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")


def test_without_script_passkeys_are_explained_and_the_code_is_offered(eva, new_page):
    page = new_page(script=False)
    page.goto("/account/sign-in/")
    expect(page.get_by_text("Lösennycklar kräver JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Logga in med en lösennyckel")).to_be_hidden()
    expect(page.get_by_role("button", name="Mejla mig en kod")).to_be_visible()


def authenticator(page):
    """A device that knows its owner, as a phone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_signs_in_and_is_removed(eva, new_page):
    page = new_page()
    session, device = authenticator(page)
    ask(page)
    page.get_by_label("Koden i brevet").fill(code())
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    page.get_by_role("link", name="Se och ändra lösennycklar").click()
    page.get_by_role("link", name="Lägg till en lösennyckel").click()
    page.get_by_label("Vad du kallar den").fill("Min telefon")
    look(page, "passkey-add")
    page.get_by_role("button", name="Lägg till en lösennyckel").click()
    expect(page.get_by_role("heading", name="Min telefon")).to_be_visible()
    look(page, "passkeys")
    page.get_by_role("button", name="Logga ut").click()

    page.goto("/account/sign-in/?next=/account/passkeys/")
    page.get_by_role("button", name="Logga in med en lösennyckel").click()

    expect(page).to_have_url(re.compile("/account/passkeys/$"))
    expect(page.get_by_text("Senast använd")).to_be_visible()
    page.get_by_role("link", name="Byt namn Min telefon").click()
    look(page, "passkey-rename")
    page.get_by_label("Vad du kallar den").fill("Jobbtelefonen")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Ta bort Jobbtelefonen").click()
    look(page, "passkey-remove")
    page.get_by_role("button", name="Ta bort lösennyckeln").click()
    expect(page.get_by_text("Du har ingen lösennyckel här ännu.")).to_be_visible()
    verbs = [it.verb for it in Entry.objects.about(eva)]
    assert verbs == ["people.passkey_added", "people.passkey_removed"]

    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("link", name="Logga in").first).to_be_visible()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Logga in med en lösennyckel").click()
    expect(page.get_by_text("Lösennyckeln godtogs inte.")).to_be_visible()
    session.send("WebAuthn.removeVirtualAuthenticator", device)


def test_a_passkey_that_the_device_refuses_leaves_a_way_on(eva, new_page):
    page = new_page()
    session, device = authenticator(page)
    session.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": device["authenticatorId"], "isUserVerified": False},
    )
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Logga in med en lösennyckel").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Det gick inte."))
    expect(page.get_by_role("button", name="Mejla mig en kod")).to_be_visible()


def test_passkeys_are_changed_only_by_whoever_has_just_signed_in(eva, new_page):
    page = new_page(eva)  # a session from before: no sign-in of its own
    page.goto("/account/passkeys/add/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in en gång till")
    look(page, "passkey-again")
    page.get_by_role("main").get_by_role("button", name="Logga in en gång till").click()
    page.get_by_label("Din e-postadress").fill("eva@slusstad.example")
    page.get_by_role("button", name="Mejla mig en kod").click()
    page.get_by_label("Koden i brevet").fill(code())
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lägg till en lösennyckel")


def test_every_page_of_signing_in_is_looked_at(eva, new_page):
    page = new_page()
    page.goto("/account/sign-in/")
    look(page, "sign-in")
    page.get_by_role("button", name="Mejla mig en kod").click()
    look(page, "sign-in-to-put-right")
    ask(page)
    look(page, "code")
    page.goto("/account/closed/")
    look(page, "closed")
    page.goto("/start/x/")
    look(page, "bad-link")


def test_every_page_of_ones_own_is_looked_at(eva, new_page):
    day = NOON.date()
    here = eva.appointments.get().organisation
    role = AppointmentFactory(person=eva, organisation=here, role=Role.COACH)
    AppointmentFactory(organisation=here, deputy_for=role, starts=day, ends=day.replace(year=2999))
    SeatFactory(person=eva, body__organisation=here, ends=day.replace(year=2999), chair=True)
    bollby = OrganisationFactory(name="Bollby")
    AppointmentFactory(person=eva, organisation=bollby, invited_as="Eva", role=Role.ASSESSOR)
    page = new_page(eva)
    page.goto("/account/")
    look(page, "own")
    page.get_by_role("button", name="Ja, jag vill vara med").click()
    expect(page.get_by_role("heading", name="Bollby")).to_be_visible()
    page.get_by_role("link", name="Ändra adressen").click()
    look(page, "address-ask")
    page.goto("/account/sign-out/")
    look(page, "sign-out")
    link = address_link(eva.pk, "e@bollby.example", asked_at=timezone.now())
    page.goto(f"/account/address/{link}/")
    look(page, "address")
