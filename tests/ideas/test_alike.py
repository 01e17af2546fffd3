"""Pairs that look alike are kept, set apart and grouped; whoever works with both decides."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import Alike, Together
from idesluss.ideas.reads.alike import pairs_here, partners
from idesluss.ideas.usecases.alike import (
    LARGEST,
    Near,
    keep_alike,
    regroup,
    set_apart,
    undo_set_apart,
)
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, declare, person_as, sluice_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def coach(door):
    return person_as(Role.COACH, door.organisation)


@pytest.fixture
def two(door):
    return sluice_case(door=door), sluice_case(door=door)


def bound(one, other, score=0.4, why=(("möbel", "møbel"),)):
    """The pair of two cases, found when ``other`` was looked at."""
    keep_alike({other.pk: [Near(one.pk, score, why)]}, at=NOON)
    first, second = sorted((one.pk, other.pk))
    return Alike.objects.get(idea=first, other=second)


def grouped():
    """The groups there are, as sets of numbers."""
    found = {}
    for row in Together.objects.all():
        found.setdefault(row.group, set()).add(row.idea_id)
    return found


def test_a_pair_is_kept_once_whichever_was_looked_at(two):
    one, other = two
    pair = bound(one, other, why=[("møbel", "möbel")])
    assert (pair.idea, pair.other, pair.why) == (one, other, [["möbel", "møbel"]])
    assert pair.organisation_id == one.organisation_id
    again = bound(other, one, 0.2, [("möbler", "møbler")])
    assert (again.pk, again.why, again.score) == (pair.pk, [["möbler", "møbler"]], 0.2)
    assert (again.very, pair.very) == (False, True)
    assert Alike.objects.count() == 1


def test_what_does_not_look_alike_any_more_is_let_go_unless_somebody_has_judged_it(two, coach):
    one, other = two
    bound(one, other)
    keep_alike({other.pk: []}, at=NOON)
    assert not Alike.objects.exists()
    pair = bound(one, other)
    set_apart(pair.pk, reason="", by=coach, at=NOON)
    keep_alike({one.pk: [], other.pk: []}, at=NOON)
    assert bound(one, other, 0.5).set_apart_by == coach


def test_whoever_works_with_both_says_that_they_are_not_the_same_and_takes_it_back(two, coach):
    pair = bound(*two)
    set_apart(pair.pk, reason=" Olika hållplatser ", by=coach, at=NOON)
    again = set_apart(pair.pk, reason="Nej", by=coach, at=NOON + DAY)
    assert (again.reason, again.set_apart_at) == ("Olika hållplatser", NOON)
    assert not pairs_here(coach, two[0].programme.organisation, at=NOON)
    undo_set_apart(pair.pk, by=coach, at=NOON)
    undo_set_apart(pair.pk, by=coach, at=NOON)
    assert pairs_here(coach, two[0].programme.organisation, at=NOON).get() == pair
    pair.refresh_from_db()
    assert (pair.set_apart_by, pair.set_apart_at, pair.reason) == (None, None, "")
    for one in two:
        verbs = Entry.objects.about(one).values_list("verb", flat=True)
        assert list(verbs) == ["ideas.set_apart", "ideas.set_apart_undone"]


def test_a_reason_may_be_long_but_not_without_end(two, coach):
    with pytest.raises(TooLong):
        set_apart(bound(*two).pk, reason="x" * 301, by=coach, at=NOON)


GRID = [(Role.COACH, True), (Role.ADMINISTRATOR, True), (Role.MANAGER, False),
        (Role.REGISTRAR, False), (Role.EMPLOYEE, False), (Role.ASSESSOR, False)]  # fmt: skip


@pytest.mark.parametrize(("role", "may"), GRID)
@pytest.mark.parametrize("act", [lambda pk, **who: set_apart(pk, reason="", **who), undo_set_apart])
def test_only_those_who_work_with_both_judge(two, door, role, may, act):
    pair, person = bound(*two), person_as(role, door.organisation)
    if may:
        act(pair.pk, by=person, at=NOON)
    else:
        with pytest.raises(NotAllowed):
            act(pair.pk, by=person, at=NOON)


def test_whoever_hands_in_one_or_has_a_conflict_neither_sees_the_pair_nor_judges_it(door, coach):
    town = door.organisation
    own, other = sluice_case(door=door, owner=coach), sluice_case(door=door)
    third = sluice_case(door=door)
    declare(third, coach, ConflictState.DECLARED)
    for pair in (bound(own, other), bound(other, third)):
        assert pair not in Alike.objects.visible_to(coach, at=NOON)
        with pytest.raises(NotAllowed):
            set_apart(pair.pk, reason="", by=coach, at=NOON)
    assert not pairs_here(coach, town, at=NOON)
    assert not Alike.objects.visible_to(None, at=NOON).exists()


def test_a_pair_waits_only_while_both_go_on(two, door, coach):
    pair = bound(*two)
    assert pair in Alike.objects.waiting()
    type(two[0]).objects.filter(pk=two[0].pk).update(stage="parked", answer="Senare.")
    assert pair not in Alike.objects.waiting()
    there = sluice_case(visibility="public")
    two[1].visibility = "public"
    two[1].save()
    far = bound(two[1], there)
    assert (far.organisation, far in Alike.objects.waiting()) == (None, False)


def test_a_case_may_be_a_pair_with_live_ones_at_home_and_public_ones_anywhere(door):
    idea = sluice_case(door=door, visibility="public")
    home = sluice_case(door=door)
    far = sluice_case("parked", visibility="public")
    sluice_case(visibility="inside")
    sluice_case("withdrawn", visibility="public")
    sluice_case("declined", door=door)
    assert set(partners(idea, at=NOON)) == {home, far}
    assert set(partners(home, at=NOON)) == {idea}
    assert set(partners(far, at=NOON)) == {idea}


# --- Groups ---------------------------------------------------------------------------------------


@pytest.fixture
def towns():
    return [sluice_case(visibility="public") for _ in range(4)]


def test_public_cases_that_are_alike_enough_make_a_group(towns):
    a, b, c, d = towns
    bound(a, b), bound(b, c, 0.3), bound(c, d, 0.17)
    assert grouped() == {a.pk: {a.pk, b.pk, c.pk}}
    bound(c, d, 0.3)
    assert grouped() == {a.pk: {it.pk for it in towns}}


def test_a_group_falls_apart_where_its_link_is_gone(towns):
    a, b, c, d = towns
    near = {a.pk: [Near(b.pk, 0.5)], c.pk: [Near(b.pk, 0.3), Near(d.pk, 0.5)]}
    keep_alike(near, at=NOON)
    assert grouped() == {a.pk: {it.pk for it in towns}}
    b.visibility = "closed"
    b.save()
    regroup([b.pk], at=NOON)
    assert grouped() == {c.pk: {c.pk, d.pk}}


def test_what_is_said_not_to_be_the_same_does_not_bind_a_group(towns, door, coach):
    a, b = (sluice_case(door=door, visibility="public") for _ in range(2))
    pair = bound(a, b)
    assert grouped() == {a.pk: {a.pk, b.pk}}
    set_apart(pair.pk, reason="", by=coach, at=NOON)
    assert grouped() == {}
    undo_set_apart(pair.pk, by=coach, at=NOON)
    assert grouped() == {a.pk: {a.pk, b.pk}}


def test_a_group_is_no_larger_than_can_be_read(door):
    cases = [sluice_case(door=door, visibility="public") for _ in range(LARGEST + 3)]
    first, *rest = cases
    keep_alike({first.pk: [Near(it.pk, 0.5) for it in rest]}, at=NOON)
    assert [len(it) for it in grouped().values()] == [LARGEST]


def test_closed_ones_have_no_place_even_before_the_groups_are_made_anew(towns):
    a, b, *_ = towns
    bound(a, b)
    seen = Together.objects.visible_to(None, at=NOON)
    assert seen.count() == 2
    a.visibility = "closed"
    a.save()
    assert [it.idea for it in seen] == [b]
    type(b).objects.filter(pk=b.pk).update(stage="merged", merged_into=a, answer="Samma.")
    assert not seen.all()


def test_nobody_reads_pairs_without_a_role(two):
    bound(*two)
    assert not Alike.objects.visible_to(PersonFactory(), at=NOON).exists()
