"""A call for applications: its window and rules, what it asks and what it judges by.

Criteria and questions belong to the round, so that a change for next year never alters what an
application already handed in was asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.logic.windows import Window
from idesluss.people.models import Person, Unit, standing_of
from idesluss.people.vocab import Currency, Role
from idesluss.programmes.models.programmes import Programme
from idesluss.programmes.vocab import (
    Applicants,
    ApplicationKind,
    CriterionKind,
    QuestionPart,
    Silence,
)


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
        bodies = standing_of(person, at).bodies
        return self.filter(programme__in=Programme.objects.decided_by(bodies))


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
    # The rules, fixed once somebody has handed in. Sums are in ``currency``.
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.SEK.value)
    kinds = models.JSONField(default=list, blank=True)  # see ``offered``
    applicants = models.CharField(
        max_length=10, choices=Applicants.choices, default=Applicants.EVERYBODY.value
    )
    units = models.ManyToManyField(Unit, blank=True, related_name="rounds")  # only these; none: all
    floor_minor = models.BigIntegerField(null=True, blank=True)  # the least one may ask for
    must_end_in_year = models.BooleanField(default=False)  # the project year
    asks_otherwise = models.BooleanField(default=False)  # why it would not happen otherwise
    ineligible = models.TextField(blank=True)  # costs that are not paid for
    cofinancing_percent = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # of all, at least
    material_percent = models.PositiveSmallIntegerField(null=True, blank=True)  # of asked, at most
    work_rate_minor = models.BigIntegerField(null=True, blank=True)  # own work, for one hour
    units_needed = models.PositiveSmallIntegerField(default=1)  # departments that take part
    endorsed = models.BooleanField(default=False)  # the manager is asked
    endorse_by = models.DateTimeField(null=True, blank=True)  # may lie after closing
    silence = models.CharField(
        max_length=8, choices=Silence.choices, default=Silence.ESCALATE.value
    )
    flows_on = models.BooleanField(default=False)  # a draft goes on into the next round
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
            models.CheckConstraint(
                condition=Q(floor_minor=None) | Q(floor_minor__gt=0), name="round_floor_positive"
            ),
            models.CheckConstraint(
                condition=Q(work_rate_minor=None) | Q(work_rate_minor__gt=0),
                name="round_rate_positive",
            ),
            models.CheckConstraint(
                condition=Q(cofinancing_percent=None) | Q(cofinancing_percent__range=(1, 99)),
                name="round_cofinancing_share",
            ),
            models.CheckConstraint(
                condition=Q(material_percent=None) | Q(material_percent__range=(0, 99)),
                name="round_material_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id

    @property
    def offered(self) -> list[ApplicationKind]:
        """The kinds of application that it takes; new ones if nothing is said."""
        return [ApplicationKind(kind) for kind in self.kinds] or [ApplicationKind.NEW]

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)


class Level(models.Model):
    """A level of amounts in a round: whoever asks within it meets what it asks for."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="levels")
    name = models.CharField(max_length=120)
    low_minor = models.BigIntegerField()  # included
    high_minor = models.BigIntegerField()  # included
    asks = models.TextField(blank=True)  # what is expected at this level, in words

    class Meta:
        ordering = ("low_minor", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "name"], name="level_name_unique"),
            models.CheckConstraint(
                condition=Q(low_minor__gte=0, high_minor__gte=F("low_minor")), name="level_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
