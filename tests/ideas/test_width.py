"""Who lets whom see a case, and whose name it bears."""

import pytest

from idesluss.ideas.usecases.width import OnlyNarrower, TooWide, set_width
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, involve, person_as, sluice_case

pytestmark = pytest.mark.django_db

CLOSED, INSIDE, PUBLIC = Visibility.CLOSED, Visibility.INSIDE, Visibility.PUBLIC


@pytest.fixture
def owner():
    return PersonFactory()


def case(owner, limit=PUBLIC, **fields):
    return sluice_case(owner=owner, door=DoorFactory(visibility=limit.value), **fields)


def width(idea, visibility, name_shown, by):
    idea = set_width(idea.pk, visibility, name_shown, by=by, at=NOON)
    return Visibility(idea.visibility), Visibility(idea.name_shown)


def test_whoever_handed_it_in_chooses_up_to_what_the_door_allows(owner):
    idea = case(owner, limit=INSIDE)
    assert width(idea, INSIDE, PUBLIC, owner) == (INSIDE, PUBLIC)
    with pytest.raises(TooWide):
        width(idea, PUBLIC, PUBLIC, owner)
    assert width(idea, CLOSED, CLOSED, owner) == (CLOSED, CLOSED)
    width(idea, CLOSED, CLOSED, owner)
    assert [it.data for it in Entry.objects.about(idea)] == [
        {
            "before": {"visibility": "closed", "name_shown": "closed"},
            "now": {"visibility": "inside", "name_shown": "public"},
        },
        {
            "before": {"visibility": "inside", "name_shown": "public"},
            "now": {"visibility": "closed", "name_shown": "closed"},
        },
    ]


def test_without_a_door_it_is_never_shown_wider_but_stays_as_wide_as_it_is(owner):
    idea = sluice_case(owner=owner, visibility="inside")
    idea.door = None
    idea.save()
    assert width(idea, INSIDE, PUBLIC, owner) == (INSIDE, PUBLIC)
    with pytest.raises(TooWide):
        width(idea, PUBLIC, PUBLIC, owner)


def test_the_others_who_hand_it_in_show_it_to_fewer_only(owner):
    idea, other = case(owner, visibility="inside", name_shown="inside"), PersonFactory()
    involve(idea, other, Part.CO_APPLICANT)
    with pytest.raises(OnlyNarrower):
        width(idea, PUBLIC, INSIDE, other)
    with pytest.raises(OnlyNarrower) as refusal:
        width(idea, INSIDE, PUBLIC, other)
    assert refusal.value.field == "name_shown"
    assert width(idea, CLOSED, CLOSED, other) == (CLOSED, CLOSED)


def test_those_who_handle_it_show_it_to_fewer_and_never_touch_a_name(owner):
    idea = case(owner, visibility="inside", name_shown="inside")
    coach = idea.responsible
    with pytest.raises(OnlyNarrower):
        width(idea, PUBLIC, INSIDE, coach)
    for name in (CLOSED, PUBLIC):
        with pytest.raises(NotAllowed):
            width(idea, CLOSED, name, coach)
    assert width(idea, CLOSED, INSIDE, coach) == (CLOSED, INSIDE)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.REGISTRAR, Role.MANAGER])
def test_nobody_else_decides_who_sees_it(owner, role):
    idea = case(owner, visibility="inside")
    with pytest.raises(NotAllowed):
        width(idea, CLOSED, CLOSED, person_as(role, idea.programme.organisation))


def test_a_draft_is_seen_by_nobody_whatever_it_says(owner):
    idea = sluice_case("draft", owner=owner)
    with pytest.raises(NotAllowed):
        width(idea, CLOSED, CLOSED, owner)
