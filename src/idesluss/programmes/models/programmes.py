"""A fund or a sluice, who decides in it up to which sum, and the goals it serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.people.models import Body, Organisation, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import (
    ProgrammeKind,
    ReleaseRule,
    Unused,
)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Programmes of the organisations that ``person`` belongs to, archived ones too."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Programmes that ``person`` may change."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)

    def funds(self) -> Self:
        """Programmes that share out money in rounds."""
        return self.filter(kind=ProgrammeKind.FUND.value)

    def sluices(self) -> Self:
        """Programmes that are open all year."""
        return self.filter(kind=ProgrammeKind.SLUICE.value)

    def sluices_for(self, person: Any, *, at: datetime) -> Self:
        """Sluices whose start page ``person`` may see: the public ones, and those of one's own."""
        here = standing_of(person, at).organisations()
        kind = ProgrammeKind.SLUICE.value
        return self.filter(Q(public=True) | Q(organisation__in=here), kind=kind, archived_at=None)

    def decided_by(self, bodies: Iterable[int]) -> Self:
        """Programmes that one of ``bodies`` decides in: as their own body, or within a mandate."""
        mandates = Mandate.objects.filter(body__in=bodies)
        return self.filter(Q(body__in=bodies) | Q(pk__in=mandates.values("programme")))


class Programme(models.Model):
    """A fund or a sluice of one organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=10, choices=ProgrammeKind.choices, default=ProgrammeKind.FUND.value
    )
    purpose = models.TextField(blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="programmes"
    )  # who decides
    unused = models.CharField(max_length=6, choices=Unused.choices, default=Unused.CARRY.value)
    release_rule = models.CharField(
        max_length=7, choices=ReleaseRule.choices, default=ReleaseRule.AT_ONCE.value
    )
    first_share = models.PositiveSmallIntegerField(
        default=50
    )  # per cent released at once, if in parts
    slug = models.SlugField(max_length=40, blank=True)  # of a sluice's start page
    welcome = models.TextField(blank=True)  # Markdown: what we look for now
    # A sluice's start page, with its promise board: to everybody, or inside the organisation.
    public = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="programme_name_unique"),
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                condition=~Q(slug=""),
                name="programme_slug_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A body's right to decide in a programme, up to a sum; the programme's own body has no limit.

    KL 2017:725 ch. 6 § 37 and ch. 7 § 5: the right is delegated by a decision, named here.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="mandates")
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates")
    up_to_minor = models.BigIntegerField()  # the most for one application, included
    reference = models.CharField(max_length=200, blank=True)  # point of the delegation

    class Meta:
        ordering = ("up_to_minor", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "body"], name="mandate_once"),
            models.CheckConstraint(condition=Q(up_to_minor__gt=0), name="mandate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.programme}"


class GoalQuerySet(models.QuerySet["Goal"]):
    def current(self) -> Self:
        """Goals that can be chosen; the others stay on the cases that chose them."""
        return self.filter(archived_at=None)


class Goal(models.Model):
    """A goal of the municipality that ideas may serve."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="goals")
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name
