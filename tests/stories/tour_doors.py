"""The pages of handing in and of following with a code, and who goes there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from playwright.sync_api import Page

from idesluss.ideas.models import Arrival, Idea
from idesluss.ideas.usecases.codes import code_link
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, take_in
from idesluss.programmes.models import Door, Programme
from tests.stories.stops import NOBODY, TOWN, Stop, first, forgets, office

DOOR = "invanare"
SLUICE = first(Programme, kind="sluice", organisation__slug=TOWN)


def guests_case() -> Idea:
    """A case in Slusstad whose giver has no account."""
    theirs = Idea.objects.sluiced().live().filter(involvements__person__guest=True)
    return theirs.filter(programme__organisation__slug=TOWN).order_by("pk")[0]


def held_back() -> int:
    """The number of something that somebody has to look at."""
    door = Door.objects.get(organisation__slug=TOWN, slug=DOOR)
    waiting = Arrival.objects.filter(organisation=door.organisation, state="waiting", door=door)
    if found := waiting.first():
        return found.pk
    given = Given(need="Sälj era kunders adresser till oss. Bara i dag!", title="Adresser")
    return take_in(door, given, Sent("tour", suspicion="flood"), at=timezone.now()).pk


def new_code() -> str:
    """The link in a letter to a guest who has lost the code."""
    guest = guests_case().involvements.filter(person__guest=True).order_by("pk")[0].person
    newest = guest.follow_up_codes.order_by("-id").first()
    return code_link(guest.pk, newest.pk if newest else 0, asked_at=timezone.now())


def hands_in(page: Page) -> None:
    """Somebody hands something in."""
    forgets(page)
    page.goto(f"/{TOWN}/in/{DOOR}/")
    page.locator("[name=need]").fill("Bänken vid Kvarnen är trasig.")
    page.locator("form.door .actions button").first.click()
    page.wait_for_url("**/thanks/")


DOORS: Mapping[str, tuple[Stop, ...]] = {
    "ideas:door": (
        Stop(NOBODY, (TOWN, DOOR), {"need": ""}, button=".actions button"),
        Stop(NOBODY, (TOWN, "foretag")),
        office("personal"),
    ),
    "ideas:kiosk": (
        Stop(NOBODY, (TOWN, DOOR), {"reach": "ring mig"}, button=".actions button"),
        office(DOOR),
    ),
    "ideas:thanks": (Stop(NOBODY, (TOWN, DOOR), before=hands_in),),
    "ideas:arrivals": (office(),),
    "ideas:arrival": (office(held_back, why=""),),
    "ideas:follow_up": (Stop(NOBODY, (), {"code": "4F7K"}), Stop(office().who, ())),
    "ideas:code_lost": (Stop(NOBODY, (), {"number": ""}),),
    "ideas:code_new": (Stop(NOBODY, (new_code,)), Stop(NOBODY, ("gammal-lank",), status=410)),
    "ideas:code_again": (office(lambda: guests_case().pk),),
    "programmes:sluice_doors": (office(SLUICE),),
    "programmes:sluice_door": (office(SLUICE, "residents", slug="Å Å"),),
}
"""The pages of doors, codes and what is held back, by name."""
