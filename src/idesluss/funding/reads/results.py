"""What everybody may know of a round: the call, and after the release who got what.

Only granted applications are named, with department and sums; of the others nothing but how many
there were. Applicants are never named. Every total is computed from the rows that are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from idesluss.funding.models import Application, Grant, Meeting, Pot, RoundImport
from idesluss.funding.reads.pots import with_bound
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import Money
from idesluss.logic.outcomes import GIVES_MONEY, Outcome
from idesluss.logic.sheets.rounds import Row
from idesluss.programmes.models import Criterion, Round

GRANTED = tuple(sorted(outcome.value for outcome in GIVES_MONEY))
NOT_GRANTED = tuple(
    sorted(o.value for o in Outcome if o not in GIVES_MONEY and o is not Outcome.WITHDRAWN)
)


@dataclass(frozen=True, slots=True)
class Share:
    """One sum as decided: minor units for one year, perhaps to one of several implementers."""

    year: int
    implementer: str
    amount_minor: int
    currency: str
    bound_minor: int  # what it takes from the year's pot now


@dataclass(frozen=True, slots=True)
class Change:
    """What a project is granted now in one currency, where that is not what was decided.

    Minor units, all years together; and the day of the last change.
    """

    amount_minor: int
    currency: str
    on: date


@dataclass(frozen=True, slots=True)
class Granted:
    """One granted application."""

    title: str
    register_number: str
    department: str
    goals: tuple[str, ...]
    outcome: str
    conditions: str
    invented: bool
    shares: tuple[Share, ...]
    changes: tuple[Change, ...]
    idea: int
    project: int | None = None  # the number of its public page, for a door that knows projects

    @property
    def is_split(self) -> bool:
        """Whether several sums, or a named implementer, make it up."""
        return len(self.shares) > 1 or any(share.implementer for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a round came to. Sums in minor units.

    ``from_pot_minor`` is what its grants take from this round's pot now, with what was changed
    and given back later, ``bound_minor`` what those of other rounds take; ``decided_on`` the day
    of the last decision. ``stated`` is the total that the source of a round from a table states,
    shown beside the computed one.
    """

    granted: tuple[Granted, ...]
    received: int
    not_granted: int
    withdrawn: int
    pot: Pot | None
    from_pot_minor: int
    bound_minor: int
    overshoot_reason: str
    decided_by: str
    decided_on: date | None
    updated_at: datetime
    stated: Money | None = None

    @property
    def totals(self) -> Mapping[str, int]:
        """Granted by currency, from whatever pot."""
        return _added((s.currency, s.amount_minor) for one in self.granted for s in one.shares)

    @property
    def totals_by_year(self) -> Mapping[int, Mapping[str, int]]:
        """Granted by year and currency."""
        shares = [share for one in self.granted for share in one.shares]
        years = sorted({share.year for share in shares})
        return {
            year: _added((s.currency, s.amount_minor) for s in shares if s.year == year)
            for year in years
        }

    @property
    def is_changed(self) -> bool:
        """Whether any sum is no longer what was decided."""
        return any(one.changes for one in self.granted)

    @property
    def stated_difference_minor(self) -> int:
        """Stated minus computed total in the stated currency; 0 where nothing is stated."""
        if self.stated is None:
            return 0
        return self.stated.minor - self.totals.get(self.stated.currency, 0)

    @property
    def taken_minor(self) -> int:
        """Everything that is bound in the pot."""
        return self.bound_minor + self.from_pot_minor

    @property
    def left_minor(self) -> int:
        """What is left of the pot; below zero: overspent by so much."""
        pot_minor = self.pot.total_minor if self.pot else 0
        return pot_minor - self.taken_minor

    @property
    def overshoot_minor(self) -> int:
        """How much more than the pot is granted from it; 0 without a pot."""
        return max(-self.left_minor, 0) if self.pot else 0

    @property
    def by_department(self) -> Mapping[str, Mapping[str, int]]:
        """Granted by department and currency, "" (last) for those without one."""
        names = {one.department for one in self.granted}
        return {
            name: _added(
                (s.currency, s.amount_minor)
                for one in self.granted
                if one.department == name
                for s in one.shares
            )
            for name in sorted(names, key=lambda name: (not name, name.casefold()))
        }

    def rows(self) -> list[Row]:
        """One row for each sum, in the columns that a round is imported from."""
        return [
            Row(
                number=number,
                title=one.title,
                department=one.department,
                granted_minor=share.amount_minor,
                outcome=Outcome(one.outcome),
                currency=share.currency,
                year=share.year,
                implementer=share.implementer,
            )
            for number, (one, share) in enumerate(
                ((one, share) for one in self.granted for share in one.shares), start=2
            )
        ]

    def changes(self) -> Mapping[str, Sequence[int | str | None]]:
        """Two more columns beside ``rows``: what a project has now, and since when.

        They stand in the project's first row of that currency; elsewhere they are empty.
        """
        found: list[Change | None] = []
        for one in self.granted:
            changed = {change.currency: change for change in one.changes}
            found += [changed.pop(share.currency, None) for share in one.shares]
        return {
            "changed_to": [one.amount_minor if one else None for one in found],
            "changed_on": [one.on.isoformat() if one else None for one in found],
        }


def public_round(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """``rounds`` with all that a public page says of the call; three queries."""
    return rounds.select_related(
        "programme__organisation", "programme__body", "contact", "news"
    ).prefetch_related(Prefetch("criteria", Criterion.objects.order_by("position", "id")))


def pot_of_round(round: Round, *, at: datetime) -> tuple[Pot | None, int]:
    """The pot that the round shares out, and what other rounds' public grants bind in it."""
    public = Grant.objects.filter(application__round__results_at__lte=at)
    return with_bound(round, public.exclude(application__round=round))


def results_of(round: Round, *, at: datetime) -> Results | None:
    """What the round came to, once that is public at ``at``; five or six queries, else None."""
    if round.results_at is None or round.results_at > at:
        return None
    meetings = list(
        Meeting.objects.filter(round=round, released_at__isnull=False)
        .select_related("body")
        .order_by("held_at", "pk")
    )
    imported = None if meetings else round.imports.order_by("-pk").first()
    counts = _counts(round)
    zone = round.programme.organisation.timezone
    found = (_granted(one, zone) for one in _granted_applications(round))
    granted = tuple(sorted(found, key=lambda one: -sum(s.amount_minor for s in one.shares)))
    pot, bound_minor = pot_of_round(round, at=at)
    last = max((m.held_at for m in meetings if m.held_at), default=counts["last"])
    from_pot = sum(
        share.bound_minor
        for one in granted
        for share in one.shares
        if pot and (share.year, share.currency) == (pot.year, pot.currency)
    )
    decided_on = last.astimezone(zone).date() if last else None
    bodies = dict.fromkeys(meeting.body.name for meeting in meetings)
    body = round.programme.body
    released = [meeting.released_at for meeting in meetings if meeting.released_at]
    return Results(
        granted=granted,
        received=counts["received"],
        not_granted=counts["not_granted"],
        withdrawn=counts["withdrawn"],
        pot=pot,
        from_pot_minor=from_pot,
        bound_minor=bound_minor,
        overshoot_reason="\n\n".join(m.overshoot_reason for m in meetings if m.overshoot_reason),
        decided_by=", ".join(bodies) or (body.name if body else ""),
        decided_on=imported.decided_on if imported else decided_on,
        updated_at=max([*released, round.results_at]),
        stated=_stated(imported),
    )


def _stated(imported: RoundImport | None) -> Money | None:
    if imported is None or imported.stated_total_minor is None:
        return None
    return Money(imported.stated_total_minor, imported.currency)


def _counts(round: Round) -> dict[str, Any]:
    return (
        Application.objects.filter(round=round)
        .exclude(idea__stage=Stage.DRAFT.value)
        .aggregate(
            received=Count("pk"),
            not_granted=Count("pk", filter=Q(outcome__in=NOT_GRANTED)),
            withdrawn=Count("pk", filter=Q(outcome=Outcome.WITHDRAWN.value)),
            last=Max("decided_at", filter=Q(outcome__in=GRANTED)),
        )
    )


def _granted_applications(round: Round) -> QuerySet[Application]:
    return (
        Application.objects.filter(round=round, outcome__in=GRANTED)
        .select_related("idea__unit")
        .prefetch_related(
            Prefetch("grants", Grant.objects.with_bound().with_changes()), "idea__goals"
        )
        .order_by("submitted_at", "pk")
    )


def _granted(application: Application, zone: ZoneInfo) -> Granted:
    idea, grants = application.idea, list(application.grants.all())
    return Granted(
        title=idea.title,
        register_number=idea.register_number,
        department=idea.unit.name if idea.unit else "",
        goals=tuple(goal.name for goal in idea.goals.all()),
        outcome=application.outcome,
        conditions=application.conditions,
        invented=idea.invented,
        shares=tuple(
            Share(
                grant.year,
                grant.implementer,
                grant.amount_minor,
                grant.currency,
                int(grant.bound_minor),
            )
            for grant in grants
            if grant.amount_minor  # else it only holds what was moved into its year
        ),
        changes=tuple(_changes(grants, zone)),
        idea=idea.pk,
    )


def _changes(grants: Collection[Grant], zone: ZoneInfo) -> Iterator[Change]:
    """What was changed of a project's grants since they were decided, by currency."""
    changed = _added((grant.currency, int(grant.changed_minor)) for grant in grants)
    for currency, minor in changed.items():
        if minor:
            its = [grant for grant in grants if grant.currency == currency]
            last = max(grant.changed_at for grant in its if grant.changed_at)
            decided = sum(grant.amount_minor for grant in its)
            yield Change(decided + minor, currency, last.astimezone(zone).date())


def _added(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for currency, minor in pairs:
        found[currency] = found.get(currency, 0) + minor
    return dict(sorted(found.items()))
