"""How a case goes through the model, and what is found out about the need on the way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from idesluss.ideas.models.cases import Idea
from idesluss.ideas.vocab import FindingKind, ScanResult
from idesluss.people.models import Person
from idesluss.programmes.models import Step, StepQuestion


class Passage(models.Model):
    """One stay of a case in one step of the model; the open one is where it is."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="passages")
    step = models.ForeignKey(Step, models.PROTECT, related_name="passages")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    promised_by = models.DateField(null=True, blank=True)  # by the promise of the step
    why = models.CharField(max_length=300, blank=True)  # skipped, or once more: the reason
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(left_at=None), name="passage_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea} · {self.step}"


class StepAnswer(models.Model):
    """The answer to one question of a step."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="step_answers")
    question = models.ForeignKey(StepQuestion, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "question"], name="step_answer_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Finding(models.Model):
    """Something found out about the need: a canvas, an interview, an insight, a scan."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=11, choices=FindingKind.choices)
    head = models.CharField(max_length=200, blank=True)  # who, what or where
    text = models.TextField(blank=True)  # Markdown
    facts = models.JSONField(default=dict, blank=True)  # the fields of its kind: key to text
    result = models.CharField(max_length=5, choices=ScanResult.choices, blank=True)
    inside = models.BooleanField(default=False)  # only for those who handle the case
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(kind=FindingKind.CANVAS.value, removed_at=None),
                name="finding_one_canvas",
            ),
            models.CheckConstraint(
                condition=~Q(kind=FindingKind.SCAN.value) | ~Q(result=""),
                name="finding_scan_has_result",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["idea", "kind", "id"], name="finding_idea")]

    def __str__(self) -> str:
        return self.head or self.get_kind_display()
