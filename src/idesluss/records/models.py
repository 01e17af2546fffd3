"""Every act, one line: audit trail, event log and outbox in one table; and the letters sent.

Records lie below everything, so they know organisations, people and things only by number.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import Q

from idesluss.records.vocab import LetterState

if TYPE_CHECKING:
    from django.db.models import Model


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, thing: Model) -> Self:
        """The entries about one thing, oldest first."""
        return self.filter(about_kind=thing._meta.label_lower, about_id=thing.pk).order_by("id")

    def undelivered(self, at: datetime) -> Self:
        """Entries whose effects are due, oldest first."""
        due = Q(next_try_at=None) | Q(next_try_at__lte=at)
        return self.filter(due, delivered_at=None).order_by("id")

    def delete(self) -> NoReturn:
        raise TypeError("The records are append-only.")


class Entry(models.Model):
    """One act: who did what to which thing, when. Written by ``records.note()`` only."""

    verb = models.CharField(max_length=60)  # "room.verb"
    about_kind = models.CharField(max_length=60)  # "funding.application"
    about_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)  # a person; None: the clock
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    # How far its effects have come (the outbox); nothing above this line ever changes.
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id", "id"], name="entry_about"),
            models.Index(fields=["id"], name="entry_undelivered", condition=Q(delivered_at=None)),
            models.Index(fields=["organisation_id", "id"], name="entry_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.about_kind} {self.about_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        delivery = {"delivered_at", "attempts", "next_try_at", "last_error"}
        if self.pk and not set(kwargs.get("update_fields") or ("verb",)) <= delivery:
            raise TypeError("The records are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The records are append-only.")


class Series(models.Model):
    """The last number given in one register series of one organisation."""

    organisation_id = models.BigIntegerField()
    key = models.CharField(max_length=60)  # "application:2026"
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "key"], name="series_unique")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.key} {self.last}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self, at: datetime) -> Self:
        """Letters that are due to be sent, oldest first."""
        due = Q(next_try_at=None) | Q(next_try_at__lte=at)
        return self.filter(due, state=LetterState.QUEUED).order_by("id")

    def held(self) -> Self:
        """Letters that wait for the daily letter, oldest first."""
        return self.filter(state=LetterState.HELD).order_by("id")


class Letter(models.Model):
    """One mail to one person, written in the same transaction as its effects are noted."""

    organisation_id = models.BigIntegerField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="letters")
    kind = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    to = models.CharField(max_length=320)  # empty: the person has no address, see ``state``
    subject = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=5)
    calendar = models.TextField(blank=True)  # an invitation (RFC 5545) that goes with it
    reply_to = models.CharField(max_length=320, blank=True)  # who reads an answer
    link = models.CharField(max_length=500, blank=True)  # where it is answered with a click
    words = models.TextField(blank=True)  # without greeting and signature, for the daily letter
    # The daily letter that told this one, when it did not go out by itself.
    told_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="tells")
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=LetterState.choices, default=LetterState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # The same news is told to the same person once, however often its entry is handled.
            models.UniqueConstraint(fields=["entry", "kind", "person_id"], name="letter_told_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="letter_state"),
            models.Index(fields=["organisation_id", "state"], name="letter_organisation"),
            models.Index(
                fields=["person_id", "id"], name="letter_held", condition=Q(state=LetterState.HELD)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to}"
