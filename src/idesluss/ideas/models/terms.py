"""Rows of the term list that an organisation has added to those that come with the program."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.logic.text.folding import LANGS, Lang
from idesluss.logic.text.listing import CELL_LENGTH, written
from idesluss.people.models import Organisation, Person, standing_of


class TermRowQuerySet(models.QuerySet["TermRow"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Rows of the organisations that ``person`` belongs to."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def in_force(self) -> Self:
        """Rows that the search knows, of all organisations, in a fixed order."""
        return self.filter(removed_at=None).order_by("organisation_id", "pk")


class TermRow(models.Model):
    """Words for the same thing in five languages; each cell as it is written, parted by commas."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="term_rows")
    sv = models.CharField(max_length=CELL_LENGTH, blank=True)
    da = models.CharField(max_length=CELL_LENGTH, blank=True)
    nb = models.CharField(max_length=CELL_LENGTH, blank=True)
    fi = models.CharField(max_length=CELL_LENGTH, blank=True)
    en = models.CharField(max_length=CELL_LENGTH, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = TermRowQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "id"],
                name="term_row_in_force",
                condition=Q(removed_at=None),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(sv="", da="", nb="", fi="", en=""), name="term_row_has_words"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_by__isnull=False),
                name="term_row_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def cells(self) -> dict[Lang, str]:
        """What is written, by language."""
        return {lang: str(getattr(self, lang)) for lang in LANGS}

    @property
    def line(self) -> str:
        """The row as a line of a term list."""
        return written(self.cells)
