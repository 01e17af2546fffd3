"""Furniture that is thrown away: what is like it, in two languages, among other things."""

from datetime import timedelta
from typing import Any

from idesluss.ideas.models import Challenge, Idea
from idesluss.pilots.models import Project
from idesluss.programmes.models import Door
from tests.factories import NOON, DoorFactory, IdeaFactory, OrganisationFactory, sluice_case

LONG_AGO = NOON - timedelta(days=4000)  # past, whatever the time really is
TITLE = "Återbruk av möbler"
NEED = "Vi slänger stolar och möbler som andra kontor kunde använda. Det kostar."
WRITTEN = "Vi borde ha möbelåterbruk mellan kontoren så att inga stolar slängs."


def danish_test(**fields: Any) -> Project:
    """A finished test of a Danish town, on a page for everybody."""
    there = OrganisationFactory(name="Lyngby", language="da")
    idea = IdeaFactory(
        programme__organisation=there,
        title="Genbrug af møbler på tværs af kontorer",
        need="Vi smider møbler ud, som andre kontorer kunne bruge.",
        language="da",
        stage="permanent",
        **fields,
    )
    return Project.objects.create(
        idea=idea,
        purpose="Kontorerne deler borde og stole.",
        results="Vi sparede 300 stole på et år.",
        published_at=LONG_AGO,
        changed_at=NOON,
    )


def challenge_like_it(door: Door, **fields: Any) -> Challenge:
    """An open challenge about furniture that is put to everybody."""
    told = {"title": TITLE, "slug": "mobler", "text": NEED, "audiences": ["residents"]}
    people = {"owner": door.receiver, "posed_by": door.receiver}
    times = {"posed_at": NOON, "opens_at": LONG_AGO}
    return Challenge.objects.create(
        programme=door.programme, public=True, **told | people | times | fields
    )


OTHERS = (
    *("Cykelställ", "Badplats", "Skollunch", "Lekpark", "Färdtjänst", "Biblioteket", "Hundrast"),
    *("Busskort", "Simhallen", "Gatlyktan", "Snöröjning", "Sophämtning", "Bygglov", "Bredband"),
)
SAID_OF_THEM = (
    "är för litet, och många får vänta länge. Det har varit så i flera år, och alla vet det. "
    "Vi föreslår att någon ser över hur det fungerar i dag och berättar vad som ska ändras."
)


def door_with_others(**fields: Any) -> Door:
    """A door through which other things have come in, too: what is rare says more."""
    door = DoorFactory(audience="residents", visibility="public", **fields)
    for title in OTHERS:
        shown(door, title=title, need=f"{title} {SAID_OF_THEM}")
    return door


def shown(door: Door, **fields: Any) -> Idea:
    """A case of the door's about furniture, for everybody to read."""
    told = {"title": TITLE, "need": NEED, "visibility": "public"}
    return sluice_case(door=door, **told | fields)
