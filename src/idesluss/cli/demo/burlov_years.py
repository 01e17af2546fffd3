"""Burlöv's other years, 2019–2022 and 2024: invented from beginning to end, and marked so.

Only the round of 2023 is published with its projects and sums. These years are as they might have
been: money left over in the first ones, too little of it in the last. They come in as a real
municipality's would, from tables; some of their projects have become permanent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from idesluss.adoption.usecases.adopt import Facts as Permanent
from idesluss.adoption.usecases.adopt import adopt
from idesluss.cli.demo.burlov import CARE, HALL, PLACE, SCHOOL
from idesluss.cli.demo.play import Town
from idesluss.funding.models import Application
from idesluss.funding.reads.results import GRANTED
from idesluss.funding.usecases.import_round import About, import_round
from idesluss.logic.sheets import read_round, read_table
from idesluss.logic.sheets.plain import write_csv
from idesluss.pilots.usecases.begin import begin
from idesluss.pilots.usecases.present import Page, present
from idesluss.programmes.models import Goal
from idesluss.programmes.usecases.rounds import RoundFacts, add_round
from idesluss.records.usecases.invented import mark_invented

POT, CAP = 500_000, 100_000  # whole kronor
WHERE = {"S": SCHOOL, "O": CARE, "P": PLACE, "H": HALL}
PEOPLE = {
    "S": "Sara Nyberg, Nadia Haddad, Rut Ahl, Bo Tell, Inga Ros, Leif Alm, Disa Norr, Kim Lo, "
    "Ture Rask, Ylva Sten",
    "O": "Ali Hassan, Erik Wall, Gun Selin, Ivar Ny, Asta Roth, Per Kvist, Aino Virta, Dan Frost, "
    "Eli Gren, Sonja Ask",
    "P": "Pia Rosén, Kurt Malm, Siri Vall, Olof Hed, Rolf Moss, Tina Ek, Jens Lind, Amal Nasser, "
    "Gerd Lo, Isak Holm",
    "H": "Johan Berg, Vera Sand, Nour Aziz, Tage Holst, Maj Ek, Ulf Stål, Zara Ali, Nils Hall, "
    "Beda Lund, Axel Tun",
}
HEAD = ("title", "department", "applicant", "asked", "granted", "outcome", "reason", "year")
WHY = "Ryms i den egna budgeten, eller är för lite prövat. (Påhittat skäl.)"
INTRODUCTION = (
    "**Det här året är påhittat**, med alla projekt, personer och belopp. Det finns för att visa "
    "hur åren kan jämföras. Verklig är bara omgången 2023."
)


@dataclass(frozen=True, slots=True)
class Before:
    """One invented year. Cases are "department title asked granted" in thousands of kronor.

    Granted 0 is a refusal. ``stays`` are those that became permanent, by a word of their title.
    ``people`` are those of each department who may apply, from one place to another: every year
    some who have applied before, and some who have not.
    """

    year: int
    closes: date
    decided: date
    people: slice
    cases: str
    stays: Sequence[str] = ()


YEARS = (
    Before(
        2019, date(2018, 10, 31), date(2018, 12, 19), slice(0, 6),
        """S Läshundar på biblioteket|40|40
        S Utematte för åk 2|35|30
        O Sång vid måltiden|25|25
        O Trygg utskrivning med bild|60|45
        P Blommande vägkanter|50|40
        H Möteslösa onsdagar|30|30
        S Skolradio i korridoren|45|0
        P Sensor i papperskorgen|90|0
        H Medborgarlåda på torget|20|0""",
        ("Läshundar", "vägkanter", "Sång"),
    ),
    Before(
        2020, date(2019, 10, 31), date(2019, 12, 12), slice(0, 6),
        """S Språkväskan hem|55|55
        S Rörelse före läsning|30|30
        O Digital fika för äldre|80|60
        O Anhörigkväll på distans|35|35
        P Regnbäddar vid skolan|95|80
        H Förenklad blankett|40|40
        S Egen poddstudio|70|0
        O Robotkatt på boendet|60|0
        P Elsparkcykel till parkvakten|45|0
        H Intern app för lunch|90|0""",
        ("Regnbäddar", "Förenklad", "Anhörigkväll"),
    ),
    Before(
        2021, date(2020, 10, 31), date(2020, 12, 10), slice(2, 7),
        """S Uteklassrum under tak|100|90
        S Matematik i spel|45|45
        O Medicinpåminnare med röst|75|60
        O Hembesök med surfplatta|60|60
        O Vilrum för nattpersonal|40|30
        P Cykelräknare som syns|85|70
        H Tolk via skärm|65|65
        S Hinderbana på rasten|95|0
        O Egen podd om åldrande|35|0
        P Dusch i parken|100|0
        P Lånestolar på torget|30|0
        H Digital namnskylt|50|0
        S Sovstund med ljudbok|20|0""",
        ("Tolk", "Cykelräknare", "Medicinpåminnare"),
    ),
    Before(
        2022, date(2021, 10, 31), date(2021, 12, 9), slice(5, 10),
        """S Kodklubb för tjejer|60|60
        S Pedagogisk måltid ute|75|75
        O Fallfritt kök|90|80
        O Digitalt lås hos den som vill|100|100
        P Skugga vid lekplatsen|85|70
        P Delad verktygsbod|50|50
        H Klarspråk i beslut|60|60
        S Ljudabsorbenter av ull|95|0
        S Kör över generationerna|30|0
        O Smart blöja på prov|100|0
        O Hörslingor i bilen|40|0
        P Laddstolpe för rullstol|65|0
        P Fågelholkar med kamera|35|0
        H Podd från fullmäktige|80|0
        H Virtuell reception|90|0
        S Skolgård i skymning|45|0""",
        ("Klarspråk", "lås"),
    ),
    Before(
        2024, date(2023, 10, 31), date(2023, 12, 21), slice(3, 10),
        """S Flerspråkig läsapp|80|60
        S Odling året runt|90|70
        S Lugn start på dagen|40|40
        O Talande vårdplan|100|80
        O Natthjälp på distans|100|80
        O Möte utan papper|50|50
        P Mätare i marken|95|70
        P Reparera i stället|60|50
        S Dans på recept|70|0
        S Skollunch i lådcykel|85|0
        S Berättarscen|45|0
        S Klassrum utan skärm|30|0
        S Lekbibliotek|75|0
        S Tyst hörna|25|0
        O Doftminnen|35|0
        O Rullande fikavagn|55|0
        O Egen ergonomicoach|90|0
        O Sällskapsspel på surfplatta|40|0
        O Musikkuddar|65|0
        P Drönare över diken|100|0
        P Mossa på väggen|80|0
        P Växelvis belysning|95|0
        P Hundpark med vatten|100|0
        P Sopbil som berättar|70|0
        H Robot som svarar|100|0
        H Film om budgeten|60|0
        H Gemensamt lånekort|45|0
        H Kurs i nej|20|0
        H Idéautomat|50|0""",
    ),
)  # fmt: skip


def play(town: Town, years: Sequence[int], at: datetime) -> None:
    """Take those of the invented ``years`` in from tables, each as published at ``at``."""
    for before in YEARS:
        if before.year in years:
            _take_in(town, before, at)


def _take_in(town: Town, before: Before, at: datetime) -> None:
    year = before.year
    town.pot(year, POT, CAP, at)
    facts = RoundFacts(
        name=f"Innovationsanslag {year} (påhittat)",
        project_year=year,
        slug=str(year),
        introduction=INTRODUCTION,
        opens_at=datetime(year - 1, 9, 1, 6, tzinfo=UTC),
        closes_at=datetime.combine(before.closes, datetime.min.time(), UTC).replace(hour=23),
        contact_id=town.administrator.pk,
    )
    mark_invented(add_round(town.programme.pk, facts, start="", by=town.administrator, at=at))
    reading = read_round(
        read_table(_table(before), f"{year}.csv"), currency="SEK", year=year, stated_total=None
    )
    about = About(
        programme_id=town.programme.pk,
        name=facts.name,
        year=year,
        file_name=f"{year}.csv",
        decided_on=before.decided,
        publish=True,
    )
    taken = import_round(reading, about, by=town.administrator, at=at)
    applications = list(taken.round.applications.select_related("idea").order_by("pk"))
    mark_invented(*(one.idea for one in applications))
    goals = list(Goal.objects.filter(programme=town.programme).order_by("position"))
    for number, one in enumerate(applications):  # a table has no goals
        one.idea.goals.set([goals[(number * 2 + year) % len(goals)]])
    _carry_out(town, before, [one for one in applications if one.outcome in GRANTED], at)


def _table(before: Before) -> bytes:
    turns = dict.fromkeys(WHERE, before.year)
    rows = []
    for line in before.cases.splitlines():
        words, asked, granted = line.strip().split("|")
        letter, _, title = words.partition(" ")
        turns[letter] += 1
        may_apply = PEOPLE[letter].split(", ")[before.people]
        person = may_apply[turns[letter] % len(may_apply)]
        rows.append((
            f"{title} (påhittat)", WHERE[letter], f"{person} (påhittad)", int(asked) * 1000,
            int(granted) * 1000, "granted" if int(granted) else "refused",
            "" if int(granted) else WHY, before.year,
        ))  # fmt: skip
    return write_csv(HEAD, rows)


def _carry_out(town: Town, before: Before, granted: Sequence[Application], at: datetime) -> None:
    """Every granted project has a page, and some of them have become permanent."""
    for one in granted:
        project = begin(one.pk, at=at)
        if project is None:
            continue
        page = Page(purpose="Ett påhittat projekt, för att visa hur ett år kan se ut.")
        present(
            project.pk, page=page, version=project.version, publish=True,
            by=town.administrator, at=at,
        )  # fmt: skip
        if any(word in one.idea.title for word in before.stays):
            facts = Permanent(
                since=date(before.year + 1, 1, 1),
                unit=one.idea.unit_id,
                budget="Enhetens ram (påhittat)",
                owner_name="Enhetschefen (påhittad)",
            )
            adopt(project.pk, facts=facts, by=town.administrator, at=at)
