"""Lists ask as many queries for three rows as for one."""

import pytest
from django.urls import reverse

from idesluss.people.models import Organisation
from idesluss.people.vocab import Role
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def boss(here, client):
    person = person_as(Role.ADMINISTRATOR, here)
    client.force_login(person)
    return person


@pytest.mark.list_page("people:people")
def test_people(here, boss, client, count_queries):
    unit = UnitFactory(organisation=here, parent=UnitFactory(organisation=here))

    def add(number):
        for person in PersonFactory.create_batch(number):
            role = AppointmentFactory(organisation=here, unit=unit, person=person)
            AppointmentFactory(organisation=here, person=person, deputy_for=role)

    assert count_queries(lambda: client.get("/slusstad/setup/people/"), add) == 7


@pytest.mark.list_page("people:person")
def test_one_persons_roles(here, boss, client, count_queries):
    somebody = person_as(Role.COACH, here)

    def add(number):
        for unit in UnitFactory.create_batch(number, organisation=here):
            AppointmentFactory(organisation=here, person=somebody, unit=unit)

    page = f"/slusstad/setup/people/{somebody.pk}/"
    assert count_queries(lambda: client.get(page), add) == 9


@pytest.mark.list_page("people:units")
def test_units(here, boss, client, count_queries):
    def add(number):
        for parent in UnitFactory.create_batch(number, organisation=here):
            UnitFactory(organisation=here, parent=parent)

    assert count_queries(lambda: client.get("/slusstad/setup/units/"), add) == 5


@pytest.mark.list_page("people:bodies")
def test_bodies(here, boss, client, count_queries):
    def add(number):
        for body in BodyFactory.create_batch(number, organisation=here):
            SeatFactory(body=body)

    assert count_queries(lambda: client.get("/slusstad/setup/bodies/"), add) == 6


@pytest.mark.list_page("people:body")
def test_seats(here, boss, client, count_queries):
    body = BodyFactory(organisation=here)

    def add(number):
        for seat in SeatFactory.create_batch(number, body=body):
            SeatFactory(body=body, deputy_for=seat)

    page = f"/slusstad/setup/bodies/{body.pk}/"
    assert count_queries(lambda: client.get(page), add) == 6


@pytest.mark.list_page("people:own")
def test_ones_own_page(client, count_queries):
    person = PersonFactory()
    client.force_login(person)

    def add(number):
        for place in OrganisationFactory.create_batch(number):
            role = AppointmentFactory(organisation=place, person=person)
            AppointmentFactory(organisation=place, deputy_for=role)
            SeatFactory(body__organisation=place, person=person)

    assert count_queries(lambda: client.get(reverse("people:own")), add) == 6


@pytest.mark.list_page("people:install")
def test_the_organisations_of_the_installation(client, count_queries):
    client.force_login(PersonFactory(is_installer=True))

    def add(number):
        OrganisationFactory.create_batch(number)

    assert count_queries(lambda: client.get(reverse("people:install")), add) == 3
    assert Organisation.objects.count() == 3
