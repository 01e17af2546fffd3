"""Roles: given, ended, handed to a deputy for a time; never deleted."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, require
from idesluss.people.models import Appointment, AppointmentQuerySet, Person, Unit
from idesluss.people.names import check_dates, read_roles
from idesluss.people.refusals import (
    DeputyOfDeputy,
    EndedAlready,
    LastAdministrator,
    OutsideTheRole,
    OwnDeputy,
    RoleHeld,
)
from idesluss.people.rules import may_appoint, may_set_up
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.people.vocab import Role
from idesluss.records.usecases import note


@transaction.atomic
def appoint(
    person_id: int,
    *,
    organisation_id: int,
    role: str,
    unit_id: int | None = None,
    starts: date | None = None,
    ends: date | None = None,
    by: Person,
    at: datetime,
) -> Appointment:
    """Give a person of the organisation one more role, in [``starts``, ``ends``).

    Somebody who has not said yes to their first role yet has this one offered too.

    Raises:
        NotAllowed: ``by`` may not give that role.
        RoleHeld: the person has it at that time.
        EndsTooEarly: no day between the dates.
    """
    organisation = lock_organisation(organisation_id)
    (chosen,) = read_roles([role])
    require(may_appoint(by, organisation_id, chosen, at))
    check_dates(starts, ends)
    theirs = Appointment.objects.filter(organisation=organisation, person=person_id)
    first = theirs.select_related("person").earliest("pk")  # nobody from elsewhere
    unit = Unit.objects.current().get(pk=unit_id, organisation=organisation) if unit_id else None
    same = theirs.filter(role=chosen.value, unit=unit, deputy_for=None)
    if any(_meet(other, starts, ends) for other in same):
        raise RoleHeld
    appointment = Appointment.objects.create(
        organisation=organisation,
        unit=unit,
        person=first.person,
        role=chosen.value,
        starts=starts,
        ends=ends,
        invited_as=_still_asked(first),
    )
    _note("people.appointed", appointment, by=by, at=at)
    return appointment


def _still_asked(first: Appointment) -> str:
    accepted = Appointment.objects.filter(
        organisation=first.organisation_id, person=first.person_id, invited_as=""
    )
    return "" if accepted.exists() else first.invited_as


def _meet(one: Appointment, starts: date | None, ends: date | None) -> bool:
    """Whether ``one`` holds on some day of [``starts``, ``ends``)."""
    begins_before_end = one.starts is None or ends is None or one.starts < ends
    ends_after_start = one.ends is None or starts is None or one.ends > starts
    holds_at_all = one.starts is None or one.ends is None or one.ends > one.starts
    return begins_before_end and ends_after_start and holds_at_all


@transaction.atomic
def end_appointment(
    appointment_id: int, *, ends: date | None = None, by: Person, at: datetime
) -> None:
    """Let a role end: ``ends`` is the first day that it no longer holds, today if not given.

    One that has not begun by then never holds. Deputies end with it.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        EndedAlready: ``ends`` lies before today.
        AlreadyDone: the role ends by then anyway.
        LastAdministrator: nobody would be fund administrator from that day on.
    """
    appointment = Appointment.objects.select_related("person").get(pk=appointment_id)
    lock_organisation(appointment.organisation_id)
    appointment.refresh_from_db(fields=["starts", "ends"])
    require(may_set_up(by, appointment.organisation_id, at))
    today = at.date()
    day = ends or today
    require(day >= today, EndedAlready)
    require(appointment.ends is None or appointment.ends > day, AlreadyDone)
    if appointment.role == Role.ADMINISTRATOR:
        _require_another(appointment, day)
    for ending in [appointment, *appointment.deputies.all()]:
        if ending.ends is None or ending.ends > day:
            ending.ends = max(day, ending.starts or day)
            ending.save(update_fields=["ends"])
    _note("people.appointment_ended", appointment, by=by, at=at)


def _require_another(leaving: Appointment, day: date) -> None:
    """Somebody else is fund administrator on ``day`` in own right, or this one was not.

    Raises:
        LastAdministrator: nobody.
    """
    administrators = Appointment.objects.valid(day).filter(
        organisation=leaving.organisation_id,
        role=Role.ADMINISTRATOR,
        deputy_for=None,
        person__is_active=True,
    )
    others = administrators.exclude(pk=leaving.pk)
    require(others.exists() or leaving.deputy_for_id is not None, LastAdministrator)


@transaction.atomic
def deputise(
    appointment_id: int,
    *,
    person: Person,
    starts: date | None = None,
    ends: date | None = None,
    by: Person,
    at: datetime,
) -> Appointment:
    """Let ``person`` hold somebody's role as deputy in [``starts``, ``ends``).

    Without dates: as long as the role itself holds.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        DeputyOfDeputy, OwnDeputy: not a pair of a holder and somebody else.
        OutsideTheRole: the role does not hold all that time.
        RoleHeld: ``person`` is its deputy then already.
        EndsTooEarly: no day between the dates.
    """
    role = Appointment.objects.select_related("person", "unit", "organisation").get(
        pk=appointment_id
    )
    lock_organisation(role.organisation_id)
    role.refresh_from_db(fields=["starts", "ends"])
    require(may_set_up(by, role.organisation_id, at))
    require(role.deputy_for_id is None, DeputyOfDeputy)
    require(person.pk != role.person_id, OwnDeputy)
    starts, ends = starts or role.starts, ends or role.ends
    check_dates(starts, ends)
    too_early = role.starts is not None and starts is not None and starts < role.starts
    too_late = role.ends is not None and ends is not None and ends > role.ends
    require(not (too_early or too_late), OutsideTheRole)
    if any(_meet(it, starts, ends) for it in role.deputies.filter(person=person)):
        raise RoleHeld(field="person")
    deputy = Appointment.objects.create(
        organisation=role.organisation,
        unit=role.unit,
        person=person,
        role=role.role,
        deputy_for=role,
        starts=starts,
        ends=ends,
    )
    _note("people.deputised", deputy, by=by, at=at, deputy_for=role.shown_name)
    return deputy


@transaction.atomic
def accept_invitation(organisation_id: int, *, by: Person, at: datetime) -> None:
    """Say yes to the roles an organisation offers ``by``; they hold from now on.

    Raises:
        AlreadyDone: nothing is offered.
    """
    offered = _offered(organisation_id, by, at)
    offered.update(invited_as="")
    note("people.invitation_accepted", about=by, by=by, at=at, organisation_id=organisation_id)


@transaction.atomic
def decline_invitation(organisation_id: int, *, by: Person, at: datetime) -> None:
    """Say no to the roles an organisation offers ``by``; they never hold.

    Raises:
        AlreadyDone: nothing is offered.
    """
    for appointment in _offered(organisation_id, by, at):
        appointment.ends = max(at.date(), appointment.starts or at.date())
        appointment.save(update_fields=["ends"])
    note("people.invitation_declined", about=by, by=by, at=at, organisation_id=organisation_id)


def _offered(organisation_id: int, person: Person, at: datetime) -> AppointmentQuerySet:
    lock_organisation(organisation_id)
    offered = Appointment.objects.offered(at.date()).filter(
        organisation=organisation_id, person=person
    )
    require(offered.exists(), AlreadyDone)
    return offered


def _note(verb: str, appointment: Appointment, *, by: Person, at: datetime, **more: str) -> None:
    """About the person, with the role as it now stands."""
    note(
        verb,
        about=appointment.person,
        by=by,
        at=at,
        organisation_id=appointment.organisation_id,
        role=appointment.role,
        unit=appointment.unit.name if appointment.unit else "",
        starts=appointment.starts.isoformat() if appointment.starts else None,
        ends=appointment.ends.isoformat() if appointment.ends else None,
        **more,
    )
