"""What taking in a table would do to a round, case by case, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from idesluss.funding.models import Application, Grant, Posting
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets import Case, Row
from idesluss.logic.sheets.words import plain as same
from idesluss.programmes.models import Round


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table can say of one application; sums in minor units by (year, who, currency)."""

    department: str
    applicant: str
    asked: tuple[int, str] | None
    outcome: str
    reason: str
    sums: tuple[tuple[tuple[int, str, str], int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases of a table against what the round holds already.

    ``in_the_way`` went through the round here, or have rows in the ledger, and say something
    else: a file never changes them.
    """

    new: tuple[Case, ...]
    corrected: tuple[tuple[Case, Application], ...]
    unchanged: tuple[Case, ...]
    in_the_way: tuple[Case, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the round holds all of it already."""
        return not (self.new or self.corrected or self.in_the_way)


def plan(cases: Iterable[Case], round: Round | None, *, year: int) -> Plan:
    """Compare ``cases`` with the applications of ``round`` (None: it does not exist yet).

    ``year`` stands for rows that name none. Three queries, however many cases.
    """
    found: Iterable[Any] = applications_of(round) if round else ()
    there = {same(one.idea.title): one for one in found}
    new, corrected, unchanged, in_the_way = [], [], [], []
    for case in cases:
        application = there.get(same(case.title))
        if application is None:
            new.append(case)
        elif facts_of_case(case, year=year) == facts_of(application):
            unchanged.append(case)
        elif is_recorded(application) and not application.has_rows:
            corrected.append((case, application))
        else:
            in_the_way.append(case)
    return Plan(tuple(new), tuple(corrected), tuple(unchanged), tuple(in_the_way))


def applications_of(
    round: Round, among: QuerySet[Application] | None = None
) -> QuerySet[Application]:
    """Every application of the round that is handed in, with all that a table says of it.

    ``among`` narrows them to what somebody may see.
    """
    applications = Application.objects.all() if among is None else among
    return (
        applications.filter(round=round)
        .exclude(idea__stage=Stage.DRAFT.value)
        .select_related("idea__unit", "round")
        .annotate(has_rows=Exists(Posting.objects.filter(grant__application=OuterRef("pk"))))
        .prefetch_related(Prefetch("grants", Grant.objects.decided()), "idea__involvements__person")
        .order_by("pk")
    )


def is_recorded(application: Application) -> bool:
    """Whether it came from a table: nobody has handed it in here."""
    return not application.idea.involvements.all()


def facts_of(application: Application) -> Facts:
    """What the round holds of ``application``."""
    idea = application.idea
    grants = [
        ((g.year, g.implementer, g.currency), g.amount_minor) for g in application.grants.all()
    ]
    asked = application.asked_minor
    return Facts(
        department=idea.unit.name if idea.unit else "",
        applicant=applicant_of(application),
        asked=None if asked is None else (asked, application.currency),
        outcome=application.outcome,
        reason=application.reason,
        sums=tuple(sorted(grants)),
    )


def facts_of_case(case: Case, *, year: int) -> Facts:
    """What a table says of ``case``."""
    sums: dict[tuple[int, str, str], int] = {}
    for (row_year, implementer, currency), minor in case.sums.items():
        key = (row_year or year, implementer, currency)
        sums[key] = sums.get(key, 0) + minor
    return Facts(
        department=case.department,
        applicant=", ".join(case.applicants),
        asked=(case.asked.minor, case.asked.currency) if case.asked else None,
        outcome=case.outcome.value if case.outcome else "",
        reason=case.reason,
        sums=tuple(sorted(sums.items())),
    )


def applicant_of(application: Application) -> str:
    """Who applies, in words: the owner and the co-applicants, or the name in the table."""
    own = (Part.OWNER.value, Part.CO_APPLICANT.value)
    named: list[str] = [
        one.person.name
        for one in application.idea.involvements.all()
        if one.part in own and one.ended_at is None
    ]
    return ", ".join(named) or application.idea.applicant_name


def rows_of(applications: Iterable[Application]) -> list[Row]:
    """One row for each granted sum, one for each application without: what import reads back."""
    rows: list[Row] = []
    for application in applications:
        facts = facts_of(application)
        nothing = ((application.round.project_year, "", application.currency), 0)
        for (year, implementer, currency), minor in facts.sums or (nothing,):
            asked = facts.asked if facts.asked and facts.asked[1] == currency else None
            rows.append(
                Row(
                    number=len(rows) + 2,
                    title=application.idea.title,
                    department=facts.department,
                    applicant=facts.applicant,
                    asked_minor=asked[0] if asked else None,
                    granted_minor=minor if facts.outcome else None,
                    outcome=Outcome(facts.outcome) if facts.outcome else None,
                    reason=facts.reason,
                    currency=currency,
                    year=year,
                    implementer=implementer,
                )
            )
    return rows
