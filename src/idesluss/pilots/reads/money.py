"""What money a project has, computed from its grants and the rows of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Sum

from idesluss.funding.models import Grant, Posting
from idesluss.funding.vocab import Posted


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

    @property
    def granted(self) -> int:
        return self.decided + self.changed

    @property
    def is_changed(self) -> bool:
        return self.changed != 0


FIELDS = {
    Posted.CHANGED.value: "changed",
    Posted.RELEASED.value: "released",
    Posted.USED.value: "used",
    Posted.RETURNED.value: "returned",
}


def money_of(ideas: Collection[int]) -> Mapping[int, tuple[Sums, ...]]:
    """The money of each of ``ideas`` by currency; two queries, however many."""
    grants = Grant.objects.filter(application__idea__in=ideas).order_by()
    found: dict[tuple[int, str], Sums] = {
        (idea, currency): Sums(currency, decided=total)
        for idea, currency, total in grants.values_list("application__idea", "currency").annotate(
            Sum("amount_minor")
        )
    }
    rows = Posting.objects.filter(grant__application__idea__in=ideas, kind__in=FIELDS).order_by()
    for idea, currency, kind, total in rows.values_list(
        "grant__application__idea", "grant__currency", "kind"
    ).annotate(Sum("amount_minor")):
        found[idea, currency] = replace(found[idea, currency], **{FIELDS[kind]: total})
    return {idea: tuple(found[key] for key in sorted(found) if key[0] == idea) for idea, _ in found}


def currency_of(idea: int, otherwise: str) -> str:
    """The currency that a project's reports are in: that of its largest sum of money."""
    money = money_of([idea]).get(idea, ())
    return max(money, key=lambda sums: sums.granted).currency if money else otherwise
