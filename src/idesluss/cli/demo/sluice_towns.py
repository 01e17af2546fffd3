"""Three municipalities that run a sluice, under its real name and with their own way.

Names of the municipalities and their sluices and the order of the steps are real; people, cases
and promises are invented, and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.cli.demo.sluice_play import Sluice, Told, open_sluice, play_case
from idesluss.ideas.vocab import Channel, IdeaKind, Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.people import usecases as people
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Audience
from idesluss.records.usecases.invented import mark_invented


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality: what it is called, its sluice, who is there, and its cases."""

    name: str
    slug: str
    colour: str
    sluice: Sluice
    administrator: str
    coach: str
    employee: str
    audiences: Sequence[Audience]
    cases: Sequence[Told]


STAFF, RESIDENTS = Audience.STAFF, Audience.RESIDENTS
ASSOCIATIONS, COMPANIES = Audience.ASSOCIATIONS, Audience.COMPANIES

LERUM = Place(
    name="Lerums kommun",
    slug="lerum",
    colour="#2c5f34",
    sluice=Sluice(
        name="Idérum Lerum",
        slug="iderum",
        model="lerum",
        purpose="För medarbetare, invånare, föreningar och företag: från idé till infört.",
        welcome="Du får alltid ett samtal först. Ärendena här är påhittade.",
    ),
    administrator="Inger Sten",
    coach="Jonas Hed",
    employee="Carina Bäck",
    audiences=(STAFF, RESIDENTS, ASSOCIATIONS, COMPANIES),
    cases=(
        Told(
            "Skjuts till kvällsträningen",
            "Barn utan bil i familjen slutar träna när mörkret kommer.",
            ASSOCIATIONS,
            "Lasse Ek",
            3,
            for_whom="Barn i de yttre delarna av kommunen",
            how_many=40,
            kind=IdeaKind.NEED,
            channel=Channel.PHONE,
            on_behalf_of="Skogens idrottsklubb (påhittad)",
        ),
        Told(  # as in another town
            "Föreningarna saknar lokaler",
            "Små föreningar ställer in sina träningar, fast skolans salar är lediga och tomma.",
            ASSOCIATIONS,
            "Stina Mo",
            19,
            for_whom="Föreningar utan egen lokal",
            how_many=300,
            kind=IdeaKind.NEED,
            on_behalf_of="Lerdala dansförening (påhittad)",
        ),
        Told(
            "En tyst hörna på biblioteket",
            "Det finns ingenstans att sitta för den som blir trött av ljud.",
            RESIDENTS,
            "Mona Frisk",
            24,
            talk=[("coach", "Tack! Jag bokar ett samtal med dig och biblioteket.")],
            reply=Reply.FITS,
            steps=["helhetsbild"],
            answers={"behov": "Att kunna läsa utan att få ont i huvudet."},
        ),
        Told(
            "Gemensam nyckel till redskapsboden",
            "Tre enheter har var sin bod och ingen vet vad de andra har.",
            STAFF,
            "Carina Bäck",
            90,
            talk=[("coach", "Tack! Kan vi ses vid bodarna på måndag?")],
            reply=Reply.FITS,
            steps=["helhetsbild", "utveckla", "testa"],
            answers={
                "behov": "Att hitta rätt redskap utan att ringa runt.",
                "finns-redan": "Idrottshallen har en kodlåda som fungerar.",
            },
        ),
    ),
)
KUNGSBACKA = Place(
    name="Kungsbacka kommun",
    slug="kungsbacka",
    colour="#7a2f6d",
    sluice=Sluice(
        name="Innovationskraft Kungsbacka",
        slug="innovationskraft",
        model="kungsbacka",
        purpose="För medarbetare och chefer: behovet först, med en coach vid sidan.",
        welcome="Börja i behovet, inte i lösningen. Ärendena här är påhittade.",
    ),
    administrator="Per Vall",
    coach="Sanna Ljung",
    employee="Tove Rask",
    audiences=(STAFF,),
    cases=(
        Told(
            "Nya på jobbet frågar samma saker",
            "Varje vikarie behöver samma tio svar, och den som svarar är alltid upptagen.",
            STAFF,
            "Tove Rask",
            4,
            for_whom="Vikarier inom hemtjänsten",
            how_many=80,
            kind=IdeaKind.NEED,
        ),
        Told(
            "Mötet där ingen säger något",
            "På arbetsplatsträffen pratar samma tre, och resten tiger.",
            STAFF,
            "Tove Rask",
            40,
            talk=[("coach", "Vad tror du att de andra skulle säga? Vi kan fråga dem.")],
            reply=Reply.TURN,
            steps=["ringa-in", "forsta"],
            answers={
                "vems": "De som har jobbat kortare tid än ett år.",
                "forvanade": "De trodde att de inte fick.",
            },
        ),
        Told(
            "App för allt",
            "Vi borde ha en app där allting finns.",
            STAFF,
            "Tove Rask",
            60,
            talk=[("coach", "Tack! Vilket är det första du skulle använda den till?")],
            reply=Reply.NOT,
            ending=Stage.DECLINED,
            answer="Vi pratade om behovet bakom: att hitta schemat i telefonen. Det går redan, "
            "och vi visade hur. Hör gärna av dig om något annat skaver.",
            offer=Offer.COACH,
        ),
    ),
)
SUNDSVALL = Place(
    name="Sundsvalls kommun",
    slug="sundsvall",
    colour="#164f86",
    sluice=Sluice(
        name="Idéslussen Sundsvall",
        slug="ideslussen",
        model="sundsvall",
        purpose="För alla medarbetare och chefer, också i kommunens bolag: idé eller problem.",
        welcome="Ett problem utan lösning är lika välkommet. Ärendena här är påhittade.",
    ),
    administrator="Ylva Norr",
    coach="Anton Berg",
    employee="Greta Sund",
    audiences=(STAFF, COMPANIES),
    cases=(
        Told(
            "Tvätten som kommer bort",
            "Kläder försvinner mellan boendet och tvätteriet, varje vecka.",
            STAFF,
            "Greta Sund",
            2,
            for_whom="De som bor på särskilt boende",
            kind=IdeaKind.NEED,
        ),
        Told(
            "Halt på cykelbron",
            "Bron fryser före vägen, och de som cyklar ramlar.",
            STAFF,
            "Greta Sund",
            70,
            talk=[("coach", "Tack! Jag tar med mig driften ut dit i morgon.")],
            reply=Reply.FITS,
            steps=["utforska", "utveckla", "testa"],
            answers={"problem": "Att man inte ser att bron är hal förrän man är på den."},
        ),
        Told(
            "Lånehörlurar i receptionen",
            "Den som hör dåligt hör inte numret som ropas upp.",
            STAFF,
            "Greta Sund",
            200,
            talk=[("coach", "Tack! Det här kan vi prova redan på fredag.")],
            reply=Reply.FITS,
            steps=["utforska", "testa", "utvardera", "infora"],
            whys={"testa": "Hörlurarna fanns redan i ett skåp."},
            answers={
                "problem": "Att höra när det är ens tur.",
                "matt": "Hur många som missar sin tur: sex i veckan före.",
                "nytta": "En missade sin tur på fyra veckor.",
            },
            ending=Stage.PERMANENT,
            answer="Hörlurarna finns nu i alla receptioner. Tack för att du såg det!",
        ),
    ),
)


def play(installer: Person, now: datetime) -> None:
    """Set up each municipality with its sluice, and play its cases up to ``now``."""
    for place in (LERUM, KUNGSBACKA, SUNDSVALL):
        _play(place, installer, now)


def _play(place: Place, installer: Person, now: datetime) -> None:
    began = now - timedelta(days=300)
    facts = people.Facts(
        name=place.name,
        slug=place.slug,
        country="SE",
        language="sv",
        currency="SEK",
        zone="Europe/Stockholm",
        colour=place.colour,
        register_pattern="INN {year}/{number:04}",
        contact_mail=f"innovation@{place.slug}.example",
    )
    organisation = people.add_organisation(facts, by=installer, at=began)
    administrator = people.add_person(
        organisation.pk,
        name=f"{place.administrator} (påhittad)",
        email=f"{place.administrator.lower().replace(' ', '.')}@{place.slug}.example",
        roles=[Role.ADMINISTRATOR.value],
        by=installer,
        at=began,
    )
    mark_invented(administrator)
    town = Town(organisation, administrator)
    coach = town.add(f"{place.coach} (påhittad)", Role.COACH, at=began)
    town.add(f"{place.employee} (påhittad)", Role.EMPLOYEE, at=began)
    doors = open_sluice(town, place.sluice, coach, place.audiences, began)
    for told in place.cases:
        play_case(town, doors[told.door], coach, told, now)
