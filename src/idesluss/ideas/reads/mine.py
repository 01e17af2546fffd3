"""All cases that somebody hands in, wherever, with where each is and what is expected of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from idesluss.ideas.models import LIVE, Idea, Match
from idesluss.ideas.vocab import IdeaKind
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person

MOST = 200


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own case. ``offers`` are open challenges that it may answer, if one says yes."""

    idea: Any
    offers: Sequence[Match] = ()

    @property
    def live(self) -> bool:
        """Whether something is owed."""
        return self.idea.stage in LIVE

    @property
    def asked(self) -> bool:
        """Whether we wait for the giver."""
        return self.live and self.idea.waits_for_giver

    @property
    def expects(self) -> bool:
        """Whether the giver is expected to do something."""
        return self.asked or bool(self.offers) or self.idea.stage == Stage.DRAFT.value

    @property
    def next_on(self) -> date | None:
        """The day of what happens next."""
        return self.idea.next_on if self.live else None

    @property
    def is_need(self) -> bool:
        return bool(self.idea.kind == IdeaKind.NEED.value)


def cases_of_giver(person: Person, *, at: datetime) -> list[Mine]:
    """The cases that ``person`` hands in: what waits for them first, then the newest; two queries.

    Without what was taken to a fund, which has pages of its own.
    """
    sluiced = Q(edition__isnull=False) | Q(door__isnull=False)
    own = Idea.objects.owned_by(person).filter(sluiced)
    joined = own.select_related("programme__organisation", "at_step", "responsible", "door")
    ideas = list(joined.order_by("-created_at", "-pk")[:MOST])
    offers: dict[int, list[Match]] = {}
    open_ones = Match.objects.filter(idea__in=[it.pk for it in ideas], taken=None)
    asking = open_ones.filter(challenge__ended_at=None, challenge__opens_at__lte=at)
    for match in asking.select_related("challenge__programme__organisation").order_by("pk"):
        closes = match.challenge.closes_at
        if closes is None or closes > at:
            offers.setdefault(match.idea_id, []).append(match)
    rows = [
        Mine(it, tuple(offers.get(it.pk, ())) if it.stage == Stage.PARKED.value else ())
        for it in ideas
    ]
    return sorted(rows, key=lambda row: not row.expects)
