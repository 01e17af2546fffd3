"""A no that one can live with: written from a ready wording, seen before it is sent, and rated."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.ideas.models import Idea, Rating
from idesluss.ideas.usecases import Given, hand_in
from idesluss.people.vocab import Role
from tests.factories import DoorFactory, EditionFactory, OrganisationFactory, person_as
from tests.stories.people import Somebody
from tests.stories.post import said

pytestmark = pytest.mark.django_db(transaction=True)
NEED = "Vi springer efter lyften. Det tar tjugo minuter varje pass."
LONG = (
    "Efter att ha gått igenom det hela tillsammans med dem som arbetar med det i vardagen har vi "
    "kommit fram till att det inte går i år, men kanske nästa år."
)
ANSWER = (
    "Tack för din idé. Vi har räknat på den tillsammans med Karins enhet.\n\n"
    "Nya lyftar kostar mer än de ger i år. Pengarna går till fler händer i stället.\n\n"
    "Blir de billigare vill vi gärna höra av dig igen."
)


@pytest.fixture
def town(clock):
    """Slusstad's sluice with Anna's case, which Karin has."""
    clock.turn_to("2026-10-05 12:00")
    organisation = OrganisationFactory(name="Slusstad", slug="slusstad")
    anna = person_as(Role.EMPLOYEE, organisation, name="Anna Ek", email="anna@slusstad.example")
    karin = person_as(Role.COACH, organisation, name="Karin Bro", email="karin@slusstad.example")
    edition = EditionFactory(programme__organisation=organisation, programme__public=True)
    door = DoorFactory(edition=edition, receiver=karin)
    idea = hand_in(door, Given(need=NEED, title="Lyften"), by=anna, at=timezone.now())
    return {"anna": anna, "karin": karin, "idea": idea, "door": door}


@pytest.fixture
def enters(new_page, live_server, settings):
    settings.URL = live_server.url  # the letters' links lead here

    def enter(person, *, script):
        page = new_page(script=script)
        return Somebody(page, live_server.url, person, org="slusstad").signs_in()

    return enter


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_no_is_reasoned_read_before_it_is_sent_and_rated_by_its_giver(
    script, town, enters, clock, post
):
    post.comes()  # the receipt
    karin = enters(town["karin"], script=script)
    karin.opens("ideas:answer", "slusstad", town["idea"].pk)
    karin.page.get_by_role("radio", name=re.compile("Nej, med ett skäl")).check()
    karin.page.get_by_text("Färdiga ordalydelser att börja från").click()
    with karin.page.expect_navigation(wait_until="domcontentloaded"):
        karin.page.get_by_role("button", name="Det kostar mer än det ger").click()
    text = karin.page.locator("[name=answer]")
    assert "[vem]" in text.input_value()
    karin.presses("See what is read")
    karin.reads_text("Fyll i det här, eller ta bort det: [vem].")

    text.fill(LONG)
    if not script:
        karin.presses("How easy is it to read?")
    karin.reads_text("En lång mening")
    text = karin.page.locator("[name=answer]")
    text.fill(ANSWER)
    karin.page.get_by_role("radio", name=re.compile("innovationscoach")).check()
    karin.presses("See what is read")
    karin.reads("This is what will be told. Nothing has been sent yet.")
    karin.reads_text("anna@slusstad.example")
    assert Idea.objects.get(pk=town["idea"].pk).stage == "received"
    karin.presses("Give the answer")
    karin.is_told("The answer is given. Whoever handed it in is told now.")

    [letter] = [one for one in post.comes() if one["To"] == "anna@slusstad.example"]
    assert letter["Subject"].endswith("Lyften")
    assert "Pengarna går till fler händer i stället." in said(letter)

    anna = enters(town["anna"], script=script)
    anna.page.goto(f"{anna.url}/mine/")
    anna.follows("Say what you think of the answer")
    anna.presses("Send")
    expect(anna.page.locator(".ds-validation-message")).to_have_count(1)
    anna.page.get_by_role("radio", name="4: bra").check()
    anna.writes("What was good, or what could be better?", "Ett riktigt skäl, tack.")
    anna.presses("Send")
    anna.is_told("Thank you. You can change it for thirty days.")
    rating = Rating.objects.get()
    assert (rating.score, rating.words, rating.stage) == (4, "Ett riktigt skäl, tack.", "declined")

    programme = town["door"].programme
    anna.opens("ideas:promises", "slusstad", programme.slug)
    assert anna.heading().startswith("Vad vi lovar och håller")
