"""Burlöv before the round of 2023 opens, and the sixteen proposals that will come in.

Titles, sums, pot and cap of what was granted are real; the rest is the demonstration's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from idesluss.assessment.models import Assessment
from idesluss.cli.demo import burlov as real
from idesluss.cli.demo.load import BURLOV
from idesluss.cli.demo.play import Played, Town
from idesluss.cli.demo.words import Case, Voice
from idesluss.people import usecases as people
from idesluss.people.models import Organisation
from idesluss.people.vocab import Role
from idesluss.programmes.usecases.rounds import RoundFacts

BEFORE = datetime(2022, 8, 15, 7, 0, tzinfo=UTC)
OPENS = "2022-09-01 08:00"
CLOSES = "2022-11-01 00:00"  # midnight
DEPARTMENTS = [real.SCHOOL, real.CARE, real.PLACE, real.HALL]

GRANTED = [case for case, _ in real.GRANTED]
REFUSED = [
    Case(
        title,
        "Det här behovet är påhittat, liksom förslaget.",
        "Ett påhittat förslag som visar hur ett avslag ser ut.",
        "Det går inte att säga, eftersom förslaget är påhittat.",
        department,
        ((real.BOUGHT, kronor),),
    )
    for title, department, kronor, _, _ in real.REFUSED
]
CASES = [*GRANTED, *REFUSED]
WHY_REFUSED = {title: why for title, _, _, _, why in real.REFUSED}
MARKS = {case.title: marks for case, marks in real.GRANTED} | {
    title: marks for title, _, _, marks, _ in real.REFUSED
}


def burlov() -> Played:
    """The municipality with its people, fund, pot and announced round; nothing is handed in."""
    administrator = people.redeem(
        people.installer_link(at=BEFORE),
        name="Maria Lind",
        email="maria.lind@burlov.example",
        organisation=BURLOV,
        at=BEFORE,
    )
    town = Town(Organisation.objects.get(slug="burlov"), administrator)
    town.add_units(DEPARTMENTS, BEFORE)
    for name, unit in zip(
        ["Sara Nyberg", "Ali Hassan", "Pia Rosén", "Johan Berg"], DEPARTMENTS, strict=True
    ):
        town.applicants.append(town.add(name, Role.EMPLOYEE, unit=unit, at=BEFORE))
    for name in ("Eva Holm", "Nils Friberg", "Leila Karimi"):
        town.assessors.append(town.add(name, Role.ASSESSOR, Role.EMPLOYEE, at=BEFORE))
    for name in ("Karin Dahl", "Per Åberg", "Ingrid Sjö", "Omar Lind"):
        town.members.append(town.add(name, Role.MANAGER, at=BEFORE))
    town.found(
        "Innovationsanslag",
        purpose="Pengar till det som annars inte hade blivit av, sedan 2019.",
        body="Kommunens centrala ledningsgrupp",
        quorum=3,
        goals=["Attraktiva Burlöv", "Hållbara Burlöv", "Tillgängliga Burlöv", "Trygga Burlöv"],
        at=BEFORE,
    )
    town.pot(2023, 500_000, 100_000, BEFORE)
    facts = RoundFacts(
        name="Innovationsanslag 2023",
        project_year=2023,
        slug="2023",
        introduction=real.INTRODUCTION,
        opens_at=real.OPENS,
        closes_at=real.CLOSES,
        contact_id=administrator.pk,
        answer_by=date(2022, 12, 20),
        public=True,
    )
    return Played(town, town.call(facts, "burlov", BEFORE), Voice())


def hand_in_the_rest(played: Played, by_hand: Sequence[str]) -> None:
    """Everybody whose application is not written in the browser hands in through the use cases."""
    rest = [case for case in CASES if case.title not in by_hand]
    for number, case in enumerate(rest):
        played.hand_in(case, number, datetime(2022, 9, 8 + number, 7, 30, tzinfo=UTC))


def pairs() -> list[tuple[str, str]]:
    """Each case to two assessors by turns: (title, name)."""
    names = ("Eva Holm", "Nils Friberg", "Leila Karimi")
    return [(case.title, names[(n + turn) % 3]) for n, case in enumerate(CASES) for turn in (0, 1)]


def assess_the_rest(played: Played, at: datetime) -> None:
    """Whatever is not judged in the browser is judged through the use cases."""
    left = Assessment.objects.counted().filter(round=played.round, locked_at=None)
    place: dict[str, int] = {}
    for one in left.select_related("assessor", "idea").order_by("pk"):
        title = one.idea.title
        turn = place[title] = place.get(title, -1) + 1
        played._score(one, MARKS[title][turn % 2], at)
