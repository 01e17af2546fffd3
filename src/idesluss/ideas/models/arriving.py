"""What comes in without a sign-in: follow-up codes, mail, floods; and what had to be masked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.ideas.models.access import unsealed
from idesluss.ideas.models.cases import Idea
from idesluss.ideas.vocab import ArrivalState, Channel
from idesluss.people.models import Organisation, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door


class FollowUpCode(models.Model):
    """A code of 128 bits that signs a guest in; only its digest is kept.

    One guest may have several: a new one is given when the old one is lost, and revokes it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="follow_up_codes")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the 16 bytes, in hex
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.made_at:%Y-%m-%d}"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """What has come in to organisations whose sluices ``person`` handles; nothing sealed."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR, Role.COACH)
        if not run:
            return self.none()
        return self.filter(unsealed(person, at=at, idea="idea__"), organisation__in=run)


class Arrival(models.Model):
    """One mail, or one form that came too fast: what it was, and what became of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="arrivals")
    door = models.ForeignKey(Door, models.PROTECT, null=True, blank=True, related_name="arrivals")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=8, choices=ArrivalState.choices)
    reason = models.CharField(max_length=300, blank=True)  # why it is held back, or ignored
    arrived_at = models.DateTimeField()
    message_id = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the raw mail: never taken twice
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)  # what the form held
    raw = models.FileField(upload_to="arrivals", blank=True)
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, blank=True, related_name="arrivals")
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=~Q(digest=""),
                name="arrival_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ArrivalState.TAKEN.value) | Q(idea__isnull=False),
                name="arrival_taken_has_case",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "id"], name="arrival_state"),
            models.Index(fields=["message_id"], name="arrival_message"),
        ]

    def __str__(self) -> str:
        return self.subject or self.get_channel_display()


class Masking(models.Model):
    """A passage that was masked in a case, because it told of somebody's private life.

    The words themselves are kept for the registrar alone: a record is not destroyed without a
    decision on disposal (arkivlagen 1990:782 § 10).
    """

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="maskings")
    about_kind = models.CharField(max_length=60)  # "ideas.message"
    about_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    passage = models.TextField()
    mark = models.CharField(max_length=60)  # what stands there instead
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.idea}: {self.reason}"
