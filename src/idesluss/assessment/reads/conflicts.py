"""Conflicts of interest: what somebody has to declare, and what is known in one case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from idesluss.assessment.rules import sees_applicant
from idesluss.ideas.models import DECIDERS_SEE, OWN, Declaration, Idea, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Appointment, Person, Seat
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round

CLOSED = (ConflictState.DECLARED, ConflictState.DECIDED, ConflictState.SUSPECTED)
"""States in which the case is shut for an assessor or a decider, for good or for now."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What is shown of a case before anything is declared. ``applicants``: None when hidden."""

    idea: Idea
    applicants: tuple[str, ...] | None
    answered: bool  # the reader has said that there is no conflict, or it was decided so


def headlines(round: Round, person: Any, *, at: datetime) -> list[Headline]:
    """The cases of ``round`` that are open to ``person`` if they have no conflict in them.

    Those without an answer first. What is shut by a conflict, also a suspected one, is not among
    them. Two queries.
    """
    mine = Declaration.objects.filter(idea=OuterRef("pk"), person=person)
    cases = (
        Idea.objects.declarable_by(person, at=at)
        .filter(applications__round=round)
        .exclude(Exists(mine.filter(state__in=CLOSED)))
        .annotate(answered=Exists(mine))
        .select_related("unit", "programme")
        .order_by("answered", "register_number", "pk")
    )
    parts = Involvement.objects.filter(ended_at=None).select_related("person").order_by("pk")
    return [
        Headline(
            idea,
            applicants_of(idea) if sees_applicant(person, idea, round, at=at) else None,
            idea.answered,
        )
        for idea in cases.prefetch_related(Prefetch("involvements", parts))
    ]


def applicants_of(idea: Idea) -> tuple[str, ...]:
    """Names of who is behind ``idea``: for whom, the owner, the others; reads what is loaded."""
    own = [one for one in idea.involvements.all() if one.part in OWN and one.ended_at is None]
    own.sort(key=lambda one: (one.part != Part.OWNER.value, one.pk))
    said = [name for name in (idea.on_behalf_of, idea.applicant_name) if name]
    return (*said, *(one.person.name for one in own))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person in one case; ``declaration`` is None when nothing is."""

    person: Person
    parts: tuple[str, ...]  # "assessor", "member", "office"
    declaration: Declaration | None

    @property
    def state(self) -> str:
        """The state of the declaration (vocab.ConflictState), "" without one."""
        return self.declaration.state if self.declaration else ""


def known_conflicts(idea: Idea, *, at: datetime) -> list[Known]:
    """Everybody who assesses, decides or handles ``idea``, with what they have declared.

    Also those who have declared something and no longer have a part. By name; five queries.
    """
    day = at.date()
    declarations = {one.person_id: one for one in idea.declarations.select_related("person", "by")}
    parts: dict[int, set[str]] = {pk: set() for pk in declarations}
    assessors = idea.involvements.filter(part=Part.ASSESSOR.value, ended_at=None)
    _put(parts, assessors.values_list("person", flat=True), "assessor")
    if idea.stage in DECIDERS_SEE:  # before that the body has nothing to do with it
        seats = Seat.objects.valid(day).filter(
            Q(body=idea.programme.body_id) | Q(body__mandates__programme=idea.programme_id)
        )
        _put(parts, seats.values_list("person", flat=True), "member")
    offices = Appointment.objects.valid(day).filter(
        organisation=idea.organisation_id,
        role__in=(Role.ADMINISTRATOR.value, Role.REGISTRAR.value),
    )
    _put(parts, offices.values_list("person", flat=True), "office")
    applying = set(
        idea.involvements.filter(part__in=OWN, ended_at=None).values_list("person", flat=True)
    )
    people = Person.objects.filter(pk__in=parts.keys() - applying).order_by("name", "pk")
    return [
        Known(person, tuple(sorted(parts[person.pk])), declarations.get(person.pk))
        for person in people
    ]


def _put(parts: dict[int, set[str]], people: Iterable[int], part: str) -> None:
    for person in people:
        parts.setdefault(person, set()).add(part)
