import pytest

from idesluss.assessment.models import Assessment, Score
from idesluss.assessment.usecases import assign, unassign
from idesluss.assessment.vocab import Obstacle
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import AlreadyDone, NotAllowed
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    CriterionFactory,
    PersonFactory,
    RoundFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def administrator(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def case(round, stage="assessing"):
    return ApplicationFactory(round=round, stage=stage).idea


def assessor(round):
    return person_as(Role.ASSESSOR, round.programme.organisation)


def held():
    parts = Involvement.objects.filter(part=Part.ASSESSOR.value, ended_at=None)
    return sorted(parts.values_list("idea", "person"))


def test_several_cases_are_given_to_several_assessors_at_once(round, administrator):
    ideas, people = [case(round), case(round)], [assessor(round), assessor(round)]
    pairs = [(idea.pk, person.pk) for idea in ideas for person in people]

    done = assign(round.pk, pairs=pairs, by=administrator, at=NOON)

    assert (done.made, done.already, done.refused) == (tuple(sorted(pairs)), (), ())
    assert held() == sorted(pairs)
    assert sorted(Assessment.objects.values_list("idea", "assessor")) == sorted(pairs)
    told = Entry.objects.filter(verb="assessment.assigned").order_by("pk")
    assert [(entry.data["person"], entry.data["cases"]) for entry in told] == [
        (people[0].pk, 2),
        (people[1].pk, 2),
        (people[0].pk, 0),
        (people[1].pk, 0),
    ]


def test_giving_the_same_again_changes_nothing(round, administrator):
    pair = (case(round).pk, assessor(round).pk)
    assign(round.pk, pairs=[pair], by=administrator, at=NOON)

    done = assign(round.pk, pairs=[pair, pair], by=administrator, at=NOON)

    assert (done.made, done.already) == ((), (pair,))
    assert Involvement.objects.count() == 1
    assert Entry.objects.filter(verb="assessment.assigned").count() == 1


def test_what_cannot_be_given_comes_back_with_the_obstacle_and_the_rest_is_given(
    round, administrator
):
    idea = case(round)
    fine, applicant, shut, suspected = (assessor(round) for _ in range(4))
    stranger = PersonFactory()
    involve(idea, applicant, Part.CO_APPLICANT)
    declare(idea, shut, ConflictState.DECLARED)
    declare(idea, suspected, ConflictState.SUSPECTED)
    people = [fine, applicant, shut, suspected, stranger]

    done = assign(
        round.pk, pairs=[(idea.pk, person.pk) for person in people], by=administrator, at=NOON
    )

    assert done.made == ((idea.pk, fine.pk),)
    assert {person: obstacle for (_, person), obstacle in done.refused} == {
        applicant.pk: Obstacle.APPLIES,
        shut.pk: Obstacle.CONFLICT,
        suspected.pk: Obstacle.SUSPECTED,
        stranger.pk: Obstacle.NO_ROLE,
    }
    assert held() == [(idea.pk, fine.pk)]


@pytest.mark.parametrize("stage", ["draft", "deciding", "testing", "declined", "withdrawn"])
def test_cases_that_are_not_to_be_assessed_are_not_given(round, administrator, stage):
    pair = (case(round, stage).pk, assessor(round).pk)

    done = assign(round.pk, pairs=[pair], by=administrator, at=NOON)

    assert done.refused == ((pair, Obstacle.GONE_ON),)


def test_cases_of_another_round_or_shut_for_the_administrator_are_not_given(round, administrator):
    shut, elsewhere = case(round), case(RoundFactory(programme=round.programme))
    declare(shut, administrator, ConflictState.DECLARED)
    person = assessor(round)

    done = assign(
        round.pk,
        pairs=[(shut.pk, person.pk), (elsewhere.pk, person.pk)],
        by=administrator,
        at=NOON,
    )

    assert [obstacle for _, obstacle in done.refused] == [Obstacle.GONE_ON, Obstacle.GONE_ON]
    assert not Assessment.objects.exists()


def test_only_the_administrator_of_the_organisation_gives(round):
    pair = (case(round).pk, assessor(round).pk)
    stranger = person_as(Role.ADMINISTRATOR, RoundFactory().programme.organisation)
    for somebody in (stranger, assessor(round)):
        with pytest.raises(NotAllowed):
            assign(round.pk, pairs=[pair], by=somebody, at=NOON)

    assert held() == []


def test_a_case_is_taken_back_with_a_trace_and_what_was_locked_stays(round, administrator):
    idea, person = case(round), assessor(round)
    assign(round.pk, pairs=[(idea.pk, person.pk)], by=administrator, at=NOON)
    declare(idea, person, ConflictState.CLEAR)
    Assessment.objects.update(locked_at=NOON)
    assessment = Assessment.objects.get()

    unassign(assessment.pk, reason=" Sjuk ", by=administrator, at=NOON)

    assert held() == []
    assert Assessment.objects.get().locked_at == NOON
    assert list(Assessment.objects.counted()) == []
    assert list(Assessment.objects.visible_to(administrator, at=NOON)) == [assessment]
    assert not Idea.objects.visible_to(person, at=NOON).exists()
    entry = Entry.objects.about(assessment).last()
    assert (entry.verb, entry.data) == (
        "assessment.unassigned",
        {"person": person.pk, "reason": "Sjuk", "locked": True},
    )


def test_a_draft_is_found_again_when_the_case_comes_back(round, administrator):
    criterion = CriterionFactory(round=round)
    pair = (case(round).pk, assessor(round).pk)
    assign(round.pk, pairs=[pair], by=administrator, at=NOON)
    Score.objects.create(assessment=Assessment.objects.get(), criterion=criterion, reason="Kort")
    unassign(Assessment.objects.get().pk, by=administrator, at=NOON)

    done = assign(round.pk, pairs=[pair], by=administrator, at=NOON)

    assert done.made == (pair,)
    assert Assessment.objects.get().scores.get().reason == "Kort"


def test_taking_back_twice_is_refused(round, administrator):
    pair = (case(round).pk, assessor(round).pk)
    assign(round.pk, pairs=[pair], by=administrator, at=NOON)
    assessment = Assessment.objects.get()
    unassign(assessment.pk, by=administrator, at=NOON)

    with pytest.raises(AlreadyDone):
        unassign(assessment.pk, by=administrator, at=NOON)


def test_only_the_administrator_takes_back(round, administrator):
    pair = (case(round).pk, assessor(round).pk)
    assign(round.pk, pairs=[pair], by=administrator, at=NOON)
    with pytest.raises(NotAllowed):
        unassign(Assessment.objects.get().pk, by=assessor(round), at=NOON)
