"""Two people press at the same moment: the database lets one of them be first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from idesluss.logic.refusals import NotAllowed, Refusal
from idesluss.people.models import Appointment, Person
from idesluss.people.refusals import LastAdministrator, LinkUsed
from idesluss.people.usecases import add_person, end_appointment, first_link, redeem
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, person_as

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[type | None]:
    """Run ``acts`` in threads that start together; what each was refused with, or None."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=10)
            act()
        except Refusal as refusal:
            return type(refusal)
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_two_fund_administrators_cannot_remove_each_other():
    here = OrganisationFactory()
    bosses = [person_as(Role.ADMINISTRATOR, here) for _ in range(2)]
    roles = [boss.appointments.get() for boss in bosses]

    def end(role, by):
        return lambda: end_appointment(role.pk, by=Person.objects.get(pk=by.pk), at=NOON)

    refused = at_once(end(roles[0], bosses[1]), end(roles[1], bosses[0]))

    assert refused.count(None) == 1
    assert {it for it in refused if it} <= {LastAdministrator, NotAllowed}
    assert Appointment.objects.valid(NOON.date()).filter(organisation=here).count() == 1


def test_one_of_two_who_open_the_first_link_becomes_the_installer():
    link = first_link(at=NOON)

    def use(email):
        return lambda: redeem(link, name="Ina", email=email, organisation=None, at=NOON)

    refused = at_once(use("a@bollby.example"), use("b@bollby.example"))

    assert sorted(map(str, refused)) == sorted([str(LinkUsed), "None"])
    assert Person.objects.count() == 1


def test_two_organisations_may_add_the_same_address_at_once():
    places = OrganisationFactory.create_batch(2)
    bosses = [person_as(Role.ADMINISTRATOR, place) for place in places]

    def add(place, by):
        given = {"name": "Eva", "email": "eva@x.example", "roles": ["employee"]}
        return lambda: add_person(place.pk, **given, by=by, at=NOON)

    assert at_once(*map(add, places, bosses)) == [None, None]

    assert Person.objects.filter(email="eva@x.example").count() == 1
    asked = Appointment.objects.filter(person__email="eva@x.example").exclude(invited_as="")
    assert asked.count() == 1
