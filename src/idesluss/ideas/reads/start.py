"""The start page of a sluice: what is asked for now, its ways in, and what has come of ideas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from idesluss.ideas.models import Challenge, Idea, opened_to
from idesluss.ideas.reads.challenges import challenges_of
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import standing_of
from idesluss.programmes.models import Door, Programme
from idesluss.programmes.vocab import Audience

FEW = 3  # of each kind of what has come of ideas
SOME = 6  # challenges


@dataclass(frozen=True, slots=True)
class Start:
    """The start page for one reader."""

    challenges: Sequence[Challenge]  # open ones
    doors: Sequence[Door]
    introduced: Sequence[Idea]
    tested: Sequence[Idea]
    taught: Sequence[Idea]
    inside: bool  # the reader belongs to the organisation
    ended: Sequence[Challenge] = ()

    @property
    def promise(self) -> tuple[int, int] | None:
        """The longest promise of the doors: working days to an answer, and to a decision."""
        if not self.doors:
            return None
        first = max(door.first_days for door in self.doors)
        return first, max(door.decision_days for door in self.doors)


def start_of(programme: Programme, person: Any, *, at: datetime) -> Start:
    """What the start page of ``programme`` shows ``person``; six queries."""
    seen = list(
        challenges_of(programme.organisation, person, at=at).filter(
            programme=programme, opens_at__lte=at
        )[: 4 * SOME]
    )
    is_open = [it for it in seen if not it.ended_at and not (it.closes_at and it.closes_at <= at)]
    order = list(Audience.values)
    inside = programme.organisation_id in standing_of(person, at).organisations()
    doors = list(Door.objects.visible_to(person, at=at).filter(programme=programme))
    doors.sort(key=lambda door: order.index(door.audience))
    if not inside:  # a door that needs no sign-in is still not for everybody in the first place
        doors.sort(key=lambda door: door.audience == Audience.STAFF.value)
    became = [_became(programme, person, stages, at=at) for stages in BECAME]
    return Start(
        challenges=is_open[:SOME],
        doors=doors,
        introduced=became[0],
        tested=became[1],
        taught=became[2],
        inside=inside,
        ended=[it for it in seen if it.ended_at][:FEW],
    )


BECAME = (
    (Stage.PERMANENT.value,),
    (Stage.TESTING.value,),
    (Stage.STOPPED.value,),
)
"""What has come of ideas: introduced, being tested, and what taught something."""


def _became(
    programme: Programme, person: Any, stages: Sequence[str], *, at: datetime
) -> list[Idea]:
    """The latest cases at ``stages`` that are shown to more than their giver.

    Never what is shown to the reader alone: a start page says what everybody may know.
    """
    shown = Idea.objects.filter(opened_to(person, at=at), programme=programme, stage__in=stages)
    return list(shown.select_related("unit", "at_step").order_by("-received_at", "-pk")[:FEW])
