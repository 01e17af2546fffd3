"""The gathering and the news that follow a decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from idesluss.people.models import Person
from idesluss.programmes.models import Round


class Celebration(models.Model):
    """The gathering at which the granted projects are celebrated."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="celebration")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    words = models.TextField(blank=True)  # of the invitation
    number = models.UUIDField(unique=True)  # of the calendar event, the same when it is changed
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545 3.8.7.4: counts the changes
    invited_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="celebration_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.starts_at:%Y-%m-%d}"

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id


class News(models.Model):
    """News of a round's results: proposed from the figures, edited, published."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="news")
    title = models.CharField(max_length=160)
    text = models.TextField()
    language = models.CharField(max_length=5)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id
