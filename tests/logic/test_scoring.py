from fractions import Fraction
from itertools import combinations, pairwise
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.scoring import (
    Criterion,
    Kind,
    MarkMissing,
    NeededTooMany,
    OutOfScale,
    Part,
    Place,
    Qualification,
    Spread,
    Vote,
    WhyMissing,
    check_needed,
    qualification,
    ranking,
    spread,
    summary,
    total,
    unfinished,
)

# Tårnby 2020: one or more of three must be met; three others may add weight.
TARNBY = [
    Criterion("effektivitet", Kind.QUALIFYING),
    Criterion("kvalitet", Kind.QUALIFYING),
    Criterion("resultat", Kind.QUALIFYING),
    Criterion("arbejdsmiljo", Kind.ADDITIONAL),
    Criterion("begejstring", Kind.ADDITIONAL),
    Criterion("omtale", Kind.ADDITIONAL),
]
SCORED = [
    Criterion("benefit", Kind.SCORED, weight=3, low=1, high=5),
    Criterion("feasible", Kind.SCORED, weight=1, low=0, high=10),
    Criterion("joy", Kind.ADDITIONAL, weight=1),
    Criterion("goal", Kind.QUALIFYING),
]


# --- Criteria ------------------------------------------------------------------------------


def test_only_scored_criteria_have_a_scale():
    met = Criterion("goal", "qualifying", low=1, high=5)
    assert (met.kind, met.low, met.high) == (Kind.QUALIFYING, 0, 1)
    assert (SCORED[0].low, SCORED[0].high) == (1, 5)


def test_a_criterion_weighs_one_and_is_yes_or_no_unless_told():
    assert Criterion("x", Kind.SCORED) == Criterion("x", Kind.SCORED, weight=1, low=0, high=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "scored", "low": 5, "high": 5},
        {"kind": "scored", "low": 5, "high": 1},
        {"kind": "scored", "weight": -1},
        {"kind": "additional", "weight": -1},
        {"kind": "best"},
    ],
)
def test_a_criterion_without_sense_is_a_mistake(wrong):
    with pytest.raises(ValueError, match=r"x: weight|'best' is not a valid Kind"):
        Criterion("x", **wrong)


def test_a_mark_lies_somewhere_on_its_scale():
    assert [SCORED[0].share(mark) for mark in (1, 2, 5)] == [0, Fraction(1, 4), 1]


@pytest.mark.parametrize("mark", [0, 6])
def test_a_mark_off_the_scale_is_refused(mark):
    with pytest.raises(OutOfScale) as caught:
        SCORED[0].share(mark)
    assert caught.value == OutOfScale(field="benefit", low=1, high=5)


# --- One assessor --------------------------------------------------------------------------


def test_a_total_is_made_of_its_parts():
    result = total(SCORED, {"benefit": 4, "feasible": 5, "joy": 1, "goal": 1})
    assert result.weight == 5
    assert result.parts == (
        Part("benefit", 4, Fraction(3, 4), 3, Fraction(45)),
        Part("feasible", 5, Fraction(1, 2), 1, Fraction(10)),
        Part("joy", 1, Fraction(1), 1, Fraction(20)),
    )
    assert result.points == 75


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        ({"benefit": 5, "feasible": 10, "joy": 1}, 100),
        ({"benefit": 1, "feasible": 0, "joy": 0}, 0),
        ({"benefit": 5, "feasible": 10, "joy": 0}, 80),
        ({"benefit": 5, "feasible": 10}, 80),  # no mark on an additional one: not met
        ({"benefit": 5, "joy": 1}, None),
        ({"benefit": 5, "feasible": None}, None),
        ({}, None),
    ],
)
def test_a_total_is_complete_when_every_scored_criterion_has_a_mark(marks, points):
    assert total(SCORED, marks).points == points


def test_an_incomplete_total_still_shows_its_parts():
    assert [part.points for part in total(SCORED, {"benefit": 5}).parts] == [60, 0, 0]


@pytest.mark.parametrize(
    "criteria", [[], [Criterion("goal", Kind.QUALIFYING)], [Criterion("x", Kind.SCORED, weight=0)]]
)
def test_without_weights_there_is_no_total(criteria):
    result = total(criteria, {"x": 1, "goal": 1})
    assert (result.points, result.weight) == (None, 0)
    assert sum(part.points for part in result.parts) == 0


def test_a_weight_of_nothing_counts_nothing():
    weightless = [*SCORED, Criterion("style", Kind.SCORED, weight=0, low=1, high=5)]
    marks = {"benefit": 4, "feasible": 5, "joy": 1}
    assert total(weightless, {**marks, "style": 1}).points == total(SCORED, marks).points


def test_tarnbys_additional_criteria_add_a_third_each():
    marks = {"effektivitet": 1, "arbejdsmiljo": 1, "begejstring": 1, "omtale": 0}
    assert total(TARNBY, marks).points == Fraction(200, 3)


def test_an_assessment_lacks_marks_and_reasons_until_it_is_whole():
    marks = {"benefit": 4, "feasible": 11, "joy": 0}
    reasons = {"benefit": "saves an hour a day", "feasible": "easy", "joy": " "}
    assert unfinished(SCORED, marks, reasons) == (
        OutOfScale(field="feasible", low=0, high=10),
        WhyMissing(field="joy"),
        MarkMissing(field="goal"),
    )
    whole = {"benefit": 4, "feasible": 10, "joy": 0, "goal": 1}
    assert unfinished(SCORED, whole, dict.fromkeys(whole, "because")) == ()


def test_a_mark_under_the_scale_with_no_reason_lacks_both():
    assert unfinished(SCORED[:1], {"benefit": 0}, {}) == (
        OutOfScale(field="benefit", low=1, high=5),
        WhyMissing(field="benefit"),
    )


@st.composite
def judged(draw):
    """Criteria with whole marks."""
    criteria, marks = [], {}
    for index in range(draw(st.integers(1, 5))):
        low = draw(st.integers(-3, 5))
        criterion = Criterion(
            f"c{index}",
            draw(st.sampled_from(Kind)),
            draw(st.integers(0, 7)),
            low,
            low + draw(st.integers(1, 9)),
        )
        criteria.append(criterion)
        marks[criterion.key] = draw(st.integers(criterion.low, criterion.high))
    return criteria, marks


def naive_total(criteria, marks):
    """The weighted mean, computed from lists that repeat each share as often as it weighs."""
    shares = []
    for criterion in criteria:
        if criterion.kind is not Kind.QUALIFYING:
            steps = marks[criterion.key] - criterion.low
            share = Fraction(steps) / Fraction(criterion.high - criterion.low)
            shares += [share] * criterion.weight
    return 100 * mean(shares) if shares else None


@given(judged())
def test_a_total_is_the_weighted_mean_and_its_parts_add_up_to_it(case):
    criteria, marks = case
    result = total(criteria, marks)
    assert result.points == naive_total(criteria, marks)
    if result.points is not None:
        assert sum(part.points for part in result.parts) == result.points
        assert 0 <= result.points <= 100


@given(judged(), st.data())
def test_a_better_mark_never_lowers_the_total(case, data):
    criteria, marks = case
    criterion = data.draw(st.sampled_from(criteria))
    better = data.draw(st.integers(marks[criterion.key], criterion.high))
    before, after = total(criteria, marks), total(criteria, {**marks, criterion.key: better})
    assert before.points is None or before.points <= after.points


# --- One case ------------------------------------------------------------------------------


def test_a_spread_tells_how_far_assessors_are_apart():
    assert spread([40, 90, 50, 60]) == Spread(
        count=4,
        mean=Fraction(60),
        median=Fraction(55),
        low=Fraction(40),
        high=Fraction(90),
        disagreement=Fraction(50 + 10 + 20 + 40 + 30 + 10, 6),
    )
    assert spread([40, 90, 50, 60]).range == 50


def test_one_assessor_agrees_with_nobody():
    assert spread([40]) == Spread(1, Fraction(40), Fraction(40), Fraction(40), Fraction(40), None)


def test_nothing_has_no_spread():
    assert spread([]) is None


@given(st.lists(st.fractions(0, 100, max_denominator=60), min_size=2, max_size=7))
def test_a_spread_is_what_the_naive_sums_say(values):
    found = spread(values)
    assert found.mean == mean(values)
    assert found.median == median(values)
    assert (found.low, found.high, found.count) == (min(values), max(values), len(values))
    assert found.disagreement == mean(abs(a - b) for a, b in combinations(values, 2))
    assert 0 <= found.disagreement <= found.range


def met(*keys):
    return {c.key: int(c.key in keys) for c in TARNBY}


@pytest.mark.parametrize(
    ("sheets", "keys", "qualifies"),
    [
        ([met("kvalitet")], ("kvalitet",), True),
        ([met()], (), False),
        ([met("omtale", "begejstring", "arbejdsmiljo")], (), False),  # additional never qualify
        ([met("kvalitet"), met()], (), False),  # half is no majority
        ([met("kvalitet"), met("kvalitet"), met()], ("kvalitet",), True),
        ([met("kvalitet"), met("resultat"), met("effektivitet")], (), False),
        ([met("kvalitet", "resultat"), met("resultat")], ("resultat",), True),
        ([met("kvalitet"), {}], ("kvalitet",), True),  # silence is no vote
        ([met("kvalitet"), {"kvalitet": None}], ("kvalitet",), True),
        ([], (), None),
        ([{}, {"omtale": 1}], (), None),
    ],
)
def test_a_project_qualifies_in_tarnby_by_one_of_three(sheets, keys, qualifies):
    found = qualification(TARNBY, sheets, needed=1)
    assert (found.met, found.qualifies, found.needed) == (keys, qualifies, 1)


@pytest.mark.parametrize(("needed", "qualifies"), [(0, True), (1, True), (2, True), (3, False)])
def test_more_may_be_needed(needed, qualifies):
    sheets = [met("kvalitet", "resultat")]
    assert qualification(TARNBY, sheets, needed).qualifies is qualifies


def test_where_nothing_is_needed_everything_qualifies():
    assert qualification(TARNBY, [], needed=0).qualifies is True
    assert qualification(SCORED[:2], [{}], needed=0) == Qualification(0, (), True)


def test_the_votes_are_shown_with_their_share():
    votes = qualification(TARNBY, [met("kvalitet"), met(), {"kvalitet": 1}], needed=1).votes
    assert votes == (
        Vote("effektivitet", met=0, answered=2),
        Vote("kvalitet", met=2, answered=3),
        Vote("resultat", met=0, answered=2),
    )
    assert votes[1].share == Fraction(2, 3)
    assert Vote("x", 0, 0).share is None
    assert not Vote("x", 0, 0).is_met


def test_no_more_can_be_needed_than_there_are():
    check_needed(TARNBY, 3)
    with pytest.raises(NeededTooMany) as caught:
        check_needed(TARNBY, 4)
    assert caught.value == NeededTooMany(needed=4, count=3)
    assert caught.value.field == "qualifying_needed"


def test_a_summary_holds_all_that_was_said_of_a_case():
    sheets = [
        {"benefit": 5, "feasible": 10, "joy": 1, "goal": 1},
        {"benefit": 3, "feasible": 0, "joy": 0, "goal": 1},
        {"benefit": 1},
    ]
    found = summary(SCORED, sheets, needed=1)
    assert [t.points for t in found.totals] == [100, 30, None]
    assert found.points == spread([100, 30])
    assert found.by_criterion == {"benefit": spread([5, 3, 1]), "feasible": spread([10, 0])}
    assert found.additional == (Vote("joy", met=1, answered=2),)
    assert found.qualification == Qualification(1, (Vote("goal", 2, 2),), qualifies=True)


def test_a_case_that_nobody_judged_has_no_points():
    found = summary(SCORED, [])
    assert (found.totals, found.points) == ((), None)
    assert found.qualification == Qualification(0, (Vote("goal", 0, 0),), qualifies=True)
    assert found.by_criterion == {"benefit": None, "feasible": None}


# --- Many cases ----------------------------------------------------------------------------


def test_a_ranking_shows_ties_as_ties_and_says_what_is_noise():
    places = ranking(
        [
            ("unjudged", None),
            ("c", spread([50, 50])),
            ("a", spread([90, 88])),
            ("d", spread([50])),
            ("b", spread([80, 60])),
            ("e", spread([30, 50])),
        ]
    )
    assert places == (
        Place("a", 1, Fraction(89), tied=False, gap=Fraction(19), noise=True),
        Place("b", 2, Fraction(70), tied=False, gap=Fraction(20), noise=False),
        Place("c", 3, Fraction(50), tied=True, gap=Fraction(0), noise=False),
        Place("d", 3, Fraction(50), tied=True, gap=Fraction(10), noise=True),
        Place("e", 5, Fraction(40), tied=False, gap=None, noise=False),
        Place("unjudged", None, None, tied=False, gap=None, noise=None),
    )


def test_with_one_assessor_each_nobody_knows_the_noise():
    first, _ = ranking([("a", spread([60])), ("b", spread([50]))])
    assert (first.gap, first.noise) == (10, None)


def test_no_cases_have_no_places():
    assert ranking([]) == ()


@given(st.lists(st.lists(st.integers(0, 4), max_size=3), max_size=8))
def test_a_rank_is_one_more_than_the_number_of_better_cases(marks):
    cases = [(index, spread(values)) for index, values in enumerate(marks)]
    places = ranking(cases)
    assert sorted(place.case for place in places) == list(range(len(marks)))
    means = [points.mean for _, points in cases if points]
    for place in places:
        points = dict(cases)[place.case]
        if points is None:
            assert place.rank is None
            continue
        assert place.rank == 1 + sum(mean > points.mean for mean in means)
        assert place.tied == (means.count(points.mean) > 1)
    ranked = [place for place in places if place.rank is not None]
    assert list(places[: len(ranked)]) == ranked
    for place, below in pairwise(ranked):
        assert place.gap == place.mean - below.mean >= 0
        if place.tied and place.mean == below.mean:
            assert place.case < below.case
