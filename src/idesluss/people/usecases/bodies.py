"""Bodies that decide: members in the order of the chair, a quorum, the right to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from idesluss.logic.refusals import AlreadyDone, Refusal, TooLong, require
from idesluss.people.models import Body, Person, Seat
from idesluss.people.names import check_dates, find_person, read_name, tidy
from idesluss.people.refusals import (
    AlreadySeated,
    BadQuorum,
    DeputyInTheChair,
    DeputyOfDeputy,
    EndedAlready,
    NameTaken,
    NoMembers,
    OwnDeputy,
    QuorumTooLarge,
)
from idesluss.people.rules import may_set_up
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.records.usecases import note

LONGEST_REFERENCE = 200  # characters of the reference to the right to decide


def read_members(text: str, *, organisation_id: int, at: datetime) -> list[Person]:
    """The people in ``text``, one on each line, by name or address; the first takes the chair.

    Raises:
        NoMembers: nothing is written.
        Refusal: a line that names nobody, or several, or the same person again.
    """
    members: list[Person] = []
    for line in filter(None, map(tidy, text.splitlines())):
        person = find_person(line, organisation_id=organisation_id, at=at, field="members")
        if person in members:
            raise AlreadySeated(name=person.name, field="members")
        members.append(person)
    if not members:
        raise NoMembers
    return members


@transaction.atomic
def add_body(
    organisation_id: int,
    *,
    name: str,
    members: Sequence[Person],
    quorum: int,
    delegation: str = "",
    by: Person,
    at: datetime,
) -> Body:
    """Add a body with its members; the first of them is its chair.

    ``quorum`` is how many members must take part in an item; ``delegation`` is the reference
    to its right to decide.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        NoMembers, QuorumTooLarge, BadQuorum, NameTaken, Missing, TooLong: naming the field.
    """
    organisation = lock_organisation(organisation_id)
    require(may_set_up(by, organisation_id, at))
    name, delegation = _named(organisation_id, name), _reference(delegation)
    require(bool(members), NoMembers)
    _check_quorum(quorum, len(members))
    body = Body.objects.create(
        organisation=organisation, name=name, quorum=quorum, delegation=delegation
    )
    Seat.objects.bulk_create(
        Seat(body=body, person=person, chair=place == 0, order=place)
        for place, person in enumerate(members)
    )
    told = [person.name for person in members]
    facts = {"name": name, "quorum": quorum, "delegation": delegation, "members": told}
    note("people.body_added", about=body, by=by, at=at, organisation_id=organisation_id, **facts)
    return body


@transaction.atomic
def change_body(
    body_id: int, *, name: str, quorum: int, delegation: str, by: Person, at: datetime
) -> Body:
    """Change the body's name, quorum and reference.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        QuorumTooLarge, BadQuorum, NameTaken, Missing, TooLong: naming the field.
    """
    body = _locked(body_id)
    require(may_set_up(by, body.organisation_id, at))
    body.name = _named(body.organisation_id, name, but=body.pk)
    body.delegation = _reference(delegation)
    _check_quorum(quorum, len(_members(body, at.date())))
    body.quorum = quorum
    body.save(update_fields=["name", "quorum", "delegation"])
    facts = {"name": body.name, "quorum": quorum, "delegation": body.delegation}
    _note("people.body_changed", body, by=by, at=at, **facts)
    return body


@transaction.atomic
def seat(
    body_id: int,
    *,
    person: Person,
    deputy_for_id: int | None = None,
    starts: date | None = None,
    ends: date | None = None,
    by: Person,
    at: datetime,
) -> Seat:
    """Give ``person`` a seat in [``starts``, ``ends``), last in the order of the chair.

    ``deputy_for_id`` is the seat of the member whose deputy this is.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadySeated: the person has such a seat.
        DeputyOfDeputy, OwnDeputy: not a pair of a member and somebody else.
        EndsTooEarly: no day between the dates.
    """
    body = _locked(body_id)
    require(may_set_up(by, body.organisation_id, at))
    check_dates(starts, ends)
    seats = Seat.objects.filter(body=body)
    member = seats.get(pk=deputy_for_id) if deputy_for_id else None
    require(member is None or member.deputy_for_id is None, DeputyOfDeputy)
    require(member is None or member.person_id != person.pk, OwnDeputy)
    same = seats.not_over(starts or at.date()).filter(person=person, deputy_for=member)
    require(not same.exists(), AlreadySeated(name=person.name))
    last = seats.aggregate(last=Max("order"))["last"]
    given = Seat.objects.create(
        body=body,
        person=person,
        order=0 if last is None else last + 1,
        deputy_for=member,
        starts=starts,
        ends=ends,
    )
    deputy_for = member.person.name if member else ""
    _note("people.seated", body, by=by, at=at, person=person.name, deputy_for=deputy_for)
    return given


@transaction.atomic
def unseat(seat_id: int, *, ends: date | None = None, by: Person, at: datetime) -> None:
    """Let a seat end: ``ends`` is the first day that it no longer holds, today if not given.

    Its deputies end with it.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        EndedAlready: ``ends`` lies before today.
        AlreadyDone: it ends by then anyway.
        QuorumTooLarge: fewer members than the quorum would be left.
    """
    leaving = Seat.objects.get(pk=seat_id)
    body = _locked(leaving.body_id)
    leaving.refresh_from_db()
    require(may_set_up(by, body.organisation_id, at))
    day = ends or at.date()
    require(day >= at.date(), EndedAlready)
    require(leaving.ends is None or leaving.ends > day, AlreadyDone)
    if leaving.deputy_for_id is None:
        left = [it for it in _members(body, day) if it.pk != leaving.pk]
        _check_quorum(body.quorum, len(left))
    for ending in [leaving, *leaving.deputies.all()]:
        if ending.ends is None or ending.ends > day:
            ending.ends = max(day, ending.starts or day)
            ending.save(update_fields=["ends"])
    _note("people.unseated", body, by=by, at=at, person=leaving.person.name)


@transaction.atomic
def move_seat(seat_id: int, *, up: bool, by: Person, at: datetime) -> None:
    """Change places with the seat above (or below) in the order of the chair.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
    """
    moving = Seat.objects.get(pk=seat_id)
    body = _locked(moving.body_id)
    require(may_set_up(by, body.organisation_id, at))
    seats = list(Seat.objects.not_over(at.date()).filter(body=body))
    place = [it.pk for it in seats].index(seat_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(seats):
        seats[place], seats[other] = seats[other], seats[place]
    for order, it in enumerate(seats):
        it.order = order
        it.save(update_fields=["order"])
    _note("people.seat_moved", body, by=by, at=at, order=[it.person_id for it in seats])


@transaction.atomic
def give_chair(seat_id: int, *, by: Person, at: datetime) -> None:
    """Let this member be the chair, and nobody else.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        DeputyInTheChair: it is a deputy's seat.
    """
    chosen = Seat.objects.select_related("person").get(pk=seat_id)
    body = _locked(chosen.body_id)
    require(may_set_up(by, body.organisation_id, at))
    require(chosen.deputy_for_id is None, DeputyInTheChair)
    Seat.objects.filter(body=body).exclude(pk=seat_id).update(chair=False)
    chosen.chair = True
    chosen.save(update_fields=["chair"])
    _note("people.chair_given", body, by=by, at=at, person=chosen.person.name)


@transaction.atomic
def archive_body(body_id: int, *, by: Person, at: datetime) -> None:
    """Lay the body aside: no programme can choose it any more.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it lies aside already.
    """
    _move(body_id, archived=True, by=by, at=at)


@transaction.atomic
def restore_body(body_id: int, *, by: Person, at: datetime) -> None:
    """Bring the body back.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it does not lie aside.
    """
    _move(body_id, archived=False, by=by, at=at)


def _move(body_id: int, *, archived: bool, by: Person, at: datetime) -> None:
    body = _locked(body_id)
    require(may_set_up(by, body.organisation_id, at))
    require((body.archived_at is None) == archived, AlreadyDone)
    body.archived_at = at if archived else None
    body.save(update_fields=["archived_at"])
    _note(f"people.body_{'archived' if archived else 'restored'}", body, by=by, at=at)


def check_body(body: Body, day: date) -> Refusal | None:
    """Why ``body`` cannot decide anything on ``day``, or None."""
    members = len(_members(body, day))
    if not members:
        return NoMembers()
    if body.quorum > members:
        return QuorumTooLarge(quorum=body.quorum, members=members)
    return None


def _locked(body_id: int) -> Body:
    return Body.objects.select_for_update(of=("self",)).get(pk=body_id)


def _members(body: Body, day: date) -> list[Seat]:
    """Seats in own right that hold on ``day``."""
    return list(Seat.objects.valid(day).filter(body=body, deputy_for=None))


def _check_quorum(quorum: int, members: int) -> None:
    require(quorum >= 1, BadQuorum)
    require(quorum <= members, QuorumTooLarge(quorum=quorum, members=members))


def _named(organisation_id: int, text: str, but: int | None = None) -> str:
    name = read_name(text)
    same = Body.objects.filter(organisation=organisation_id, name=name)
    require(all(body.pk == but for body in same), NameTaken(name=name))
    return name


def _reference(text: str) -> str:
    reference = tidy(text)
    if len(reference) > LONGEST_REFERENCE:
        raise TooLong(limit=LONGEST_REFERENCE, field="delegation")
    return reference


def _note(verb: str, body: Body, *, by: Person, at: datetime, **data: object) -> None:
    note(verb, about=body, by=by, at=at, organisation_id=body.organisation_id, **data)
