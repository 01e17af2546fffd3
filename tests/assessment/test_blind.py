"""In a blind round its assessors do not learn who applies."""

import pytest

from idesluss.assessment.reads.blind import number_if_blind
from idesluss.assessment.rules import sees_applicant
from idesluss.ideas.models import Attachment, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from tests.factories import NOON, ApplicationFactory, PersonFactory, RoundFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(round=RoundFactory(blind=True), stage="assessing")


def somebody(application, *roles, assesses):
    person = PersonFactory()
    for role in roles:
        person.appointments.create(organisation=application.round.programme.organisation, role=role)
    if assesses:
        Involvement.objects.create(
            idea=application.idea, person=person, part=Part.ASSESSOR.value, since=NOON
        )
    return person


@pytest.mark.parametrize(
    ("blind", "roles", "assesses", "sees"),
    [
        (True, [Role.ASSESSOR], True, False),
        (True, [Role.ASSESSOR], False, True),
        (True, [Role.ASSESSOR, Role.ADMINISTRATOR], True, True),
        (True, [Role.ASSESSOR, Role.REGISTRAR], True, True),
        (True, [], True, False),
        (True, [], False, True),
        (False, [Role.ASSESSOR], True, True),
    ],
)
def test_who_sees_the_applicant(application, blind, roles, assesses, sees):
    application.round.blind = blind
    application.round.save()
    person = somebody(application, *roles, assesses=assesses)

    found = sees_applicant(person, application.idea, application.round, at=NOON)

    assert found is sees


def test_who_no_longer_has_the_case_is_no_assessor_of_it(application):
    person = somebody(application, Role.ASSESSOR, assesses=True)
    Involvement.objects.update(ended_at=NOON)

    assert sees_applicant(person, application.idea, application.round, at=NOON) is True


def test_files_are_known_by_their_number_among_those_that_are_kept(application):
    owner = PersonFactory()
    one, two, three = (
        Attachment.objects.create(
            idea=application.idea,
            name=f"{letter} Åkesson.pdf",
            content_type="application/pdf",
            size=1,
            sha256=letter,
            added_by=owner,
            added_at=NOON,
            removed_at=NOON if letter == "a" else None,
        )
        for letter in "abc"
    )
    assessor = somebody(application, Role.ASSESSOR, assesses=True)
    office = person_as(Role.ADMINISTRATOR, application.round.programme.organisation)

    assert [number_if_blind(it, assessor, at=NOON) for it in (two, three)] == [1, 2]
    assert number_if_blind(two, office, at=NOON) is None
    application.round.blind = False
    application.round.save()
    assert number_if_blind(two, assessor, at=NOON) is None
    assert one.pk
