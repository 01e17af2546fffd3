"""Which rounds the figures are made of, for whom, and which fund and years somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery, Sum

from idesluss.funding.models import Posting
from idesluss.funding.vocab import Posted
from idesluss.people.models import Organisation, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme, Round


@dataclass(frozen=True, slots=True)
class Told:
    """One round. ``published``: everybody sees its results; ``decided_on``: of a table.

    ``pot`` is what its year had to share out, in minor units by currency: what was set aside,
    added and carried in. What was carried on and handed back afterwards was there all the same.
    """

    pk: int
    name: str
    slug: str
    year: int
    closes_at: datetime | None
    decided_on: date | None
    from_table: bool
    published: bool
    invented: bool
    pot: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One fund and its rounds, by project year and name; ``funds`` are all that can be chosen.

    ``rounds`` are all that ``reader`` may see, ``within`` those of the chosen years.
    """

    organisation: Organisation
    fund: Programme | None
    funds: Sequence[Programme]
    rounds: Sequence[Told]
    first: int
    last: int
    reader: Any = None

    @property
    def within(self) -> list[Told]:
        """The rounds of the chosen years."""
        return [one for one in self.rounds if self.first <= one.year <= self.last]

    @property
    def unpublished(self) -> list[int]:
        """Rounds whose results only the office sees."""
        return [one.pk for one in self.rounds if not one.published]

    @property
    def years(self) -> list[int]:
        """Every year in which the fund has a round, whatever is chosen."""
        return sorted({one.year for one in self.rounds})


def choose(
    organisation: Organisation,
    person: Any,
    *,
    at: datetime,
    fund: int | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Chosen:
    """Return the rounds whose figures ``person`` may see, of one fund. One query (and standing).

    Everybody: rounds with published results. Fund administrators and registrars: the others too.
    ``fund`` is a number that need not exist; without it the fund with the most rounds. Years that
    make no sense are as if not given.
    """
    here = Round.objects.visible_to(person, at=at).filter(programme__organisation=organisation)
    inside = standing_of(person, at).organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    if organisation.pk not in inside:
        here = here.filter(results_at__lte=at)
    of_year = Q(programme__pots__year=F("project_year"))
    found = list(
        here.select_related("programme")
        .only(
            "name", "slug", "project_year", "closes_at", "results_at", "invented",
            "programme__name", "programme__organisation_id",
        )
        .annotate(
            pot=FilteredRelation("programme__pots", condition=of_year),
            pot_minor=F("pot__amount_minor"),
            pot_currency=F("pot__currency"),
            pot_more=Subquery(_more()),
            tables=Count("imports"),
            table_day=Max("imports__decided_on"),
        )
        .order_by("project_year", "name", "pk")
    )  # fmt: skip
    funds: dict[int, Programme] = {one.programme_id: one.programme for one in found}
    counted = {key: sum(one.programme_id == key for one in found) for key in funds}
    key = fund if fund in funds else max(counted, key=lambda it: (counted[it], -it), default=None)
    rounds = [_told(one, at) for one in found if one.programme_id == key]
    years = [one.year for one in rounds]
    first, last = _between(first, last, years)
    named = sorted(funds.values(), key=lambda it: (it.name.casefold(), it.pk))
    return Chosen(organisation, funds.get(key or 0), named, rounds, first, last, person)


def _more() -> QuerySet[Posting, Any]:
    """What was added to the pot of a round's year, and carried in."""
    came = (Posted.ADDED.value, Posted.CARRIED_IN.value)
    return (
        Posting.objects.filter(
            pot__programme=OuterRef("programme"), pot__year=OuterRef("project_year"), kind__in=came
        )
        .order_by()
        .values("pot")
        .annotate(sum=Sum("amount_minor"))
        .values("sum")
    )


def _told(round: Any, at: datetime) -> Told:
    there_is = round.pot_minor is not None
    return Told(
        pk=round.pk,
        name=round.name,
        slug=round.slug,
        year=round.project_year,
        closes_at=round.closes_at,
        decided_on=round.table_day,
        from_table=round.tables > 0,
        published=round.results_at is not None and round.results_at <= at,
        invented=round.invented,
        pot={round.pot_currency: int(round.pot_minor) + int(round.pot_more or 0)}
        if there_is
        else {},
    )


def _between(first: int | None, last: int | None, years: Sequence[int]) -> tuple[int, int]:
    """The chosen years; all of them when nothing, or nothing sensible, is chosen."""
    lowest, highest = min(years, default=0), max(years, default=0)
    first = lowest if first is None else first
    last = highest if last is None else last
    return (first, last) if first <= last else (lowest, highest)
