"""What became permanent: since when, whose it is, and which budget pays."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.ideas.models import Idea
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Currency
from idesluss.pilots.models import readable


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def standing(self) -> Self:
        """Those that have not been ended."""
        return self.filter(ended_at=None)

    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Everybody those of published projects; the others by case."""
        return self.filter(Q(idea__project__published_at__lte=at) | readable(person, at=at))


class Adoption(models.Model):
    """An idea made permanent; undone by being ended, never deleted."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="adoption")
    since = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")  # owns it in the line
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="adoptions"
    )
    owner_name = models.CharField(max_length=160, blank=True)  # a function, or somebody not here
    budget = models.CharField(max_length=200)  # which budget pays
    yearly_minor = models.BigIntegerField(null=True, blank=True)  # what it costs in a year
    currency = models.CharField(max_length=3, choices=Currency.choices)
    words = models.TextField(blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(yearly_minor=None) | Q(yearly_minor__gte=0),
                name="adoption_cost_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_why=""), name="adoption_ended_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.idea)

    @property
    def organisation_id(self) -> int:
        return self.idea.organisation_id
