"""The index follows the records, is built beside itself, and survives whatever happens to it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.hand_in import Given, hand_in
from idesluss.insight.search import finding, follow
from idesluss.insight.search.index import MEMORY, open_index
from idesluss.records.models import Entry as Line
from idesluss.records.usecases import note
from tests.factories import NOON, DoorFactory, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db


def find(text, person=None, **more):
    asked = finding.Asked(text, "sv")
    return [it.thing for it in finding.find(asked, person, at=timezone.now(), **more).found]


def test_with_no_index_yet_nothing_is_found_and_nothing_fails(searchable):
    assert find("skridskor") == []


def test_following_builds_it_first_and_then_takes_in_what_is_noted(searchable):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    assert follow.follow(NOON) == 1
    assert find("skridskor") == [idea]
    assert follow.follow(NOON) == 0  # nothing is new
    later = sluice_case(title="Hjälmar till skridskor", visibility="public")
    note("ideas.handed_in", about=later, by=None, at=NOON)
    assert follow.follow(NOON) == 1
    assert set(find("skridskor")) == {idea, later}


def test_a_changed_title_is_found_by_its_new_words_alone(searchable):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    Idea.objects.update(title="Kajaker att hyra", need="Vid sjön.")
    note("ideas.masked", about=idea, by=None, at=NOON)
    follow.follow(NOON)
    assert (find("skridskor"), find("kajaker")) == ([], [idea])


def test_what_is_handed_in_is_found_by_its_giver_within_a_turn(searchable):
    searchable()
    giver = PersonFactory()
    given = Given(need="Vi vill ha en utomhusskridskobana på torget", title="Skridskobana")
    idea = hand_in(DoorFactory(), given, by=giver, at=NOON)
    assert follow.follow(NOON) >= 1
    assert find("skridskobana", giver) == [idea]
    assert find("skridskobana") == []


def test_a_case_made_closed_is_gone_at_once_before_the_index_knows(searchable):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    Idea.objects.filter(pk=idea.pk).update(visibility="closed")
    page = finding.find(finding.Asked("skridskor", "sv"), None, at=timezone.now())
    assert (page.found, page.total, page.more) == ((), 0, False)


def test_a_line_about_something_else_changes_nothing(searchable):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    note("people.invited", about=PersonFactory(), by=None, at=NOON)
    assert follow.follow(NOON) == 0
    state = follow.state_of(follow.current(follow.home()))
    assert state.line == Line.objects.latest("pk").pk
    assert find("skridskor") == [idea]


def test_another_version_of_the_analyser_builds_it_anew(searchable, monkeypatch):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    old = follow.current(follow.home())
    told = json.loads((old / follow.STATE).read_text())
    (old / follow.STATE).write_text(json.dumps(told | {"version": 0}))
    assert follow.follow(NOON) == 1
    assert follow.current(follow.home()) != old
    assert not old.exists()
    finding.forget()
    assert find("skridskor") == [idea]


def test_a_program_that_dies_while_building_leaves_the_old_one_answering(searchable, monkeypatch):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    old = follow.current(follow.home())

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(follow, "fill", dies)
    with pytest.raises(KeyboardInterrupt):
        follow.build(follow.home())
    assert follow.current(follow.home()) == old
    assert find("skridskor") == [idea]
    monkeypatch.undo()
    follow.build(follow.home())
    left = [it for it in follow.home().iterdir() if it.is_dir()]
    assert left == [follow.current(follow.home())]


def test_a_program_that_dies_while_following_reads_the_same_lines_again(searchable, monkeypatch):
    searchable()
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    note("ideas.handed_in", about=idea, by=None, at=NOON)

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(follow.State, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        follow.follow(NOON)
    monkeypatch.undo()
    assert follow.follow(NOON) == 1
    finding.forget()
    assert find("skridskor") == [idea]


def test_a_broken_index_is_built_anew(searchable):
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    searchable()
    (follow.current(follow.home()) / follow.STATE).write_text("{")
    finding.forget()
    assert find("skridskor") == []
    follow.follow(NOON)
    assert find("skridskor") == [idea]


def test_two_programs_of_one_machine_do_not_write_at_once(searchable):
    searchable()
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    note("ideas.handed_in", about=idea, by=None, at=NOON)
    busy = open_index(follow.current(follow.home())).writer(MEMORY, 1)
    assert follow.follow(NOON) == 0
    del busy
    assert follow.follow(NOON) == 1


def test_words_that_several_texts_here_hold_are_known_to_the_splitter(searchable):
    for number in range(3):
        sluice_case(title=f"Blurkigheten {number}", visibility="public")
    searchable()
    state = follow.state_of(follow.current(follow.home()))
    assert "blurkigheten" in state.more["sv"]


def test_a_line_that_comes_later_than_one_with_a_higher_number_is_not_passed_over(searchable):
    searchable()
    idea = sluice_case(title="Skridskor att låna", visibility="public")
    late = note("ideas.handed_in", about=idea, by=None, at=NOON)
    number = late.pk
    Line.objects.filter(pk=number).update(id=-number)  # not there yet
    note("people.invited", about=PersonFactory(), by=None, at=NOON)
    follow.follow(NOON)
    assert find("skridskor") == []
    Line.objects.filter(pk=-number).update(id=number)
    assert follow.follow(NOON) == 1
    assert find("skridskor") == [idea]
    later = NOON + timedelta(seconds=200)
    note("people.invited", about=PersonFactory(), by=None, at=later)
    follow.follow(later)
    assert follow.state_of(follow.current(follow.home())).late == {}
