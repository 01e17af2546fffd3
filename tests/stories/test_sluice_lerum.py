"""Lerum's way: an employee hands in, a coach listens, both fill in the canvas, a test begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from idesluss.ideas.models import Idea
from idesluss.people.vocab import Role
from idesluss.web.ideas.views import door as views
from tests.factories import person_as
from tests.ideas.models_ready import open_sluice
from tests.stories.looking import look
from tests.stories.people import Somebody
from tests.web.ideas.nasty import NASTY

pytestmark = pytest.mark.django_db(transaction=True)
NEED = "Vi springer efter lyften. Det tar tjugo minuter varje pass."


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "TOO_FAST", timedelta(0))  # a story is written quickly


@pytest.fixture
def town(clock):
    clock.turn_to("2026-10-05 12:00")
    town = open_sluice("lerum", slug="lerum", name="Lerum")
    town.coach.name = "Karin Bro"
    town.coach.save()
    return town


@pytest.fixture
def enters(new_page, live_server):
    def enter(person, *, script):
        return Somebody(new_page(script=script), live_server.url, person, org="lerum").signs_in()

    return enter


def takes_on(coach, idea, *, gate=False):
    """Take the case to the very next step."""
    coach.opens("ideas:step", "lerum", idea.pk)
    if gate:
        coach.page.locator("[name=gate_met]").check()
    form = coach.page.locator("main form").filter(has=coach.page.locator("[name=act][value=on]"))
    with coach.page.expect_navigation(wait_until="domcontentloaded"):
        form.locator("button.ds-button").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_an_idea_becomes_a_need_that_is_understood_and_a_small_test(script, town, enters):
    anna = enters(person_as(Role.EMPLOYEE, town.door.organisation, name="Anna Ek"), script=script)
    anna.opens("ideas:door", "lerum", town.door.slug)
    anna.page.locator("[name=need]").fill(NEED)
    anna.presses("Hand in", inside=anna.page.locator("main"))
    idea = Idea.objects.get()

    karin = enters(town.coach, script=script)
    karin.opens("ideas:case", "lerum", idea.pk)
    karin.reads_text("Ge ett första svar senast 12 oktober 2026.")
    karin.writes("Your message", "Spännande! **När på dygnet** är det värst?")
    karin.page.get_by_role("radio", name="Idégivaren, som frågas om något").check()
    karin.presses("Send")
    karin.reads_text("står stilla")

    anna.opens("ideas:case", "lerum", idea.pk)
    anna.reads_text("Karin Bro frågar dig något.")
    anna.writes("Your message", "På morgonen.")
    anna.presses("Send")
    anna.reads_text("Ingenting just nu. Karin Bro har det")
    anna.follows_title("Behovskarta")
    anna.writes("Who has the need?", "De boende och vi på plan två")
    anna.writes("What would show that the need is not real?", "Om lyften oftast står ledig")
    anna.presses("Save")
    anna.reads_text("De boende och vi på plan två")

    takes_on(karin, idea)
    karin.page.get_by_role("link", name="Ändra behovskarta").click()
    karin.writes("How often?", "Elva gånger om dagen")
    karin.presses("Save")
    canvas = idea.findings.get()
    assert canvas.inside is False
    assert (canvas.facts["who"], canvas.facts["how_often"], canvas.version) == (
        "De boende och vi på plan två",
        "Elva gånger om dagen",
        1,
    )
    if script:
        look(karin.page, "sluice-case-coach")
    for number in (1, 2):
        karin.opens("ideas:questions", "lerum", idea.pk)
        for field in karin.page.locator("main textarea").all():
            field.fill(f"Svar {number}")
        karin.presses("Save the answers")
        takes_on(karin, idea, gate=number == 1)
    idea.refresh_from_db()
    assert (idea.stage, idea.at_step.key) == ("testing", "testa")
    anna.opens("ideas:case", "lerum", idea.pk)
    expect(anna.page.locator(".lock [aria-current=step]")).to_contain_text("Testa litet")


def test_a_browser_runs_nothing_that_anybody_has_written(town, enters):
    anna = person_as(Role.EMPLOYEE, town.door.organisation, name='<img src=x onerror="xss7331()">')
    idea = town.case(visibility=None)
    idea.involvements.update(person=anna)
    everything = "\n\n".join(NASTY)
    Idea.objects.update(need=everything, evidence=everything, secret=everything)
    for text in NASTY:
        idea.messages.create(by=anna, at=idea.received_at, text=text)
    idea.findings.create(
        kind="interview", head=NASTY[0], text=everything, by=anna, at=idea.received_at
    )
    karin = enters(town.coach, script=True)
    karin.page.add_init_script("window.ran = 0; window.xss7331 = () => { window.ran += 1 }")
    karin.page.goto(f"/lerum/cases/{idea.pk}/?all")
    found = karin.page.evaluate(
        """() => [window.ran, document.querySelectorAll(
            'main script, main iframe, main object, main embed, main style, main base, main meta, '
            + 'main link, main img, main svg.x, main [srcdoc], '
            + 'main [hx-get]:not(#tried, #looks-like), main form form'
        ).length, [...document.querySelectorAll('main *')].filter(it => [...it.attributes].some(
            at => at.name.startsWith('on') || /^\\s*(javascript|vbscript|data):/i.test(at.value)
            && ['href', 'src', 'action'].includes(at.name)
        )).length]"""
    )
    assert found == [0, 0, 0]
    assert karin.page.locator("main").inner_text().count("xss7331") > len(NASTY) * 4
