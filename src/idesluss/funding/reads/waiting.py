"""What the cases of somebody's office wait for, over all rounds at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from idesluss.funding.models import Application
from idesluss.funding.reads.handling import WORKED_ON, marks
from idesluss.people.models import Person, standing_of
from idesluss.people.vocab import Role


def run_by(person: Person, *, at: datetime) -> list[int]:
    """Numbers of the organisations whose cases ``person`` handles as fund administrator."""
    return standing_of(person, at).organisations_as(Role.ADMINISTRATOR)


def cases_waiting(person: Person, *, organisations: Iterable[int], at: datetime) -> QuerySet[Any]:
    """Cases that are handed in and not decided in ``organisations``, where they are open.

    Each has ``waits``, what it waits for (``vocab.Waiting``).
    """
    marked = marks(F("round__assessors_wanted"))
    return (
        Application.objects.handled_by(person, at=at)
        .filter(
            round__programme__organisation__in=list(organisations),
            idea__stage__in=WORKED_ON,
            outcome="",
        )
        .exclude(submitted_at=None)
        .alias(assigned=marked["assigned"])
        .annotate(waits=marked["waits"])
        .order_by()
    )
