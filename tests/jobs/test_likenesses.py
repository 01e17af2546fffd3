"""What looks alike is kept up with the records, a few cases at a time, whatever happens between."""

import pytest

from idesluss.ideas.models import Alike, Idea, Together
from idesluss.ideas.usecases.alike import set_apart
from idesluss.insight.search.pairs import followed, pairs_of
from idesluss.jobs import likenesses
from idesluss.jobs.likenesses import find_alike
from idesluss.jobs.models import Reading
from idesluss.people.vocab import Role
from idesluss.records.usecases import note
from tests.factories import NOON, DoorFactory, person_as, sluice_case
from tests.ideas.alike import BENCH, FOOD, LAMP, LAMP_DANISH, LAMP_TWIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def town(door):
    """Two that are the same, and two others."""
    return [sluice_case(door=door, **told) for told in (LAMP, BENCH, LAMP_TWIN, FOOD)]


def pairs():
    return list(Alike.objects.order_by("pk").values_list("idea", "other"))


def runs():
    """The numbers of cases that are looked at until nothing is left to do."""
    done = []
    while (some := find_alike(NOON)) or not done:
        done.append(some)
    return done


def test_nothing_is_looked_for_before_there_is_an_index(searchable, town):
    assert followed() is None
    assert (find_alike(NOON), pairs_of(town[0], at=NOON)) == (0, [])
    assert not Reading.objects.exists()


def test_those_that_are_the_same_in_other_words_become_a_pair_with_the_words(searchable, town):
    searchable()
    assert runs() == [4]
    pair = Alike.objects.get()
    assert (pair.idea, pair.other, pair.very) == (town[0], town[2], True)
    assert ["gatlampan", "gatlampan"] in pair.why
    assert (find_alike(NOON), pairs()) == (0, [(town[0].pk, town[2].pk)])


def test_only_cases_that_changed_are_looked_at(searchable, town, door, monkeypatch):
    searchable()
    runs()
    seen = []

    def looked_at(idea, *, at):
        seen.append(idea)
        return pairs_of(idea, at=at)

    monkeypatch.setattr(likenesses, "pairs_of", looked_at)
    Idea.objects.filter(pk=town[1].pk).update(**LAMP)
    note("ideas.split", about=town[1], by=None, at=NOON)
    note("ideas.said", about=town[3], by=None, at=NOON)
    assert find_alike(NOON) == 0, "the index has not read that far yet"
    searchable()
    assert (find_alike(NOON), seen) == (1, [town[1]])
    assert len(pairs()) == 3
    assert find_alike(NOON) == 0


def test_it_goes_through_all_in_small_parts(searchable, town, monkeypatch):
    searchable()
    monkeypatch.setattr(likenesses, "CASES", 2)
    assert [find_alike(NOON) for _ in range(4)] == [2, 2, 0, 0]
    assert Reading.objects.get().case is None
    for one in (*town, *town):
        note("ideas.masked", about=one, by=None, at=NOON)
    searchable()
    assert [find_alike(NOON) for _ in range(5)] == [2, 2, 2, 2, 0]
    monkeypatch.setattr(likenesses, "LINES", 3)
    for one in (*town[:1], *town[:1], *town):
        note("ideas.masked", about=one, by=None, at=NOON)
    searchable()
    assert [find_alike(NOON) for _ in range(4)] == [1, 2, 1, 0]
    assert len(pairs()) == 1


@pytest.mark.parametrize("step", ["keep_alike", "save"])
def test_killed_halfway_it_begins_at_the_same_cases_again(searchable, town, monkeypatch, step):
    searchable()
    monkeypatch.setattr(likenesses, "CASES", 3)
    keep = likenesses.keep_alike

    def dies(*args, **more):
        if step == "save":
            keep(*args, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr(likenesses, "keep_alike", dies)
        with pytest.raises(KeyboardInterrupt):
            find_alike(NOON)
    assert (pairs(), Reading.objects.get().case) == ([], 0)
    runs()
    assert pairs() == [(town[0].pk, town[2].pk)]


def test_a_pair_that_was_set_apart_does_not_come_back(searchable, town, door):
    searchable()
    runs()
    coach = person_as(Role.COACH, door.organisation)
    set_apart(Alike.objects.get().pk, reason="", by=coach, at=NOON)
    note("ideas.split", about=town[0], by=None, at=NOON)
    searchable()
    runs()
    assert not Alike.objects.waiting().exists()


def test_a_case_that_has_ended_or_does_not_look_alike_any_more_is_let_go(searchable, town, door):
    searchable()
    runs()
    Idea.objects.filter(pk=town[2].pk).update(stage="declined", answer="Nej.")
    note("ideas.answered", about=town[2], by=None, at=NOON)
    searchable()
    runs()
    assert pairs() == []


def test_public_needs_of_several_towns_come_together_across_languages(searchable, door):
    here = sluice_case(door=door, visibility="public", **LAMP)
    there = sluice_case(visibility="public", **LAMP_DANISH)
    sluice_case(visibility="inside", **LAMP_TWIN)
    sluice_case(visibility="public", **BENCH)
    searchable()
    runs()
    pair = Alike.objects.get()
    assert (pair.idea, pair.other, pair.organisation) == (here, there, None)
    assert ["mörkt", "mørkt"] in pair.why
    assert {it.idea for it in Together.objects.filter(group=here.pk)} == {here, there}


def test_signs_in_a_text_mean_nothing(searchable, door):
    odd = LAMP | {"title": '"Mörkt" -vid hållplatsen vid skolan NEAR/ * :'}
    one, other = sluice_case(door=door, **odd), sluice_case(door=door, **LAMP_TWIN)
    empty = sluice_case(door=door, title="…", need="")
    searchable()
    runs()
    assert pairs() == [(one.pk, other.pk)]
    assert pairs_of(empty, at=NOON) == []


def test_what_is_bound_up_already_or_shares_hardly_a_word_is_no_pair(searchable, door):
    need = sluice_case(door=door, kind="need", **LAMP)
    sluice_case(door=door, answers_to=need, **LAMP_TWIN)
    part = sluice_case(door=door, title="Lampan", need="Skolan.", split_from=need)
    assert part.split_from == need
    sluice_case(door=door, title="Gratis buss till badet", need="Unga vill simma på lovet.")
    searchable()
    runs()
    assert all(need.pk not in it for it in pairs())
