"""Who could be given which case of a round: assessors with their load, obstacles and hints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.conflicts import applicants_of
from idesluss.assessment.reads.obstacles import WATCHED, Obstacles, assessors_of
from idesluss.assessment.reads.tasks import WAITING
from idesluss.assessment.rules import ASSIGNABLE
from idesluss.assessment.vocab import Hint, Obstacle
from idesluss.ideas.models import OWN, SHUT, Declaration, Idea, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Appointment, Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who can be given cases; ``here`` and ``elsewhere`` are cases not yet locked."""

    person: Person
    units: tuple[str, ...]
    here: int
    elsewhere: int
    done: int  # locked in this round


@dataclass(frozen=True, slots=True)
class Cell:
    """One case (``idea_id``) and one assessor."""

    idea_id: int
    assessor: Assessor
    assessment: Assessment | None  # when the person has the case now
    state: str  # of the declaration (ideas.vocab.ConflictState), "" without one
    obstacle: Obstacle | None
    hints: tuple[Hint, ...]

    @property
    def key(self) -> str:
        """The pair as one word, for a form."""
        return f"{self.idea_id}-{self.assessor.person.pk}"

    @property
    def is_shut(self) -> bool:
        """Whether a conflict of interest shuts the case for this assessor."""
        return self.state in SHUT


@dataclass(frozen=True, slots=True)
class Case:
    """One case and everybody who could be given it."""

    idea: Idea
    applicants: tuple[str, ...]
    cells: tuple[Cell, ...]
    wanted: int

    @property
    def held(self) -> int:
        """How many have the case, conflicts left out."""
        return sum(cell.assessment is not None and not cell.is_shut for cell in self.cells)

    @property
    def missing(self) -> int:
        """How many more are wanted."""
        return max(self.wanted - self.held, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """The cases of a round by the assessors of its organisation."""

    assessors: tuple[Assessor, ...]
    cases: tuple[Case, ...]


def table_of(round: Round, person: Any, *, at: datetime) -> Table:
    """Every case of ``round`` that is given to assessors and open to ``person``, by number.

    As many queries (eight) however many cases and assessors there are.
    """
    parts = Involvement.objects.filter(ended_at=None).select_related("person")
    ideas = list(
        Idea.objects.handled_by(person, at=at)
        .filter(applications__round=round, stage__in=[stage.value for stage in ASSIGNABLE])
        .select_related("unit")
        .prefetch_related(Prefetch("involvements", parts.order_by("pk")))
        .order_by("register_number", "pk")
    )
    given = {
        (one.idea_id, one.assessor_id): one
        for one in Assessment.objects.filter(round=round, idea__in=[idea.pk for idea in ideas])
    }
    held = {
        (idea.pk, one.person_id)
        for idea in ideas
        for one in idea.involvements.all()
        if one.part == Part.ASSESSOR.value
    }
    appointed = frozenset(assessors_of(round, at=at))
    people = appointed | {assessor for _, assessor in held}
    declared = _declared(ideas, people)
    ties = _Ties.of(round, ideas, people, at=at)
    obstacles = Obstacles(
        assignable=frozenset(idea.pk for idea in ideas),
        assessors=appointed,
        applying=frozenset((idea.pk, one.person_id) for idea in ideas for one in _own(idea)),
        declared={pair: state for pair, state in declared.items() if state in WATCHED},
    )
    assessors = _assessors(round, people, ties)
    cases = tuple(
        Case(
            idea,
            applicants_of(idea),
            tuple(
                Cell(
                    idea.pk,
                    assessor,
                    given.get(pair) if pair in held else None,
                    declared.get(pair, ""),
                    obstacles.between(*pair),
                    ties.hints(idea, assessor.person.pk),
                )
                for assessor in assessors
                for pair in [(idea.pk, assessor.person.pk)]
            ),
            round.assessors_wanted,
        )
        for idea in ideas
    )
    return Table(assessors, cases)


def _own(idea: Idea) -> list[Involvement]:
    return [one for one in idea.involvements.all() if one.part in OWN]


def _declared(ideas: Iterable[Idea], people: Iterable[int]) -> dict[tuple[int, int], str]:
    known = Declaration.objects.filter(
        idea__in=[idea.pk for idea in ideas], person__in=list(people)
    )
    return {
        (idea, person): state
        for idea, person, state in known.values_list("idea", "person", "state")
    }


def _assessors(round: Round, people: Iterable[int], ties: _Ties) -> tuple[Assessor, ...]:
    """The assessors by name, with what they have to do."""
    counted = Assessment.objects.filter(assessor__in=list(people)).counted()
    rows = (
        counted.filter(idea__stage__in=WAITING)
        .values("assessor", "round")
        .annotate(left=Count("pk", filter=Q(locked_at=None)), number=Count("pk"))
    )
    here: dict[int, tuple[int, int]] = {}
    elsewhere: dict[int, int] = defaultdict(int)
    for row in rows.order_by():
        if row["round"] == round.pk:
            here[row["assessor"]] = (row["left"], row["number"] - row["left"])
        else:
            elsewhere[row["assessor"]] += row["left"]
    found = Person.objects.filter(pk__in=list(people)).order_by("name", "pk")
    return tuple(
        Assessor(
            person,
            tuple(sorted(ties.unit_names[person.pk])),
            here.get(person.pk, (0, 0))[0],
            elsewhere[person.pk],
            here.get(person.pk, (0, 0))[1],
        )
        for person in found
    )


@dataclass(frozen=True, slots=True)
class _Ties:
    """How people hang together: units, earlier applications, parts in the case."""

    units: Mapping[int, set[int]]  # person → units where appointed
    managed: Mapping[int, set[int]]  # person → units where manager
    unit_names: Mapping[int, set[str]]
    parents: Mapping[int, int | None]  # unit → the one above
    together: Mapping[int, set[int]]  # person → people applied together with

    @classmethod
    def of(
        cls, round: Round, ideas: Iterable[Idea], people: frozenset[int], *, at: datetime
    ) -> _Ties:
        """The ties between ``people`` and the applicants of ``ideas``; two queries."""
        applying = {one.person_id for idea in ideas for one in _own(idea)}
        appointments = Appointment.objects.valid(at.date()).filter(
            organisation=round.organisation_id, person__in=[*people, *applying]
        )
        units: dict[int, set[int]] = defaultdict(set)
        managed: dict[int, set[int]] = defaultdict(set)
        names: dict[int, set[str]] = defaultdict(set)
        parents: dict[int, int | None] = {
            idea.unit.pk: idea.unit.parent_id for idea in ideas if idea.unit
        }
        rows = appointments.exclude(unit=None).values_list(
            "person", "role", "unit", "unit__name", "unit__parent"
        )
        for person, role, unit, name, parent in rows:
            units[person].add(unit)
            names[person].add(name)
            parents[unit] = parent
            if role == Role.MANAGER.value:
                managed[person].add(unit)
        return cls(units, managed, names, parents, _together(people))

    def hints(self, idea: Idea, person: int) -> tuple[Hint, ...]:
        """What speaks of a conflict of interest of ``person`` in ``idea``."""
        applicants = {one.person_id for one in _own(idea)} - {person}
        found = []
        if self._near(self.managed.get(person, ()), idea.unit_id):
            found.append(Hint.MANAGES)
        elif self._near(self.units.get(person, ()), idea.unit_id):
            found.append(Hint.SAME_UNIT)
        elif any(self.units.get(person, set()) & self.units.get(it, set()) for it in applicants):
            found.append(Hint.COLLEAGUE)
        if self.together.get(person, set()) & applicants:
            found.append(Hint.TOGETHER)
        if any(
            one.person_id == person and one.part == Part.COACH.value
            for one in idea.involvements.all()
        ):
            found.append(Hint.COACH)
        return tuple(found)

    def _near(self, units: Iterable[int], unit: int | None) -> bool:
        """Whether one of ``units`` is ``unit``, right above it or right below it."""
        if unit is None:
            return False
        return any(
            it == unit or self.parents.get(it) == unit or self.parents.get(unit) == it
            for it in units
        )


def _together(people: Iterable[int]) -> dict[int, set[int]]:
    """With whom each of ``people`` hands in, or has handed in, other ideas."""
    theirs = Involvement.objects.filter(person__in=list(people), part__in=OWN)
    by_idea: dict[int, set[int]] = defaultdict(set)
    shared = Involvement.objects.filter(part__in=OWN, idea__in=theirs.values("idea"))
    for idea, person in shared.values_list("idea", "person"):
        by_idea[idea].add(person)
    found: dict[int, set[int]] = defaultdict(set)
    for group in by_idea.values():
        for person in group:
            found[person] |= group - {person}
    return found
