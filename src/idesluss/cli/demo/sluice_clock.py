"""What Slusstad's sluice was asked in earlier months: answered on time, or late, and rated.

All invented. Short cases, so that the promise board has something to say.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.cli.demo.sluice_play import DAY, HOUR, Told, play_case
from idesluss.ideas.usecases import Given, end, hand_in, rate, say
from idesluss.ideas.usecases.guests import Guest, make_guest
from idesluss.ideas.vocab import Offer, Reply
from idesluss.jobs.promises import keep_promises
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience

LATE = "Barnvagnarna står i vägen"
ASKED = (  # what, why, days to the first word and to the answer, how it ended, the giver's score
    ("Cykelställ med tak", "Sadlarna är blöta nio månader om året.", 1, 12, "no", 4),
    ("En bänk i backen", "Mamma orkar inte upp utan att vila.", 2, 20, "on", 5),
    ("Språkkafé på lunchen", "Vi är fyra som vill öva svenska.", 1, 9, "later", 4),
    ("Färre lösenord", "Jag har sju. De byts olika dagar.", 3, 15, "on", 3),
    ("Namnskyltar som syns", "Ingen hinner läsa den lilla texten.", 13, 28, "no", 2),
    ("Låna ut mötesrum", "Föreningen står utanför, rummen står tomma.", 4, 22, "later", 4),
    ("Bättre ljus i tvättstugan", "Vi ser inte fläckarna.", 1, 6, "on", 5),
    ("Ring innan färdtjänsten", "Vi väntar i kylan och vet inte.", 2, 18, "no", 5),
    ("Skåp för cykelhjälmar", "De ligger på golvet i hallen.", 2, 11, "no", 3),
    ("Lugn timme i badhuset", "Det är för högt för min son.", 1, 14, "later", 5),
    ("Samma dag för sophämtning", "Tre bilar, tre dagar, samma gata.", 12, 49, "no", 1),
    ("Bilder på menyn", "Jag läser dåligt och gissar.", 1, 10, "on", 5),
    ("Trappan vid stationen", "Räcket slutar två steg för tidigt.", 1, 13, "on", 4),
    ("Krokar i rätt höjd", "Barnen når inte sina jackor.", 2, 8, "on", 5),
    ("Vem ringer jag?", "Det finns elva nummer på sidan.", 3, 30, "no", 4),
    ("Låna en skottkärra", "Jag behöver en två dagar om året.", 1, 21, "later", 3),
    ("Skugga på lekplatsen", "Rutschkanan går inte att röra.", 2, 17, "on", 4),
    ("Hundlås vid affären", "De drar i bänken.", 14, 47, "no", 2),
    ("Tyst avdelning på bussen", "Jag somnar inte annars.", 1, 12, "no", 3),
    ("Blanketten på en sida", "Den är sex sidor för en parkering.", 2, 26, "on", 5),
    ("Vattenpost i parken", "Vi köper vatten i plast.", 1, 19, "later", 4),
    ("Knappen på övergången", "Den sitter bakom en stolpe.", 1, 7, "on", 5),
    ("Lokal till syjuntan", "Vi är nio och ett vardagsrum.", 3, 24, "no", 4),
    ("Ljud i hörslingan", "Den surrar sedan i våras.", 1, 9, "on", 5),
)
DEAR = (
    "Tack för att du skrev. Vi har gått igenom det med dem som arbetar där. Det blir för dyrt i "
    "år. Skriv gärna igen efter budgeten i höst."
)
SLEEPS = "Tack för din idé. Vi tror på den, men inte just nu. Vi hör av oss när tiden är inne."
ELSEWHERE = (
    "Tack! Det här sköter fastighetsenheten, och de har lovat att göra det. De hör av sig inom en "
    "vecka."
)
ENDINGS = {
    "no": (Stage.DECLINED, DEAR, Offer.COACH),
    "later": (Stage.PARKED, SLEEPS, Offer.LATER),
    "on": (Stage.REDIRECTED, ELSEWHERE, Offer.NONE),
}


def play(town: Town, door: Door, coach: Person, now: datetime) -> None:
    """One every five days, one that nobody has answered, and the clock of this morning."""
    for place in range(len(ASKED)):
        _answered(town, door, coach, place, now - (175 - 5 * place) * DAY)
    late = Told(
        LATE,
        "Barnvagnarna står i trapphuset och brandmannen var arg. Vi vet inte var de får stå.",
        Audience.RESIDENTS,
        "Siri Lund",
        50,
        for_whom="Vi som bor på Kvarngatan",
    )
    play_case(town, door, coach, late, now)
    keep_promises(now)


def _answered(town: Town, door: Door, coach: Person, place: int, at: datetime) -> None:
    """One case that came in ``at``, with its first word, its answer and its rating."""
    title, need, first, answered, how, score = ASKED[place]
    stage, answer, offer = ENDINGS[how]
    giver = make_guest(
        Guest(f"Boende {place + 1} (påhittad)"),
        language=town.organisation.language,
        invented=True,
    )
    given = Given(need=need, title=title)
    idea = hand_in(door, given, by=giver, at=at, invented=True)
    thanks = "Tack för att du skriver! Jag tar reda på mer och hör av mig."
    say(idea.pk, thanks, by=coach, at=at + first * DAY, reply=Reply.FITS)
    done = at + answered * DAY
    end(idea.pk, stage, answer=answer, offer=offer, by=coach, at=done)
    rate(idea.pk, score=score, by=giver, at=done + timedelta(days=1, hours=2) - HOUR)
