"""Slusstad's idea sluice: four doors, Lerum's way, and cases in different steps, all invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.cli.demo.slusstad import CARE, SCHOOL
from idesluss.ideas.models import Coach, Idea, Support
from idesluss.ideas.usecases import Given, end, hand_in, say, take_to
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.ideas.vocab import Channel, IdeaKind, Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation, Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Programme
from idesluss.programmes.usecases.doors import DoorFacts, open_door
from idesluss.programmes.usecases.model import begin_edition, open_edition
from idesluss.programmes.usecases.sluices import add_sluice
from idesluss.programmes.vocab import Audience, Visibility
from idesluss.records.usecases.invented import mark_invented

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DOORS = {
    Audience.STAFF: ("personal", Visibility.INSIDE, 3, 20),
    Audience.RESIDENTS: ("invanare", Visibility.PUBLIC, 5, 30),
    Audience.ASSOCIATIONS: ("foreningar", Visibility.PUBLIC, 5, 30),
    Audience.COMPANIES: ("foretag", Visibility.CLOSED, 5, 30),
}
"""For each group: the short link, how widely a case may be shown, working days promised."""


@dataclass(frozen=True, slots=True)
class Told:
    """One invented case: who says what, how long ago, and how far it has come."""

    title: str
    need: str
    door: Audience
    giver: str  # a name; an employee, or a guest
    days_ago: int
    for_whom: str = ""
    how_many: int | None = None
    unit: str = ""
    kind: IdeaKind = IdeaKind.IDEA
    channel: Channel = Channel.WEB
    on_behalf_of: str = ""
    talk: Sequence[tuple[str, str]] = ()  # (who, what): "coach", "note", "asks" or "giver"
    reply: Reply | None = None
    steps: Sequence[str] = ()  # the keys of those it was taken to
    answers: dict[str, str] = field(default_factory=dict)  # to questions of the steps, by key
    supports: Sequence[tuple[str, str]] = ()  # (who, why)
    ending: Stage | None = None
    answer: str = ""
    offer: Offer = Offer.NONE


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
    sluice = add_sluice(
        town.organisation.pk,
        name="Slusstads idésluss",
        slug="idesluss",
        purpose="En väg in för alla behov och idéer, hela året. Kommunen är påhittad.",
        welcome="Just nu letar vi efter sådant som gör det lättare att klara vardagen hemma.",
        public=True,
        by=town.administrator,
        at=began,
    )
    edition = begin_edition(sluice.pk, "lerum", by=town.administrator, at=began)
    open_edition(edition.pk, by=town.administrator, at=began)
    coach = _coach(town)
    _manager(town, began)
    doors = {audience: _door(town, sluice, audience, coach, began) for audience in DOORS}
    for told in CASES:
        play_case(town, doors[told.door], coach, told, now)


def _town() -> Town:
    organisation = Organisation.objects.get(slug="slusstad")
    administrator = Person.objects.get(email="maja.strand@slusstad.example")
    town = Town(organisation, administrator)
    town.units = {unit.name: unit for unit in organisation.units.filter(parent=None)}
    return town


def _coach(town: Town) -> Person:
    """Kalle Bro gets a card in the directory."""
    coach = Person.objects.get(email="kalle.bro@slusstad.example")
    card = Coach.objects.create(
        organisation=town.organisation,
        person=coach,
        about="Jag har arbetat i hemtjänsten i tolv år. Ring hellre än att skriva.",
        skills=["behov", "tjänstedesign", "små försök"],
        room_for=15,
    )
    card.units.set([town.units[CARE], town.units[SCHOOL]])
    return coach


def _manager(town: Town, at: datetime) -> Person:
    return town.add("Karin Ström", Role.MANAGER, Role.EMPLOYEE, unit=CARE, at=at)


def _door(
    town: Town, sluice: Programme, audience: Audience, receiver: Person, at: datetime
) -> Door:
    slug, widest, first, decision = DOORS[audience]
    facts = DoorFacts(
        receiver,
        slug=slug,
        welcome="Berätta vad som skaver, eller vad du har för idé. Tre frågor räcker.",
        visibility=widest.value,
        first_days=first,
        decision_days=decision,
    )
    return open_door(sluice.pk, audience, facts, by=town.administrator, at=at)


def play_case(town: Town, door: Door, coach: Person, told: Told, now: datetime) -> Idea:
    """Hand a case in, talk about it, take it as far as it has come, at the times it happened."""
    at = now - told.days_ago * DAY
    giver = _person(told.giver, town.organisation)
    given = Given(
        need=told.need,
        title=told.title,
        kind=told.kind,
        for_whom=told.for_whom,
        how_many=told.how_many,
        unit=town.units.get(told.unit),
        on_behalf_of=told.on_behalf_of,
        name_shown=Visibility.INSIDE if door.audience == Audience.STAFF else Visibility.CLOSED,
    )
    idea = hand_in(door, given, by=giver, at=at, channel=told.channel, invented=True)
    for number, (who, text) in enumerate(told.talk, start=1):
        say(
            idea.pk,
            text,
            by=giver if who == "giver" else coach,
            at=at + number * 6 * HOUR,
            inside=who == "note",
            asks_giver=who == "asks",
            reply=told.reply if number == 1 else None,
        )
    for name, why in told.supports:
        _support(idea, _person(name, town.organisation), why, at + 2 * DAY)
    pace = DAY * max(1, (told.days_ago - 3) // (len(told.steps) + 1))
    at += 2 * DAY
    for key in told.steps:
        at += pace
        _answer(idea, told, coach, at)
        step = idea.edition.steps.get(key=key)
        take_to(idea.pk, step.pk, gate_met=True, by=coach, at=at)
    idea.refresh_from_db()
    _answer(idea, told, coach, at + HOUR)
    if told.ending:
        end(
            idea.pk,
            told.ending,
            answer=told.answer,
            offer=told.offer,
            by=coach,
            at=at + max(HOUR, pace - DAY),
        )
    return idea


def _answer(idea: Idea, told: Told, coach: Person, at: datetime) -> None:
    """Answer what the step asks that the case is in."""
    idea.refresh_from_db()
    for question in idea.at_step.questions.all():
        if text := told.answers.get(question.key):
            answer_question(idea.pk, question.pk, text, seen=0, by=coach, at=at)


def _person(name: str, organisation: Organisation) -> Person:
    """An employee of that name, or a guest who is nobody else."""
    known = Person.objects.filter(
        name=name, appointments__organisation=organisation, guest=False
    ).first()
    if known:
        return known
    guest, _ = Person.objects.get_or_create(name=f"{name} (påhittad)", guest=True, email=None)
    mark_invented(guest)
    return guest


def _support(idea: Idea, person: Person, why: str, at: datetime) -> None:
    Support.objects.create(idea=idea, person=person, reason=why, at=at)
