"""Slusstad's idea sluice: four doors, Lerum's way, and cases in different steps, all invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from idesluss.cli.demo import (
    sluice_bank,
    sluice_case,
    sluice_clock,
    sluice_coaches,
    sluice_proxy,
    sluice_ties,
)
from idesluss.cli.demo.play import Town
from idesluss.cli.demo.sluice_play import DOORS, Sluice, Told, open_sluice, play_case
from idesluss.cli.demo.slusstad import CARE, SCHOOL
from idesluss.ideas.usecases.coach_cards import Card, write_card
from idesluss.ideas.vocab import Channel, IdeaKind, Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation, Person
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Audience

SLUICE = Sluice(
    name="Slusstads idésluss",
    slug="idesluss",
    model="lerum",
    purpose="En väg in för alla behov och idéer, hela året. Kommunen är påhittad.",
    welcome="Just nu letar vi efter sådant som gör det lättare att klara vardagen hemma.",
)
CASES = (
    Told(
        "Lyften är aldrig där den behövs",
        "Vi springer efter lyften. Det tar tjugo minuter varje pass, och de boende väntar.",
        Audience.STAFF,
        "Anna Ek",
        1,
        for_whom="De boende på Björkgården, och vi som arbetar där",
        how_many=34,
        unit=CARE,
        kind=IdeaKind.NEED,
    ),
    Told(
        "Mörkt vid hållplatsen Kvarnen",
        "Efter klockan fem är det så mörkt att bussen kör förbi. Jag lyser med mobilen.",
        Audience.RESIDENTS,
        "Nadia Holm",
        6,
        for_whom="Alla som väntar på buss 12",
        kind=IdeaKind.NEED,
        channel=Channel.POSTER,
        talk=[
            ("coach", "Tack för att du skriver! Jag tar reda på vem som sköter hållplatsen."),
            ("asks", "Är det hållplatsen mot centrum eller den på andra sidan?"),
        ],
        reply=Reply.FITS,
    ),
    Told(
        "Sensorer i papperskorgar",
        "Vi har sensorer som säger när en papperskorg är full, och vill prova i er stadspark.",
        Audience.COMPANIES,
        "Erik Blad",
        9,
        on_behalf_of="Fullt Koll AB (påhittat)",
        talk=[
            (
                "coach",
                "Tack! Vi börjar alltid i ett behov. Vilket problem har ni sett i parken?",
            ),
        ],
        reply=Reply.TURN,
    ),
    Told(
        "Anhöriga väntar utanför låst dörr",
        "Efter sju är entrén låst och ingen hör ringklockan. Folk åker hem igen.",
        Audience.STAFF,
        "Mehmet Demir",
        16,
        for_whom="Anhöriga till dem som bor på korttidsboendet",
        how_many=60,
        unit=CARE,
        talk=[
            ("coach", "Tack, det här känner fler igen. Kan vi ses på torsdag?"),
            ("giver", "Ja, efter lunch. Jag tar med Lena, som har kvällarna."),
            ("note", "Hör ihop med nyckelskåpet som söker pengar i fonden."),
        ],
        reply=Reply.FITS,
        steps=["helhetsbild"],
        answers={"behov": "Att bli insläppt inom fem minuter, även när alla är upptagna."},
        supports=[
            ("Lovisa Kvist", "Samma sak på Björkgården."),
            ("Gunilla Ros", "Min mamma bor där, jag har stått där själv."),
        ],
    ),
    Told(
        "Låna verktyg på biblioteket",
        "Ingen behöver äga en slagborr. Den som inte har råd blir utan.",
        Audience.RESIDENTS,
        "Olle Frid",
        30,
        for_whom="De som bor trångt eller har ont om pengar",
        talk=[
            ("coach", "Vilken fin tanke. Vi tar med oss den till biblioteket."),
            ("giver", "Jag kan hjälpa till att sköta dem en kväll i veckan."),
        ],
        reply=Reply.FITS,
        steps=["helhetsbild", "utveckla"],
        answers={"behov": "Att få laga och sätta upp saker hemma utan att köpa verktyg."},
        supports=[("Anna Ek", "Skulle använda det själv.")],
    ),
    Told(
        "Ring före hemgången",
        "Patienter kommer hem till ett kallt hus utan mat. Vi får veta det dagen efter.",
        Audience.STAFF,
        "Lovisa Kvist",
        48,
        for_whom="Äldre som kommer hem från sjukhus",
        how_many=12,
        unit=CARE,
        talk=[("coach", "Tack! Jag har talat med hemgångsteamet, de vill gärna vara med.")],
        reply=Reply.FITS,
        steps=["helhetsbild", "utveckla", "testa"],
        answers={
            "behov": "Att någon har tänt, värmt och handlat innan man kommer hem.",
            "finns-redan": "Två grannkommuner ringer dagen före. Vi gör som de.",
        },
    ),
    Told(
        "Gratis buss till badet",
        "Mina barn vill bada men bussen kostar 120 kronor för oss fyra.",
        Audience.RESIDENTS,
        "Sara Lund",
        35,
        talk=[("coach", "Tack för att du hör av dig. Jag frågar dem som har hand om bussarna.")],
        reply=Reply.NOT,
        ending=Stage.DECLINED,
        answer="Bussarna och priserna bestämmer regionen, så kommunen kan inte göra dem gratis. "
        "Det finns en sommarbiljett för barn som kostar mindre. Vill du att vi skickar din tanke "
        "vidare till regionen, så hör av dig till mig.",
        offer=Offer.OTHER_DOOR,
    ),
    Told(
        "Laddplatser för elcyklar vid simhallen",
        "Våra medlemmar cyklar en mil till träningen, och batteriet räcker inte hem.",
        Audience.ASSOCIATIONS,
        "Petra Sjö",
        60,
        on_behalf_of="Slusstads simsällskap (påhittat)",
        talk=[("coach", "Tack! Simhallen ska byggas om, jag frågar hur planen ser ut.")],
        reply=Reply.FITS,
        steps=["helhetsbild"],
        ending=Stage.PARKED,
        answer="Simhallen byggs om i höst, och elen dras om då. Vi sparar idén och tar upp den när "
        "utmaningen om cykling öppnar. Du får veta när det sker.",
        offer=Offer.LATER,
    ),
    Told(
        "Bildschema i hallen",
        "Barn som inte läser än frågar oss vad som händer sedan, hela morgonen.",
        Audience.STAFF,
        "Mehmet Demir",
        150,
        for_whom="Barnen på Solrosen",
        how_many=22,
        unit=SCHOOL,
        talk=[("coach", "Tack! Vi kan prova redan nästa vecka.")],
        reply=Reply.FITS,
        steps=["helhetsbild", "utveckla", "testa", "sprida", "infora"],
        answers={
            "behov": "Att själv kunna se vad som händer sedan.",
            "finns-redan": "Särskolan har bilder som vi får låna.",
            "larde": "Frågorna blev hälften så många på två veckor.",
        },
        supports=[("Gunilla Ros", "Vill ha det på vår förskola också.")],
        ending=Stage.PERMANENT,
        answer="Bildschemat hänger nu i alla hallar på Solrosen och ingår i förskolans rutin. "
        "Tack, det var din idé!",
    ),
)


def play(now: datetime) -> None:
    """Set up the sluice and play its cases up to ``now``."""
    town = _town()
    began = now - timedelta(days=190)
    coach = _coach(town, began)
    town.add("Karin Ström", Role.MANAGER, Role.EMPLOYEE, unit=CARE, at=began)
    doors = open_sluice(town, SLUICE, coach, list(DOORS), began)
    for told in CASES:
        play_case(town, doors[told.door], coach, told, now)
    sluice_case.find_out(CASES[0].title, coach, now)
    sluice_clock.play(town, doors[Audience.RESIDENTS], coach, now)
    sluice_ties.play(town, doors, coach, now)
    sluice_bank.play(town, doors, coach, now)
    sluice_proxy.write_down(doors[Audience.STAFF], coach, now - timedelta(days=2))
    sluice_coaches.play(town, coach, now)


def _town() -> Town:
    organisation = Organisation.objects.get(slug="slusstad")
    administrator = Person.objects.get(email="maja.strand@slusstad.example")
    town = Town(organisation, administrator)
    town.units = {unit.name: unit for unit in organisation.units.filter(parent=None)}
    return town


def _coach(town: Town, at: datetime) -> Person:
    """Kalle Bro gets a card in the directory."""
    coach = Person.objects.get(email="kalle.bro@slusstad.example")
    card = Card(
        about="Jag har arbetat i hemtjänsten i tolv år. Ring hellre än att skriva.",
        skills=["behov", "tjänstedesign", "små försök"],
        units=[town.units[CARE], town.units[SCHOOL]],
        room_for=15,
    )
    write_card(town.organisation.pk, coach, card, by=coach, at=at)
    return coach
