from datetime import timedelta
from fractions import Fraction

import pytest

from idesluss.assessment.models import Score
from idesluss.assessment.reads import standings
from idesluss.ideas.models import Declaration, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    CriterionFactory,
    RoundFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    round = RoundFactory(assessors_wanted=3)
    CriterionFactory(round=round, key="benefit", low=1, high=5, weight=2)
    CriterionFactory(round=round, key="new", low=1, high=5, weight=1)
    return round


@pytest.fixture
def administrator(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def case(round, stage="assessing"):
    return ApplicationFactory(round=round, stage=stage).idea


def judged(idea, round, *values, advice="fits", name="Bo", locked=True):
    """A judgement with ``values`` on the round's criteria in their order."""
    assessor = person_as(Role.ASSESSOR, round.programme.organisation, name=name)
    assessment = AssessmentFactory(
        idea=idea,
        round=round,
        assessor=assessor,
        advice=advice,
        locked_at=NOON if locked else None,
    )
    for criterion, value in zip(round.criteria.all(), values, strict=True):
        Score.objects.create(assessment=assessment, criterion=criterion, value=value, reason="så")
    return assessment


def test_the_standings_give_each_assessors_points_and_how_they_spread(round, administrator):
    idea = case(round)
    judged(idea, round, 5, 5, name="Ali")
    judged(idea, round, 3, 1, name="Bo", advice="turned")
    judged(idea, round, 1, 1, name="Cia", locked=False)

    tally = standings(round, administrator, at=NOON)[idea.pk]

    assert [(voice.assessor, voice.points, voice.advice) for voice in tally.voices] == [
        ("Ali", 100, "fits"),
        ("Bo", Fraction(100, 3), "turned"),
    ]
    assert (tally.mean, tally.median) == (Fraction(200, 3), Fraction(200, 3))
    assert (tally.low, tally.high) == (Fraction(100, 3), 100)
    assert (tally.locked, tally.assigned, tally.wanted, tally.hidden) == (2, 3, 3, 0)
    assert tally.advice == {"fits": 1, "turned": 1}
    assert tally.qualifies is True  # nothing is needed


def test_the_best_mean_comes_first_and_equal_ones_share_a_place(round, administrator):
    low, one, other, silent = (case(round) for _ in range(4))
    judged(low, round, 1, 1)
    judged(one, round, 5, 1)
    judged(other, round, 5, 1)

    found = standings(round, administrator, at=NOON)

    assert list(found) == [one.pk, other.pk, low.pk, silent.pk]
    assert [tally.place.rank for tally in found.values()] == [1, 1, 3, None]
    assert [tally.place.tied for tally in found.values()] == [True, True, False, False]
    assert (found[silent.pk].mean, found[silent.pk].median) == (None, None)
    assert (found[silent.pk].low, found[silent.pk].high) == (None, None)


def test_who_lost_the_case_or_has_a_conflict_no_longer_counts(round, administrator):
    idea = case(round)
    judged(idea, round, 5, 5, name="Ali")
    gone, shut = judged(idea, round, 1, 1, name="Bo"), judged(idea, round, 1, 1, name="Cia")
    Involvement.objects.filter(person=gone.assessor).update(ended_at=NOON)
    Declaration.objects.filter(person=shut.assessor).update(state="decided", ground="manager")

    tally = standings(round, administrator, at=NOON)[idea.pk]

    assert [voice.assessor for voice in tally.voices] == ["Ali"]
    assert (tally.locked, tally.assigned) == (1, 1)


def test_an_assessor_hears_the_others_only_after_locking(round):
    idea = case(round)
    judged(idea, round, 5, 5, name="Ali")
    mine = judged(idea, round, 1, 1, name="Bo", locked=False)

    before = standings(round, mine.assessor, at=NOON)[idea.pk]
    mine.locked_at = NOON
    mine.save()
    after = standings(round, mine.assessor, at=NOON)[idea.pk]

    assert (before.voices, before.mean, before.locked, before.hidden) == ((), None, 1, 1)
    assert [voice.assessor for voice in after.voices] == ["Ali", "Bo"]
    assert after.hidden == 0


def test_the_standings_leave_out_cases_that_are_shut_for_the_reader(round):
    open_case, shut_case, own_case = (case(round, stage="deciding") for _ in range(3))
    member = SeatFactory(body=round.programme.body).person
    declare(open_case, member, ConflictState.CLEAR)
    declare(shut_case, member, ConflictState.DECLARED)
    involve(own_case, member, Part.OWNER)
    for idea in (open_case, shut_case, own_case):
        judged(idea, round, 5, 5)

    assert list(standings(round, member, at=NOON)) == [open_case.pk]
    assert standings(round, Person.objects.create(name="Utan roll"), at=NOON) == {}


def test_the_standings_of_a_whole_round_take_as_many_queries_as_those_of_one_case(
    round, administrator, count_queries
):
    def add(number):
        for _ in range(number):
            idea = case(round)
            judged(idea, round, 5, 1)
            judged(idea, round, 2, 2)

    def read():
        reader = Person.objects.get(pk=administrator.pk)
        return standings(RoundFactory._meta.model.objects.get(pk=round.pk), reader, at=NOON)

    assert count_queries(read, add) == 6  # two of them find the round and the reader


def test_a_later_moment_is_read_anew(round, administrator):
    administrator.appointments.update(ends=(NOON + timedelta(days=1)).date())
    case(round)

    now = standings(round, administrator, at=NOON)
    later = standings(round, administrator, at=NOON + timedelta(days=2))

    assert (len(now), len(later)) == (1, 0)
