"""The year's pot, the grants, and the ledger of what became of both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from idesluss.funding.models.applications import Application
from idesluss.funding.vocab import ABOUT_A_GRANT, After, Posted
from idesluss.people.models import Person
from idesluss.people.vocab import Currency
from idesluss.programmes.models import Programme


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


class Grant(models.Model):
    """Money granted to an application for one year, perhaps to one of several implementers.

    ``amount_minor`` is what was decided; later changes are rows of the ledger.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField()
    implementer = models.CharField(max_length=160, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, choices=Currency.choices)

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


class Posting(models.Model):
    """One row of the ledger, about a grant or about a pot; written once, put right by another.

    The database itself refuses (migration ``ledger``): for every grant, released <= granted and
    used + returned <= released, where granted is what was decided and all changes of it.
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
