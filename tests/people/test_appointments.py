"""Roles are given, ended and handed to deputies; the last fund administrator stays."""

from datetime import date, timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed
from idesluss.people.models import Appointment
from idesluss.people.reads import is_over, own_organisations
from idesluss.people.refusals import (
    DeputyOfDeputy,
    EndedAlready,
    EndsTooEarly,
    LastAdministrator,
    OutsideTheRole,
    OwnDeputy,
    RoleHeld,
)
from idesluss.people.usecases import (
    accept_invitation,
    appoint,
    decline_invitation,
    deputise,
    end_appointment,
)
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


def role_in(organisation, role=Role.EMPLOYEE, **fields):
    return AppointmentFactory(organisation=organisation, role=role.value, **fields)


def give(person, organisation, by, role="coach", **fields):
    return appoint(person.pk, organisation_id=organisation.pk, role=role, **fields, by=by, at=NOON)


def end(appointment, by, ends=None):
    end_appointment(appointment.pk, ends=ends, by=by, at=NOON)
    appointment.refresh_from_db()


def test_a_person_may_have_several_roles_in_several_units(here, boss):
    eva = person_as(Role.EMPLOYEE, here)
    unit = UnitFactory(organisation=here)

    give(eva, here, boss)
    given = give(eva, here, boss, unit_id=unit.pk, starts=TODAY + DAY)

    assert (given.unit, given.starts, given.ends) == (unit, TODAY + DAY, None)
    entry = Entry.objects.about(eva).last()
    assert (entry.verb, entry.organisation_id) == ("people.appointed", here.pk)
    assert entry.data == {
        "role": "coach",
        "unit": unit.name,
        "starts": "2026-10-06",
        "ends": None,
    }


@pytest.mark.parametrize(
    ("held", "wanted", "refused"),
    [
        ((None, None), (None, None), True),
        ((TODAY, TODAY + 5 * DAY), (TODAY + 5 * DAY, None), False),
        ((TODAY, TODAY + 5 * DAY), (TODAY + 4 * DAY, None), True),
        ((TODAY + 5 * DAY, None), (TODAY, TODAY + 5 * DAY), False),
        ((TODAY + 5 * DAY, None), (TODAY, TODAY + 6 * DAY), True),
        ((TODAY, TODAY), (None, None), False),
    ],
)
def test_the_same_role_is_not_held_twice_on_one_day(held, wanted, refused, here, boss):
    eva = role_in(here, Role.COACH, starts=held[0], ends=held[1]).person
    if refused:
        with pytest.raises(RoleHeld):
            give(eva, here, boss, starts=wanted[0], ends=wanted[1])
    else:
        give(eva, here, boss, starts=wanted[0], ends=wanted[1])
    assert eva.appointments.count() == 2 - refused


def test_nobody_from_elsewhere_is_given_a_role_here(here, boss):
    stranger = person_as(Role.EMPLOYEE, OrganisationFactory())

    with pytest.raises(Appointment.DoesNotExist):
        give(stranger, here, boss)


def test_only_a_fund_administrator_appoints_and_an_installer_fund_administrators(here, boss):
    eva = person_as(Role.EMPLOYEE, here)
    installer = PersonFactory(is_installer=True)

    for by in (eva, installer, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        with pytest.raises(NotAllowed):
            give(eva, here, by)
    give(eva, here, installer, role="administrator")

    assert eva.has_role(here.pk, Role.ADMINISTRATOR, at=NOON + DAY)


def test_a_role_needs_a_name_and_a_day(here, boss):
    with pytest.raises(Missing):
        give(boss, here, boss, role="")
    with pytest.raises(EndsTooEarly):
        give(boss, here, boss, starts=TODAY, ends=TODAY)


def test_nothing_is_arranged_in_an_organisation_that_lies_aside(here, boss):
    here.archived_at = NOON
    here.save()

    with pytest.raises(ChangedMeanwhile):
        give(boss, here, boss)


def test_a_role_ends_today_and_is_never_deleted(here, boss):
    role = role_in(here, Role.COACH)

    end(role, boss)

    assert role.ends == TODAY
    assert role.person.standing(NOON).organisations() == []
    entry = Entry.objects.about(role.person).get()
    assert (entry.verb, entry.data["role"]) == ("people.appointment_ended", "coach")
    assert entry.data["ends"] == "2026-10-05"
    with pytest.raises(AlreadyDone):
        end(role, boss)


def test_a_role_that_has_not_begun_never_holds(here, boss):
    role = role_in(here, starts=TODAY + 9 * DAY)

    end(role, boss)

    assert (role.starts, role.ends) == (TODAY + 9 * DAY, TODAY + 9 * DAY)
    assert is_over(role.starts, role.ends, TODAY)


def test_a_role_may_end_later_but_not_earlier_than_today(here, boss):
    role = role_in(here, Role.COACH)

    end(role, boss, ends=TODAY + 3 * DAY)

    assert role.last_day == TODAY + 2 * DAY
    with pytest.raises(EndedAlready):
        end(role, boss, ends=TODAY - DAY)


def test_deputies_end_with_the_role(here, boss):
    role = role_in(here, Role.COACH)
    short = role_in(here, Role.COACH, deputy_for=role, ends=TODAY + DAY)
    long = role_in(here, Role.COACH, deputy_for=role, starts=TODAY + 5 * DAY)

    end(role, boss, ends=TODAY + 2 * DAY)

    for deputy in (short, long):
        deputy.refresh_from_db()
    assert (short.ends, long.ends) == (TODAY + DAY, TODAY + 5 * DAY)


def test_only_fund_administrators_end_roles(here):
    role = role_in(here)
    with pytest.raises(NotAllowed):
        end(role, role.person)


def test_the_last_fund_administrator_cannot_remove_themselves(here, boss):
    own = boss.appointments.get()
    with pytest.raises(LastAdministrator):
        end(own, boss)
    own.refresh_from_db()
    assert own.ends is None


@pytest.mark.parametrize(
    ("fields", "is_enough"),
    [
        ({}, True),
        ({"starts": TODAY}, True),
        ({"starts": TODAY + DAY}, False),
        ({"ends": TODAY}, False),
        ({"invited_as": "Eva"}, False),
        ({"person__is_active": False}, False),
    ],
)
def test_another_one_must_hold_the_role_on_that_day(fields, is_enough, here, boss):
    role_in(here, Role.ADMINISTRATOR, **fields)
    own = boss.appointments.get()
    if is_enough:
        end(own, boss)
        assert own.ends == TODAY
    else:
        with pytest.raises(LastAdministrator):
            end(own, boss)


def test_a_deputy_is_not_enough_but_may_always_stop_being_one(here, boss):
    own = boss.appointments.get()
    deputy = role_in(here, Role.ADMINISTRATOR, deputy_for=own)

    with pytest.raises(LastAdministrator):
        end(own, deputy.person)
    end(deputy, deputy.person)

    assert deputy.ends == TODAY


def test_a_deputy_holds_the_role_for_those_days_and_is_shown_as_deputy(here, boss):
    unit = UnitFactory(organisation=here)
    role = role_in(here, Role.ASSESSOR, unit=unit)
    eva = person_as(Role.EMPLOYEE, here, name="Eva Ek")

    deputy = deputise(role.pk, person=eva, starts=TODAY, ends=TODAY + 14 * DAY, by=boss, at=NOON)

    assert (deputy.role, deputy.unit, deputy.deputy_for) == ("assessor", unit, role)
    assert eva.has_role(here.pk, Role.ASSESSOR, at=NOON)
    assert not eva.has_role(here.pk, Role.ASSESSOR, at=NOON + timedelta(days=14))
    entry = Entry.objects.about(eva).get()
    assert (entry.verb, entry.data["deputy_for"]) == ("people.deputised", role.person.name)
    (mine,) = own_organisations(role.person, at=NOON)
    assert [it.person for it in mine.deputies] == [eva]
    with pytest.raises(RoleHeld):
        deputise(role.pk, person=eva, by=boss, at=NOON)


def test_a_deputy_without_dates_has_those_of_the_role(here, boss):
    role = role_in(here, Role.COACH, starts=TODAY - DAY, ends=TODAY + DAY)

    deputy = deputise(role.pk, person=person_as(Role.EMPLOYEE, here), by=boss, at=NOON)

    assert (deputy.starts, deputy.ends) == (TODAY - DAY, TODAY + DAY)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(TODAY - 2 * DAY, None), (None, TODAY + 2 * DAY)],
)
def test_a_deputy_has_no_role_when_the_holder_has_none(starts, ends, here, boss):
    role = role_in(here, Role.COACH, starts=TODAY - DAY, ends=TODAY + DAY)
    eva = person_as(Role.EMPLOYEE, here)

    with pytest.raises(OutsideTheRole):
        deputise(role.pk, person=eva, starts=starts, ends=ends, by=boss, at=NOON)


def test_nobody_is_deputy_for_themselves_or_for_a_deputy(here, boss):
    role = role_in(here, Role.COACH)
    eva = person_as(Role.EMPLOYEE, here)
    deputy = deputise(role.pk, person=eva, by=boss, at=NOON)

    with pytest.raises(OwnDeputy):
        deputise(role.pk, person=role.person, by=boss, at=NOON)
    with pytest.raises(DeputyOfDeputy):
        deputise(deputy.pk, person=boss, by=boss, at=NOON)
    with pytest.raises(NotAllowed):
        deputise(role.pk, person=boss, by=eva, at=NOON)


def test_an_invitation_is_answered_once(here, boss):
    eva = role_in(here, invited_as="Eva", role=Role.COACH).person
    (mine,) = own_organisations(eva, at=NOON)
    assert ([it.role for it in mine.offered], mine.roles) == (["coach"], [])

    accept_invitation(here.pk, by=eva, at=NOON)

    assert eva.has_role(here.pk, Role.COACH, at=NOON + DAY)
    assert Entry.objects.about(eva).get().verb == "people.invitation_accepted"
    with pytest.raises(AlreadyDone):
        accept_invitation(here.pk, by=eva, at=NOON)


def test_an_invitation_is_declined_and_stays_on_record(here, boss):
    now = role_in(here, invited_as="Eva")
    later = role_in(here, Role.COACH, invited_as="Eva", person=now.person, starts=TODAY + DAY)

    decline_invitation(here.pk, by=now.person, at=NOON)

    for role in (now, later):
        role.refresh_from_db()
    assert (now.ends, later.ends) == (TODAY, TODAY + DAY)
    assert now.person.standing(NOON).organisations() == []
    assert Entry.objects.about(now.person).get().verb == "people.invitation_declined"
    with pytest.raises(AlreadyDone):
        decline_invitation(here.pk, by=now.person, at=NOON)


def test_ones_own_page_tells_every_organisation_apart(here):
    other = OrganisationFactory(name="Aa kommun")
    eva = person_as(Role.COACH, here)
    AppointmentFactory(person=eva, organisation=other, ends=date(2020, 1, 1))
    seat = SeatFactory(person=eva, body__organisation=other)
    gone = OrganisationFactory(archived_at=NOON)
    AppointmentFactory(person=eva, organisation=gone)
    AppointmentFactory(organisation=gone, deputy_for=eva.appointments.get(organisation=gone))

    found = own_organisations(eva, at=NOON)

    assert [(it.organisation, [r.role for r in it.roles], it.seats) for it in found] == [
        (other, [], [seat]),
        (here, ["coach"], []),
    ]
