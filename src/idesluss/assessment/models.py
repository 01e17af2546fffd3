"""Assessments: one assessor's judgement of one idea in one round, score by score with reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from idesluss.assessment.vocab import Advice
from idesluss.ideas.models import SHUT, Declaration, Idea, Involvement, handled, has_part
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Criterion, Programme, Round


def readable(person: Any, *, at: datetime) -> Q:
    """Assessments ``person`` may read: only in cases open to them by office (``among_handled``)."""
    return handled(person, at=at, idea="idea__") & among_handled(person, at=at)


def among_handled(person: Any, *, at: datetime) -> Q:
    """Which ones ``person`` may read in cases that they are known to handle.

    One's own always; others' once they are locked, for administrators, registrars and the
    deciding body at once, for a fellow assessor only when one's own of the same case is locked.
    """
    if not isinstance(person, Person):
        return Q(pk__in=[])
    standing = standing_of(person, at)
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    own_locked = Exists(
        Assessment.objects.filter(
            idea=OuterRef("idea"), round=OuterRef("round"), assessor=person
        ).exclude(locked_at=None)
    )
    assigned = has_part(person, Part.ASSESSOR.value, idea="idea__")
    reads_all = Q(round__programme__organisation__in=offices) | Q(
        round__programme__in=Programme.objects.decided_by(standing.bodies)
    )
    others = ~Q(locked_at=None) & (Q(own_locked) | (reads_all & ~assigned))
    return Q(assessor=person) | others


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Assessments ``person`` may read (``readable``)."""
        return self.filter(readable(person, at=at))

    def counted(self) -> Self:
        """Those that count: the assessor still has the case, and no conflict shuts it for them."""
        serves = Involvement.objects.filter(
            idea=OuterRef("idea"),
            person=OuterRef("assessor"),
            part=Part.ASSESSOR.value,
            ended_at=None,
        )
        shut = Declaration.objects.filter(
            idea=OuterRef("idea"), person=OuterRef("assessor"), state__in=SHUT
        )
        return self.filter(Exists(serves), ~Exists(shut))


class Assessment(models.Model):
    """One assessor's work on one idea: a draft until it is locked."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="assessments")
    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    assigned_at = models.DateTimeField()
    advice = models.CharField(max_length=8, choices=Advice.choices, blank=True)
    summary = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "round", "assessor"], name="assessment_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessor} · {self.idea}"

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id


class Score(models.Model):
    """The judgement on one criterion, with its reason."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.SmallIntegerField(null=True, blank=True)  # scored: low..high; else 1 met, 0 not
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
