"""From an empty installation to an announced round, in a real browser, with and without script."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.funding.models import Pot
from idesluss.people.models import Appointment, Body, Organisation, Person
from idesluss.people.usecases import first_link
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import AppointmentFactory, OrganisationFactory, PersonFactory
from tests.stories.looking import look
from tests.web.people.world import world

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_municipality_is_set_up_from_nothing_to_an_announced_round(script, new_page):
    page = new_page(script=script)
    page.goto(reverse("people:start", args=[first_link(at=timezone.now())]))
    begin(page)
    add_units_and_people(page)
    add_body(page)
    add_fund(page)
    add_round(page)


def begin(page):
    page.get_by_label("Ditt namn").fill("Maria Lind")
    page.get_by_label("Din e-postadress").fill("maria@burlov.example")
    page.get_by_label("Namn (obligatoriskt)", exact=True).fill("Burlövs kommun")
    page.get_by_label("Adress (obligatoriskt)", exact=True).fill("Burlöv")
    press(page, "Börja")
    expect(page.get_by_text("Adressen får bara ha bokstäverna a till z").first).to_be_visible()
    expect(page.get_by_label("Ditt namn")).to_have_value("Maria Lind")
    page.get_by_label("Adress (obligatoriskt)", exact=True).fill("burlov")
    press(page, "Börja")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vilka förvaltningar har ni?")
    page.goto("/burlov/setup/")
    assert Organisation.objects.get().slug == "burlov"


def add_units_and_people(page):
    follow(page, "Enheter")
    page.get_by_label("Förvaltningar och enheter").fill("Vård > Hemtjänst\nSkola")
    press(page, "Lägg till")
    expect(page.get_by_text("3 enheter är tillagda.")).to_be_visible()
    follow(page, "Inställningar")
    follow(page, "Personer")
    follow(page, "Lägg till många från ett kalkylblad")
    rows = page.get_by_label("Personer, en på varje rad")
    rows.fill("Eva Ek\teva@burlov.example\tkung\tSkola\nBo Berg;bo@burlov.example")
    press(page, "Se vad som läses")
    expect(page.get_by_text("1 rad måste rättas")).to_be_visible()
    rows.fill("Eva Ek\teva@burlov.example\tbedömare, chef\tSkola\nBo Berg\tbo@burlov.example")
    press(page, "Se vad som läses")
    press(page, "Lägg till 2 personer")
    expect(page.get_by_text("2 personer är tillagda.")).to_be_visible()
    assert Appointment.objects.filter(person__name="Eva Ek").count() == 2
    follow(page, "Bo Berg")
    page.get_by_label("Roll (obligatoriskt)").select_option(label="Registrator")
    press(page, "Ge rollen")
    page.get_by_role("link", name=re.compile("Lägg till en ersättare registrator")).click()
    page.get_by_label("Ersättare (obligatoriskt)").fill("Eva Ek")
    press(page, "Lägg till ersättaren")
    expect(page.get_by_text("Ersättaren har rollen den tiden.")).to_be_visible()


def add_body(page):
    page.goto("/burlov/setup/bodies/")
    follow(page, "Lägg till en grupp")
    page.get_by_label("Namn (obligatoriskt)").fill("Centrala ledningsgruppen")
    page.get_by_label("Ledamöter, en på varje rad").fill("Maria Lind\nEva Ek\nbo@burlov.example")
    page.get_by_label("Minsta antal för beslut").fill("4")
    press(page, "Lägg till gruppen")
    expect(
        page.get_by_text("Det krävs 4 för beslut, men det skulle finnas 3").first
    ).to_be_visible()
    page.get_by_label("Minsta antal för beslut").fill("2")
    press(page, "Lägg till gruppen")
    expect(page.get_by_text("Gruppen är tillagd.")).to_be_visible()
    page.get_by_role("button", name="Ner Maria Lind").click()
    page.get_by_role("button", name="Gör till ordförande Eva Ek").click()
    expect(page.get_by_role("button", name="Gör till ordförande Eva Ek")).to_have_count(0)
    seats = Body.objects.get().seats.all()
    assert [(it.person.name, it.chair) for it in seats] == [
        ("Eva Ek", True),
        ("Maria Lind", False),
        ("Bo Berg", False),
    ]


def add_fund(page):
    page.goto("/burlov/setup/")
    follow(page, "Lägg till en fond")
    page.get_by_label("Namn (obligatoriskt)").fill("Innovationsanslaget")
    page.get_by_label("Vem som beslutar").select_option(label="Centrala ledningsgruppen")
    press(page, "Spara")
    page.get_by_role("link", name=re.compile("^Potten år för år")).click()
    page.get_by_label("År (obligatoriskt)").fill("2098")
    page.get_by_label("Potten (obligatoriskt)").fill("500 000:-")
    page.get_by_label("Högst för ett projekt").fill("100.000")
    press(page, "Spara")
    pot = Pot.objects.get()
    assert (pot.year, pot.amount_minor, pot.cap_minor) == (2098, 50_000_000, 10_000_000)
    follow(page, "Inställningar")
    page.get_by_role("link", name=re.compile("^0 mål")).click()
    page.get_by_label("Mål, ett på varje rad").fill("Vision 2040\nTrygga Burlöv")
    press(page, "Spara")


def add_round(page):
    page.get_by_role("link", name=re.compile("^Lägg till en omgång")).click()
    page.get_by_label("Burlövs regler").check()
    page.get_by_label("Namn (obligatoriskt)").fill("Omgång 2098")
    page.get_by_label("Öppnar").fill("2097-09-01T08:00")
    page.get_by_label("Stänger").fill("2097-03-31T02:30")
    page.get_by_label("Projektår").fill("2098")
    press(page, "Spara")
    expect(page.get_by_text("Klockan blir aldrig 02:30 den natten").first).to_be_visible()
    page.get_by_label("Stänger").fill("2097-10-31T16:00")
    press(page, "Spara")
    expect(page.get_by_role("heading", level=1)).to_have_text("Omgång 2098")
    expect(
        page.get_by_text("Minst 4 kvalificerande kriterier måste vara uppfyllda.")
    ).to_be_visible()
    follow(page, "Utlys omgången")
    expect(page.get_by_text("31 oktober 2097 kl. 16.00")).to_be_visible()
    press(page, "Utlys omgången")
    expect(page.get_by_text("Omgången är utlyst.")).to_be_visible()
    round = Round.objects.get()
    assert (round.slug, round.criteria.count(), round.questions.count()) == ("omgang-2098", 5, 7)
    page.goto("/burlov/")
    expect(page.get_by_role("link", name="Omgång 2098")).to_be_visible()


def test_the_preview_follows_what_is_typed(new_page):
    here = world()
    page = new_page(here.boss)
    page.goto("/slusstad/setup/organisation/")
    page.get_by_label("Diarienummer").fill("KS {year}-{number:03}")
    page.get_by_label("Färg").fill("#c8102e")
    page.get_by_label("Färg").press("Tab")
    expect(page.locator("#preview")).to_contain_text(f"KS {timezone.now().year}-001")
    expect(page.locator('#preview rect[fill="#c8102e"]')).to_have_count(1)
    assert Organisation.objects.get(slug="slusstad").colour == "#005b70"


def test_pages_with_something_to_put_right_are_looked_at(new_page):
    here = world()
    page = new_page(here.boss)
    page.goto("/slusstad/setup/people/paste/")
    page.get_by_label("Personer, en på varje rad").fill("Eva Ek\teva\nBo;bo@x.example;kung\nÅke")
    press(page, "Se vad som läses")
    look(page, "setup-people_paste-to-put-right")
    page.goto(f"/slusstad/setup/funds/{here.fund.pk}/rounds/add/")
    page.get_by_label("Namn (obligatoriskt)").fill("Ny")
    page.get_by_label("Öppnar").fill("2098-01-01T00:00")
    page.get_by_label("Stänger").fill("2097-01-01T00:00")
    press(page, "Spara")
    look(page, "setup-round_add-to-put-right")


def test_the_start_page_and_the_installation_are_looked_at(new_page):
    here = world()
    ina = PersonFactory(is_installer=True)
    AppointmentFactory(person=ina, organisation=here.organisation, role=Role.ADMINISTRATOR)
    OrganisationFactory(name="Gamla", archived_at=timezone.now())
    page = new_page(ina)
    for path, name in [
        ("/slusstad/", "organisation"),
        ("/install/", "install"),
        ("/install/add/", "install-add"),
        (f"/install/{here.organisation.pk}/administrator/", "install-administrator"),
    ]:
        page.goto(path)
        look(page, name)


def test_the_first_page_of_all_is_looked_at(new_page):
    assert not Person.objects.exists()
    page = new_page()
    page.goto(reverse("people:start", args=[first_link(at=timezone.now())]))
    look(page, "first-start")
