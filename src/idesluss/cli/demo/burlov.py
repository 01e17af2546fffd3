"""Burlöv's round of 2023: real titles of the seven granted, real sums, pot and cap.

Source: Burlövs kommun, innovationsanslag, projects of 2023. Departments, people, asked sums,
texts, scores and the nine refused proposals are not published: all of that is invented here, and
says so on the screen.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from idesluss.cli.demo.play import Played, Town
from idesluss.cli.demo.words import Case, Voice
from idesluss.funding.reads.agenda import Choice
from idesluss.people.vocab import Role
from idesluss.programmes.usecases.rounds import RoundFacts

SCHOOL = "Utbildning och kultur (påhittad)"
CARE = "Socialförvaltningen (påhittad)"
PLACE = "Samhällsbyggnad (påhittad)"
HALL = "Kommunledningskontoret (påhittad)"

BOUGHT = "Inköp (påhittad rad)"
HOURS = "Arbetstid (påhittad rad)"

INTRODUCTION = (
    "Anslaget är till för det som annars inte hade blivit av: ny teknik eller ett nytt sätt att "
    "arbeta, utanför ordinarie budget, som börjar och slutar under 2023. Alla medarbetare får "
    "söka.\n\n"
    "**Vad som är verkligt här:** titlarna och beloppen för de sju beviljade projekten, potten, "
    "taket och att 16 förslag kom in. **Påhittat:** förvaltningar, personer, sökta belopp, alla "
    "texter, bedömningar, dagarna och de nio förslag som fick avslag."
)

GRANTED = (
    (
        Case(
            "IoT - Internet of Things - framtidens information",
            "Vi åker runt och läser av mätare och tömmer kärl som inte är fulla.",
            "Sätta upp ett tjugotal givare och ett gemensamt nät, och prova vad de kan berätta.",
            "Färre resor i onödan. Vi räknar körda mil före och efter.",
            PLACE,
            ((BOUGHT, 80_000), (HOURS, 20_000)),
            invented=False,
        ),
        (5, 4),
    ),
    (
        Case(
            "Interaktiv projektor för aktivt lärande",
            "Barn som har svårt att sitta still kommer inte till sin rätt vid skärmen.",
            "Prova en projektor som gör golvet och väggen till en yta att lära med kroppen på.",
            "Fler barn är med hela passet. Pedagogerna för dagbok under försöket.",
            SCHOOL,
            ((BOUGHT, 92_000), (HOURS, 8_000)),
            invented=False,
        ),
        (4, 4),
    ),
    (
        Case(
            "Textilateljé på förskola",
            "Skapandet blir lätt papper och färg, och de yngsta hittar inte in.",
            "Bygga en ateljé med spillmaterial där barnen väver, tovar och syr.",
            "Fler material och fler språk i vardagen, också för barn som inte talar svenska än.",
            SCHOOL,
            ((BOUGHT, 70_000), (HOURS, 30_000)),
            invented=False,
        ),
        (4, 5),
    ),
    (
        Case(
            "Pedagogisk odling",
            "Många barn vet inte var maten kommer ifrån, och gården är tom på sommaren.",
            "Odlingslådor, ett litet växthus och en plan för vem som vattnar när.",
            "Barnen följer ett helt år från frö till tallrik.",
            SCHOOL,
            ((BOUGHT, 60_000), (HOURS, 15_000)),
            invented=False,
        ),
        (4, 4),
    ),
    (
        Case(
            "Min utredning, egen bok för barn i omsorg",
            "Barn som utreds förstår sällan vad som händer och varför.",
            "En bok som barnet får skriva och rita i, med orden i utredningen förklarade.",
            "Barnet kan berätta med egna ord vad som händer härnäst. Vi frågar dem.",
            CARE,
            (("Form och tryck (påhittad rad)", 48_900), (HOURS, 12_000)),
            invented=False,
        ),
        (5, 5),
    ),
    (
        Case(
            "Digital plattform för kommunens egna möbelåterbruk TaGe",
            "Fullt brukbara möbler slängs för att ingen vet att någon annan behöver dem.",
            "En enkel plats där enheterna lägger upp och hämtar möbler av varandra.",
            "Vi räknar möbler som får nytt liv, och vad de hade kostat nya.",
            HALL,
            (("Licens och uppsättning (påhittad rad)", 35_500), (HOURS, 8_000)),
            invented=False,
        ),
        (4, 3),
    ),
    (
        Case(
            "Elmotorer på kommunens befintliga cyklar",
            "Motvind och avstånd gör att tjänstecyklarna står, och bilen används.",
            "Sätta motorer på cyklar vi redan har, i stället för att köpa nya.",
            "Vi jämför hur ofta de lånas före och efter.",
            PLACE,
            (("Motorsatser (påhittad rad)", 22_000), (HOURS, 3_000)),
            invented=False,
        ),
        (4, 4),
    ),
)

REFUSED = (
    (
        "Drönare för takbesiktning (påhittat)",
        PLACE,
        95_000,
        (3, 2),
        "Tjänsten går att köpa vid behov till lägre kostnad.",
    ),
    (
        "Robotgräsklippare på skolgården (påhittat)",
        SCHOOL,
        60_000,
        (2, 2),
        "Drift som hör till ordinarie budget.",
    ),
    (
        "App för personalschema (påhittat)",
        CARE,
        100_000,
        (3, 3),
        "Ett gemensamt system är redan på väg in.",
    ),
    (
        "Ljudböcker i väntrummet (påhittat)",
        CARE,
        18_000,
        (3, 2),
        "Kan göras inom enhetens egen budget.",
    ),
    (
        "Solskydd med givare (påhittat)",
        PLACE,
        88_000,
        (2, 3),
        "Underlaget visar inte vem som har behovet.",
    ),
    (
        "Digital gästbok i receptionen (påhittat)",
        HALL,
        30_000,
        (2, 1),
        "Behovet är inte beskrivet.",
    ),
    (
        "Lastcykel till biblioteket (påhittat)",
        SCHOOL,
        52_000,
        (3, 4),
        "Lånas ut av samhällsbyggnad under försöket i stället.",
    ),
    (
        "Talande skyltar i parken (påhittat)",
        PLACE,
        75_000,
        (3, 3),
        "Fortsätter längre än projektåret.",
    ),
    (
        "Julkalender för medarbetare (påhittat)",
        HALL,
        25_000,
        (1, 2),
        "Varken ny teknik eller ett nytt sätt att arbeta.",
    ),
)

OVERSHOOT = (
    "Ledningsgruppen vill inte dela de sju projekten. Överskridandet på 4 400 kr täcks inom "
    "kommunledningskontorets ram. (Påhittad motivering; beloppet är verkligt.)"
)

OPENS = datetime(2022, 9, 1, 6, 0, tzinfo=UTC)
CLOSES = datetime(2022, 10, 31, 23, 0, tzinfo=UTC)  # midnight in Sweden
HELD = datetime(2022, 12, 8, 8, 0, tzinfo=UTC)


def play(town: Town) -> None:
    """The whole round, from the first thought in the autumn to the list in December."""
    before = datetime(2022, 8, 15, 7, 0, tzinfo=UTC)
    fill(town, before)
    town.found(
        "Innovationsanslag",
        purpose="Pengar till det som annars inte hade blivit av, sedan 2019.",
        body="Kommunens centrala ledningsgrupp",
        quorum=3,
        goals=[
            "Vision 2040",
            "Attraktiva Burlöv",
            "Hållbara Burlöv",
            "Tillgängliga Burlöv",
            "Trygga Burlöv",
        ],
        at=before,
    )
    town.pot(2023, 500_000, 100_000, before)
    facts = RoundFacts(
        name="Innovationsanslag 2023",
        project_year=2023,
        slug="2023",
        introduction=INTRODUCTION,
        opens_at=OPENS,
        closes_at=CLOSES,
        contact_id=town.administrator.pk,
        answer_by=date(2022, 12, 20),
        public=True,
    )
    round = town.call(facts, "burlov", before)
    played = Played(town, round, Voice())
    marks = hand_everything_in(played)
    played.check(datetime(2022, 11, 2, 8, 0, tzinfo=UTC))
    played.give(datetime(2022, 11, 3, 8, 0, tzinfo=UTC))
    played.assess(marks, datetime(2022, 11, 7, 8, 0, tzinfo=UTC))
    played.meet(HELD, "Medborgarhuset", "Per Åberg (påhittad)", HELD.replace(day=1))
    conflict = ("Textilateljé på förskola", (1, "Jag är chef över förskolan som söker."))
    played.declare_members(dict([conflict]), HELD.replace(day=2))
    choices = {
        case.title: Choice(outcome="granted", granted_minor=case.asked * 100) for case, _ in GRANTED
    }
    choices |= {title: Choice(outcome="refused", reason=why) for title, _, _, _, why in REFUSED}
    played.decide(choices, OVERSHOOT, HELD.replace(hour=9))
    played.release(HELD.replace(hour=13))


def hand_everything_in(played: Played) -> dict[str, tuple[int, int]]:
    """All sixteen, the refused ones among the granted; returns what assessors think of each."""
    cases = [(case, marks) for case, marks in GRANTED]
    for place, (title, department, kronor, marks, _) in enumerate(REFUSED):
        case = Case(
            title,
            "Det här behovet är påhittat, liksom förslaget.",
            "Ett påhittat förslag som visar hur ett avslag ser ut.",
            "Det går inte att säga, eftersom förslaget är påhittat.",
            department,
            ((BOUGHT, kronor),),
        )
        cases.insert(2 * place + 1, (case, marks))
    for number, (case, _) in enumerate(cases):
        played.hand_in(case, number, datetime(2022, 9, 5 + number, 7, 30, tzinfo=UTC))
    return {case.title: marks for case, marks in cases}


def fill(town: Town, at: datetime) -> None:
    """Departments and people, all invented."""
    town.add_units([SCHOOL, CARE, PLACE, HALL], at)
    for name, unit in (
        ("Sara Nyberg (påhittad)", SCHOOL),
        ("Ali Hassan (påhittad)", CARE),
        ("Pia Rosén (påhittad)", PLACE),
        ("Johan Berg (påhittad)", HALL),
        ("Nadia Haddad (påhittad)", SCHOOL),
        ("Erik Wall (påhittad)", CARE),
        ("Lena Borg (påhittad)", PLACE),
        ("Tove Lund (påhittad)", HALL),
        ("Hugo Frisk (påhittad)", SCHOOL),
        ("Mona Ståhl (påhittad)", CARE),
        ("Jonas Kron (påhittad)", PLACE),
        ("Elif Kaya (påhittad)", SCHOOL),
    ):
        town.applicants.append(town.add(name, Role.EMPLOYEE, unit=unit, at=at))
    for name in ("Eva Holm (påhittad)", "Nils Friberg (påhittad)", "Leila Karimi (påhittad)"):
        town.assessors.append(town.add(name, Role.ASSESSOR, Role.EMPLOYEE, at=at))
    for name, unit in (
        ("Karin Dahl (påhittad)", HALL),
        ("Per Åberg (påhittad)", SCHOOL),
        ("Ingrid Sjö (påhittad)", CARE),
        ("Omar Lind (påhittad)", PLACE),
    ):
        town.members.append(town.add(name, Role.MANAGER, unit=unit, at=at))
    town.add("Britt Öst (påhittad)", Role.REGISTRAR, at=at)
