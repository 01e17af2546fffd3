"""Slusstad, a small municipality that does not exist, with a round in each stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from idesluss.cli.demo.play import Played, Town
from idesluss.cli.demo.words import Case, Voice
from idesluss.funding import usecases as funding
from idesluss.funding.reads.agenda import Choice
from idesluss.ideas.usecases import ask_completion
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.programmes.usecases.rounds import RoundFacts
from idesluss.records.usecases.invented import mark_invented

CARE, SCHOOL, STREET = "Vård och omsorg", "Barn och utbildning", "Gata och park"

CASES = {
    "Nattlampor som tänds av steg": (
        "Äldre faller på väg till toaletten om natten.",
        "Prova golvlampor med rörelsegivare hemma hos tio personer.",
        "Färre fall. Vi räknar dem tre månader före och efter.",
        CARE,
        (("Lampor", 18_000), ("Montering", 12_000)),
        (5, 4),
    ),
    "Cykelpool för hemtjänsten": (
        "Korta besök tar lång tid med bil, och bilarna räcker inte.",
        "Fem elcyklar i stället för två bilar på den tätaste rundan.",
        "Fler minuter hos brukaren. Vi mäter körtid och sjukfrånvaro.",
        CARE,
        (("Cyklar", 75_000), ("Hjälmar och lås", 5_000)),
        (4, 4),
    ),
    "Läsfåtölj i korridoren": (
        "Barn som behöver lugn har ingenstans att ta vägen på rasten.",
        "Två fåtöljer med skärm och hörlurar, och en regel om vem som får sitta.",
        "Färre konflikter på rasten. Fritidspersonalen för statistik.",
        SCHOOL,
        (("Möbler", 24_000),),
        (4, 3),
    ),
    "Givare i sandlådor": (
        "Vi fyller på sand på schema, inte när det behövs.",
        "Givare i tolv lådor som säger när sanden är för lite eller för blöt.",
        "Färre resor och bättre sand. Vi räknar båda.",
        STREET,
        (("Givare", 45_000), ("Nät", 15_000)),
        (3, 2),
    ),
    "Matsedel med bilder": (
        "Den som inte läser svenska vet inte vad det blir till lunch.",
        "Bilder och uppläsning på skärmen i matsalen.",
        "Mindre matsvinn. Köket väger det redan.",
        SCHOOL,
        (("Skärm", 14_000), ("Bilder", 6_000)),
        (4, 5),
    ),
    "Talstyrd dokumentation": (
        "Undersköterskor skriver journal på övertid.",
        "Prova att tala in anteckningen direkt efter besöket, på två enheter.",
        "Mindre övertid. Vi mäter när journalen blir klar.",
        CARE,
        (("Licenser", 60_000), ("Utbildning", 30_000)),
        (4, 2),
    ),
    "Blomlådor som tål salt": (
        "Lådorna längs genomfarten dör varje vår.",
        "Prova fem sorters jord och växter som tål vägsalt.",
        "Färre omplanteringar. Vi fotograferar varje månad.",
        STREET,
        (("Växter och jord", 22_000),),
        (3, 4),
    ),
    "Nyckelskåp vid korttidsboendet": (
        "Anhöriga får vänta ute när ingen hinner öppna.",
        "Ett skåp med kod som byts varje dygn.",
        "Kortare väntan. Vi frågar anhöriga före och efter.",
        CARE,
        (("Skåp och montering", 28_000),),
        (4, 4),
    ),
}


def case(title: str) -> Case:
    """The case of that title."""
    need, what, change, department, lines, _ = CASES[title]
    return Case(title, need, what, change, department, lines)


def play(town: Town, now: datetime) -> None:
    """Six rounds: coming, open, being checked, being assessed, at the meeting, decided."""
    began = now - timedelta(days=200)
    town.add_units([CARE, SCHOOL, STREET], began)
    for name, unit in (
        ("Anna Ek", CARE),
        ("Mehmet Demir", SCHOOL),
        ("Lovisa Kvist", STREET),
    ):
        town.applicants.append(town.add(name, Role.EMPLOYEE, unit=unit, at=began))
    for name in ("Gunilla Ros", "Viktor Alm"):
        town.assessors.append(town.add(name, Role.ASSESSOR, Role.EMPLOYEE, at=began))
    for name in ("Rolf Stark", "Hanna Vik", "Amina Noor"):
        town.members.append(town.add(name, Role.MANAGER, at=began))
    town.add("Siv Torn", Role.REGISTRAR, at=began)
    town.add("Kalle Bro", Role.COACH, at=began)
    town.found(
        "Vardagsfonden",
        purpose="Små försök i vardagen, från behov till något som stannar.",
        body="Ledningsgruppen",
        quorum=2,
        goals=["Nära till hjälp", "En skola för alla", "Grönt och skönt"],
        at=began,
    )
    for year in (now.year, now.year + 1):
        town.pot(year, 250_000, 90_000, began)
    decided(town, now)
    at_the_meeting(town, now)
    being_assessed(town, now)
    being_checked(town, now)
    open_now(town, now)
    coming(town, now)


def o_clock(day: datetime, hour: int) -> datetime:
    """That day in Sweden at a whole hour, as people set their times."""
    local = day.astimezone(ZoneInfo("Europe/Stockholm"))
    return local.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


def call(
    town: Town, name: str, opens: datetime, closes: datetime, year: int, **more: bool
) -> Round:
    """A round of the fund, announced as it opens or earlier."""
    facts = RoundFacts(
        name=name,
        project_year=year,
        introduction="En påhittad omgång i en påhittad kommun, för att visa hur det går till.",
        opens_at=o_clock(opens, 8),
        closes_at=o_clock(closes + timedelta(days=1), 0),
        contact_id=town.administrator.pk,
        answer_days=45,
        public=True,
        blind=more.get("blind", False),
    )
    announced = opens - timedelta(days=14)
    round = town.call(facts, "needs", announced)
    mark_invented(round)
    return round


def hand_in(played: Played, titles: Sequence[str], at: datetime) -> None:
    """One application a day."""
    for number, title in enumerate(titles):
        played.hand_in(case(title), number, at + timedelta(days=number))


def marks() -> dict[str, Sequence[int]]:
    """What assessors think of each case."""
    return {title: facts[5] for title, facts in CASES.items()}


def decided(town: Town, now: datetime) -> None:
    """A round of last spring that is decided and public."""
    opens = now - timedelta(days=180)
    round = call(town, "Trygg hemma", opens, opens + timedelta(days=30), now.year)
    played = Played(town, round, Voice())
    titles = ["Nattlampor som tänds av steg", "Cykelpool för hemtjänsten", "Givare i sandlådor"]
    hand_in(played, titles, opens + timedelta(days=3))
    closed = opens + timedelta(days=31)
    played.check(closed)
    played.give(closed + timedelta(days=1))
    played.assess(marks(), closed + timedelta(days=2))
    held = o_clock(closed + timedelta(days=20), 13)
    played.meet(held, "Rådhuset, Slussrummet", "Hanna Vik", held - timedelta(days=7))
    played.declare_members({}, held - timedelta(days=3))
    choices = (
        Choice(outcome="granted", granted_minor=30_000_00),
        Choice(
            outcome="partly_granted",
            granted_minor=50_000_00,
            reason="Tre cyklar räcker för att veta om det fungerar.",
        ),
        Choice(outcome="refused", reason="Underlaget visar inte att sanden är ett problem."),
    )
    played.decide(dict(zip(titles, choices, strict=True)), "", held)
    played.release(held + timedelta(hours=2))


def at_the_meeting(town: Town, now: datetime) -> None:
    """A round that the group is about to decide; one member has stepped aside in one case."""
    opens = now - timedelta(days=75)
    round = call(town, "Mötet med invånaren", opens, opens + timedelta(days=30), now.year)
    played = Played(town, round, Voice())
    titles = [
        "Matsedel med bilder",
        "Talstyrd dokumentation",
        "Nyckelskåp vid korttidsboendet",
        "Blomlådor som tål salt",
        "Läsfåtölj i korridoren",
    ]
    hand_in(played, titles, opens + timedelta(days=3))
    closed = opens + timedelta(days=31)
    played.check(closed)
    played.give(closed + timedelta(days=1))
    played.assess(marks(), closed + timedelta(days=2))
    held = o_clock(now - timedelta(days=1), 13)
    played.meet(held, "Rådhuset", "Hanna Vik", now - timedelta(days=6))
    conflict = {"Nyckelskåp vid korttidsboendet": (2, "Jag är chef för korttidsboendet.")}
    played.declare_members(conflict, now - timedelta(days=2))
    played.decide(
        {"Matsedel med bilder": Choice(outcome="granted", granted_minor=20_000_00)},
        "",
        held + timedelta(minutes=30),
    )


def being_assessed(town: Town, now: datetime) -> None:
    """A round with names hidden, half assessed; one assessor has not locked yet."""
    opens = now - timedelta(days=45)
    round = call(town, "Skolan ute", opens, opens + timedelta(days=25), now.year + 1, blind=True)
    played = Played(town, round, Voice())
    titles = ["Läsfåtölj i korridoren", "Matsedel med bilder", "Blomlådor som tål salt"]
    hand_in(played, titles, opens + timedelta(days=3))
    closed = opens + timedelta(days=26)
    played.check(closed)
    played.give(closed + timedelta(days=1))
    played.assess(marks(), closed + timedelta(days=3), most=3)
    played.draft("Matsedel med bilder", 5, closed + timedelta(days=4))


def being_checked(town: Town, now: datetime) -> None:
    """A round that has just closed; one applicant is asked for more."""
    opens = now - timedelta(days=33)
    round = call(town, "Nära vård", opens, now - timedelta(days=3), now.year + 1)
    played = Played(town, round, Voice())
    titles = [
        "Nattlampor som tänds av steg",
        "Talstyrd dokumentation",
        "Nyckelskåp vid korttidsboendet",
        "Cykelpool för hemtjänsten",
    ]
    hand_in(played, titles, opens + timedelta(days=20))
    ask_completion(
        played.applications[1].idea_id,
        what="Vilka två enheter ska prova, och är cheferna med på det?",
        due=(now + timedelta(days=10)).date(),
        by=town.administrator,
        at=now - timedelta(days=1),
    )


def open_now(town: Town, now: datetime) -> None:
    """A round that is open: handed in, withdrawn, and a draft."""
    opens = now - timedelta(days=10)
    round = call(town, "Digital vardag", opens, now + timedelta(days=25), now.year + 1)
    played = Played(town, round, Voice())
    hand_in(played, ["Givare i sandlådor", "Matsedel med bilder"], opens + timedelta(days=2))
    taken_back = played.applications[1]
    owner = taken_back.idea.involvements.order_by("pk")[0].person
    funding.withdraw(
        taken_back.pk, reason="Vi gör det ändå, inom vår egen budget.", by=owner, at=now
    )
    played.write(case("Cykelpool för hemtjänsten"), 0, now - timedelta(days=1))


def coming(town: Town, now: datetime) -> None:
    """A round that opens in three weeks."""
    opens = now + timedelta(days=21)
    facts = RoundFacts(
        name="Gröna arbetsplatser",
        project_year=now.year + 1,
        introduction="En påhittad omgång som öppnar om tre veckor.",
        opens_at=o_clock(opens, 8),
        closes_at=o_clock(opens + timedelta(days=45), 0),
        contact_id=town.administrator.pk,
        answer_days=45,
        public=True,
    )
    mark_invented(town.call(facts, "needs", now))
