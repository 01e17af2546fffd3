"""The year's pot, the grants, and the ledger of what became of both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import Case, F, Max, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from idesluss.funding.models.applications import Application
from idesluss.funding.vocab import ABOUT_A_GRANT, After, Posted
from idesluss.people.models import Person
from idesluss.people.vocab import Currency
from idesluss.programmes.models import Programme

WRITTEN_ONCE = "A row of the ledger is written once; another one puts it right."


class PotQuerySet(models.QuerySet["Pot"]):
    def with_total(self) -> Self:
        """Pots with ``total_minor``: what was set aside and all rows, none of them stored."""
        rows = (
            Posting.objects.filter(pot=OuterRef("pk"))
            .order_by()
            .values("pot")
            .annotate(sum=Sum("amount_minor"))
            .values("sum")
        )
        return self.annotate(total_minor=F("amount_minor") + Coalesce(Subquery(rows), 0))


class Pot(models.Model):
    """What a programme may share out for one project year, in minor units.

    ``amount_minor`` is what was set aside for the year; what is carried in and out, added and
    handed back are rows of the ledger, and the pot's total is the sum of both.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="pots")
    year = models.PositiveSmallIntegerField()
    amount_minor = models.BigIntegerField()
    cap_minor = models.BigIntegerField(null=True, blank=True)  # the most for one project
    currency = models.CharField(max_length=3, choices=Currency.choices)
    closed_at = models.DateTimeField(null=True, blank=True)  # the year's accounts are closed
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    total_minor: int  # by ``with_total``

    objects = PotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "year"], name="pot_once_a_year"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="pot_not_negative"),
            models.CheckConstraint(
                condition=Q(cap_minor=None) | Q(cap_minor__gt=0),
                name="pot_cap_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def decided(self) -> Self:
        """Those that a decision gave, not those that only hold what was moved into their year."""
        return self.filter(amount_minor__gt=0)

    def of_pot(self, pot: Pot) -> Self:
        """Those that take from ``pot``: its programme's, for its year, in its currency."""
        return self.filter(
            application__round__programme=pot.programme_id, year=pot.year, currency=pot.currency
        )

    def with_bound(self) -> Self:
        """Each with ``bound_minor``: what it takes from its pot now, after changes and returns."""
        signed = Case(
            When(kind=Posted.CHANGED.value, then=F("amount_minor")),
            When(kind=Posted.RETURNED.value, then=-F("amount_minor")),
            default=0,
        )
        rows = (
            Posting.objects.filter(grant=OuterRef("pk"))
            .order_by()
            .values("grant")
            .annotate(sum=Sum(signed))
            .values("sum")
        )
        return self.annotate(bound_minor=F("amount_minor") + Coalesce(Subquery(rows), 0))

    def with_changes(self) -> Self:
        """Each with ``changed_minor``, the sum of its later changes, and ``changed_at``, the last.

        Money that moves to another year is a change of both grants: over the years of one
        application it comes to nothing.
        """
        rows = (
            Posting.objects.filter(grant=OuterRef("pk"), kind=Posted.CHANGED.value)
            .order_by()
            .values("grant")
            .annotate(sum=Sum("amount_minor"), last=Max("at"))
        )
        return self.annotate(
            changed_minor=Coalesce(Subquery(rows.values("sum")), 0),
            changed_at=Subquery(rows.values("last")),
        )

    def with_account(self) -> Self:
        """Each with the sums of its rows: ``changed``, ``released``, ``used``, ``returned``.

        ``rows`` counts them. Minor units; ``logic.ledger.Account`` says what they mean.
        """
        sums: dict[str, Any] = {
            kind: Coalesce(Sum("postings__amount_minor", filter=Q(postings__kind=kind)), 0)
            for kind in ABOUT_A_GRANT
        }
        return self.annotate(rows=models.Count("postings"), **sums)


class Grant(models.Model):
    """Money granted to an application for one year, perhaps to one of several implementers.

    ``amount_minor`` is what was decided; later changes are rows of the ledger.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField()
    implementer = models.CharField(max_length=160, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, choices=Currency.choices)

    bound_minor: int  # by ``with_bound``
    changed_minor: int  # by ``with_changes``
    changed_at: datetime | None

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ("year", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "year", "implementer", "currency"],
                name="grant_once",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="grant_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "currency"], name="grant_year")]

    def __str__(self) -> str:
        return f"{self.application} {self.year}"


class Instalment(models.Model):
    """A part of a grant that is released later, and what it waits for."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="instalments")
    amount_minor = models.BigIntegerField()
    after = models.CharField(max_length=8, choices=After.choices)
    day = models.DateField(null=True, blank=True)  # for After.DAY
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="instalment_positive"),
            models.CheckConstraint(
                condition=~Q(after=After.DAY) | Q(day__isnull=False), name="instalment_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} · {self.position}"


class PostingQuerySet(models.QuerySet["Posting"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(WRITTEN_ONCE)

    def bulk_update(self, objs: Iterable[Posting], *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(WRITTEN_ONCE)

    def delete(self) -> NoReturn:
        raise TypeError(WRITTEN_ONCE)


class Posting(models.Model):
    """One row of the ledger, about a grant or about a pot; written once, put right by another.

    The database itself refuses (migration ``ledger``): for every grant, 0 <= used, 0 <= returned
    and used + returned <= released <= granted, where granted is what was decided and all changes
    of it; for every pot a total below zero; for every row that what it says is changed.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, null=True, blank=True, related_name="postings")
    pot = models.ForeignKey(Pot, models.PROTECT, null=True, blank=True, related_name="postings")
    kind = models.CharField(max_length=11, choices=Posted.choices)
    amount_minor = models.BigIntegerField()  # in the currency of the grant or the pot
    instalment = models.ForeignKey(
        Instalment, models.PROTECT, null=True, blank=True, related_name="postings"
    )
    reason = models.TextField(blank=True)
    move = models.UUIDField(null=True, blank=True)  # the rows of one transfer share it
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: the clock
    at = models.DateTimeField()

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_A_GRANT, grant__isnull=False, pot=None)
                | (~Q(kind__in=ABOUT_A_GRANT) & Q(grant=None, pot__isnull=False)),
                name="posting_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="posting_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError(WRITTEN_ONCE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(WRITTEN_ONCE)
