"""Cases that look alike: in pairs, for those who may put them together, and in groups.

The rows say what the search has found, and are made anew whenever a case changes. Whether a pair
or a group is shown is asked of the cases themselves, every time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.ideas.models.access import handled, opened_to
from idesluss.ideas.models.cases import LIVE, Idea
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation, Person

VERY = 0.35  # how much alike two cases are, of 1, that are said to be very much so
APART_LENGTH = 300  # of the reason why two cases are not the same


class AlikeQuerySet(models.QuerySet["Alike"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Pairs of cases that ``person`` handles both of."""
        both = handled(person, at=at, idea="idea__") & handled(person, at=at, idea="other__")
        return self.filter(both)

    def waiting(self) -> Self:
        """Pairs that somebody has to look at: both go on, in the same organisation."""
        same = self.filter(organisation__isnull=False, set_apart_at=None)
        return same.filter(idea__stage__in=LIVE, other__stage__in=LIVE)

    def public(self, at: datetime) -> Self:
        """Pairs of cases that are both shown to everybody and stand on their own."""
        merged = Stage.MERGED.value
        shown = opened_to(None, at=at, idea="idea__") & opened_to(None, at=at, idea="other__")
        return self.filter(shown).exclude(idea__stage=merged).exclude(other__stage=merged)


class Alike(models.Model):
    """Two cases that look alike; whoever says that they are not the same is remembered."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="alike")  # the earlier one
    other = models.ForeignKey(Idea, models.PROTECT, related_name="alike_earlier")
    organisation = models.ForeignKey(  # of both; None: of two organisations
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    score = models.FloatField()
    why = models.JSONField(default=list)  # a word of the one, and what it met in the other
    found_at = models.DateTimeField()
    set_apart_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_apart_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=APART_LENGTH, blank=True)  # why they are not the same

    objects = AlikeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "alike"
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "-score", "id"],
                name="alike_waiting",
                condition=Q(set_apart_at=None),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "other"], name="alike_once"),
            models.CheckConstraint(condition=Q(idea__lt=F("other")), name="alike_in_order"),
            models.CheckConstraint(
                condition=Q(set_apart_at=None) | Q(set_apart_by__isnull=False),
                name="alike_set_apart_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea} ~ {self.other}"

    @property
    def very(self) -> bool:
        """Whether they are very much alike."""
        return self.score >= VERY


class TogetherQuerySet(models.QuerySet["Together"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """The places of cases whose open page ``person`` may read, and that have not merged."""
        merged = Q(idea__stage=Stage.MERGED.value)
        return self.filter(opened_to(person, at=at, idea="idea__") & ~merged)


class Together(models.Model):
    """The group of look-alikes that a public case is in, wherever the others come from."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="together", primary_key=True)
    group = models.BigIntegerField(db_index=True)  # the lowest number of the cases in it

    objects = TogetherQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "together"

    def __str__(self) -> str:
        return f"{self.idea} ({self.group})"
