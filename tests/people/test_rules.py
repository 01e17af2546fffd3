"""Who may arrange an organisation: role by role, inside and outside its dates."""

from datetime import date, timedelta

import pytest

from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.rules import may_appoint, may_correct, may_install, may_set_up
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.mark.parametrize("role", list(Role))
def test_only_fund_administrators_set_an_organisation_up(role):
    here, elsewhere = OrganisationFactory.create_batch(2)
    person = person_as(role, here)

    assert may_set_up(person, here.pk, NOON) is (role is Role.ADMINISTRATOR)
    assert may_set_up(person, elsewhere.pk, NOON) is False


def test_nobody_and_members_of_bodies_set_nothing_up():
    seat = SeatFactory()

    assert may_set_up(None, seat.body.organisation_id, NOON) is False
    assert may_set_up(seat.person, seat.body.organisation_id, NOON) is False


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY + DAY, True),
        (None, TODAY, False),
        (TODAY, TODAY, False),
    ],
)
def test_a_role_holds_from_its_first_day_until_the_day_it_ends(starts, ends, holds):
    here = OrganisationFactory()
    person = PersonFactory()
    AppointmentFactory(
        person=person, organisation=here, role=Role.ADMINISTRATOR, starts=starts, ends=ends
    )

    assert may_set_up(person, here.pk, NOON) is holds
    assert Organisation.objects.set_up_by(person, at=NOON).exists() is holds


def test_a_role_that_is_only_offered_does_not_hold():
    here = OrganisationFactory()
    person = PersonFactory()
    AppointmentFactory(
        person=person, organisation=here, role=Role.ADMINISTRATOR, invited_as="Anna i Bollby"
    )

    assert may_set_up(person, here.pk, NOON) is False


@pytest.mark.parametrize("role", list(Role))
def test_an_installer_appoints_fund_administrators_and_nobody_else(role):
    here = OrganisationFactory()
    installer = PersonFactory(is_installer=True)

    assert may_appoint(installer, here.pk, role, NOON) is (role is Role.ADMINISTRATOR)
    assert may_set_up(installer, here.pk, NOON) is False


@pytest.mark.parametrize("role", list(Role))
def test_a_fund_administrator_appoints_to_every_role_at_home_only(role):
    here, elsewhere = OrganisationFactory.create_batch(2)
    administrator = person_as(Role.ADMINISTRATOR, here)

    assert may_appoint(administrator, here.pk, role, NOON) is True
    assert may_appoint(administrator, elsewhere.pk, role, NOON) is False


def test_only_an_active_installer_installs():
    assert may_install(PersonFactory(is_installer=True)) is True
    assert may_install(PersonFactory(is_installer=True, is_active=False)) is False
    assert may_install(PersonFactory()) is False
    assert may_install(None) is False


def test_an_address_is_corrected_only_by_those_who_alone_know_the_person():
    here, elsewhere = OrganisationFactory.create_batch(2)
    administrator = person_as(Role.ADMINISTRATOR, here)
    ours, shared = person_as(Role.EMPLOYEE, here), person_as(Role.EMPLOYEE, here)
    theirs = person_as(Role.EMPLOYEE, elsewhere)
    AppointmentFactory(person=shared, organisation=elsewhere, ends=date(2020, 1, 1))
    installer = person_as(Role.EMPLOYEE, here, is_installer=True)

    assert may_correct(administrator, ours, NOON) is True
    assert may_correct(administrator, shared, NOON) is False
    assert may_correct(administrator, theirs, NOON) is False
    assert may_correct(administrator, installer, NOON) is False
    assert may_correct(ours, ours, NOON) is False


def test_a_person_sees_themselves_and_those_of_organisations_they_administer():
    here, elsewhere = OrganisationFactory.create_batch(2)
    administrator, colleague = person_as(Role.ADMINISTRATOR, here), person_as(Role.EMPLOYEE, here)
    stranger = person_as(Role.EMPLOYEE, elsewhere)

    assert set(Person.objects.visible_to(administrator, at=NOON)) == {administrator, colleague}
    assert list(Person.objects.visible_to(colleague, at=NOON)) == [colleague]
    assert list(Person.objects.visible_to(None, at=NOON)) == []
    roles = Appointment.objects.visible_to(stranger, at=NOON)
    assert [it.person for it in roles] == [stranger]
    assert list(Appointment.objects.visible_to(None, at=NOON)) == []
    assert Appointment.objects.visible_to(administrator, at=NOON).count() == 2
