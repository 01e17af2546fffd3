"""Role by role and stage by stage: who opens, prepares, decides and releases a meeting."""

import pytest
from django.contrib.auth.models import AnonymousUser

from idesluss.funding.rules import may_decide, may_open_meeting, may_prepare, may_release
from idesluss.people.vocab import Role
from tests.factories import PersonFactory, SeatFactory, person_as
from tests.funding.meeting import AFTER, decided_room, room

pytestmark = pytest.mark.django_db

# (opens a round's meeting, prepares it, decides in it, releases it) while it is open.
GRID = {
    "administrator": (True, True, True, True),
    "secretary": (False, True, True, True),
    "chair": (False, False, True, True),
    "member": (False, False, True, False),
    "chair without a seat": (False, False, False, False),
    "secretary who has left": (False, False, False, False),
    "member of another body": (False, False, False, False),
    "registrar": (False, False, False, False),
    "assessor": (False, False, False, False),
    "coach": (False, False, False, False),
    "manager": (False, False, False, False),
    "employee": (False, False, False, False),
    "administrator elsewhere": (False, False, False, False),
    "stranger": (False, False, False, False),
    "nobody": (False, False, False, False),
}


def secretary(here, somebody):
    here.meeting.secretary = somebody
    return somebody


def chair(here, somebody):
    here.meeting.chair = somebody
    return somebody


PEOPLE = {
    "administrator": lambda here: here.administrator,
    "secretary": lambda here: secretary(here, person_as(Role.REGISTRAR, here.organisation)),
    "secretary who has left": lambda here: secretary(here, PersonFactory()),
    "chair": lambda here: here.members[0],
    "chair without a seat": lambda here: chair(here, PersonFactory()),
    "member": lambda here: here.members[1],
    "member of another body": lambda here: SeatFactory(body__organisation=here.organisation).person,
    "administrator elsewhere": lambda here: room().administrator,
    "stranger": lambda here: PersonFactory(),
    "nobody": lambda here: AnonymousUser(),
}


def person(here, who):
    if who in PEOPLE:
        return PEOPLE[who](here)
    return person_as(Role(who), here.organisation)


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.parametrize("who", GRID)
def test_who_does_what(who, released):
    here = decided_room()
    if released:
        here.release()
    here.meeting = here.fresh()
    somebody = person(here, who)

    may = (
        may_open_meeting(somebody, here.round, at=AFTER),
        *(
            rule(somebody, here.meeting, at=AFTER)
            for rule in (may_prepare, may_decide, may_release)
        ),
    )

    assert may == ((GRID[who][0], False, False, False) if released else GRID[who])
