"""What people say to each other about a case, and who stands behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.ideas.models.access import unsealed
from idesluss.ideas.models.cases import Idea
from idesluss.ideas.vocab import Channel, TalkState
from idesluss.people.models import Organisation, Person, Unit, standing_of
from idesluss.people.vocab import Role


class Message(models.Model):
    """One message of the conversation on a case: open to all who may see it, or staff only."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="messages")
    by = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    text = models.TextField()  # Markdown
    inside = models.BooleanField(default=False)  # a note among those who handle the case
    asks_giver = models.BooleanField(default=False)  # the promises stand still until an answer
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB.value)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=["idea", "inside", "id"], name="message_idea")]

    def __str__(self) -> str:
        return self.text[:60]


class Support(models.Model):
    """“Me too”: somebody else has the same need, and says why."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="supports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="supports")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    came_from = models.ForeignKey(  # the case it was given to, when that was merged into this one
        Idea, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="support_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} + {self.idea}"


class Follow(models.Model):
    """Somebody wants to be told how it goes."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="follows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.idea}"


class Rating(models.Model):
    """What the giver thought of how the case was answered."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="rating")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()  # 1 (badly) to 5 (very well)
    words = models.TextField(blank=True)
    stage = models.CharField(max_length=12)  # the ending that was rated
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="rating_scale")
        ]

    def __str__(self) -> str:
        return f"{self.score} · {self.idea}"


class CoachQuerySet(models.QuerySet["Coach"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Coaches of the organisations that ``person`` belongs to."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Coaches whose card ``person`` may change: one's own, and as administrator."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        own = Q(person=person) if isinstance(person, Person) else Q(pk__in=[])
        return self.filter(own | Q(organisation__in=run))


class Coach(models.Model):
    """A coach's card in the directory; who is a coach at all says the role (people)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="coaches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coach_cards")
    about = models.TextField(blank=True)
    skills = models.JSONField(default=list, blank=True)  # words
    units = models.ManyToManyField(Unit, blank=True, related_name="coaches")  # none: all
    room_for = models.PositiveSmallIntegerField(default=10)  # live cases at once
    bookable = models.BooleanField(default=True)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)  # the first day back
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = CoachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "coaches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="coach_card_once"),
            models.CheckConstraint(
                condition=Q(away_until=None)
                | Q(away_from__isnull=False, away_until__gt=models.F("away_from")),
                name="coach_away_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Talks that ``person`` asked for or is asked to hold; administrators: all of theirs."""
        if not isinstance(person, Person):
            return self.none()
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        mine = Q(asked_by=person) | Q(coach=person)
        theirs = Q(organisation__in=run) & unsealed(person, at=at, idea="idea__")
        return self.filter(mine | theirs)


class Talk(models.Model):
    """“Tell a person instead”: a talk that somebody asked a coach for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="talks")
    coach = models.ForeignKey(Person, models.PROTECT, related_name="talks_as_coach")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="talks")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, blank=True, related_name="talks")
    about = models.TextField(blank=True)
    wishes = models.CharField(max_length=300, blank=True)  # when and how it suits
    asked_at = models.DateTimeField()
    answer_by = models.DateField()  # when the coach has answered at the latest
    state = models.CharField(
        max_length=10, choices=TalkState.choices, default=TalkState.ASKED.value
    )
    agreed_at = models.DateTimeField(null=True, blank=True)  # when the talk is
    place = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)  # the coach's answer, or why it was called off
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=TalkState.AGREED.value) | Q(agreed_at__isnull=False),
                name="talk_agreed_has_time",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["coach", "state"], name="talk_coach")]

    def __str__(self) -> str:
        return f"{self.asked_by} – {self.coach}"
