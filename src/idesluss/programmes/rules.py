"""Who may do what with programmes and rounds. Loaded objects in, yes or no out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.people import rules as people
from idesluss.programmes.models import Programme, Round


def may_set_up(person: Any, thing: Programme | Round, at: datetime) -> bool:
    """Whether ``person`` arranges the programme, or the round with what it asks and judges by."""
    organisation_id: int = thing.organisation_id
    return people.may_set_up(person, organisation_id, at)


def has_been_handed_in_to(round: Round) -> bool:
    """Whether any application to the round was ever handed in, taken back or not.

    Applications lie in a later room; this is the one question that programmes ask of them.
    """
    handed_in = Round.objects.filter(pk=round.pk, applications__submitted_at__isnull=False)
    return handed_in.exists()
