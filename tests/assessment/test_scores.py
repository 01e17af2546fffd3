"""All that was judged of one case, as far as a reader may know it."""

from fractions import Fraction

import pytest

from idesluss.assessment.models import Score
from idesluss.assessment.reads.scores import scores_of
from idesluss.ideas.models import Declaration, Involvement
from idesluss.ideas.vocab import ConflictState
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
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    round = RoundFactory(qualifying_needed=1)
    CriterionFactory(round=round, key="law", kind="qualifying", name="Lagligt", position=1)
    CriterionFactory(round=round, key="gain", name="Nytta", weight=2, position=2)
    CriterionFactory(round=round, key="joy", kind="additional", name="Glädje", position=3)
    return round


@pytest.fixture
def idea(round):
    return ApplicationFactory(round=round, stage="assessing").idea


@pytest.fixture
def administrator(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def judge(idea, round, name, law, gain, joy, *, locked=True, advice="fits"):
    assessor = person_as(Role.ASSESSOR, round.programme.organisation, name=name)
    assessment = AssessmentFactory(
        idea=idea,
        round=round,
        assessor=assessor,
        advice=advice,
        locked_at=NOON if locked else None,
    )
    for criterion, value in zip(round.criteria.all(), (law, gain, joy), strict=True):
        if value is not None:
            Score.objects.create(
                assessment=assessment, criterion=criterion, value=value, reason=f"{name} vet"
            )
    return assessment


def read(idea, round, person):
    return scores_of(idea, round, person, at=NOON)


def test_each_mark_stands_with_its_reason_criterion_by_criterion(round, idea, administrator):
    judge(idea, round, "Ali", 1, 5, 1)
    judge(idea, round, "Bo", 0, 2, 0, advice="")
    judge(idea, round, "Cia", 1, 1, 1, locked=False)

    found = read(idea, round, administrator)

    law, gain, joy = found.criteria
    assert [(it.assessor, it.mark, it.reason, it.own) for it in gain.said] == [
        ("Ali", 5, "Ali vet", False),
        ("Bo", 2, "Bo vet", False),
    ]
    assert (gain.marks, gain.own_mark, gain.vote) == ([5, 2], None, None)
    assert (law.vote.met, law.vote.answered, law.vote.is_met) == (1, 2, False)
    assert (joy.vote.met, joy.is_additional, gain.is_additional) == (1, True, False)
    assert [
        (it.assessment.assessor.name, it.assessment.advice, it.counts) for it in found.sheets
    ] == [
        ("Ali", "fits", True),
        ("Bo", "", True),
    ]
    assert (found.waiting, found.hidden, found.dropped) == (["Cia"], 0, [])
    assert found.summary.qualification.qualifies is False


def test_how_the_points_come_about_is_told_part_by_part(round, idea, administrator):
    judge(idea, round, "Ali", 1, 5, 0)
    judge(idea, round, "Bo", 1, 2, 1)

    found = read(idea, round, administrator)

    assert [(row.name, row.weight, [part.points for part in row.parts]) for row in found.parts] == [
        ("Nytta", 2, [Fraction(200, 3), Fraction(50, 3)]),
        ("Glädje", 1, [0, Fraction(100, 3)]),
    ]
    assert [it.total.points for it in found.sheets] == [Fraction(200, 3), 50]


def test_a_criterion_that_was_added_later_has_no_mark(round, idea, administrator):
    judge(idea, round, "Ali", 1, 5, None)

    joy = read(idea, round, administrator).criteria[2]

    assert [(it.mark, it.reason) for it in joy.said] == [(None, "")]
    assert (joy.marks, joy.vote.answered) == ([], 0)


def test_what_no_longer_counts_stays_beside(round, idea, administrator):
    judge(idea, round, "Ali", 1, 5, 1)
    shut, gone = judge(idea, round, "Bo", 1, 1, 1), judge(idea, round, "Cia", 1, 1, 1)
    Declaration.objects.filter(person=shut.assessor).update(state="declared", ground="party")
    Involvement.objects.filter(person=gone.assessor).update(ended_at=NOON)

    found = read(idea, round, administrator)

    assert [it.assessment for it in found.dropped] == [shut, gone]
    assert [it.assessment.assessor.name for it in found.sheets] == ["Ali"]
    assert found.summary.points.mean == 100


def test_an_assessor_reads_the_others_after_locking_and_finds_their_own(round, idea):
    judge(idea, round, "Ali", 1, 5, 1)
    mine = judge(idea, round, "Bo", 0, 2, 1, locked=False)

    before = read(idea, round, mine.assessor)
    mine.locked_at = NOON
    mine.save()
    after = read(idea, round, mine.assessor)

    assert (before.sheets, before.hidden, before.waiting) == ([], 1, ["Bo"])
    assert [(it.assessment.assessor.name, it.own) for it in after.sheets] == [
        ("Ali", False),
        ("Bo", True),
    ]
    assert after.criteria[1].own_mark == 2


def test_a_member_of_the_body_reads_what_is_locked_once_they_have_declared(round, idea):
    judge(idea, round, "Ali", 1, 5, 1)
    member = SeatFactory(body=round.programme.body).person
    assert read(idea, round, member).sheets == []

    declare(idea, member, ConflictState.CLEAR)

    assert [it.assessment.assessor.name for it in read(idea, round, member).sheets] == ["Ali"]


def test_one_case_takes_as_many_queries_however_many_judge(
    round, idea, administrator, count_queries
):
    def add(number):
        for _ in range(number):
            judge(idea, round, "Ali", 1, 5, 1)

    def look():
        read(idea, round, Person.objects.get(pk=administrator.pk))

    assert count_queries(look, add) == 6  # two of them find the reader
