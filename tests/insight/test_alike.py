"""What is like a text that somebody begins to write: near enough, allowed, and each matter once."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.insight.search.alike import look_alikes
from idesluss.people.vocab import Role
from tests.factories import NOON, PersonFactory, person_as
from tests.insight.alike_world import WRITTEN, danish_test, door_with_others, shown

pytestmark = pytest.mark.django_db


def alike(person=None, text=WRITTEN, title="", lang="sv", **more):
    found = look_alikes(title, text, lang, person, at=NOON + timedelta(days=1), **more)
    return [it.thing for it in found]


@pytest.fixture
def door():
    return door_with_others()


@pytest.mark.usefixtures("door")
def test_a_danish_towns_finished_test_is_found_from_a_swedish_sentence(searchable):
    project = danish_test()
    searchable()
    [found] = look_alikes("", WRITTEN, "sv", None, at=NOON)
    assert found.thing == project
    assert {"møbler", "genbrug"} <= {word for met in found.why for word in met.words}


def test_what_is_about_something_else_is_not_warned_of(searchable, door):
    shown(door)
    searchable()
    assert alike(text="Hissen på biblioteket luktar illa när det regnar.") == []
    assert alike(text="Möbler.") == []


def test_without_an_index_nobody_is_warned(searchable, door):
    shown(door)
    assert alike() == []


def test_everybody_is_shown_what_they_may_read_and_no_more(searchable, door):
    public = shown(door)
    inside = shown(door, visibility="inside")
    closed = shown(door, visibility="closed")
    draft = shown(door, stage="draft", register_number="")
    mine = PersonFactory()
    own = shown(door, visibility="closed", owner=mine)
    searchable()
    employee = person_as(Role.EMPLOYEE, door.organisation)
    assert set(alike()) == {public}
    assert set(alike(PersonFactory())) == {public}
    assert set(alike(employee)) == {public, inside}
    assert set(alike(mine)) == {public, own}
    assert set(alike(door.receiver)) == {public, inside, closed, own}
    assert draft not in alike(door.receiver)


def test_a_near_one_that_may_not_be_read_any_more_makes_nothing_else_worth_telling_of(
    searchable, door
):
    near = shown(door)
    shown(door, title="Stolar till matsalen", need="Vi saknar stolar när alla äter samtidigt.")
    searchable()
    assert alike()[0] == near
    Idea.objects.filter(pk=near.pk).update(visibility="closed")
    assert alike() == []


def test_what_was_closed_a_moment_ago_is_gone_though_the_index_has_not_heard_of_it(
    searchable, door
):
    shown(door)
    searchable()
    assert len(alike()) == 1
    Idea.objects.update(visibility="closed")
    assert alike() == []


def test_a_case_is_told_as_the_project_that_came_of_it_and_as_what_it_was_joined_to(
    searchable, door
):
    kept = shown(door)
    shown(door, stage="merged", merged_into=kept)
    project = danish_test(grown_from=shown(door))
    searchable()
    assert set(alike()) == {kept, project}


def test_the_thing_itself_and_what_is_part_of_it_are_left_out(searchable, door):
    kept = shown(door)
    joined = shown(door, stage="merged", merged_into=kept)
    searchable()
    assert alike(without=kept) == []
    assert alike(without=joined) == []


def test_at_most_the_closest_few_are_told(searchable, door):
    for _ in range(4):
        shown(door)
    searchable()
    assert len(alike(most=3)) == 3
