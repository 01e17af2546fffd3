"""Cases are given to assessors by hand, many at a time, and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.obstacles import Obstacles
from idesluss.assessment.rules import has_case, may_assign
from idesluss.assessment.vocab import Obstacle
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.rules import may_check
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import AlreadyDone, require
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.records.usecases import note

Pair = tuple[int, int]
"""A case and an assessor: numbers of an idea and a person."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of it: pairs made now, pairs that were so already, and those that cannot be."""

    made: tuple[Pair, ...]
    already: tuple[Pair, ...]
    refused: tuple[tuple[Pair, Obstacle], ...]


@transaction.atomic
def assign(round_id: int, *, pairs: Iterable[Pair], by: Person, at: datetime) -> Assigned:
    """Give cases of a round to assessors; what is so already stays, so twice is as once.

    Nobody is given a case that they apply in, or that a conflict of interest shuts or may shut
    for them; such pairs come back with the obstacle, the others are made. A draft from an earlier
    time with the case is found again. Notes ``assessment.assigned`` for each new pair, where
    ``cases`` says how many this person was given at once, in the first of them, else 0.

    Raises:
        NotAllowed: ``by`` does not administer the round.
    """
    round = Round.objects.select_related("programme").get(pk=round_id)
    require(may_assign(by, round, at=at))
    wanted = sorted(set(pairs))
    handled = Idea.objects.handled_by(by, at=at).filter(applications__round=round)
    asked = Idea.objects.select_for_update(of=("self",)).filter(pk__in={idea for idea, _ in wanted})
    ideas = {idea.pk: idea for idea in asked.filter(pk__in=handled.values("pk"))}
    obstacles = Obstacles.of(round, ideas.values(), {person for _, person in wanted}, at=at)
    hindered = [(pair, obstacle) for pair in wanted if (obstacle := obstacles.between(*pair))]
    possible = [pair for pair in wanted if not obstacles.between(*pair)]
    held = _held(ideas)
    made = tuple(pair for pair in possible if pair not in held)
    _give(round, made, by=by, at=at)
    already = tuple(pair for pair in possible if pair in held)
    return Assigned(made, already, tuple(hindered))


def _held(ideas: Collection[int]) -> set[Pair]:
    """Who has which of the cases now."""
    parts = Involvement.objects.filter(idea__in=ideas, part=Part.ASSESSOR.value, ended_at=None)
    return set(parts.values_list("idea", "person"))


def _give(round: Round, pairs: Collection[Pair], *, by: Person, at: datetime) -> None:
    count = Counter(person for _, person in pairs)
    for idea, person in pairs:
        Involvement.objects.create(
            idea_id=idea, person_id=person, part=Part.ASSESSOR.value, since=at
        )
        assessment, is_new = Assessment.objects.get_or_create(
            round=round, idea_id=idea, assessor_id=person, defaults={"assigned_at": at}
        )
        if not is_new:
            assessment.assigned_at = at
            assessment.save(update_fields=["assigned_at"])
        cases = count.pop(person, 0)
        note("assessment.assigned", about=assessment, by=by, at=at, person=person, cases=cases)


@transaction.atomic
def unassign(assessment_id: int, *, reason: str = "", by: Person, at: datetime) -> None:
    """Take a case back from its assessor. Nothing written is thrown away, but it no longer counts.

    Notes ``assessment.unassigned`` with the reason, if any, and whether it was locked.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        AlreadyDone: the person does not have the case.
    """
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    idea, assessor = assessment.idea, assessment.assessor
    require(may_check(by, idea, at=at))
    require(has_case(assessor, idea), AlreadyDone)
    parts = idea.involvements.filter(person=assessor, part=Part.ASSESSOR.value, ended_at=None)
    parts.update(ended_at=at)
    note(
        "assessment.unassigned",
        about=assessment,
        by=by,
        at=at,
        person=assessor.pk,
        reason=reason.strip()[:300],
        locked=assessment.locked_at is not None,
    )
