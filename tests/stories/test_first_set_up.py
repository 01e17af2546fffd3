"""A new municipality, from the one-time link to an open round, by keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.funding.models import Pot
from idesluss.people.models import Organisation, Unit
from idesluss.people.usecases import first_link
from idesluss.programmes.models import Round
from tests.stories.keys import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)

MOST_PRESSES = 40


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_new_municipality_is_set_up_to_an_open_round_by_keyboard_alone(script, new_page):
    page = new_page(script=script)
    page.goto(reverse("people:start", args=[first_link(at=timezone.now())]))
    keys = Keyboard(page)
    begin(keys)
    name_the_departments(keys)
    choose_how_the_fund_works(keys)
    say_who_decides(keys)
    say_when(keys)
    look_over_and_open(keys)
    assert keys.presses < MOST_PRESSES
    round = Round.objects.get()
    assert round.window.is_open(timezone.now())
    assert round.announced_at is not None


def begin(keys):
    keys.write("Ditt namn (obligatoriskt)", "Maria Lind")
    keys.write("Din e-postadress (obligatoriskt)", "maria@nykoping.example")
    keys.write("Namn (obligatoriskt)", "Nyslussens kommun")
    keys.write("Adress (obligatoriskt)", "nyslussen")
    keys.press("Börja")
    heading(keys, "Vilka förvaltningar har ni?")
    assert Organisation.objects.get().slug == "nyslussen"


def name_the_departments(keys):
    keys.write("Förvaltningar och enheter, en på varje rad (obligatoriskt)", "Vård\nSkola\nTeknik")
    keys.press("Spara och fortsätt")
    heading(keys, "Hur fungerar fonden?")
    assert Unit.objects.count() == 3


def choose_how_the_fund_works(keys):
    keys.choose("Börja med reglerna från", steps_down=2)  # Bærum's five criteria
    keys.write("Vad fonden heter (obligatoriskt)", "Innovationsmedel")
    keys.write("Potten (obligatoriskt)", "300 000")
    keys.write("Högst för ett projekt", "100 000")
    keys.press("Spara och fortsätt")
    heading(keys, "Vem beslutar?")
    pot = Pot.objects.get()
    assert (pot.amount_minor, pot.cap_minor) == (30_000_000, 10_000_000)


def say_who_decides(keys):
    keys.write("Vad gruppen heter (obligatoriskt)", "Innovationsrådet")
    members = "Maria Lind; maria@nykoping.example\nEva Ek; eva@nykoping.example\nBo"
    keys.write("Ledamöter, en på varje rad (obligatoriskt)", members)
    keys.write("Minsta antal för beslut", "4")
    keys.press("Spara och fortsätt")
    expect(keys.page.get_by_text("Det krävs 4 för beslut").first).to_be_visible()
    keys.write("Minsta antal för beslut", "2")
    keys.press("Spara och fortsätt")


def say_when(keys):
    heading(keys, "När kan man söka?")
    keys.press("Spara och fortsätt")


def look_over_and_open(keys):
    heading(keys, "Se över och öppna")
    main = keys.page.get_by_role("main")
    for words in ["300 000 kr", "100 000 kr", "Innovationsrådet", "Eva Ek", "Förankring"]:
        expect(main.get_by_text(words).first).to_be_visible()
    keys.press("Utlys omgången")
    expect(keys.page.get_by_text("Omgången är utlyst.")).to_be_visible()
    expect(main.get_by_role("link", name="Sök").first).to_be_visible()


def heading(keys, words):
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(words)
