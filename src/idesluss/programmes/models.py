"""Programmes, their steps, goals and rounds; what a round asks and judges by.

Criteria and questions belong to the round, so that a change for next year never alters what an
application already handed in was asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.logic.windows import Window
from idesluss.people.models import Body, Organisation, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import CriterionKind, ProgrammeKind, QuestionPart


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Programmes of the organisations that ``person`` belongs to, archived ones too."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Programmes that ``person`` may change."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)


class Programme(models.Model):
    """A fund or a sluice of one organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=10, choices=ProgrammeKind.choices, default=ProgrammeKind.FUND.value
    )
    purpose = models.TextField(blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="programmes"
    )  # who decides
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="programme_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step of a programme's innovation model: a canonical stage under its own name."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=20)  # logic.lifecycle.Stage
    name = models.CharField(max_length=60)
    guidance = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "stage"], name="step_stage_unique")
        ]

    def __str__(self) -> str:
        return self.name


class GoalQuerySet(models.QuerySet["Goal"]):
    def current(self) -> Self:
        """Goals that can be chosen; the others stay on the cases that chose them."""
        return self.filter(archived_at=None)


class Goal(models.Model):
    """A goal of the municipality that ideas may serve."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="goals")
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Rounds ``person`` may see.

        Everybody: those announced to the public or with published results. Those who belong to
        the organisation: also announced inside, from ``announced_at``. Its fund administrators
        and registrars: all.
        """
        standing = standing_of(person, at)
        run = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
        public = Q(results_at__lte=at) | Q(public=True, announced_at__lte=at)
        inside = Q(programme__organisation__in=standing.organisations(), announced_at__lte=at)
        open_to = public | inside | Q(programme__organisation__in=run)
        return self.filter(open_to, archived_at=None)

    def run_by(self, person: Any, *, at: datetime) -> Self:
        """Rounds that ``person`` administers."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(programme__organisation__in=run)

    def decided_by(self, person: Any, *, at: datetime) -> Self:
        """Rounds whose deciding body has a seat for ``person``."""
        return self.filter(programme__body__in=standing_of(person, at).bodies)


class Round(models.Model):
    """A call with a window in which a programme takes applications (half-open)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    introduction = models.TextField(blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    project_year = models.PositiveSmallIntegerField()
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="rounds_as_contact"
    )
    answer_days = models.PositiveSmallIntegerField(default=60)  # working days from closing
    answer_by = models.DateField(null=True, blank=True)  # a fixed date goes before answer_days
    blind = models.BooleanField(default=False)  # assessors do not see who applies
    assessors_wanted = models.PositiveSmallIntegerField(default=2)
    qualifying_needed = models.PositiveSmallIntegerField(default=0)  # "at least n of these"
    public = models.BooleanField(default=False)  # the call itself is shown to everybody
    invented = models.BooleanField(default=False)
    announced_at = models.DateTimeField(null=True, blank=True)  # shown inside from then on
    results_at = models.DateTimeField(null=True, blank=True)  # results are public from then on
    archived_at = models.DateTimeField(
        null=True, blank=True
    )  # laid aside: only ever one that nobody has handed in to

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_opening",
            ),
            models.UniqueConstraint(fields=["programme", "name"], name="round_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)


class Criterion(models.Model):
    """What assessors judge by, open to everybody."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=CriterionKind.choices)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    low = models.PositiveSmallIntegerField(default=1)
    high = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="criterion_key_unique"),
            models.CheckConstraint(condition=Q(high__gt=F("low")), name="criterion_scale"),
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question of the application beyond title and need."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    part = models.CharField(max_length=10, choices=QuestionPart.choices)
    text = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    required = models.BooleanField(default=True)
    max_length = models.PositiveIntegerField(default=3000)  # characters
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="question_key_unique")
        ]

    def __str__(self) -> str:
        return self.text
