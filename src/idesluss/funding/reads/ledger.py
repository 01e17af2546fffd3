"""The ledger of a fund's year: every figure, and the rows that it is the sum of.

A figure is made of sources (what was set aside, rows of a kind, sums that were asked for), each
with a sign. The same list says what it comes to and which rows stand behind it, so that the two
cannot disagree. A project that is shut to the reader counts only once its result is public, and
while any is shut what is free in the pot is not told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from idesluss.funding.models import Application, Decision, Grant, Posting, Pot
from idesluss.funding.models.money import GrantQuerySet
from idesluss.funding.reads.accounts import account_of
from idesluss.funding.vocab import Posted
from idesluss.ideas.models import handled
from idesluss.logic.ledger import Account
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.models import Programme, Round
from idesluss.records.models import Entry

MOST_ROWS = 500
"""Rows that a page shows; the file has all."""

SET_ASIDE, APPLIED, RECOMMENDED, DECIDED = "set_aside", "applied", "recommended", "decided"
KNOWN, UNKNOWN = "known", "unknown"  # decided, with and without rows of what became of it
LATER = "later_"  # before a source: that of later years' pots

SETTLED = ("funding.year_closed", "funding.year_settled", "funding.year_reopened")
OF_GRANT = (Posted.CHANGED, Posted.RELEASED, Posted.USED, Posted.RETURNED)
OF_POT = (Posted.ADDED, Posted.CARRIED_IN, Posted.CARRIED_OUT, Posted.HANDED_BACK)

GRANTED = {DECIDED: 1, Posted.CHANGED.value: 1}
BOUND = {**GRANTED, Posted.RETURNED.value: -1}
TOTAL = {SET_ASIDE: 1, **{kind.value: 1 for kind in OF_POT}}
UNUSED = {Posted.RELEASED.value: 1, Posted.USED.value: -1, Posted.RETURNED.value: -1}

FIGURES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        SET_ASIDE: {SET_ASIDE: 1},
        **{kind.value: {kind.value: 1} for kind in OF_POT},
        "total": TOTAL,
        "bound": BOUND,
        "free": {**TOTAL, **{source: -sign for source, sign in BOUND.items()}},
        APPLIED: {APPLIED: 1},
        RECOMMENDED: {RECOMMENDED: 1},
        DECIDED: {DECIDED: 1},
        "granted": GRANTED,
        **{kind.value: {kind.value: 1} for kind in OF_GRANT},
        "unused": UNUSED,
        "unreleased": {KNOWN: 1, Posted.CHANGED.value: 1, Posted.RELEASED.value: -1},
        UNKNOWN: {UNKNOWN: 1},
        "later": {LATER + source: sign for source, sign in BOUND.items()},
    }
)
"""Each figure: its sources with their signs."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A fund's year as one reader may see it. ``hidden`` grants are shut and not yet public."""

    fund: Programme
    year: int
    pot: Any  # Pot with the sums of its rows, or None
    currency: str
    person: Any
    at: datetime

    @property
    def grants(self) -> GrantQuerySet:
        """The year's grants that are open to the reader."""
        return self._open(Grant.objects.filter(year=self.year))

    @property
    def later(self) -> GrantQuerySet:
        """What rounds up to this year have promised from later years' pots."""
        rounds = Q(application__round__project_year__lte=self.year)
        return self._open(Grant.objects.filter(rounds, year__gt=self.year))

    @property
    def hidden(self) -> int:
        """How many grants of the year are shut to the reader."""
        mine = self.grants.order_by().values("pk")
        return self._of_fund(Grant.objects.filter(year=self.year)).exclude(pk__in=mine).count()

    @property
    def left_open(self) -> Mapping[int, str]:
        """Why projects were left open when the year was settled last, by number of application.

        Nothing once the accounts have been opened again.
        """
        told = (self.pot.settled or {}).get("left_open", []) if self.pot else []
        return {one["application"]: one["reason"] for one in told}

    @property
    def applications(self) -> QuerySet[Application]:
        """Applications of the year's rounds in its currency that are open by office."""
        found = Application.objects.handled_by(self.person, at=self.at)
        return found.filter(
            round__programme=self.fund, round__project_year=self.year, currency=self.currency
        )

    def _of_fund(self, grants: GrantQuerySet) -> GrantQuerySet:
        return grants.filter(application__round__programme=self.fund, currency=self.currency)

    def _open(self, grants: GrantQuerySet) -> GrantQuerySet:
        public = Q(application__round__results_at__lte=self.at)
        seen = handled(self.person, at=self.at, idea="application__idea__")
        return self._of_fund(grants).filter(seen | public)


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure: minor units with the sign that it has there.

    ``at`` is None for what is only known by its sum, ``application`` for rows about the pot.
    """

    what: str  # a source
    minor: int
    year: int
    at: datetime | None = None
    application: Any = None
    implementer: str = ""
    by: Any = None
    reason: str = ""
    number: int = 0
    currency: str = ""


def scope_of(fund: Programme, year: int, person: Any, *, at: datetime) -> Scope:
    """The year of ``fund``; one query, which also adds up the rows of its pot.

    The pot has ``settled``: what is noted of its last closing, or reopening, if there was one;
    and ``has_rounds``: whether rounds share it out.
    """
    kinds: dict[str, Any] = {
        kind.value: Coalesce(Sum("postings__amount_minor", filter=Q(postings__kind=kind.value)), 0)
        for kind in OF_POT
    }
    pots = Pot.objects.filter(programme=fund, year=year)
    last = Entry.objects.about(fund).filter(verb__in=SETTLED, data__year=year).order_by("-pk")
    settled = Subquery(last.values("data")[:1])
    rounds = Round.objects.filter(programme=fund, project_year=year, archived_at=None)
    told = {"settled": settled, "has_rounds": Exists(rounds)}
    pot = pots.select_related("closed_by").annotate(**kinds).annotate(**told).first()
    currency = pot.currency if pot else fund.organisation.currency
    return Scope(fund, year, pot, currency, person, at)


def years_of(fund: Programme) -> list[int]:
    """Every year that has a pot or a grant, the latest first; one query."""
    pots = Pot.objects.filter(programme=fund).order_by().values_list("year", flat=True)
    grants = Grant.objects.filter(application__round__programme=fund).order_by()
    return sorted(pots.union(grants.values_list("year", flat=True)), reverse=True)


def figures_of(scope: Scope) -> dict[str, int]:
    """What every figure comes to, minor units; without what is free when something is shut.

    Two queries.
    """
    sources = _sources(scope)
    return {
        name: sum(sign * sources[source] for source, sign in made_of.items())
        for name, made_of in FIGURES.items()
    }


def _sources(scope: Scope) -> dict[str, int]:
    pot = scope.pot
    found = {SET_ASIDE: pot.amount_minor if pot else 0}
    found |= {kind.value: int(getattr(pot, kind.value)) if pot else 0 for kind in OF_POT}
    asked = scope.applications.exclude(idea__stage=Stage.DRAFT.value)
    last = Decision.objects.filter(application=OuterRef("pk")).order_by("-pk")
    recommended = Subquery(last.values("recommended_minor")[:1])
    of_cases = asked.order_by().aggregate(asked=Sum("asked_minor"), recommended=Sum(recommended))
    found[APPLIED] = int(of_cases["asked"] or 0)
    found[RECOMMENDED] = int(of_cases["recommended"] or 0)
    return found | _sums_of_grants(scope)


def _sums_of_grants(scope: Scope) -> dict[str, int]:
    """The sources that are about grants, of the year and of later ones."""
    columns = {DECIDED: "amount_minor", **{kind.value: kind.value for kind in OF_GRANT}}
    when = {"": Q(year=scope.year), LATER: Q(year__gt=scope.year)}
    sums: dict[str, Any] = {
        f"{before}{source}_sum": Sum(column, filter=chosen)
        for before, chosen in when.items()
        for source, column in columns.items()
    }
    of_year = when[""]
    sums["known_sum"] = Sum("amount_minor", filter=of_year & Q(rows__gt=0))
    sums["unknown_sum"] = Sum("amount_minor", filter=of_year & Q(rows=0))
    found = (scope.grants | scope.later).order_by().with_account().aggregate(**sums)
    return {name.removesuffix("_sum"): int(total or 0) for name, total in found.items()}


def _applied(scope: Scope) -> QuerySet[Application]:
    handed_in = scope.applications.exclude(idea__stage=Stage.DRAFT.value)
    return handed_in.filter(asked_minor__isnull=False)


def _recommended(scope: Scope) -> QuerySet[Decision]:
    """What was proposed at the last meeting of each case."""
    handed_in = scope.applications.exclude(idea__stage=Stage.DRAFT.value).order_by()
    of_case = Decision.objects.filter(application__in=handed_in).order_by().values("application")
    last = of_case.annotate(last=Max("pk")).values("last")
    return Decision.objects.filter(pk__in=last, recommended_minor__isnull=False)


# --- The rows behind a figure ------------------------------------------------------------------


def lines_of(scope: Scope, name: str, *, most: int | None = MOST_ROWS) -> list[Line]:
    """The rows that the figure ``name`` is the sum of, the newest first.

    At most ``most`` of each sort; None for all. One query for each sort of row, five at most.
    Raises KeyError for a figure that there is not.
    """
    signs = FIGURES[name]
    found = chain(
        _pot_lines(scope, signs, most),
        _application_lines(scope, signs, most),
        _grant_lines(scope, signs, most),
        _posting_lines(scope, signs, most),
    )
    dated = list(found)
    undated = [line for line in dated if line.at is None]
    rows = [line for line in dated if line.at is not None]
    return [*sorted(rows, key=lambda line: (line.at, line.number), reverse=True), *undated]


def _pot_lines(scope: Scope, signs: Mapping[str, int], most: int | None) -> Sequence[Line]:
    pot, kinds = scope.pot, [kind.value for kind in OF_POT if kind.value in signs]
    if pot is None:
        return []
    found = []
    if kinds:
        rows = Posting.objects.filter(pot=pot, kind__in=kinds).select_related("by")
        found = [
            Line(
                row.kind,
                signs[row.kind] * row.amount_minor,
                scope.year,
                at=row.at,
                by=row.by,
                reason=row.reason,
                number=row.pk,
            )
            for row in rows.order_by("-pk")[:most]
        ]
    if SET_ASIDE in signs:
        found.append(Line(SET_ASIDE, signs[SET_ASIDE] * pot.amount_minor, scope.year))
    return found


def _application_lines(scope: Scope, signs: Mapping[str, int], most: int | None) -> list[Line]:
    found = []
    if APPLIED in signs:
        cases = _applied(scope).select_related("idea").order_by("-submitted_at", "-pk")
        found += [
            Line(
                APPLIED,
                signs[APPLIED] * (one.asked_minor or 0),
                scope.year,
                at=one.submitted_at,
                application=one,
            )
            for one in cases[:most]
        ]
    if RECOMMENDED in signs:
        proposed = _recommended(scope).select_related("application__idea", "changed_by")
        found += [
            Line(
                RECOMMENDED,
                signs[RECOMMENDED] * (one.recommended_minor or 0),
                scope.year,
                at=one.changed_at,
                application=one.application,
                by=one.changed_by,
            )
            for one in proposed.order_by("-pk")[:most]
        ]
    return found


def _grant_lines(scope: Scope, signs: Mapping[str, int], most: int | None) -> list[Line]:
    rows = Exists(Posting.objects.filter(grant=OuterRef("pk")))
    found = []
    for source, grants in (
        (DECIDED, scope.grants),
        (KNOWN, scope.grants.filter(rows)),
        (UNKNOWN, scope.grants.filter(~rows)),
        (LATER + DECIDED, scope.later),
    ):
        if source in signs:
            sums = grants.decided().select_related("application__idea").order_by("-pk")
            found += [
                Line(
                    DECIDED,
                    signs[source] * one.amount_minor,
                    one.year,
                    at=one.application.decided_at,
                    application=one.application,
                    implementer=one.implementer,
                    reason=one.application.reason,
                )
                for one in sums[:most]
            ]
    return found


def _posting_lines(scope: Scope, signs: Mapping[str, int], most: int | None) -> list[Line]:
    found = []
    for before, grants in (("", scope.grants), (LATER, scope.later)):
        kinds = [kind.value for kind in OF_GRANT if before + kind.value in signs]
        if kinds:
            rows = Posting.objects.filter(
                grant__in=grants.order_by().values("pk"), kind__in=kinds
            ).select_related("grant__application__idea", "by")
            found += [line_of(row, signs[before + row.kind]) for row in rows.order_by("-pk")[:most]]
    return found


def line_of(row: Any, sign: int = 1) -> Line:
    """A row about a grant (with its application loaded) as a line."""
    return Line(
        row.kind,
        sign * row.amount_minor,
        row.grant.year,
        at=row.at,
        application=row.grant.application,
        implementer=row.grant.implementer,
        by=row.by,
        reason=row.reason,
        number=row.pk,
        currency=row.grant.currency,
    )


# --- Project by project ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One grant of the year and what it comes to; ``is_open`` by office to the reader."""

    grant: Any
    account: Account
    is_open: bool
    left_open: str = ""  # why, when the year was settled


def projects_of(scope: Scope) -> QuerySet[Any]:
    """The year's grants with their accounts, the largest first, for ``project_line``."""
    seen = Application.objects.handled_by(scope.person, at=scope.at).order_by().values("pk")
    return (
        scope.grants.with_account()
        .select_related("application__idea__unit")
        .annotate(is_open=Case(When(application__in=seen, then=True), default=False))
        .order_by(F("amount_minor").desc(), "pk")
    )


def project_line(grant: Any, left_open: Mapping[int, str]) -> ProjectLine:
    """A grant of ``projects_of`` as a line of the table, with the scope's ``left_open``."""
    why = left_open.get(grant.application_id, "") if grant.is_open else ""
    return ProjectLine(grant, account_of(grant), bool(grant.is_open), why)
