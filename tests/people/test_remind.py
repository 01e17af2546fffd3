"""A friendly reminder: by the office, to those who belong here, once a day."""

from datetime import timedelta

import pytest

from idesluss.jobs.deliver import deliver
from idesluss.logic.refusals import NotAllowed
from idesluss.people.refusals import RemindedToday
from idesluss.people.usecases import remind
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from tests.factories import NOON, OrganisationFactory, PersonFactory, SeatFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return OrganisationFactory(name="Slusstad")


@pytest.fixture
def boss(town):
    return person_as(Role.ADMINISTRATOR, town, name="Maja Strand", email="maja@slusstad.example")


def test_the_letter_is_kind_names_no_case_and_can_be_answered(town, boss):
    eva = person_as(Role.ASSESSOR, town, name="Eva Holm")
    remind(eva.pk, organisation_id=town.pk, what="assess", by=boss, at=NOON)
    deliver(NOON)
    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to, letter.state) == (
        eva.email,
        "maja@slusstad.example",
        "queued",
    )
    assert letter.subject == "En vänlig påminnelse från Slusstad"
    assert "Maja Strand påminner" in letter.text
    assert "Bedöm ansökan" in letter.text
    assert letter.link.endswith("/mine/")


def test_once_a_day_is_enough_whoever_reminds_of_whatever(town, boss):
    eva = person_as(Role.ASSESSOR, town)
    other = person_as(Role.ADMINISTRATOR, town)
    remind(eva.pk, organisation_id=town.pk, what="assess", by=boss, at=NOON)
    with pytest.raises(RemindedToday):
        remind(eva.pk, organisation_id=town.pk, what="endorse", by=other, at=NOON)
    midnight = NOON + timedelta(hours=12)  # in Stockholm
    just_before = midnight - timedelta(seconds=1)
    with pytest.raises(RemindedToday):
        remind(eva.pk, organisation_id=town.pk, what="assess", by=boss, at=just_before)
    remind(eva.pk, organisation_id=town.pk, what="assess", by=boss, at=midnight)
    assert Entry.objects.filter(verb="people.reminded").count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_reminds(town, role):
    eva = person_as(Role.ASSESSOR, town)
    with pytest.raises(NotAllowed):
        remind(eva.pk, organisation_id=town.pk, what="assess", by=person_as(role, town), at=NOON)
    assert not Entry.objects.exists()


def test_an_administrator_of_another_organisation_reminds_nobody_here(town, boss):
    stranger = person_as(Role.ASSESSOR, OrganisationFactory())
    for person_id in (stranger.pk, 0):
        with pytest.raises(NotAllowed):
            remind(person_id, organisation_id=town.pk, what="assess", by=boss, at=NOON)
    assert not Entry.objects.exists()


def test_a_member_of_a_body_belongs_here(town, boss):
    member = SeatFactory(body__organisation=town, person=PersonFactory()).person
    remind(member.pk, organisation_id=town.pk, what="read", by=boss, at=NOON)
    assert Entry.objects.filter(verb="people.reminded", about_id=member.pk).exists()
