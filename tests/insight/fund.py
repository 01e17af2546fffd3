"""A fund with years, for tests: ``Fund().year(2025, granted=…, refused=…)``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from idesluss.adoption.models import Adoption
from idesluss.funding.models import Grant, RoundImport
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from tests.factories import (
    NOON,
    ApplicationFactory,
    GoalFactory,
    OrganisationFactory,
    PersonFactory,
    PotFactory,
    ProgrammeFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
)

NUMBERS = count(1)


class Fund:
    """One organisation with one fund, three departments and two goals."""

    def __init__(self, organisation=None):
        self.organisation = organisation or OrganisationFactory()
        self.programme = ProgrammeFactory(organisation=self.organisation)
        self.care, self.school, self.street = (
            self.organisation.units.filter(name=name).first()
            or UnitFactory(organisation=self.organisation, name=name)
            for name in ("Omsorg", "Skola", "Gata")
        )
        self.near, self.green = (
            GoalFactory(programme=self.programme, name=name, position=place)
            for place, name in enumerate(("Nära", "Grönt"))
        )
        self.administrator = person_as(Role.ADMINISTRATOR, self.organisation)

    def round(self, year, *, published=True, **fields):
        fields = {
            "opens_at": datetime(year - 1, 9, 1, tzinfo=UTC),
            "closes_at": datetime(year - 1, 10, 31, 23, tzinfo=UTC),  # midnight in Sweden
            "slug": f"{year}-{next(NUMBERS)}",
            "results_at": datetime(year - 1, 12, 9, tzinfo=UTC) if published else None,
        } | fields
        return RoundFactory(programme=self.programme, project_year=year, **fields)

    def case(self, round, outcome="refused", **fields):
        """One application, decided on the eighth of December before the project year."""
        granted = fields.pop("granted_minor", fields.get("asked_minor", 60_000_00))
        owner = fields.pop("owner", None) or PersonFactory()
        goals, currency = fields.pop("goals", ()), fields.get("currency", "SEK")
        stage = {"granted": "testing", "": "deciding"}.get(outcome, "declined")
        decided = datetime(round.project_year - 1, 12, 8, 12, tzinfo=UTC) if outcome else None
        made = ApplicationFactory(
            round=round, stage=stage, outcome=outcome, **({"decided_at": decided} | fields)
        )
        if owner != "nobody":
            involve(made.idea, owner, Part.OWNER)
        made.idea.goals.add(*goals)
        if outcome == "granted":
            Grant.objects.create(
                application=made, year=round.project_year, amount_minor=granted, currency=currency
            )
        return made

    def cases(self, round, number, outcome="refused", **fields):
        return [self.case(round, outcome, **fields) for _ in range(number)]

    def pot(self, year, kronor):
        return PotFactory(programme=self.programme, year=year, amount_minor=kronor * 100)

    def from_table(self, round, decided_on=None):
        return RoundImport.objects.create(
            round=round, file_name="gammal.xlsx", currency="SEK", decided_on=decided_on, at=NOON
        )

    def project(self, application, *, published=True, **fields):
        shown = NOON if published else None
        return Project.objects.create(
            idea=application.idea, published_at=shown, changed_at=NOON, **fields
        )

    def permanent(self, application, **fields):
        return Adoption.objects.create(
            idea=application.idea,
            since=date(2026, 1, 1),
            unit=self.care,
            budget="Ram",
            currency="SEK",
            noted_by=self.administrator,
            noted_at=NOON,
            **fields,
        )

    def final_report(self, project):
        return Report.objects.create(
            project=project,
            kind="final",
            progress="on_track",
            spent_minor=1,
            currency="SEK",
            learned="Mycket.",
            onward="continue",
            by=self.administrator,
            at=NOON,
            accepted_at=NOON,
            accepted_by=self.administrator,
        )
