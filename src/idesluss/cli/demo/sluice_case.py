"""What giver and coach have found out about a need of Slusstad's sluice."""

from __future__ import annotations

from datetime import datetime

from idesluss.cli.demo.sluice_play import DAY
from idesluss.ideas.models import Idea
from idesluss.ideas.reads.findings import SOURCES
from idesluss.ideas.usecases.findings import add_finding
from idesluss.ideas.vocab import FindingKind, ScanResult
from idesluss.logic.merging import Value
from idesluss.people.models import Person

CANVAS: dict[str, Value] = {
    "who": "Boende som inte kan resa sig själva, och de som hjälper dem",
    "when": "Mest på morgonen och efter lunch",
    "where": "Plan två, där två avdelningar delar på en lyft",
    "how_often": "Elva gånger om dagen, räknat i två veckor",
    "today": "Någon springer och letar medan den boende väntar",
    "cost": "Ungefär tre timmar om dagen, och mycket irritation",
    "know": "Vi har räknat själva och frågat fyra kollegor",
    "against": "Om lyften oftast är ledig men står på fel ställe räcker det med en plats för den",
}
INTERVIEW: dict[str, Value] = {
    "head": "Undersköterska på natten",
    "when": "12 mars, i personalrummet",
    "text": "Hon går alltid först till förrådet, sedan till badrummet. Hälften av gångerna står "
    "lyften någon annanstans.",
    "surprise": "Att ingen vet vem som hade den senast",
}
SCAN: dict[str, Value] = {
    "head": "Märkt plats och en tavla",
    "where": "Grannkommunen, hjälpmedelscentralen, det vi har på plan ett",
    "text": "En målad ruta på golvet och en tavla där man skriver sitt namn. Kostar nästan inget.",
    "result": ScanResult.ADAPT.value,
}


def find_out(title: str, coach: Person, now: datetime) -> None:
    """Fill in the canvas of the case called ``title``, with an interview, an insight and a scan."""
    idea = Idea.objects.sluiced().get(title=title, programme__organisation__slug="slusstad")
    giver = idea.involvements.order_by("pk")[0].person
    canvas, interview, insight, scan, kept = FOUND
    add_finding(idea.pk, canvas, CANVAS, by=giver, at=now - 3 * DAY)
    told = add_finding(idea.pk, interview, INTERVIEW, by=giver, at=now - 2 * DAY)
    learned: dict[str, Value] = {
        "head": "Lyften saknas inte, den har ingen plats",
        "so_what": "Prova en märkt plats innan någon köper en till",
        SOURCES: (told.pk,),
    }
    add_finding(idea.pk, insight, learned, by=giver, at=now - 2 * DAY)
    add_finding(idea.pk, scan, SCAN, by=coach, at=now - DAY)
    inside: dict[str, Value] = {"head": "Enhetschefen på plan ett", "inside": 1}
    add_finding(idea.pk, kept, inside, by=coach, at=now - DAY)


FOUND = (
    FindingKind.CANVAS,
    FindingKind.INTERVIEW,
    FindingKind.INSIGHT,
    FindingKind.SCAN,
    FindingKind.STAKEHOLDER,
)
