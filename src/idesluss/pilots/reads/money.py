"""What money a project has, computed from its grants and the rows of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from idesluss.funding.models import Grant


@dataclass(frozen=True, slots=True)
class Sums:
    """One project's money in one currency, whole minor units.

    ``decided`` is what the decisions said, ``granted`` that with all later changes.
    """

    currency: str
    decided: int = 0
    changed: int = 0
    released: int = 0
    used: int = 0
    returned: int = 0
    rows: int = 0  # of the ledger; 0: only what was decided is known

    @property
    def is_known(self) -> bool:
        return self.rows > 0

    @property
    def granted(self) -> int:
        return self.decided + self.changed

    @property
    def left(self) -> int:
        """Released, and neither used nor given back."""
        return self.released - self.used - self.returned

    @property
    def is_changed(self) -> bool:
        return self.changed != 0


def grants_of(ideas: Collection[int], *, public_at: datetime | None = None) -> list[Any]:
    """The grants of ``ideas`` with the sums of their rows, each with its application and round.

    With ``public_at`` only those of rounds whose results are public at that moment. One query,
    however many.
    """
    grants = Grant.objects.filter(application__idea__in=ideas).with_account()
    if public_at is not None:
        grants = grants.filter(application__round__results_at__lte=public_at)
    return list(grants.select_related("application__round").order_by("year", "pk"))


def sums_of(grants: Iterable[Any]) -> tuple[Sums, ...]:
    """What ``grants`` (as ``grants_of`` gives them) come to, one for each currency."""
    found: dict[str, Sums] = {}
    for grant in grants:
        before = found.get(grant.currency, Sums(grant.currency))
        found[grant.currency] = Sums(
            grant.currency,
            decided=before.decided + grant.amount_minor,
            changed=before.changed + int(grant.changed),
            released=before.released + int(grant.released),
            used=before.used + int(grant.used),
            returned=before.returned + int(grant.returned),
            rows=before.rows + int(grant.rows),
        )
    return tuple(found[currency] for currency in sorted(found))


def money_of(
    ideas: Collection[int], *, public_at: datetime | None = None
) -> Mapping[int, tuple[Sums, ...]]:
    """The money of each of ``ideas`` that has any, by currency, as ``grants_of``; one query."""
    found: dict[int, list[Any]] = {}
    for grant in grants_of(ideas, public_at=public_at):
        found.setdefault(grant.application.idea_id, []).append(grant)
    return {idea: sums_of(grants) for idea, grants in found.items()}


def currency_of(idea: int, otherwise: str) -> str:
    """The currency that a project's reports are in: that of its largest sum of money."""
    money = money_of([idea]).get(idea, ())
    return max(money, key=lambda sums: sums.granted).currency if money else otherwise
