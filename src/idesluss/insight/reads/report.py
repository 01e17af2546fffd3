"""One year as it is reported: its figures beside the year before, and what each grant became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from idesluss.funding.models import Application, Grant
from idesluss.funding.reads.results import GRANTED
from idesluss.insight.reads.rounds import Chosen, Told
from idesluss.insight.reads.years import Year, Years, years_of
from idesluss.logic.lifecycle import Stage
from idesluss.pilots.models import Project

MOST = 200
"""So many granted cases are listed, the largest; all of them are in the files of the rounds."""


@dataclass(frozen=True, slots=True)
class Became:
    """What a granted project has come to: its stage, and where it stays if it is permanent.

    ``going`` is whether it is still carried out or introduced: its last day has not passed, or, if
    none is said, its year has not.
    """

    project: int
    stage: str
    going: bool
    ends_on: date | None
    since: date | None
    owner: str  # the department or unit that has it now


@dataclass(frozen=True, slots=True)
class Given:
    """One granted case. ``became`` is None where nothing is public of it yet."""

    title: str
    register_number: str
    department: int | None
    unit: str
    sums: Mapping[str, int]
    outcome: str
    invented: bool
    round: Told
    became: Became | None


@dataclass(frozen=True)
class Report:
    """A year, the one before (None: no round had it), and the granted cases, largest first."""

    years: Years
    year: Year
    before: Year | None
    granted: Sequence[Given]

    @property
    def permanent(self) -> list[Given]:
        """Those that have become permanent."""
        return [one for one in self.granted if one.became and one.became.since]

    @property
    def under_way(self) -> list[Given]:
        """Those that are being carried out or introduced."""
        return [one for one in self.granted if one.became and one.became.going]

    @property
    def unlisted(self) -> int:
        """How many granted cases are not in the list: too many, or not open to the reader."""
        return self.year.granted - len(self.granted)


def report_of(
    chosen: Chosen,
    person: Any,
    *,
    at: datetime,
    department: int | None = None,
    goal: int | None = None,
) -> Report | None:
    """Return the report of ``chosen.last``, None when no round has that year.

    ``chosen`` reaches one year back (``first = last - 1``). ``department`` and ``goal`` narrow the
    list of what was granted, not the figures. Seven queries, however many cases.
    """
    years = years_of(chosen, at=at)
    year = years.of(chosen.last)
    if year is None:
        return None
    rounds = {one.pk: one for one in year.rounds}
    cases = _readable(year, person, at=at)
    if department is not None:
        units = [unit for unit, top in years.department_of.items() if top == department]
        cases = cases.filter(idea__unit__in=units)
    if goal is not None:
        cases = cases.filter(idea__goals=goal)
    today = at.astimezone(chosen.organisation.timezone).date()
    became = _became(rounds, at=at)
    granted = _granted(cases, rounds, years.department_of, became, today)
    return Report(years, year, years.of(chosen.last - 1), granted)


def _readable(year: Year, person: Any, *, at: datetime) -> QuerySet[Application]:
    """Granted cases of the year: everybody's where results are public, the others by office."""
    granted = Application.objects.filter(
        round__in=[one.pk for one in year.rounds], outcome__in=GRANTED
    )
    if year.published:
        return granted
    public = Q(round__in=[one.pk for one in year.rounds if one.published])
    theirs = Application.objects.handled_by(person, at=at).order_by().values("pk")
    return granted.filter(public | Q(pk__in=theirs))


def _granted(
    cases: QuerySet[Application],
    rounds: Mapping[int, Told],
    department_of: Mapping[int, int],
    became: Mapping[int, dict[str, Any]],
    today: date,
) -> tuple[Given, ...]:
    rows = list(
        cases.annotate(total=Sum("grants__amount_minor"))
        .order_by("-total", "idea__title", "pk")
        .values_list(
            "pk",
            "round_id",
            "outcome",
            "idea_id",
            "idea__title",
            "idea__register_number",
            "idea__unit_id",
            "idea__unit__name",
            "idea__stage",
            "idea__invented",
        )[:MOST]
    )
    sums: dict[int, dict[str, int]] = {row[0]: {} for row in rows}
    grants = Grant.objects.filter(application__in=list(sums)).order_by("currency")
    for pk, currency, minor in grants.values_list("application_id", "currency", "amount_minor"):
        sums[pk][currency] = sums[pk].get(currency, 0) + minor
    return tuple(
        Given(
            title=title,
            register_number=number,
            department=department_of.get(unit) if unit else None,
            unit=name or "",
            sums=sums[pk],
            outcome=outcome,
            invented=invented,
            round=rounds[round],
            became=_with(became.get(idea), stage, rounds[round], today),
        )
        for pk, round, outcome, idea, title, number, unit, name, stage, invented in rows
    )


def _with(known: dict[str, Any] | None, stage: str, round: Told, today: date) -> Became | None:
    if known is None:
        return None
    last = known["ends_on"] or date(round.year, 12, 31)
    going = stage in (Stage.TESTING.value, Stage.ADOPTING.value) and today <= last
    return Became(stage=stage, going=going, **known)


def _became(rounds: Iterable[int], *, at: datetime) -> dict[int, dict[str, Any]]:
    """What is known of each idea whose project everybody may see, but for its stage.

    Whoever may see the project may see what became of it (``Adoption.visible_to``).
    """
    projects = (
        Project.objects.visible_to(None, at=at)
        .filter(idea__applications__round__in=list(rounds), idea__applications__outcome__in=GRANTED)
        .order_by()
        .values_list(
            "idea_id",
            "pk",
            "ends_on",
            "idea__adoption__since",
            "idea__adoption__unit__name",
            "idea__adoption__ended_at",
        )
    )
    return {
        idea: {
            "project": pk,
            "ends_on": ends_on,
            "since": None if ended else since,
            "owner": "" if ended else unit or "",
        }
        for idea, pk, ends_on, since, unit, ended in projects
    }
