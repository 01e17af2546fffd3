"""A round of Slusstad's in which managers are asked; one waits, others have answered or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from idesluss.cli.demo.play import Played, Town
from idesluss.cli.demo.slusstad import CARE, SCHOOL, STREET, call, case, o_clock
from idesluss.cli.demo.words import Voice
from idesluss.funding import usecases as funding
from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.usecases.endorse import Reply, answer, pass_on
from idesluss.funding.vocab import Cost
from idesluss.logic.merging import fingerprints
from idesluss.logic.terms import Line
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.programmes.usecases.round_rules import RoundRules, set_rules

NAME = "Tid för nytt"
HOUR = 300_00  # what an hour of own work counts as
MANAGERS = (("Lena Falk", CARE), ("Omar Said", SCHOOL), ("Tuva Hed", STREET))


def play(now: datetime) -> None:
    """Call the round, hand in to it, and let the managers be asked."""
    town = as_played()
    began = now - timedelta(days=30)
    managers = {unit: town.add(name, Role.MANAGER, unit=unit, at=began) for name, unit in MANAGERS}
    opens, closes = now - timedelta(days=12), now + timedelta(days=9)
    round = call(town, NAME, opens, closes, now.year + 1)
    rules = replace(
        RoundRules.of(round),
        endorsed=True,
        endorse_by=o_clock(closes + timedelta(days=8), 0),
        work_rate_minor=HOUR,
    )
    round = set_rules(round.pk, rules, by=town.administrator, at=opens - timedelta(days=13))
    played = Played(town, round, Voice())
    titles = [
        "Cykelpool för hemtjänsten",  # waits
        "Nyckelskåp vid korttidsboendet",  # yes, with limits
        "Läsfåtölj i korridoren",  # passed on
        "Blomlådor som tål salt",  # no
    ]
    asked = {}
    for number, title in enumerate(titles):
        one = _hand_in(played, title, number, opens + timedelta(days=3 + number))
        asked[title] = Endorsement.objects.get(application=one)
    later = now - timedelta(days=2)
    limits = "Högst fyra timmar i veckan, och inte under sommaren (påhittat)."
    reply = Reply("limits", limits, hours=60, money_minor=5_000_00)
    answer(asked[titles[1]].pk, reply, version=0, by=managers[CARE], at=later)
    pass_on(
        asked[titles[2]].pk,
        to=Person.objects.get(email="hanna.vik@slusstad.example"),
        why="Hanna leder skolbiblioteken och vet om de hinner (påhittat).",
        version=0,
        by=managers[SCHOOL],
        at=later,
    )
    no = Reply("no", "Vi byter ut alla lådor i vår och hinner inte prova fler (påhittat).")
    answer(asked[titles[3]].pk, no, version=0, by=managers[STREET], at=later)


def _hand_in(played: Played, title: str, number: int, at: datetime) -> Application:
    """An application that asks for working time too."""
    application = played.write(case(title), number, at)
    owner = application.idea.involvements.get().person
    questions = questions_of(played.round)
    bought = tuple(Line(what, kronor * 100) for what, kronor in case(title).lines)
    hours = 20 + 10 * number
    work = Line("Egen tid för att prova", hours * HOUR, Cost.WORK.value, hours)
    funding.write(
        application.pk,
        values={"lines": (*bought, work)},
        seen=fingerprints(sheet(application, questions)),
        by=owner,
        at=at,
    )
    return funding.submit(application.pk, by=owner, at=at)


def as_played() -> Town:
    """Slusstad as it is played so far."""
    programme = Programme.objects.select_related("organisation").get(
        organisation__slug="slusstad", name="Vardagsfonden"
    )
    here = programme.organisation

    def people(role: Role) -> list[Person]:
        held = here.appointments.filter(role=role.value).order_by("pk").select_related("person")
        return [one.person for one in held]

    town = Town(here, Person.objects.get(email="maja.strand@slusstad.example"))
    town.units = {unit.name: unit for unit in here.units.all()}
    town.applicants = [it for it in people(Role.EMPLOYEE) if it not in people(Role.ASSESSOR)]
    town.programme = programme
    return town
