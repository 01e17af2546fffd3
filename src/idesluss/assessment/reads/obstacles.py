"""What keeps somebody from being given a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from idesluss.assessment.rules import ASSIGNABLE
from idesluss.assessment.vocab import Obstacle
from idesluss.ideas.models import OWN, SHUT, Declaration, Idea, Involvement
from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import Appointment
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round

WATCHED = (*SHUT, ConflictState.SUSPECTED.value)


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Between some cases of a round and some people, read at once."""

    assignable: frozenset[int]  # ideas
    assessors: frozenset[int]  # people
    applying: frozenset[tuple[int, int]]  # (idea, person)
    declared: Mapping[tuple[int, int], str]  # (idea, person) → vocab.ConflictState

    @classmethod
    def of(
        cls, round: Round, ideas: Iterable[Idea], people: Collection[int], *, at: datetime
    ) -> Obstacles:
        """The obstacles between ``ideas`` and ``people`` (numbers); three queries."""
        numbers = {idea.pk: idea for idea in ideas}
        own = Involvement.objects.filter(
            idea__in=numbers, person__in=people, part__in=OWN, ended_at=None
        )
        known = Declaration.objects.filter(idea__in=numbers, person__in=people, state__in=WATCHED)
        return cls(
            assignable=frozenset(pk for pk, idea in numbers.items() if idea.stage in ASSIGNABLE),
            assessors=frozenset(assessors_of(round, at=at)) & frozenset(people),
            applying=frozenset(own.values_list("idea", "person")),
            declared={
                (idea, person): state
                for idea, person, state in known.values_list("idea", "person", "state")
            },
        )

    def between(self, idea: int, person: int) -> Obstacle | None:
        """Why ``person`` cannot be given ``idea``; None when nothing hinders."""
        if idea not in self.assignable:
            return Obstacle.GONE_ON
        if (idea, person) in self.applying:
            return Obstacle.APPLIES
        state = self.declared.get((idea, person))
        if state is not None:
            suspected = state == ConflictState.SUSPECTED
            return Obstacle.SUSPECTED if suspected else Obstacle.CONFLICT
        return None if person in self.assessors else Obstacle.NO_ROLE


def assessors_of(round: Round, *, at: datetime) -> list[int]:
    """Numbers of the people who are assessors in the organisation of ``round`` at ``at``."""
    appointed = Appointment.objects.valid(at.date()).filter(
        organisation=round.organisation_id, role=Role.ASSESSOR.value
    )
    return sorted(set(appointed.values_list("person", flat=True)))
