"""Where a sluice's case may ask for money, and where it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from idesluss.funding.models import Application
from idesluss.funding.rules import may_apply
from idesluss.ideas.models import OWN, Idea
from idesluss.people.models import Person
from idesluss.programmes.models import Round


@dataclass(frozen=True, slots=True)
class Able:
    """Open rounds that somebody can apply in for a case, and those people, its givers first."""

    rounds: Sequence[Round]
    people: Sequence[Person]


def who_can_apply(idea: Idea, reader: Person, *, at: datetime) -> Able:
    """The open rounds of the case's organisation in which a giver who works here may apply.

    If no giver can, as with a resident's idea, ``reader`` may do it for them. A few queries for
    each giver and round, of which there are few.
    """
    here = Round.objects.visible_to(reader, at=at).filter(
        programme__organisation=idea.organisation_id, opens_at__lte=at
    )
    found = here.exclude(closes_at__lte=at).select_related("programme__organisation")
    rounds = list(found.prefetch_related("units").order_by("closes_at", "pk"))
    parts = idea.involvements.filter(part__in=OWN, ended_at=None).select_related("person")
    givers = [part.person for part in parts.order_by("pk")]
    for people in (givers, [reader]):
        able = [person for person in people if any(may_apply(person, it, at=at) for it in rounds)]
        if able:
            open_to = [it for it in rounds if any(may_apply(one, it, at=at) for one in able)]
            return Able(open_to, able)
    return Able((), ())


def carried_from(idea: Idea) -> list[Application]:
    """The applications that grew from a case and were not thrown away, the eldest first."""
    grown = Application.objects.filter(
        pk__in=Application.objects.filter(
            idea__grown_from=idea,
            idea__involvements__part__in=OWN,
            idea__involvements__ended_at=None,
        ).values("pk")
    )
    return list(grown.select_related("idea", "round").order_by("pk"))
