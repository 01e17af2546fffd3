from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idesluss.ideas.models import Follow, Idea, Involvement, Support
from idesluss.ideas.usecases import end, say, set_next, take_to, wake
from idesluss.ideas.usecases.givers import leave
from idesluss.ideas.usecases.merging import (
    GiverHasIt,
    HoldsOthers,
    NotMerged,
    OtherHasEnded,
    SameCase,
    merge,
    unmerge,
)
from idesluss.ideas.usecases.supporting import follow, support, take_support_back, unfollow
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.ideas.vocab import Part
from idesluss.logic.carrying import carried
from idesluss.logic.lifecycle import NoSuchStep, Stage
from idesluss.logic.refusals import Disqualified, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, involve, person_as, sluice_case
from tests.ideas.ties import guest, pair, state

pytestmark = pytest.mark.django_db
LATER, LATEST = NOON + timedelta(days=1), NOON + timedelta(days=2)
SAID = "Det är samma behov, så ni går vidare tillsammans."


def merged(idea, into, at=LATER):
    return merge(idea.pk, into.pk, answer=SAID, by=into.responsible, at=at)


def test_the_one_ends_with_its_answer_and_its_people_go_on_in_the_other():
    one, other = pair()
    owner, fan, ear = one.involvements.get().person, guest(), guest()
    Support.objects.create(idea=one, person=fan, reason="Samma här", at=NOON)
    Follow.objects.create(idea=one, person=ear, at=NOON)
    merged(one, other)
    one.refresh_from_db()
    assert (one.stage, one.merged_into, one.answer, one.next_on) == ("merged", other, SAID, None)
    carried_on = other.supports.get()
    assert (carried_on.person, carried_on.reason, carried_on.came_from) == (fan, "Samma här", one)
    assert other.follows.get().person == ear
    assert other.involvements.get(person=owner).part == Part.CO_APPLICANT.value
    assert Idea.objects.owned_by(owner).count() == 2
    assert list(Entry.objects.about(other).values_list("verb", flat=True)) == ["ideas.joined"]


def test_undone_both_are_exactly_as_before():
    one, other = pair()
    coach, steps = one.responsible, {it.stage: it for it in one.edition.steps.all()}
    take_to(one.pk, steps["exploring"].pk, by=coach, at=NOON)
    say(one.pk, "Hur ofta?", by=coach, at=NOON, asks_giver=True)
    set_next(one.pk, NOON.date() + timedelta(days=9), what="Ring igen", by=coach, at=NOON)
    both, mine = guest(), guest()
    for case, person in ((one, both), (other, both), (one, mine)):
        Support.objects.create(idea=case, person=person, at=NOON)
        Follow.objects.create(idea=case, person=person, at=NOON)
    before = state(one), state(other)
    merged(one, other)
    assert state(one) != before[0]
    unmerge(one.pk, why="Två olika lyftar", by=coach, at=LATEST)
    assert (state(one), state(other)) == before
    assert list(Entry.objects.about(one).values_list("verb", flat=True))[-1] == "ideas.unmerged"


def test_a_next_date_that_has_passed_meanwhile_becomes_today():
    one, other = pair()
    merged(one, other)
    late = NOON + timedelta(days=30)
    unmerge(one.pk, why="Ändå inte", by=one.responsible, at=late)
    one.refresh_from_db()
    assert one.next_on == late.date()


PEOPLE = range(4)
SETS = st.frozensets(st.sampled_from(list(PEOPLE)))


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    supports=st.tuples(SETS, SETS, SETS),
    follows=st.tuples(SETS, SETS, SETS),
    co_givers=st.tuples(SETS, SETS, SETS),
    first=st.booleans(),
)
def test_taking_out_one_of_two_leaves_what_the_other_alone_would_have_brought(
    db, supports, follows, co_givers, first
):
    """The naive twin: merge only the one that stays."""

    def world(ways):
        door = DoorFactory()
        people = [guest() for _ in PEOPLE]
        cases = [sluice_case(door=door) for _ in range(3)]
        for case, fans, ears, givers in zip(cases, supports, follows, co_givers, strict=True):
            for it in sorted(fans):
                Support.objects.create(idea=case, person=people[it], at=NOON)
            for it in sorted(ears):
                Follow.objects.create(idea=case, person=people[it], at=NOON)
            for it in sorted(givers):
                involve(case, people[it], Part.CO_APPLICANT)
        for act, which, at in ways:
            if act == "merge":
                merged(cases[which], cases[0], at)
            else:
                unmerge(cases[which].pk, why="Nej", by=door.receiver, at=at)
        numbers = {it.pk: index for index, it in enumerate(people)}
        cases_by = {it.pk: index for index, it in enumerate(cases)}
        rows = []
        for case in cases:
            found = state(case)
            rows.append(
                (
                    found["row"]["stage"],
                    sorted(
                        (numbers[p], cases_by.get(c, -1), at) for p, _, c, at in found["supports"]
                    ),
                    sorted((numbers[p], at) for p, at in found["follows"]),
                    sorted((numbers.get(p, -1), part) for p, part in found["givers"]),
                )
            )
        return rows

    out, stays = (1, 2) if first else (2, 1)
    times = {1: LATER, 2: LATEST}
    both = [("merge", 1, LATER), ("merge", 2, LATEST)]
    undone = NOON + timedelta(days=3)
    assert world([*both, ("unmerge", out, undone)]) == world([("merge", stays, times[stays])])
    all_out = [*both, ("unmerge", out, undone), ("unmerge", stays, undone)]
    assert world(all_out) == world([])


@given(own=SETS, joined=st.lists(SETS, max_size=4))
def test_everybody_is_brought_once_by_the_first_who_has_them_and_never_over_ones_own(own, joined):
    told = carried(own, list(enumerate(joined)))
    assert set(told) == set().union(*joined) - own
    for person, case in told.items():
        assert case == min(i for i, people in enumerate(joined) if person in people)


def test_whoever_said_me_too_again_or_took_it_back_meanwhile_is_heard():
    one, other = pair(visibility=Visibility.PUBLIC.value)
    again, back = guest(), guest()
    for person in (again, back):
        support(one.pk, "Samma", by=person, at=NOON)
        follow(one.pk, by=person, at=NOON)
    merged(one, other)
    support(other.pk, "Nu ännu mer", by=again, at=LATEST)
    take_support_back(other.pk, by=back, at=LATEST)
    unfollow(other.pk, by=back, at=LATEST)
    unmerge(one.pk, why="Nej", by=one.responsible, at=LATEST)
    assert list(other.supports.values_list("person", "reason")) == [(again.pk, "Nu ännu mer")]
    assert list(one.supports.values_list("person", flat=True)) == [again.pk]
    assert [it.person for it in one.follows.all()] == [again]


def test_a_giver_who_left_the_other_is_not_brought_back():
    one, other = pair()
    third = sluice_case(door=one.door)
    giver = one.involvements.get().person
    involve(third, giver, Part.CO_APPLICANT)
    leave(third.pk, by=giver, at=NOON)
    merged(one, other)
    leave(other.pk, by=giver, at=LATEST)
    merged(third, other, LATEST)
    assert not other.involvements.filter(person=giver, ended_at=None).exists()


def test_what_cannot_be_merged_says_why():
    one, other = pair()
    coach = one.responsible
    with pytest.raises(SameCase):
        merge(one.pk, one.pk, answer=SAID, by=coach, at=LATER)
    with pytest.raises(Missing):
        merge(one.pk, other.pk, answer=" ", by=coach, at=LATER)
    with pytest.raises(TooLong):
        merge(one.pk, other.pk, answer="x" * 3001, by=coach, at=LATER)
    ended = sluice_case("declined", door=one.door)
    with pytest.raises(OtherHasEnded):
        merged(one, ended)
    with pytest.raises(NotAtWork):
        merged(ended, one)
    with pytest.raises(NoSuchStep):
        merged(sluice_case("testing", door=one.door), one)
    with pytest.raises(NotMerged):
        unmerge(one.pk, why="Nej", by=coach, at=LATER)
    merged(one, other)
    with pytest.raises(HoldsOthers):
        merged(other, sluice_case(door=one.door))
    with pytest.raises(Missing):
        unmerge(one.pk, why="", by=coach, at=LATER)
    with pytest.raises(TooLong):
        unmerge(one.pk, why="x" * 3001, by=coach, at=LATER)
    with pytest.raises(NoSuchStep):
        wake(one.pk, responsible=coach, next_on=LATEST.date(), why="Nej", by=coach, at=LATER)


def test_two_organisations_are_never_mixed():
    one, other = sluice_case(), sluice_case()
    both = person_as(Role.COACH, one.programme.organisation)
    other.programme.organisation.appointments.create(person=both, role=Role.COACH.value)
    with pytest.raises(SameCase):
        merge(one.pk, other.pk, answer=SAID, by=both, at=LATER)


def test_nobody_comes_to_handle_what_they_hand_in():
    door = DoorFactory()
    giver = person_as(Role.COACH, door.organisation)
    one, other = sluice_case(door=door, owner=giver), sluice_case(door=door, responsible=giver)
    with pytest.raises(GiverHasIt):
        merge(one.pk, other.pk, answer=SAID, by=door.receiver, at=LATER)
    with pytest.raises(Disqualified):
        merge(one.pk, other.pk, answer=SAID, by=giver, at=LATER)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_works_with_both_merges(role):
    one, other = pair()
    person = person_as(role, one.programme.organisation)
    if role in (Role.COACH, Role.ADMINISTRATOR):
        assert merge(one.pk, other.pk, answer=SAID, by=person, at=LATER).into == other
        return
    with pytest.raises(NotAllowed):
        merge(one.pk, other.pk, answer=SAID, by=person, at=LATER)


@pytest.mark.parametrize("stage", [it for it in Stage if it is not Stage.DRAFT])
def test_a_case_is_merged_from_the_early_stages_only(stage):
    edition_stages = [it.value for it in Stage if it is not Stage.DRAFT]
    door = DoorFactory(edition__stages=edition_stages)
    extra = {"merged_into": sluice_case(door=door)} if stage is Stage.MERGED else {}
    one, other = sluice_case(stage.value, door=door, **extra), sluice_case(door=door)
    if stage in (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING):
        assert merged(one, other).idea.stage == "merged"
    else:
        with pytest.raises((NoSuchStep, NotAtWork)):
            merged(one, other)


def test_merged_into_each_other_at_once_only_the_first_is():
    one, other = pair()
    merged(one, other)
    with pytest.raises(OtherHasEnded):
        merged(other, one)
    end(other.pk, Stage.DECLINED, answer="Nej", by=other.responsible, at=LATEST)
    unmerge(one.pk, why="Den ska leva", by=one.responsible, at=LATEST)
    assert Involvement.objects.filter(idea=other, ended_at=None).count() == 1
