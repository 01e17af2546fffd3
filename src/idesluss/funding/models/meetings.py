"""The meeting that decides, and rounds that were decided elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.funding.models.applications import Application
from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.vocab import Ground
from idesluss.people.models import Body, Person, standing_of
from idesluss.people.vocab import Currency, Role
from idesluss.programmes.models import Round


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Meetings ``person`` prepares (fund administrator, registrar) or decides in."""
        standing = standing_of(person, at)
        offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
        return self.filter(
            Q(round__programme__organisation__in=offices) | Q(body__in=standing.bodies)
        )


class Meeting(models.Model):
    """The meeting at which a body decides a round; decisions wait here until released together."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="meetings_chaired"
    )
    secretary = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="meetings_written"
    )
    adjuster = models.CharField(max_length=120, blank=True)  # who checks the minutes
    overshoot_reason = models.TextField(blank=True)
    register_number = models.CharField(max_length=60, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.JSONField(null=True, blank=True)  # frozen at release; the PDF is made of it
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(released_at=None), name="meeting_one_open"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | ~Q(register_number=""),
                name="meeting_released_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.round}"

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id


class Presence(models.Model):
    """A member who is present at the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, models.PROTECT, related_name="presences")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="presence_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Decision(models.Model):
    """The pending decision on one application; nobody is told until the meeting is released."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=24, choices=OutcomeName.choices, blank=True)
    granted_minor = models.BigIntegerField(default=0)
    recommended_minor = models.BigIntegerField(null=True, blank=True)  # proposed to the body
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    later_year = models.PositiveSmallIntegerField(null=True, blank=True)
    over_cap_reason = models.TextField(blank=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)  # two who decide at once lose nothing

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "application"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(granted_minor__gte=0), name="decision_granted_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"


class Recusal(models.Model):
    """A member who steps aside in one item, with the ground; counted out of its quorum."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=16, choices=Ground.choices)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "person"], name="recusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.decision}"


class RoundImport(models.Model):
    """A file that a round was taken in from, with the total that it states, if it states one."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    stated_total_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, choices=Currency.choices)  # of the stated total
    decided_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: a command
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.round} · {self.file_name}"

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id
