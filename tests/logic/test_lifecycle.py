from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.lifecycle import (
    ENDINGS,
    STEPS,
    WAY,
    AlreadyThere,
    Ended,
    NoSuchStep,
    NotInProgramme,
    Stage,
    Undecided,
    is_ended,
    is_open,
    step,
    ways_out,
)

FUND = ("received", "assessing", "deciding", "testing", "permanent")
SLUICE = tuple(Stage(word) for word in ("exploring", "testing", "adopting", "permanent"))
OUT_OF_ENDINGS = {
    ("parked", "received"),
    ("parked", "exploring"),
    ("merged", "received"),
    ("redirected", "received"),
    ("declined", "deciding"),
    ("permanent", "testing"),
    ("permanent", "adopting"),
    ("permanent", "stopped"),
    ("stopped", "testing"),
    ("stopped", "adopting"),
}
stages = st.sampled_from(list(Stage))


def test_the_stages_are_the_canonical_ones_in_their_order():
    assert " ".join(Stage) == (
        "draft received exploring assessing deciding testing adopting permanent "
        "declined withdrawn merged redirected parked stopped"
    )
    assert list(WAY) == list(Stage)[:8]
    assert set(list(Stage)[8:]) == ENDINGS


def test_burlovs_way_is_apply_decide_carry_out_permanent():
    stage = Stage.DRAFT
    for to in ("received", "deciding", "testing", "permanent"):
        stage = step(stage, to, ("deciding", "testing", "permanent"))
    assert stage is Stage.PERMANENT


def test_a_sluice_without_money_tests_without_deciding():
    stage = Stage.DRAFT
    for to in ("received", "exploring", "testing", "adopting", "permanent"):
        stage = step(stage, to, SLUICE)
    assert stage is Stage.PERMANENT


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("to", list(Stage))
def test_a_step_exists_only_in_the_table(stage, to):
    if (stage, to) in STEPS:
        assert step(stage, to) is to
        assert step(stage.value, to.value) is to
        assert STEPS[stage, to]
    else:
        with pytest.raises(NoSuchStep) as caught:
            step(stage, to)
        assert caught.value.params == {"stage": stage, "to": to}


@pytest.mark.parametrize(
    ("stage", "to", "refusal"),
    [
        ("received", "received", AlreadyThere),
        ("withdrawn", "withdrawn", AlreadyThere),
        ("withdrawn", "received", Ended),
        ("stopped", "deciding", NoSuchStep),
        ("permanent", "received", NoSuchStep),
        ("parked", "deciding", NoSuchStep),
        ("draft", "deciding", NoSuchStep),
        ("testing", "withdrawn", NoSuchStep),
        ("deciding", "received", NoSuchStep),
    ],
)
def test_a_refused_step_says_why(stage, to, refusal):
    with pytest.raises(NoSuchStep) as caught:
        step(stage, to)
    assert type(caught.value) is refusal


@pytest.mark.parametrize(
    ("stage", "to", "refusal"),
    [
        ("received", "exploring", NotInProgramme),
        ("testing", "adopting", NotInProgramme),
        ("received", "testing", Undecided),
        ("assessing", "testing", Undecided),
    ],
)
def test_a_programme_has_only_its_own_steps(stage, to, refusal):
    with pytest.raises(NoSuchStep) as caught:
        step(stage, to, FUND)
    assert type(caught.value) is refusal


@pytest.mark.parametrize("steps", [FUND, SLUICE])
def test_what_was_noted_as_permanent_by_mistake_goes_back_to_where_the_programme_has_it(steps):
    back = Stage.ADOPTING if Stage.ADOPTING in steps else Stage.TESTING
    assert step("permanent", back, steps) is back
    assert STEPS[Stage.PERMANENT, Stage.STOPPED] == "no longer in use"


@pytest.mark.parametrize("steps", [FUND, SLUICE])
def test_what_was_stopped_by_mistake_goes_on_where_the_programme_has_it(steps):
    assert step("stopped", "testing", steps) is Stage.TESTING
    if Stage.ADOPTING in steps:
        assert step("stopped", "adopting", steps) is Stage.ADOPTING
    else:
        with pytest.raises(NotInProgramme):
            step("stopped", "adopting", steps)
    assert STEPS[Stage.STOPPED, Stage.TESTING] == "stopped by mistake, still being tested"


@pytest.mark.parametrize(
    ("stage", "to"),
    [
        ("draft", "received"),
        ("parked", "received"),
        ("received", "declined"),
        ("received", "redirected"),
        ("deciding", "parked"),
        ("deciding", "testing"),
        ("testing", "stopped"),
    ],
)
def test_receiving_and_ending_are_part_of_every_programme(stage, to):
    assert step(stage, to, ("deciding", "testing")) is Stage(to)


def test_a_word_that_is_no_stage_is_a_mistake():
    with pytest.raises(ValueError, match="'granted' is not a valid Stage"):
        step("received", "granted")


def test_there_is_no_way_out_of_an_ending_but_these():
    assert {pair for pair in STEPS if is_ended(pair[0])} == OUT_OF_ENDINGS


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_every_ending_can_be_reached(ending):
    assert [stage for stage, to in STEPS if to is ending]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_case_is_a_draft_or_open_or_ended_and_never_two(stage):
    assert [stage == "draft", is_open(stage), is_ended(stage)].count(True) == 1
    assert (is_open(stage.value), is_ended(stage.value)) == (is_open(stage), is_ended(stage))


def test_the_open_stages_are_those_where_the_municipality_owes_something():
    assert [stage for stage in Stage if is_open(stage)] == list(WAY[1:7])


@pytest.mark.parametrize("stage", list(WAY[1:7]))
def test_no_open_case_is_stuck(stage):
    assert ENDINGS & set(ways_out(stage))
    assert set(ways_out(stage)) - ENDINGS


def test_the_ways_out_are_shown_in_order():
    assert ways_out("received", FUND) == (
        Stage.ASSESSING,
        Stage.DECIDING,
        Stage.DECLINED,
        Stage.WITHDRAWN,
        Stage.MERGED,
        Stage.REDIRECTED,
        Stage.PARKED,
    )
    assert ways_out("withdrawn") == ()


@given(st.lists(stages, max_size=30), st.none() | st.sets(stages))
def test_no_walk_tests_undecided_or_comes_back_from_withdrawal(tries, programme):
    stage, seen = Stage.DRAFT, [Stage.DRAFT]
    for to in tries:
        allowed = to in ways_out(stage, programme)
        try:
            stage = step(stage, to, programme)
        except NoSuchStep:
            assert not allowed
            continue
        assert allowed
        seen.append(stage)
    for before, after in pairwise(seen):
        assert before is not Stage.WITHDRAWN
        if before is Stage.PERMANENT:  # noted by mistake, or no longer in use
            assert after in (Stage.TESTING, Stage.ADOPTING, Stage.STOPPED)
        if programme and Stage.DECIDING in programme and after is Stage.TESTING:
            assert Stage.DECIDING in seen
    if programme is not None:
        assert set(seen) <= {*programme, Stage.DRAFT, Stage.RECEIVED, *ENDINGS, Stage.DECIDING} - (
            set() if Stage.DECIDING in programme else {Stage.DECIDING}
        )
