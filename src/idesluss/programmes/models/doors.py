"""The ways in to a sluice: one door for each group that it is open to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.people.models import Organisation, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models.programmes import Programme
from idesluss.programmes.vocab import Audience, Visibility


class DoorQuerySet(models.QuerySet["Door"]):
    def open(self, at: datetime) -> Self:
        """Doors that take in ideas at ``at``."""
        opened = Q(opened_at__lte=at) & (Q(closed_at=None) | Q(closed_at__gt=at))
        return self.filter(opened, programme__archived_at=None)

    def known_to(self, person: Any, *, at: datetime) -> Self:
        """Doors that ``person`` may hand in through while they are open; closed ones too."""
        here = standing_of(person, at).organisations()
        return self.filter(Q(signed_in=False) | Q(organisation__in=here))

    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Doors that ``person`` may hand in through.

        Everybody: open doors that ask for no sign-in. Who belongs to the organisation: its other
        open doors too.
        """
        return self.open(at).known_to(person, at=at)

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Doors that ``person`` may open, change and close."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)


class Door(models.Model):
    """How one group of people hands in to a sluice, and what it is promised."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="doors")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="doors")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    slug = models.SlugField(max_length=40)  # its short link
    welcome = models.TextField(blank=True)  # Markdown, in plain words
    signed_in = models.BooleanField(default=False)  # only people of the organisation
    visibility = models.CharField(
        max_length=6, choices=Visibility.choices, default=Visibility.CLOSED.value
    )  # the widest that a case may be shown
    first_days = models.PositiveSmallIntegerField(default=5)  # working days to a human answer
    decision_days = models.PositiveSmallIntegerField(default=30)  # working days to a decision
    # Whoever has what comes in until somebody takes it: no case is ever nobody's.
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="doors")
    address = models.EmailField(blank=True)  # mail to it comes in here
    hourly_limit = models.PositiveSmallIntegerField(default=20)  # from one place; more must wait
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        ordering = ("programme", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "audience"], name="door_once"),
            models.UniqueConstraint(fields=["organisation", "slug"], name="door_slug_unique"),
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="door_address_unique"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="door_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(first_days__gt=0, decision_days__gte=F("first_days")),
                name="door_promises_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.get_audience_display()}"
