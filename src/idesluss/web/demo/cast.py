"""Who there is to be in the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from idesluss.people.models import Appointment, Organisation, Person, Seat
from idesluss.people.vocab import Role

ORDER = (
    Role.EMPLOYEE.value,
    Role.ADMINISTRATOR.value,
    Role.ASSESSOR.value,
    "seat",
    Role.REGISTRAR.value,
    Role.COACH.value,
    Role.MANAGER.value,
)


@dataclass(frozen=True, slots=True)
class Character:
    """One person and all that they are in one organisation."""

    person: Person
    roles: Sequence[str]  # values of Role, and "seat"
    bodies: Sequence[str]  # where they have a seat

    @property
    def short_name(self) -> str:
        """The name without what is said in brackets."""
        return self.person.name.partition(" (")[0]


@dataclass(frozen=True, slots=True)
class Scene:
    """One organisation and its people, applicants first."""

    organisation: Organisation
    characters: Sequence[Character]


def cast(*, at: datetime) -> list[Scene]:
    """Everybody with a role or a seat, by organisation; three queries."""
    day = at.date()
    people: dict[tuple[int, int], tuple[Person, list[str], list[str]]] = {}
    for one in Appointment.objects.valid(day).select_related("person").order_by("pk"):
        key = (one.organisation_id, one.person_id)
        people.setdefault(key, (one.person, [], []))[1].append(one.role)
    for seat in Seat.objects.valid(day).select_related("person", "body").order_by("order", "pk"):
        key = (seat.body.organisation_id, seat.person_id)
        _, roles, bodies = people.setdefault(key, (seat.person, [], []))
        roles.append("seat")
        bodies.append(seat.body.name)
    scenes = []
    for organisation in Organisation.objects.filter(archived_at=None).order_by("pk"):
        found = [
            Character(person, sorted(set(roles), key=ORDER.index), bodies)
            for (number, _), (person, roles, bodies) in people.items()
            if number == organisation.pk
        ]
        found.sort(key=lambda one: (_place(one), one.person.pk))
        scenes.append(Scene(organisation, found))
    return scenes


def _place(one: Character) -> int:
    """By what they are besides being an employee."""
    special = [role for role in one.roles if role not in (Role.EMPLOYEE, Role.MANAGER)]
    return min(map(ORDER.index, special or one.roles))
