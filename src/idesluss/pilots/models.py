"""Projects that money was granted for, and what their owners report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.ideas.models import Attachment, Idea, endorsing, handled, own
from idesluss.people.models import Person
from idesluss.people.vocab import Currency
from idesluss.pilots.vocab import Onward, Progress, ReportKind


def readable(person: Any, *, at: datetime, idea: str = "idea__") -> Q:
    """Projects whose reports and money ``person`` may read: those whose case is open to them."""
    return (
        own(person, idea=idea)
        | handled(person, at=at, idea=idea)
        | endorsing(person, at=at, idea=idea)
    )


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Projects ``person`` may see: everybody those that are published, the others by case."""
        return self.filter(Q(published_at__lte=at) | readable(person, at=at))

    def inside_for(self, person: Any, *, at: datetime) -> Self:
        """Projects whose reports and money are open to ``person``."""
        return self.filter(readable(person, at=at))


class Project(models.Model):
    """An idea that was granted money and is carried out; one for an idea, whatever the grants.

    Begins when the decision is released. The public page shows what is said here, never what was
    written in the application.
    """

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="project")
    coordinator = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    coordinator_name = models.CharField(max_length=160, blank=True)  # somebody without an account
    coordinator_shown = models.BooleanField(default=False)  # has said yes to being named in public
    # What the public page says, written or chosen for it.
    purpose = models.TextField(blank=True)
    results = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    pictured = models.ForeignKey(  # the report whose photo is shown
        "Report", models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day
    progress = models.CharField(
        max_length=10, choices=Progress.choices, default=Progress.ON_TRACK.value
    )
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()  # "last updated" on its page
    version = models.PositiveIntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="project_ends")]

    def __str__(self) -> str:
        return str(self.idea)

    @property
    def organisation_id(self) -> int:
        return self.idea.organisation_id


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Reports of the projects that are open to ``person`` from inside."""
        return self.filter(readable(person, at=at, idea="project__idea__"))


class Report(models.Model):
    """What a project's owner tells: how it goes, what is spent, what was learned, what is next."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=7, choices=ReportKind.choices)
    progress = models.CharField(max_length=10, choices=Progress.choices)
    spent_minor = models.BigIntegerField()  # since the start, all grants together
    currency = models.CharField(max_length=3, choices=Currency.choices)
    learned = models.TextField()
    results = models.TextField(blank=True)  # of a final report, for the public page
    onward = models.CharField(max_length=8, choices=Onward.choices)
    onward_words = models.TextField(blank=True)  # what changes, or why it stops
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    photo_text = models.CharField(
        max_length=300, blank=True
    )  # what it shows, for who cannot see it
    by = models.ForeignKey(Person, models.PROTECT, related_name="reports")
    told_by = models.CharField(max_length=160, blank=True)  # who told it, when the office wrote
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)  # sent back, with what is missing
    returned_words = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(spent_minor__gte=0), name="report_not_negative"),
            models.CheckConstraint(
                condition=Q(photo=None) | ~Q(photo_text=""), name="report_photo_has_text"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(returned_at=None), name="report_one_answer"
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(accepted_at=None, returned_at=None),
                name="report_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.at:%Y-%m-%d}"

    @property
    def organisation_id(self) -> int:
        return self.project.organisation_id
