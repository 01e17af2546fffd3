"""What pages show of people: lists and one's own page, already joined and grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from idesluss.people.models import Appointment, Body, Organisation, Person, Seat, Unit
from idesluss.records.models import Entry

REMINDED = "people.reminded"


@dataclass(slots=True)
class Known:
    """One person as an organisation knows them; ``roles`` now and to come, ``past`` ended."""

    person_id: int
    name: str
    email: str
    waiting: bool  # has not signed in, or not said yes
    roles: list[Appointment] = field(default_factory=list)
    past: list[Appointment] = field(default_factory=list)


def people_of(
    organisation: Organisation, *, by: Person, at: datetime, search: str = ""
) -> QuerySet[Person]:
    """People with a role in the organisation, by name; for its fund administrators.

    ``search`` is part of a name or an address. Their own name is not searched in while they
    are only asked to come.
    """
    known = Appointment.objects.set_up_by(by, at=at).filter(organisation=organisation)
    if search:
        called = Q(invited_as="", person__name__icontains=search)
        asked = Q(invited_as__icontains=search)
        known = known.filter(called | asked | Q(person__email__icontains=search))
    return Person.objects.filter(pk__in=known.values("person")).order_by("name", "pk")


def known_people(
    people: Iterable[Person], organisation: Organisation, *, at: datetime
) -> list[Known]:
    """``people`` with their roles in the organisation, in the same order; one query."""
    found = {person.pk: _known(person) for person in people}
    appointments = (
        Appointment.objects.filter(organisation=organisation, person__in=list(found))
        .select_related("unit__parent", "person", "deputy_for__person")
        .order_by("role", "pk")
    )
    for appointment in appointments:
        known = found[appointment.person_id]
        over = is_over(appointment.starts, appointment.ends, at.date())
        (known.past if over else known.roles).append(appointment)
    for known in found.values():
        asked = [it.invited_as for it in [*known.roles, *known.past] if it.invited_as]
        if asked and len(asked) == len(known.roles) + len(known.past):
            known.name, known.waiting = asked[-1], True
    return list(found.values())


def _known(person: Person) -> Known:
    return Known(
        person_id=person.pk,
        name=person.name,
        email=person.email or "",
        waiting=person.last_login is None and person.email is not None,
    )


def suggestions(organisation: Organisation, *, at: datetime, limit: int = 300) -> list[str]:
    """What to suggest where a person of the organisation is to be named: "name, address"."""
    here = Appointment.objects.valid(at.date()).filter(organisation=organisation)
    people = Person.objects.filter(pk__in=here.values("person"), is_active=True)
    pairs = people.order_by("name").values_list("name", "email")[:limit]
    return [f"{name}, {email}" if email else name for name, email in pairs]


def unit_choices(organisation: Organisation) -> list[Unit]:
    """Units in use, each department followed by its units."""
    units = Unit.objects.current().filter(organisation=organisation).select_related("parent")
    return sorted(units, key=_in_tree)


def all_units(organisation: Organisation, *, by: Person, at: datetime) -> list[Unit]:
    """Every unit, archived ones too, each department followed by its units."""
    units = Unit.objects.set_up_by(by, at=at).filter(organisation=organisation)
    return sorted(units.select_related("parent"), key=_in_tree)


def _in_tree(unit: Unit) -> tuple[str, bool, str]:
    top = unit.parent.name if unit.parent else unit.name
    return (top.casefold(), unit.parent is not None, unit.name.casefold())


@dataclass(frozen=True, slots=True)
class Mine:
    """One organisation on somebody's own page; a role's ``ends`` is told as its last day."""

    organisation: Organisation
    roles: list[Appointment]
    seats: list[Seat]
    deputies: list[Appointment]  # of others, standing in for the person
    offered: list[Appointment]


def own_organisations(person: Person, *, at: datetime) -> list[Mine]:
    """Where ``person`` has, or is offered, roles and seats, now or to come; by name."""
    today = at.date()
    roles = (
        Appointment.objects.not_over(today)
        .filter(person=person)
        .exclude(organisation__archived_at__isnull=False)
        .select_related("organisation", "unit__parent", "deputy_for__person")
        .order_by("role", "pk")
    )
    seats = (
        Seat.objects.not_over(today)
        .filter(person=person, body__archived_at=None)
        .exclude(body__organisation__archived_at__isnull=False)
        .select_related("body__organisation", "deputy_for__person")
    )
    deputies = (
        Appointment.objects.not_over(today)
        .filter(deputy_for__person=person)
        .select_related("person", "organisation")
        .order_by("role", "pk")
    )
    found: dict[int, Mine] = {}
    for role in roles:
        mine = _mine(found, role.organisation)
        (mine.offered if role.invited_as else mine.roles).append(role)
    for seat in seats:
        _mine(found, seat.body.organisation).seats.append(seat)
    for deputy in deputies:
        if deputy.organisation_id in found:
            found[deputy.organisation_id].deputies.append(deputy)
    return sorted(found.values(), key=lambda mine: mine.organisation.name)


def _mine(found: dict[int, Mine], organisation: Organisation) -> Mine:
    return found.setdefault(organisation.pk, Mine(organisation, [], [], [], []))


def seats_of(body: Body, *, at: datetime) -> list[Seat]:
    """Seats now and to come, in the order of the chair, each with its deputies after it."""
    seats = list(
        Seat.objects.not_over(at.date())
        .filter(body=body)
        .select_related("person", "deputy_for__person")
    )
    places = {seat.pk: index for index, seat in enumerate(seats)}

    def place(seat: Seat) -> tuple[int, bool, int]:
        own = places[seat.pk]
        return (places.get(seat.deputy_for_id or 0, own), seat.deputy_for_id is not None, own)

    return sorted(seats, key=place)


def is_over(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether what holds in [``starts``, ``ends``) holds neither on ``day`` nor later."""
    return ends is not None and (ends <= day or (starts is not None and ends <= starts))


def reminded_today(organisation: Organisation, *, at: datetime) -> set[int]:
    """Numbers of the people whom the organisation has reminded on its own day of ``at``."""
    day = at.astimezone(organisation.timezone).date()
    since = datetime.combine(day, time(), organisation.timezone)
    noted = Entry.objects.filter(verb=REMINDED, organisation_id=organisation.pk, at__gte=since)
    return set(noted.values_list("about_id", flat=True))
