"""What somebody wrote on paper is handed in for them, and a poster's code leads to a door."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import expect

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.posters import make_poster
from idesluss.papers import posters as papers
from idesluss.people.vocab import Role
from idesluss.web.ideas.views import door as views
from tests.factories import NOON, DoorFactory, OrganisationFactory, UnitFactory, person_as
from tests.stories.looking import look
from tests.stories.test_sluice_handing_in import code_on, hand_in
from tests.web.ideas.test_proxy import as_picture

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
ON_PAPER = "Dörren till tvättstugan är så tung att jag får vänta på någon som går förbi."


@pytest.fixture
def door(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "TOO_FAST", timedelta(0))  # a story is written quickly
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    return DoorFactory(
        edition__programme__organisation=here,
        edition__programme__name="Idéslussen",
        edition__programme__slug="idesluss",
        audience="residents",
        slug="invanare",
        receiver=person_as(Role.COACH, here, name="Kalle Bro"),
    )


@BOTH
def test_a_paper_form_is_written_down_and_its_giver_follows_it(script, door, new_page):
    clerk = person_as(Role.EMPLOYEE, door.organisation, name="Rut Kvarn")
    desk = new_page(clerk, script=script)
    desk.goto("/slusstad/s/idesluss/")
    desk.get_by_role("link", name="Skriv ner åt någon").click()
    desk.get_by_role("link", name="En i taget").click()
    expect(desk.get_by_label("Pappersblankett")).to_be_checked()
    desk.get_by_role("button", name="Lämna in åt dem").click()
    expect(desk.get_by_label("Vad sa personen?")).to_have_attribute("aria-invalid", "true")
    desk.get_by_label("Vad sa personen?").fill(ON_PAPER)
    desk.get_by_label("Personens namn").fill("Alva Ström")
    desk.get_by_role("button", name="Lämna in åt dem").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Nedskrivet och inlämnat")
    if script:
        desk.emulate_media(media="print")
        expect(desk.locator(".code__text")).to_be_visible()
        expect(desk.get_by_role("button", name="Lapparna är utdelade")).to_be_hidden()
        desk.emulate_media(media="screen")
    code = code_on(desk)
    desk.get_by_role("button", name="Lapparna är utdelade").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Skriv ner åt någon")
    desk.go_back()
    expect(desk.locator(".code__text")).to_have_count(0)

    idea = Idea.objects.get()
    giver = idea.involvements.get().person
    assert (giver.name, giver.guest, idea.entered_by, idea.channel) == (
        *("Alva Ström", True, clerk, "paper"),
    )
    hers = new_page(script=script)
    hers.goto("/follow/")
    hers.get_by_label("Din uppföljningskod").fill(code)
    hers.get_by_role("button", name="Visa mig").click()
    expect(hers).to_have_url(re.compile(rf"/slusstad/cases/{idea.pk}/"))
    hers.locator("#say_text").fill("Den mot gården.")
    hers.locator("form:has(#say_text) button:not([tabindex])").first.click()
    expect(hers.locator(".said").get_by_text("Den mot gården.")).to_be_visible()
    assert idea.messages.get().by == giver


@BOTH
def test_a_residents_phone_reads_the_poster_and_the_workplace_is_filled_in(
    script, door, new_page, monkeypatch
):
    monkeypatch.setattr(papers, "typeset", as_picture)
    unit = UnitFactory(organisation=door.organisation, name="Badhuset")
    poster = make_poster(door, unit=unit, challenge=None, words="", by=door.receiver, at=NOON)
    office = new_page(door.receiver)
    office.goto("/slusstad/posters/")
    to_print = office.get_by_role("link", name=f"Skriv ut {poster.key}").get_attribute("href")
    address = read_by_a_phone(office.request.get(to_print).body())
    assert address.endswith(f"/slusstad/q/{poster.key}/")

    phone = new_page(script=script, width=320)
    phone.goto(address)
    expect(phone.get_by_text("Det handlar om Badhuset.")).to_be_visible()
    if script:
        look(phone, "sluice-poster-door")
    hand_in(phone, "Vattnet i barnbassängen är kallt på morgonen.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")
    idea = Idea.objects.get()
    assert (idea.unit, idea.channel) == (unit, "poster")


def read_by_a_phone(sheet):
    """The address that the code on a picture of a sheet holds."""
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(sheet)))
    return read.text
