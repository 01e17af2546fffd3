"""Who may do what with programmes and rounds. Loaded objects in, yes or no out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

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


def with_handed_in(rounds: QuerySet[Round]) -> QuerySet[Any]:
    """``rounds``, each with ``handed_in``: what ``has_been_handed_in_to`` says, asked at once."""
    theirs = Round.objects.filter(pk=OuterRef("pk"), applications__submitted_at__isnull=False)
    return rounds.annotate(handed_in=Exists(theirs))


def has_sums(round: Round) -> bool:
    """Whether a sum is written in the round's rules, so that its currency means something."""
    sums = (round.floor_minor, round.work_rate_minor)
    return any(it is not None for it in sums) or round.levels.exists()


@dataclass(frozen=True, slots=True)
class PotTerms:
    """What a year's pot says to its rounds: its currency, and the most for one project."""

    year: int
    currency: str
    cap_minor: int | None


def pot_terms(programme_id: int, year: int) -> PotTerms | None:
    """The terms of the programme's pot for ``year``, None while it has none.

    Pots lie in a later room; this is all that programmes ask of them.
    """
    pots = Programme.objects.filter(pk=programme_id, pots__year=year)
    found = pots.values_list("pots__currency", "pots__cap_minor").first()
    return PotTerms(year, *found) if found else None
