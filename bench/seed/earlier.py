"""Earlier years of the fund: published, with projects of which some became permanent."""

from __future__ import annotations

from bench.seed.cases import Batch, Plan
from bench.seed.town import DAY, Town
from idesluss.adoption.models import Adoption
from idesluss.funding.models import Application, Grant, Pot
from idesluss.pilots.models import Project

YEARS = 5
CASES = 40


def earlier_years(town: Town) -> None:
    """Five years before the one that is measured, of forty cases each, sixteen granted."""
    for back in range(1, YEARS + 1):
        year = town.now.year + 1 - back
        round = town.round(f"ar-{back}", opens=-365 * back - 90, closes=-365 * back - 45)
        round.project_year, round.results_at = year, town.now - 365 * back * DAY
        round.save()
        if back < YEARS:  # the one that is measured and the year before it have one already
            Pot.objects.get_or_create(
                programme=town.programme, year=year,
                defaults={"amount_minor": 2_000_000_00, "currency": "SEK"},
            )  # fmt: skip
        plans = [
            Plan(
                number=n,
                stage="testing" if n % 5 < 2 else "declined",
                owner=town.applicants[(n + 7 * back) % 60],
                outcome="granted" if n % 5 < 2 else "refused",
            )
            for n in range(CASES)
        ]
        carried_out(town, Batch(town, round, plans).make())


def carried_out(town: Town, made: list[Application]) -> None:
    """Grants for what was granted, a public project for each, and every fourth made permanent."""
    granted = [one for one in made if one.outcome == "granted"]
    Grant.objects.bulk_create(
        Grant(
            application=one,
            year=one.round.project_year,
            amount_minor=one.asked_minor,
            currency="SEK",
        )
        for one in granted
    )
    Project.objects.bulk_create(
        Project(idea=one.idea, published_at=town.now - DAY, changed_at=town.now - DAY)
        for one in granted
    )
    Adoption.objects.bulk_create(
        Adoption(
            idea=one.idea,
            since=(town.now - DAY).date(),
            unit=town.units[0],
            budget="Enhetens ram",
            currency="SEK",
            noted_by=town.administrator,
            noted_at=town.now - DAY,
        )
        for one in granted[::4]
    )
