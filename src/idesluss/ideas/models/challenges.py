"""Challenges: what somebody with mandate asks for; and the posters that lead to a door."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.ideas.models.cases import Idea
from idesluss.people.models import Organisation, Person, Unit, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Goal, Programme, Round
from idesluss.programmes.vocab import Audience


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Challenges ``person`` may read.

        Everybody: those that are open, or were, and are for others than employees. Who belongs to
        the organisation: all that are or were open. Who poses, owns or administers: drafts too.
        """
        standing = standing_of(person, at)
        run = standing.organisations_as(Role.ADMINISTRATOR, Role.COACH)
        opened = Q(opens_at__lte=at)
        seen = opened & (
            Q(public=True) | Q(programme__organisation__in=standing.organisations())
        ) | Q(programme__organisation__in=run)
        if isinstance(person, Person):
            seen |= Q(owner=person) | Q(posed_by=person)
        return self.filter(seen)

    def open(self, at: datetime) -> Self:
        """Challenges that take in answers at ``at``."""
        closing = Q(closes_at=None) | Q(closes_at__gt=at)
        return self.filter(closing, opens_at__lte=at, ended_at=None)


class Challenge(models.Model):
    """A need that somebody with mandate and resources asks for answers to."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="challenges")
    need = models.ForeignKey(
        Idea, models.PROTECT, null=True, blank=True, related_name="challenges"
    )  # of the need bank, that it grew out of
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    text = models.TextField()  # Markdown: the problem, not a solution
    for_whom = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="challenges")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="challenges")  # with mandate
    resources = models.TextField()  # time and money behind it
    afterwards = models.TextField()  # what happens with good answers
    audiences = models.JSONField(default=list)  # of Audience: which doors it is open to
    goals = models.ManyToManyField(Goal, blank=True, related_name="challenges")
    round = models.ForeignKey(  # where good answers may ask for money
        Round, models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    posed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    posed_at = models.DateTimeField()
    public = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)  # None: still being written
    closes_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)  # Markdown: what came of it
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "slug"], name="challenge_slug_unique"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="challenge_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(result=""), name="challenge_ended_has_result"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id

    @property
    def asked(self) -> list[Audience]:
        """The groups that it is put to; employees if nothing is said."""
        return [Audience(it) for it in self.audiences] or [Audience.STAFF]


class Match(models.Model):
    """A parked case that a challenge may wake; offered to its giver once."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="matches")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="matches")
    why = models.JSONField(default=list)  # the words that they share
    offered_at = models.DateTimeField()
    taken = models.BooleanField(null=True)  # the giver's answer; None: has not answered
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "idea"], name="match_once")
        ]

    def __str__(self) -> str:
        return f"{self.idea} → {self.challenge}"


class Poster(models.Model):
    """A sheet with a QR code at one workplace: its link fills in unit and challenge."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posters")
    door = models.ForeignKey(Door, models.PROTECT, related_name="posters")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posters")
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="posters"
    )
    key = models.CharField(max_length=8, unique=True)  # of its short link
    words = models.CharField(max_length=160, blank=True)  # what the sheet says
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key
