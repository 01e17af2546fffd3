"""An idea of the sluice is carried into Burlöv's round, and nothing is typed twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.funding.models import Application
from idesluss.funding.usecases.carry_in import bring_back
from idesluss.people.vocab import Role
from tests.factories import (
    DoorFactory,
    EditionFactory,
    OrganisationFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    person_as,
    sluice_case,
)
from tests.stories.looking import look, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
NEED = "Backarna gör att hemtjänstens cyklar står oanvända."


@pytest.fixture
def door():
    here = OrganisationFactory(slug="burlov", name="Burlövs kommun")
    edition = EditionFactory(
        programme__organisation=here, stages=("received", "exploring", "deciding", "testing")
    )
    return DoorFactory(edition=edition, receiver=person_as(Role.COACH, here, name="Kalle Bro"))


@BOTH
def test_an_idea_is_carried_into_the_round(script, door, new_page, live_server):
    here, now = door.organisation, timezone.now()
    fund = ProgrammeFactory(organisation=here, name="Innovationsanslaget")
    round = RoundFactory(
        programme=fund,
        name="Innovationsanslaget 2027",
        slug="2027",
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=20),
    )
    QuestionFactory(round=round, key="for-whom", part="need", text="Vem har behovet?")
    QuestionFactory(round=round, key="evidence", part="need", text="Hur vet du det?")
    giver = person_as(Role.EMPLOYEE, here, name="Anna Ek")
    unit = UnitFactory(organisation=here, name="Vård och omsorg")
    told = {"for_whom": "Hemtjänstens personal", "how_many": 40, "evidence": "Räknat i maj"}
    case = sluice_case(
        "exploring", door=door, owner=giver, unit=unit, title="Elmotorer", need=NEED, **told
    )
    page = new_page(script=script)
    sign_in(page.context, giver, live_server.url)
    page.goto(f"/burlov/cases/{case.pk}/")
    page.get_by_role("link", name="Sök pengar i en omgång").click()
    if script:
        look(page, "sluice-carry")
    page.get_by_role("button", name="Gör utkastet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elmotorer")
    made = Application.objects.get()
    page.goto(f"/burlov/applications/{made.pk}/edit/need/")
    for label, text in (
        ("Vem har behovet?", "Hemtjänstens personal (40)"),
        ("Hur vet du det?", "Räknat i maj"),
    ):
        expect(page.get_by_label(label)).to_have_value(text)
    expect(page.locator("[name=title]")).to_have_value("Elmotorer")
    expect(page.locator("[name=need]")).to_have_value(NEED)

    page.goto(f"/burlov/cases/{case.pk}/")
    expect(page.get_by_text("Söker pengar i Innovationsanslaget 2027").first).to_be_visible()
    bring_back(made.pk, "granted", granted_minor=25_000_00, by=door.receiver, at=now)
    page.reload()
    expect(page.get_by_text("Innovationsanslaget 2027 beviljar 25 000 kr")).to_be_visible()
    expect(page.get_by_text("Kom överens om försöket").first).to_be_visible()
    if script:
        look(page, "sluice-carried")
