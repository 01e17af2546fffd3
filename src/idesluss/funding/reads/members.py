"""Who sits in the body on the meeting's day, who is in the room, who steps aside in which case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value

from idesluss.funding.models import Meeting, Presence, Recusal
from idesluss.ideas.models import OWN, SHUT, Declaration, Involvement, declared, own
from idesluss.ideas.vocab import ConflictState, Ground
from idesluss.logic import quorum
from idesluss.people.models import Person, Seat


@dataclass(frozen=True, slots=True)
class Member:
    """A place in the body: who has it, for whom, and whether they are in the room."""

    person: Person
    deputy_for: Person | None
    present: bool
    chairs: bool  # the body's own chair

    @property
    def seat(self) -> quorum.Seat:
        """The place as the cellar knows it."""
        return quorum.Seat(self.person.pk, self.deputy_for.pk if self.deputy_for else None)


@dataclass(frozen=True, slots=True)
class Recused:
    """A person who steps aside in one case, with the ground; or of whom it is suspected."""

    person_id: int
    ground: str  # ideas.vocab.Ground
    note: str
    suspected: bool = False


def day_of(meeting: Meeting, at: datetime) -> date:
    """The day of the meeting in the organisation's zone; today while none is set."""
    zone = meeting.round.programme.organisation.timezone
    return (meeting.held_at or at).astimezone(zone).date()


def members_of(meeting: Meeting, *, at: datetime) -> tuple[Member, ...]:
    """The seats on the meeting's day, in the order of taking the chair. One query."""
    here = Exists(Presence.objects.filter(meeting=meeting, person=OuterRef("person")))
    seats = (
        Seat.objects.valid(day_of(meeting, at))
        .filter(body=meeting.body_id)
        .select_related("person", "deputy_for__person")
        .annotate(is_present=here)
    )
    return tuple(
        Member(
            seat.person,
            seat.deputy_for.person if seat.deputy_for else None,
            seat.is_present,
            seat.chair,
        )
        for seat in seats
    )


def shut_to(person: Person, *, idea: str) -> Q:
    """Cases that a conflict of interest shuts for ``person`` for good, their own included."""
    return declared(person, *SHUT, idea=idea) | own(person, idea=idea)


def conflicts_of(meeting: Meeting, people: Collection[Person]) -> dict[int, tuple[Recused, ...]]:
    """Who of ``people`` steps aside in which case, by number of decision. One query.

    While the meeting is open, what is declared and decided about conflicts tells it, and who
    hands in the case; from the release on, what was then written down.
    """
    if meeting.released_at is not None:
        rows = Recusal.objects.filter(decision__meeting=meeting).values_list(
            "decision_id", "person_id", "ground", "note", Value("")
        )
    else:
        rows = _declared(meeting, people)
    found: dict[int, dict[int, Recused]] = {}
    for decision, person, ground, text, state in sorted(rows):
        suspected = state == ConflictState.SUSPECTED
        here = found.setdefault(decision, {})
        if person not in here or here[person].suspected:
            here[person] = Recused(person, ground, text, suspected)
    return {decision: tuple(here.values()) for decision, here in found.items()}


def _declared(meeting: Meeting, people: Collection[Person]) -> Any:
    """Rows (decision, person, ground, note, state) from declarations and from own applications."""
    numbers = [person.pk for person in people]
    decision = F("idea__applications__decisions")
    of_meeting = {"idea__applications__decisions__meeting": meeting, "person__in": numbers}
    declarations = Declaration.objects.filter(
        state__in=[*SHUT, ConflictState.SUSPECTED.value], **of_meeting
    ).values_list(decision, "person_id", "ground", "note", "state")
    own_cases = Involvement.objects.filter(part__in=OWN, ended_at=None, **of_meeting).values_list(
        decision, "person_id", Value(Ground.PARTY.value), Value(""), Value("")
    )
    return declarations.union(own_cases)
