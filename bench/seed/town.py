"""Organisation, people, fund and rounds: everything that does not grow with N."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from idesluss.funding.models import Pot
from idesluss.people.models import Appointment, Body, Organisation, Person, Seat, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Goal, Programme, Round, Step
from idesluss.programmes.usecases.starting import start_from

UNITS = (
    "Vård och omsorg", "Barn och utbildning", "Gata och park", "Kultur och fritid",
    "Kommunledning", "Socialtjänst", "Miljö och bygg", "Arbetsmarknad", "Räddningstjänst",
    "IT och digitalisering", "Måltider och städ", "Vatten och avfall",
)  # fmt: skip
GOALS = ("Nära till hjälp", "En skola för alla", "Grönt och skönt", "Trygg hela livet")
STEPS = (
    ("received", "inkommen"), ("exploring", "prövas"), ("assessing", "bedöms"),
    ("deciding", "inför beslut"), ("testing", "genomförs"), ("permanent", "permanent"),
)  # fmt: skip
MEMBERS = 7
DAY = timedelta(days=1)


@dataclass
class Town:
    """One municipality, its offices and its fund; ``now`` is the moment it is seeded for."""

    now: datetime
    organisation: Organisation = field(init=False)
    administrator: Person = field(init=False)
    owner: Person = field(init=False)  # hands in 25 of the first 100 applications
    hurried: Person = field(init=False)  # has drafts and hands them in
    body: Body = field(init=False)
    programme: Programme = field(init=False)
    units: list[Unit] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    assessors: list[Person] = field(default_factory=list)
    applicants: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.organisation = Organisation.objects.create(
            name="Slusstad", slug="slusstad", contact_mail="fonden@slusstad.example"
        )
        self.units = Unit.objects.bulk_create(
            Unit(organisation=self.organisation, name=name) for name in UNITS
        )
        self.administrator = self.people("Astrid Ahl", 1, Role.ADMINISTRATOR, Role.EMPLOYEE)[0]
        self.owner = self.people("Olle Ek", 1, Role.EMPLOYEE)[0]
        self.hurried = self.people("Hilda Bråd", 1, Role.EMPLOYEE)[0]
        self.members = self.people("Rolf Stark", MEMBERS, Role.MANAGER)
        self._fund()

    def _fund(self) -> None:
        self.body = Body.objects.create(
            organisation=self.organisation, name="Ledningsgruppen", quorum=4
        )
        Seat.objects.bulk_create(
            Seat(body=self.body, person=person, order=order, chair=order == 0)
            for order, person in enumerate(self.members)
        )
        self.programme = Programme.objects.create(
            organisation=self.organisation, name="Vardagsfonden", body=self.body
        )
        self.goals = Goal.objects.bulk_create(
            Goal(programme=self.programme, name=name, position=position)
            for position, name in enumerate(GOALS)
        )
        Step.objects.bulk_create(
            Step(programme=self.programme, stage=stage, name=name, position=position)
            for position, (stage, name) in enumerate(STEPS)
        )
        year = self.now.year + 1
        Pot.objects.create(
            programme=self.programme, year=year, amount_minor=5_000_000_00, currency="SEK",
            cap_minor=100_000_00,
        )  # fmt: skip

    def people(self, name: str, number: int, *roles: Role) -> list[Person]:
        """``number`` more people who hold ``roles``."""
        already = Person.objects.count()
        made = Person.objects.bulk_create(
            Person(
                name=f"{name} {place}",
                email=f"person{place}@slusstad.example",
                password="!",
                created_at=self.now,
            )
            for place in range(already, already + number)
        )
        Appointment.objects.bulk_create(
            Appointment(
                organisation=self.organisation,
                person=person,
                role=role.value,
                unit=self.units[place % len(self.units)],
            )
            for place, person in enumerate(made)
            for role in roles
        )
        return made

    def round(self, slug: str, *, opens: int, closes: int, results: bool = False) -> Round:
        """An announced round, open between two days counted from now (before: below zero)."""
        made = Round.objects.create(
            programme=self.programme,
            name=f"Omgången {slug}",
            slug=slug,
            introduction="Sök pengar för att **prova** något nytt i vardagen.",
            opens_at=self.now + opens * DAY,
            closes_at=self.now + closes * DAY,
            project_year=self.now.year + 1,
            contact=self.administrator,
            public=True,
            announced_at=self.now + (opens - 1) * DAY,
            results_at=self.now - DAY if results else None,
        )
        start_from(made, "needs", language="sv")
        return made

    def enough_people(self, applications: int) -> None:
        """As many applicants and assessors as ``applications`` would have."""
        applicants = max(60, applications * 3 // 4) - len(self.applicants)
        assessors = max(6, applications // 20) - len(self.assessors)
        if applicants > 0:
            self.applicants += self.people("Anna Åkesson", applicants, Role.EMPLOYEE)
        if assessors > 0:
            self.assessors += self.people("Gunilla Ros", assessors, Role.ASSESSOR)
