"""Who has which part in a case, and what is known of conflicts of interest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from idesluss.ideas.vocab import ConflictState, Ground, Part
from idesluss.people.models import Person

OWN = (Part.OWNER.value, Part.CO_APPLICANT.value)
SHUT = (ConflictState.DECLARED.value, ConflictState.DECIDED.value)
OPEN = (ConflictState.CLEAR.value, ConflictState.DISMISSED.value)


class Involvement(models.Model):
    """A person's part in one case."""

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="involvements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="involvements")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea", "person", "part"],
                condition=Q(ended_at=None),
                name="involvement_once",
            )
        ]
        indexes: ClassVar = [
            # One's own cases are found in the index alone, for every page.
            models.Index(
                fields=["person", "part", "idea"],
                name="involvement_person",
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_part_display()}"


class Declaration(models.Model):
    """What is known of one person's conflict of interest in one case."""

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    state = models.CharField(max_length=10, choices=ConflictState.choices)
    ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who said or decided it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="declaration_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | ~Q(ground=""),
                name="declaration_has_ground",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "state", "idea"], name="declaration_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"
