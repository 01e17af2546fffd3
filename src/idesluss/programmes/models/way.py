"""The municipality's own innovation model: its steps, in editions; what each step asks.

An edition that has been opened never changes: a running case keeps the one that it started in,
or is moved knowingly. A fund names the canonical stages only, without editions.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.people.models import Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models.programmes import Programme
from idesluss.programmes.vocab import Handler


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Editions of the programmes of organisations that ``person`` belongs to."""
        here = standing_of(person, at).organisations()
        return self.filter(programme__organisation__in=here)

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Editions that ``person`` may change, or open."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(programme__organisation__in=run)

    def opened(self) -> Self:
        """Editions that cases have been able to start in, the newest first."""
        return self.filter(opened_at__isnull=False).order_by("-number")


class Edition(models.Model):
    """One version of a sluice's innovation model; cases start in the newest that is opened."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … within the programme
    template = models.SlugField(max_length=40, blank=True)  # the ready model that it came from
    why = models.CharField(max_length=300, blank=True)  # what is new in it
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # None: still being written
    version = models.PositiveIntegerField(default=0)  # of what is being written

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="edition_number_unique"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(opened_at=None), name="edition_one_being_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id


class Step(models.Model):
    """One step of a programme's innovation model: a canonical stage under its own name.

    In an edition several steps may be parts of the same stage.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="steps")
    edition = models.ForeignKey(
        Edition, models.CASCADE, null=True, blank=True, related_name="steps"
    )  # None: the only way of a fund
    key = models.SlugField(max_length=40, blank=True)  # the same step in another edition
    stage = models.CharField(max_length=20)  # logic.lifecycle.Stage
    name = models.CharField(max_length=60)
    guidance = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    tools = models.TextField(blank=True)  # Markdown: what helps here, with links
    promise_days = models.PositiveSmallIntegerField(null=True, blank=True)  # working days
    handler = models.CharField(max_length=13, choices=Handler.choices, blank=True)  # "": anybody
    gate = models.TextField(blank=True)  # what must hold before the case goes on

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "stage"], condition=Q(edition=None), name="step_stage_unique"
            ),
            models.UniqueConstraint(
                fields=["edition", "key"],
                condition=Q(edition__isnull=False),
                name="step_key_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StepQuestion(models.Model):
    """One question that a step asks, of the giver or of those who handle the case."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    text = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    required = models.BooleanField(default=False)  # answered before the case goes on
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "key"], name="step_question_key_unique")
        ]

    def __str__(self) -> str:
        return self.text
