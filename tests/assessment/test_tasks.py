"""What waits for an assessor."""

from datetime import date

import pytest

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.tasks import piles
from idesluss.ideas.models import Declaration, Idea, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessor():
    return PersonFactory()


def give(assessor, round=None, stage="assessing", **fields):
    round = round or RoundFactory()
    person_as(Role.ASSESSOR, round.programme.organisation)
    application = ApplicationFactory(round=round, stage=stage)
    return AssessmentFactory(idea=application.idea, round=round, assessor=assessor, **fields)


def undeclared(assessor, round):
    assessment = give(assessor, round)
    Declaration.objects.filter(idea=assessment.idea).delete()
    return assessment


def test_work_of_every_round_and_organisation_is_gathered_where_most_is_owed_first(assessor):
    quiet, busy = RoundFactory(), RoundFactory()
    give(assessor, quiet, locked_at=NOON)
    give(assessor, busy)
    undeclared(assessor, busy)

    found = piles(assessor, at=NOON)

    assert [(pile.round, pile.undeclared, pile.left, len(pile.tasks)) for pile in found] == [
        (busy, 1, 1, 1),
        (quiet, 0, 0, 1),
    ]


@pytest.mark.parametrize(
    ("stage", "fields", "state"),
    [
        ("assessing", {}, "untouched"),
        ("assessing", {"version": 1}, "begun"),
        ("deciding", {"version": 1}, "begun"),
        ("received", {}, "early"),
        ("assessing", {"locked_at": NOON, "version": 2}, "locked"),
    ],
)
def test_a_task_says_how_far_one_has_come(assessor, stage, fields, state):
    assessment = give(assessor, stage=stage, **fields)

    ((task,),) = [pile.tasks for pile in piles(assessor, at=NOON)]

    assert (task.assessment, task.state) == (assessment, state)
    assert task.application_id == assessment.idea.applications.get().pk


def test_the_first_promised_answer_is_that_of_what_is_not_locked(assessor):
    round = RoundFactory()
    for day, locked_at in ((3, None), (1, NOON), (2, None), (None, None)):
        idea = give(assessor, round, locked_at=locked_at).idea
        answer_by = date(2026, 12, day) if day else None
        Idea.objects.filter(pk=idea.pk).update(answer_by=answer_by)

    (pile,) = piles(assessor, at=NOON)

    assert pile.answer_by == date(2026, 12, 2)


def test_what_is_shut_or_taken_back_or_over_is_in_no_row_and_no_number(assessor):
    shut, gone = give(assessor), give(assessor)
    over = give(assessor, stage="testing")
    Declaration.objects.filter(idea=shut.idea).update(state="declared", ground="party")
    Involvement.objects.filter(idea=gone.idea).update(ended_at=NOON)

    assert piles(assessor, at=NOON) == []
    assert Assessment.objects.count() == 3
    assert over.pk


def test_members_of_the_body_see_that_they_must_declare():
    round = RoundFactory()
    member = SeatFactory(body=round.programme.body).person
    for stage in ("received", "assessing", "deciding", "testing"):
        ApplicationFactory(round=round, stage=stage)

    (pile,) = piles(member, at=NOON)

    assert (pile.undeclared, pile.tasks, pile.answer_by) == (2, [], None)


def test_one_who_applies_in_the_case_has_nothing_to_do_in_it(assessor):
    involve(give(assessor).idea, assessor, Part.OWNER)

    assert piles(assessor, at=NOON) == []


def test_an_idea_in_two_rounds_is_one_task_in_the_right_one(assessor):
    assessment = give(assessor)
    other = RoundFactory(programme=assessment.round.programme)
    ApplicationFactory(round=other, idea=assessment.idea)

    found = piles(assessor, at=NOON)

    assert [(pile.round, len(pile.tasks)) for pile in found] == [(assessment.round, 1)]


def test_the_piles_take_as_many_queries_however_high(assessor, count_queries):
    def add(number):
        for _ in range(number):
            round = RoundFactory()
            give(assessor, round)
            undeclared(assessor, round)

    def read():
        piles(Person.objects.get(pk=assessor.pk), at=NOON)

    assert count_queries(read, add) == 5  # two of them find the reader
