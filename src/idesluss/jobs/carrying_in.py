"""What became of an application that grew from a sluice's case comes back to that case."""

from __future__ import annotations

from datetime import datetime

from idesluss.funding.usecases.carry_in import bring_back
from idesluss.logic.outcomes import Outcome
from idesluss.people.models import Person
from idesluss.records.models import Entry


def decided(entry: Entry, at: datetime) -> None:
    """After ``funding.decided``."""
    granted = entry.data["granted_minor"] or 0
    _bring_back(entry, at, entry.data["outcome"], granted)


def withdrawn(entry: Entry, at: datetime) -> None:
    """After ``funding.withdrawn``."""
    _bring_back(entry, at, Outcome.WITHDRAWN.value)


def incomplete(entry: Entry, at: datetime) -> None:
    """After ``funding.incomplete``."""
    _bring_back(entry, at, Outcome.INCOMPLETE.value)


def _bring_back(entry: Entry, at: datetime, outcome: str, granted_minor: int = 0) -> None:
    by = Person.objects.filter(pk=entry.by_id or 0).first()
    bring_back(entry.about_id, outcome, granted_minor=granted_minor, by=by, at=at)
