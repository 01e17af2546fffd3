"""A need can have many ideas, and it is said which."""

import pytest

from idesluss.ideas.usecases.bank import link_to_need, unlink
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db


def test_a_coach_links_an_idea_to_a_need_and_unlinks_it():
    door = DoorFactory()
    need, idea = sluice_case(door=door, kind="need"), sluice_case(door=door)
    for _ in range(2):
        assert link_to_need(idea.pk, need.pk, by=door.receiver, at=NOON).answers_to == need
    for _ in range(2):
        assert unlink(idea.pk, by=door.receiver, at=NOON).answers_to is None
    assert list(Entry.objects.about(idea).values_list("verb", flat=True)) == [
        "ideas.linked",
        "ideas.unlinked",
    ]


def test_a_giver_links_while_it_goes_on_and_only_to_what_they_may_read():
    door, giver = DoorFactory(), PersonFactory()
    seen = sluice_case(door=door, kind="need", visibility="public")
    hidden = sluice_case(door=door, kind="need")
    idea = sluice_case(door=door, owner=giver)
    with pytest.raises(NotChoosable):
        link_to_need(idea.pk, hidden.pk, by=giver, at=NOON)
    assert link_to_need(idea.pk, seen.pk, by=giver, at=NOON).answers_to == seen
    over = sluice_case("declined", door=door, owner=giver)
    with pytest.raises(NotAllowed):
        link_to_need(over.pk, seen.pk, by=giver, at=NOON)
    with pytest.raises(NotAllowed):
        unlink(idea.pk, by=person_as(Role.EMPLOYEE, door.organisation), at=NOON)


def test_an_idea_is_no_need_and_needs_do_not_go_in_a_ring():
    door = DoorFactory()
    coach = door.receiver
    one, two = sluice_case(door=door, kind="need"), sluice_case(door=door, kind="need")
    link_to_need(one.pk, two.pk, by=coach, at=NOON)
    for wrong in (sluice_case(door=door), two, sluice_case(kind="need")):
        with pytest.raises(NotChoosable):
            link_to_need(two.pk, wrong.pk, by=coach, at=NOON)
    with pytest.raises(NotChoosable):
        link_to_need(two.pk, one.pk, by=coach, at=NOON)
