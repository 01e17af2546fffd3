"""What keeps a model from being opened, and what is new in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.editions import (
    BadPromise,
    BeginsElsewhere,
    Change,
    GoesOnAfterTheEnd,
    NamelessStep,
    NoEnd,
    NoSteps,
    NoWayBetween,
    OutOfOrder,
    PlanQuestion,
    PlanStep,
    Problem,
    SameKey,
    SameName,
    StepChange,
    UnknownStage,
    changes,
    fingerprint,
    problems,
)

IN = PlanStep("in", "received", "In")
UNDERSTAND = PlanStep("understand", "exploring", "Understand")
TEST = PlanStep("test", "testing", "Test")
STAYS = PlanStep("stays", "permanent", "Stays")
GOOD = (IN, UNDERSTAND, TEST, STAYS)


def found(*steps):
    return [(it.at, type(it.refusal)) for it in problems(steps)]


def test_a_model_from_in_to_permanent_can_be_opened():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((), [(None, NoSteps)]),
        ((UNDERSTAND, TEST, STAYS), [(0, BeginsElsewhere)]),
        ((IN, UNDERSTAND, TEST), [(None, NoEnd)]),
        ((IN, TEST, UNDERSTAND, TEST), [(2, OutOfOrder), (3, SameKey), (None, NoEnd)]),
        ((IN, UNDERSTAND, STAYS), [(2, NoWayBetween)]),
        ((IN, TEST, STAYS, replace(STAYS, key="b", name="B")), [(3, GoesOnAfterTheEnd)]),
        ((IN, replace(TEST, name=" "), STAYS), [(1, NamelessStep)]),
        ((IN, replace(TEST, name="in"), STAYS), [(1, SameName)]),
        ((IN, replace(TEST, stage="declined"), STAYS), [(1, UnknownStage)]),
        ((IN, replace(TEST, stage="draft"), STAYS), [(1, UnknownStage)]),
        ((IN, replace(TEST, promise_days=0), STAYS), [(1, BadPromise)]),
        ((IN, replace(TEST, promise_days=251), STAYS), [(1, BadPromise)]),
    ],
)
def test_every_problem_is_told_at_its_step(steps, told):
    assert found(*steps) == told


def test_what_is_tested_in_a_model_that_decides_is_decided_first():
    decide = PlanStep("decide", "deciding", "Decide")
    assert found(IN, UNDERSTAND, decide, TEST, STAYS) == []
    late = replace(TEST, key="early", name="Early")
    assert found(IN, late, decide, STAYS) == [
        (1, NoWayBetween),
        (2, OutOfOrder),
        (3, NoWayBetween),
    ]


def test_several_steps_may_be_parts_of_one_stage():
    assert found(IN, UNDERSTAND, replace(UNDERSTAND, key="b", name="B"), TEST, STAYS) == []


def test_what_is_new_is_told_by_key():
    named = replace(UNDERSTAND, name="Whole picture", promise_days=5)
    fund = PlanStep("fund", "deciding", "Fund")
    assert changes(GOOD, (IN, named, fund, STAYS)) == [
        StepChange(
            Change.CHANGED, "understand", "Whole picture", "Understand", ("name", "promise_days")
        ),
        StepChange(Change.ADDED, "fund", "Fund"),
        StepChange(Change.REMOVED, "test", "Test"),
    ]


def test_of_two_that_changed_places_the_later_one_has_moved():
    assert changes(GOOD, (IN, TEST, UNDERSTAND, STAYS)) == [
        StepChange(Change.MOVED, "understand", "Understand")
    ]


def test_a_question_that_changes_changes_its_step():
    asked = replace(TEST, questions=(PlanQuestion("q", "What?"),))
    assert changes((IN, TEST), (IN, asked)) == [
        StepChange(Change.CHANGED, "test", "Test", "", ("questions",))
    ]
    assert fingerprint([TEST]) != fingerprint([asked])
    assert asked.fingerprint == fingerprint([asked])


STEPS = st.builds(
    PlanStep,
    key=st.sampled_from("abcdef"),
    stage=st.sampled_from(["received", "exploring", "testing", "permanent", "draft", "x"]),
    name=st.sampled_from(["A", "B", "C", ""]),
    promise_days=st.sampled_from([None, 0, 1, 10]),
)


@given(st.lists(STEPS, max_size=6, unique_by=lambda it: it.key))
def test_nothing_is_new_in_a_copy_and_all_is_new_after_nothing(steps):
    assert changes(steps, steps) == []
    assert [it.change for it in changes((), steps)] == [Change.ADDED] * len(steps)
    assert [it.key for it in changes(steps, ())] == [it.key for it in steps]


@given(st.lists(STEPS, max_size=6))
def test_a_model_without_problems_leads_from_in_to_the_end_in_order(steps):
    if problems(steps):
        return
    order = ["received", "exploring", "testing", "permanent"]
    places = [order.index(it.stage) for it in steps]
    assert places == sorted(places)
    assert (steps[0].stage, steps[-1].stage) == ("received", "permanent")
    assert len({it.key for it in steps}) == len({it.name for it in steps}) == len(steps)


@given(st.lists(STEPS, max_size=6))
def test_every_problem_lies_at_a_step_that_is_there(steps):
    for problem in problems(steps):
        assert isinstance(problem, Problem)
        assert problem.at is None or 0 <= problem.at < len(steps)
        assert problem.refusal.message
