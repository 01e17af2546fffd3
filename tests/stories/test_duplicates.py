"""A coach finds out that two cases are the same, joins them, undoes it, and keeps others apart."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.ideas.models import Alike, Idea
from idesluss.jobs.likenesses import find_alike
from idesluss.people.vocab import Role
from tests.factories import DoorFactory, OrganisationFactory, PersonFactory, person_as, sluice_case
from tests.ideas.alike import BENCH, FOOD, LAMP, LAMP_TWIN
from tests.stories.looking import look, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture
def door():
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    coach = person_as(Role.COACH, here, name="Kalle Bro")
    return DoorFactory(edition__programme__organisation=here, receiver=coach)


@BOTH
def test_two_that_are_the_same_are_compared_joined_and_parted(
    script, door, new_page, live_server, searchable
):
    one = sluice_case(door=door, owner=PersonFactory(name="Görel Givare"), **LAMP)
    other = sluice_case(door=door, **LAMP_TWIN)
    for told in (BENCH, FOOD):
        sluice_case(door=door, **told)
    searchable()
    while find_alike(timezone.now()):
        pass
    page = new_page(script=script)
    sign_in(page.context, door.receiver, live_server.url)
    page.goto("/slusstad/desk/")
    page.get_by_role("link", name="Troliga dubbletter").click()
    expect(page.get_by_role("heading", name="1 par")).to_be_visible()
    expect(page.get_by_text("Mycket lika")).to_be_visible()
    expect(page.get_by_text("Görel Givare")).to_be_visible()
    expect(page.get_by_text("båda talar om: gatlampan")).to_be_visible()
    if script:
        look(page, "duplicates")

    page.get_by_role("link", name="Jämför").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Är de här två samma?")
    if script:
        look(page, "duplicate")
    page.get_by_role("link", name=f"”{other.title}” ({other.register_number}) går vidare").click()
    page.get_by_role("button", name="Slå ihop dem").click()
    expect(page.get_by_role("heading", name="0 par")).to_be_visible()
    other.refresh_from_db()
    assert (other.stage, other.merged_into) == ("merged", one)

    page.get_by_role("link", name="Dela på dem").click()
    page.get_by_label("Varför?").fill("Det är två olika hållplatser.")
    page.get_by_role("button", name="Dela på dem").click()
    expect(page.get_by_label("Varför?")).to_have_count(0)
    other.refresh_from_db()
    assert (other.stage, other.merged_into) == ("received", None)

    page.goto("/slusstad/duplicates/")
    page.get_by_role("button", name="Inte samma").click()
    expect(page.get_by_role("heading", name="0 par")).to_be_visible()
    assert Alike.objects.get().set_apart_by == door.receiver
    expect(page.get_by_text("Kalle Bro,")).to_be_visible()
    if script:
        look(page, "duplicates-apart")
    page.get_by_role("button", name="De är samma ändå").click()
    expect(page.get_by_role("heading", name="1 par")).to_be_visible()
    assert Idea.objects.filter(stage="received").count() == 4
