"""A company answers a challenge that a manager poses, and is told what came of it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from idesluss.ideas.models import Challenge, Idea
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.records.models import Letter
from idesluss.web.ideas.views import door as views
from tests.factories import DoorFactory, OrganisationFactory, person_as
from tests.stories.looking import look, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "TOO_FAST", timedelta(0))  # a story is written quickly


@pytest.fixture
def door():
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    made = DoorFactory(
        edition__programme__organisation=here,
        edition__programme__name="Idéslussen",
        edition__programme__slug="idesluss",
        audience="companies",
        slug="foretag",
        receiver=person_as(Role.COACH, here, name="Kalle Bro"),
    )
    Programme.objects.filter(pk=made.programme.pk).update(public=True)
    return made


@BOTH
def test_a_company_answers_a_challenge(script, door, new_page, live_server):
    boss = person_as(Role.MANAGER, door.organisation, name="Karin Ström")
    page = new_page(script=script)
    sign_in(page.context, boss, live_server.url)
    poses(page, boss, script=script)
    one = Challenge.objects.get()
    assert (one.public, one.audiences, one.opens_at) == (True, ["companies"], None)
    page.get_by_role("link", name="Öppna den").click()
    page.get_by_role("button", name="Öppna den").click()
    expect(page.get_by_text("Öppet nu")).to_be_visible()

    company = new_page(script=script)
    company.goto("/slusstad/s/idesluss/")
    if script:
        look(company, "sluice-start")
    company.get_by_role("link", name="Tryggare väg till skolan").click()
    expect(company.get_by_text("Tjugo timmar i höst")).to_be_visible()
    company.get_by_role("link", name="Jag har ett företag, eller arbetar i ett").click()
    expect(company.get_by_text("Ditt svar på: Tryggare väg till skolan")).to_be_visible()
    company.get_by_label("Vilket behov ser ni, eller vad är er idé?").fill(
        "Barnen syns inte i korsningen vid Kvarnen."
    )
    company.get_by_label("Hur kan vi nå dig?").fill("erik@fulltkoll.example")
    company.get_by_role("button", name="Lämna in", exact=True).click()
    expect(company.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot det")
    idea = Idea.objects.get()
    assert idea.challenge == one

    page.goto(f"/slusstad/challenges/{one.slug}/")
    page.get_by_role("link", name="Avsluta med ett resultat").click()
    page.get_by_label("Vad blev det av det?").fill("Vi målar om korsningen i vår.")
    page.get_by_role("button", name="Avsluta och berätta för alla").click()
    expect(page.get_by_text("Vi målar om korsningen i vår.")).to_be_visible()
    while deliver(Challenge.objects.get().ended_at):
        pass
    letter = Letter.objects.get(kind="ideas.challenge_ended")
    assert letter.to == "erik@fulltkoll.example"
    assert "Vi målar om korsningen i vår." in letter.text


def poses(page, boss, *, script):
    """Write it, be asked about the solution hidden in it, and tell the problem instead."""
    page.goto("/slusstad/s/idesluss/")
    page.get_by_role("link", name="Ställ en utmaning").click()
    page.get_by_label("Utmaningen på en rad").fill("Tryggare väg till skolan")
    page.get_by_label("Vad är problemet?").fill("Vi behöver köpa en app som varnar bilar.")
    page.get_by_label("Medarbetare").uncheck()
    page.get_by_label("Företag").check()
    page.get_by_label("Vem äger den?").select_option(str(boss.pk))
    page.get_by_label("Vilken tid och vilka pengar finns för bra svar?").fill("Tjugo timmar i höst")
    page.get_by_label("Vad händer med bra svar?").fill("Två provas i vår.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("group", name="Vad är problemet bakom?")).to_be_visible()
    expect(page.get_by_text("något att köpa")).to_be_visible()
    if script:
        look(page, "sluice-hidden-solution")
    page.locator("#id_text").fill("Var tredje barn vågar inte gå själv.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tryggare väg till skolan")
