"""Slusstad's challenges, its need bank, and an idea that asks the fund for money; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.cli.demo.sluice_play import Told, play_case
from idesluss.cli.demo.slusstad import CARE, SCHOOL
from idesluss.funding.usecases.carry_in import carry_in
from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.bank import link_to_need
from idesluss.ideas.usecases.challenges import Posed, end_with, open_up, pose
from idesluss.ideas.usecases.offering import offer_to_parked
from idesluss.ideas.vocab import IdeaKind, Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.programmes.models import Door, Round
from idesluss.programmes.vocab import Audience

DAY = timedelta(days=1)
INTO = "digital-vardag"  # the round that is open
STAFF, RESIDENTS = Audience.STAFF, Audience.RESIDENTS
COMPANIES, ASSOCIATIONS = Audience.COMPANIES, Audience.ASSOCIATIONS
NEEDS = (
    (
        Told(
            "Brev som ingen förstår",
            "Våra brev om hemtjänst är på tre sidor, och folk ringer för att fråga vad de betyder.",
            STAFF,
            "Lovisa Kvist",
            70,
            for_whom="Äldre som söker hemtjänst, och deras anhöriga",
            how_many=400,
            unit=CARE,
            kind=IdeaKind.NEED,
            talk=[("coach", "Tack! Vi lägger den i behovsbanken, fler har nog idéer.")],
            reply=Reply.FITS,
            steps=["helhetsbild"],
            answers={"behov": "Att veta vad man har fått, vad det kostar och vem man ringer."},
        ),
        "Vi räknade samtalen i två veckor: 61 av 180 gällde ett brev som just hade kommit.",
    ),
    (
        Told(
            "Ingen vet vem som är ensam",
            "När en granne inte syns till vet vi inte vart vi ska ringa, så vi gör ingenting.",
            RESIDENTS,
            "Olle Frid",
            64,
            for_whom="Äldre som bor ensamma i flerfamiljshus",
            how_many=250,
            kind=IdeaKind.NEED,
            talk=[("coach", "Tack för att du berättar. Det här behöver fler fundera på.")],
            reply=Reply.FITS,
        ),
        "Fyra grannar i samma trapphus har sagt samma sak till mig.",
    ),
    (
        Told(
            "Vikarier hittar inte på morgonen",
            "Vikarien går i en halvtimme innan hen vet var allt finns, och barnen väntar.",
            STAFF,
            "Mehmet Demir",
            41,
            for_whom="Vikarier, och de barn de möter",
            how_many=90,
            unit=SCHOOL,
            kind=IdeaKind.NEED,
            talk=[("coach", "Tack! Hur gör ni i dag när det fungerar?")],
            reply=Reply.FITS,
        ),
        "Vi bad nio vikarier skriva upp vad de letade efter första timmen.",
    ),
    (
        Told(
            "Föreningar hittar inga lokaler",
            "Vi ställer in träningar fast salar står tomma. Ingen vet vilka som är lediga.",
            ASSOCIATIONS,
            "Petra Sjö",
            33,
            on_behalf_of="Slusstads simsällskap (påhittat)",
            for_whom="Små föreningar utan egen lokal",
            how_many=1200,
            kind=IdeaKind.NEED,
            talk=[("coach", "Tack! Vi hör med fritid hur salarna används.")],
            reply=Reply.FITS,
        ),
        "Elva av våra fjorton grannföreningar har ställt in minst en gång i höst.",
    ),
)
"""The need bank: each need, and how one knows."""
FOR_LETTERS = Told(
    "En mening överst",
    "Börja varje brev med en enda mening: vad du har fått, och vem du ringer.",
    STAFF,
    "Anna Ek",
    20,
    for_whom="Alla som får brev från oss",
    unit=CARE,
    talk=[("coach", "Så enkelt, och så bra. Vi provar med tio brev.")],
    reply=Reply.FITS,
    steps=["helhetsbild"],
    answers={"behov": "Att förstå brevet utan att ringa."},
)
PARKED = Told(
    "Tak över cykelställen vid skolan",
    "Cyklarna är blöta när barnen ska hem, så föräldrarna skjutsar i stället.",
    STAFF,
    "Anna Ek",
    120,
    for_whom="Barn och ungdomar som cyklar till skolan",
    unit=SCHOOL,
    talk=[("coach", "Tack! Skolan byggs om nästa år, jag frågar hur det blir.")],
    reply=Reply.FITS,
    steps=["helhetsbild"],
    ending=Stage.PARKED,
    answer="Skolgården görs om nästa år. Vi sparar idén och hör av oss när en utmaning öppnar som "
    "den passar i.",
    offer=Offer.LATER,
)
TO_CARRY = Told(
    "Dörrklocka som hörs i hela huset",
    "Besökare väntar ute, för den som kan öppna är alltid någon annanstans.",
    STAFF,
    "Anna Ek",
    45,
    for_whom="Besökare på korttidsboendet, och de som arbetar där",
    how_many=60,
    unit=CARE,
    talk=[("coach", "Tack! Det här kostar lite, vi söker pengar i fonden.")],
    reply=Reply.FITS,
    steps=["helhetsbild", "utveckla"],
    answers={
        "behov": "Att bli insläppt inom två minuter.",
        "finns-redan": "Simhallen har något liknande och är nöjd.",
    },
)


def play(town: Town, doors: Mapping[Audience, Door], coach: Person, now: datetime) -> None:
    """Fill the need bank, pose two challenges, and carry one idea into the open round."""
    here = {"appointments__organisation": town.organisation, "guest": False}
    boss = Person.objects.filter(name="Karin Ström", **here).distinct().get()
    scene = Scene(town, doors, coach, boss, now)
    needs = [scene.plays(replace(told, evidence=known)) for told, known in NEEDS]
    idea = scene.plays(FOR_LETTERS)
    link_to_need(idea.pk, needs[0].pk, by=coach, at=now - 18 * DAY)
    parked = scene.plays(PARKED)
    for told in SHOWN:
        scene.plays(told)
    _ended(scene)
    _open(scene, parked)
    _carried(scene)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it is played, and by whom."""

    town: Town
    doors: Mapping[Audience, Door]
    coach: Person
    boss: Person
    now: datetime

    def plays(self, told: Told, challenge: Challenge | None = None) -> Idea:
        """A case, perhaps as an answer to ``challenge``."""
        door = self.doors[told.door]
        return play_case(self.town, door, self.coach, told, self.now, challenge=challenge)

    @property
    def sluice(self) -> int:
        return self.doors[STAFF].programme_id

    @property
    def round(self) -> Round:
        return Round.objects.get(slug=INTO, programme__organisation=self.town.organisation)


def _open(scene: Scene, parked: Idea) -> None:
    """About cycling: a parked idea is asked whether it wants to wake, and a company answers."""
    boss, now = scene.boss, scene.now
    made = pose(scene.sluice, replace(CYCLING, owner=boss, round=scene.round), by=scene.coach,
                at=now - 9 * DAY, invented=True)  # fmt: skip
    opened = open_up(made.pk, closes_at=now + 40 * DAY, by=boss, at=now - 8 * DAY)
    offer_to_parked(opened.pk, {parked.pk: ["barnen", "cyklarna"]}, at=now - 8 * DAY)
    scene.plays(REFLECTORS, opened)


def _ended(scene: Scene) -> None:
    """About eating alone: one answer was tried, and everybody was told."""
    boss, now = scene.boss, scene.now
    posed = replace(EATING, owner=boss)
    made = pose(scene.sluice, posed, by=boss, at=now - 140 * DAY, invented=True)
    opened = open_up(made.pk, closes_at=now - 95 * DAY, by=boss, at=now - 139 * DAY)
    scene.plays(OPEN_TABLE, opened)
    end_with(opened.pk, RESULT, by=boss, at=now - 60 * DAY)


def _carried(scene: Scene) -> None:
    idea = scene.plays(TO_CARRY)
    owner = idea.involvements.get().person
    carry_in(idea.pk, scene.round.pk, applicant=owner, by=scene.coach, at=scene.now - 2 * DAY)


CYCLING = Posed(
    title="Fler ska kunna cykla till träning och skola",
    text="Var tredje förälder skjutsar barnen fast vägen är kortare än två kilometer. De säger "
    "att det är mörkt, långt och brant, och att cyklarna inte kan stå någonstans.\n\n"
    "**Vad skulle behöva vara annorlunda för att fler ska våga och orka?**",
    owner=None,
    resources="80 timmar av en trafikplanerare och 150 000 kr under våren.",
    afterwards="Vi läser allt i januari med tre skolor och två föreningar. De bästa svaren "
    "provas på en plats i april, tillsammans med den som svarade.",
    for_whom="Barn, ungdomar och de som skjutsar dem",
    audiences=[it.value for it in (STAFF, RESIDENTS, ASSOCIATIONS, COMPANIES)],
)
REFLECTORS = Told(
    "Låt reflexen synas först",
    "Vi såg att barnen saknar ljus på de två mörkaste sträckorna. Vi kan visa var med en "
    "enkel mätning.",
    COMPANIES,
    "Erik Blad",
    4,
    on_behalf_of="Fullt Koll AB (påhittat)",
    for_whom="Barn som cyklar före åtta",
)
EATING = Posed(
    title="Färre ska äta ensamma",
    text="Var fjärde som har hemtjänst äter alla måltider ensam, och lämnar halva portionen.",
    owner=None,
    resources="40 timmar och 20 000 kr.",
    afterwards="Två svar provas på Björkgården under en månad.",
    for_whom="Äldre med hemtjänst",
    audiences=[STAFF.value],
)
OPEN_TABLE = Told(
    "Öppna bordet på torsdagar",
    "Den som vill kan äta i vår matsal en dag i veckan. Vi har platser över.",
    STAFF,
    "Lovisa Kvist",
    130,
    unit=CARE,
    for_whom="Äldre i kvarteret",
    how_many=30,
    talk=[("coach", "Tack! Vi provar i en månad.")],
    reply=Reply.FITS,
    steps=["helhetsbild", "utveckla", "testa"],
    answers={"behov": "Sällskap vid maten.", "finns-redan": "Nej, inte här."},
)
SHOWN = (
    Told(  # the same as an association's need, in other words
        "Ingen lokal till vår förening",
        "Vi letar lokal varje vecka och ställer in träningar, fast salar står tomma på kvällarna.",
        RESIDENTS,
        "Omar Hadi",
        12,
        for_whom="Små föreningar som tränar på kvällar",
        kind=IdeaKind.NEED,
    ),
    Told(
        "En bänk halvvägs upp",
        "Jag orkar inte backen till vårdcentralen utan att vila.",
        RESIDENTS,
        "Ingrid Ås",
        170,
        for_whom="De som går dåligt",
        steps=["helhetsbild", "infora"],
        whys={"infora": "En bänk behöver inget försök."},
        answers={"behov": "Att kunna vila en gång på vägen."},
        ending=Stage.PERMANENT,
        answer="Bänken står där sedan i maj, och gatukontoret sköter den. Tack, det var din idé!",
    ),
    Told(
        "Läxhjälp på tvättstugan",
        "Mina barn väntar där i två timmar varje torsdag och har inget att göra.",
        RESIDENTS,
        "Nadia Holm",
        80,
        for_whom="Barn i hyreshusen på Norr",
        steps=["helhetsbild", "utveckla", "testa"],
        answers={"behov": "Lugn och någon att fråga.", "finns-redan": "Inte i vår kommun."},
    ),
    Told(
        "Återvinning som kommer på besök",
        "Det är sex kilometer till återvinningen och jag har ingen bil.",
        RESIDENTS,
        "Sara Lund",
        160,
        for_whom="Hushåll utan bil",
        steps=["helhetsbild", "utveckla", "testa"],
        answers={"behov": "Att bli av med stort skräp.", "finns-redan": "Ja, i två städer."},
        ending=Stage.STOPPED,
        answer="Vi provade i sex veckor. Elva hushåll kom, och de flesta ville hellre ha hämtning "
        "vid dörren. Det tar vi med oss i den nya avfallsplanen.",
    ),
)
"""What everybody is shown on the start page."""
RESULT = (
    "Ett svar kom in. **Öppna bordet på torsdagar** provas: de första fyra veckorna kom arton "
    "personer, och tio av dem kom tillbaka. Nu tar Björkgården över bordet."
)
