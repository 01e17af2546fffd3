from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.outcomes import (
    COUNTS_AGAINST_POT,
    GIVES_MONEY,
    AllThatWasAsked,
    Balance,
    ConditionsMissing,
    ConditionsUnused,
    LaterYearMissing,
    LessThanAsked,
    MoneyWithoutGrant,
    MoreThanAsked,
    NegativeGrant,
    NothingGranted,
    Outcome,
    OverCap,
    OverPot,
    Proposal,
    ReasonMissing,
    YearNotLater,
    YearWithoutLaterPot,
    balance,
    contradictions,
    overshoot_problem,
    problems,
    silences,
)

KRONOR = 100

# Burlöv 2023: pot 500 000, cap 100 000; what was asked for is not published.
BURLOV = [
    Proposal(Outcome.GRANTED, None, kronor * KRONOR)
    for kronor in (100_000, 100_000, 100_000, 75_000, 60_900, 43_500, 25_000)
]
# Indre By, Copenhagen, 14 November 2013, as published.
INDRE_BY = [
    Proposal(Outcome.PARTLY_GRANTED, 26_625 * KRONOR, 21_875 * KRONOR, "a fee is not supported"),
    Proposal(Outcome.GRANTED, None, 2_000 * KRONOR),
    Proposal(Outcome.REFUSED, 17_500 * KRONOR, 0, "not related to the district"),
    Proposal(Outcome.REFUSED, 17_248 * KRONOR, 0, "few volunteers"),
    Proposal(Outcome.PARTLY_GRANTED, 50_000 * KRONOR, 20_000 * KRONOR, "the pot is to be spread"),
    Proposal(
        Outcome.GRANTED_LATER_POT,
        None,
        50_000 * KRONOR,
        "next year's pot, subject to budget",
        later_year=2014,
    ),
    Proposal(Outcome.REFUSED, 50_000 * KRONOR, 0),
]


def test_burlovs_round_comes_out_440_000_ore_over_its_pot():
    assert balance(500_000 * KRONOR, BURLOV) == Balance(
        pot=50_000_000, granted=50_440_000, left=0, overshoot=440_000, later={}
    )
    for proposal in BURLOV:
        assert problems(proposal, cap_minor=100_000 * KRONOR, project_year=2023) == ()


def test_indre_bys_answers_come_out_as_recorded():
    assert balance(100_000 * KRONOR, INDRE_BY) == Balance(
        pot=10_000_000, granted=4_387_500, left=5_612_500, overshoot=0, later={2014: 5_000_000}
    )
    assert [contradictions(proposal, 2013) for proposal in INDRE_BY] == [()] * 7
    # The last refusal was published without a reason: a round of today would have to give one.
    assert [problems(proposal, project_year=2013) for proposal in INDRE_BY] == [
        *[()] * 6,
        (ReasonMissing(),),
    ]


def test_the_outcomes_are_these_eight():
    assert " ".join(Outcome) == (
        "granted partly_granted granted_with_conditions granted_later_pot "
        "refused postponed incomplete withdrawn"
    )
    assert Proposal("refused", None).outcome is Outcome.REFUSED
    with pytest.raises(ValueError, match="'maybe' is not a valid Outcome"):
        Proposal("maybe", None)


def test_only_money_of_this_year_counts_against_the_pot():
    assert {"granted", "partly_granted", "granted_with_conditions"} == COUNTS_AGAINST_POT
    assert COUNTS_AGAINST_POT | {"granted_later_pot"} == GIVES_MONEY


GRANTED = Proposal(Outcome.GRANTED, 1_000, 1_000)
PARTLY = Proposal(Outcome.PARTLY_GRANTED, 1_000, 400, "spread")
CONDITIONAL = Proposal(Outcome.GRANTED_WITH_CONDITIONS, 1_000, 1_000, conditions="after a test")
LATER = Proposal(Outcome.GRANTED_LATER_POT, 1_000, 1_000, later_year=2024)
REFUSED = Proposal(Outcome.REFUSED, 1_000, 0, "too early")
POSTPONED = Proposal(Outcome.POSTPONED, 1_000, 0, "to the next meeting")
INCOMPLETE = Proposal(Outcome.INCOMPLETE, 1_000, 0, "never completed")
WITHDRAWN = Proposal(Outcome.WITHDRAWN, 1_000, 0)
GOOD = (GRANTED, PARTLY, CONDITIONAL, LATER, REFUSED, POSTPONED, INCOMPLETE, WITHDRAWN)


@pytest.mark.parametrize("proposal", GOOD, ids=lambda p: p.outcome)
def test_a_whole_decision_has_no_problems(proposal):
    assert problems(proposal, cap_minor=1_000, project_year=2023) == ()


@pytest.mark.parametrize("proposal", GOOD, ids=lambda p: p.outcome)
def test_a_decision_holds_without_knowing_what_was_asked(proposal):
    assert problems(replace(proposal, asked_minor=None), project_year=2023) == ()


@pytest.mark.parametrize(
    ("proposal", "found"),
    [
        # sums
        (replace(GRANTED, granted_minor=0), (NothingGranted(),)),
        (replace(PARTLY, granted_minor=0), (NothingGranted(),)),
        (replace(CONDITIONAL, granted_minor=0), (NothingGranted(),)),
        (replace(LATER, granted_minor=0), (NothingGranted(),)),
        (replace(GRANTED, granted_minor=-1), (NegativeGrant(),)),
        (replace(REFUSED, granted_minor=-1), (NegativeGrant(),)),
        (replace(GRANTED, granted_minor=1_001), (MoreThanAsked(),)),
        (replace(PARTLY, granted_minor=1_001), (MoreThanAsked(),)),
        (replace(CONDITIONAL, granted_minor=1_001), (MoreThanAsked(),)),
        (replace(LATER, granted_minor=1_001), (MoreThanAsked(),)),
        (replace(GRANTED, granted_minor=999, reason="why"), (LessThanAsked(),)),
        (replace(PARTLY, granted_minor=1_000), (AllThatWasAsked(),)),
        (replace(CONDITIONAL, granted_minor=999, reason="why"), ()),
        (replace(LATER, granted_minor=999, reason="why"), ()),
        (replace(REFUSED, granted_minor=1), (MoneyWithoutGrant(),)),
        (replace(POSTPONED, granted_minor=1), (MoneyWithoutGrant(),)),
        (replace(INCOMPLETE, granted_minor=1), (MoneyWithoutGrant(),)),
        (replace(WITHDRAWN, granted_minor=1), (MoneyWithoutGrant(),)),
        # reasons
        (replace(PARTLY, reason=" \n"), (ReasonMissing(),)),
        (replace(PARTLY, reason="", asked_minor=None), (ReasonMissing(),)),
        (replace(REFUSED, reason=""), (ReasonMissing(),)),
        (replace(POSTPONED, reason=""), (ReasonMissing(),)),
        (replace(INCOMPLETE, reason=""), (ReasonMissing(),)),
        (replace(CONDITIONAL, granted_minor=999), (ReasonMissing(),)),
        (replace(LATER, granted_minor=999), (ReasonMissing(),)),
        (replace(LATER, granted_minor=1), (ReasonMissing(),)),
        (replace(GRANTED, granted_minor=999), (LessThanAsked(), ReasonMissing())),
        # conditions
        (replace(CONDITIONAL, conditions="  "), (ConditionsMissing(),)),
        (replace(GRANTED, conditions="after a test"), (ConditionsUnused(),)),
        (replace(GRANTED, conditions="  "), ()),
        (replace(REFUSED, conditions="after a test"), (ConditionsUnused(),)),
        # years
        (replace(LATER, later_year=None), (LaterYearMissing(),)),
        (replace(LATER, later_year=2023), (YearNotLater(year=2023),)),
        (replace(LATER, later_year=2022), (YearNotLater(year=2023),)),
        (replace(GRANTED, later_year=2024), (YearWithoutLaterPot(),)),
        (replace(REFUSED, later_year=2024), (YearWithoutLaterPot(),)),
    ],
)
def test_a_broken_decision_says_each_thing_that_is_wrong(proposal, found):
    assert problems(proposal, cap_minor=2_000, project_year=2023) == found


def test_every_problem_names_its_field():
    broken = Proposal(Outcome.GRANTED, 1_000, 2_000, conditions="x", later_year=2024)
    assert [problem.field for problem in problems(broken, cap_minor=10, project_year=2023)] == [
        "granted",
        "later_year",
        "conditions",
        "over_cap_reason",
    ]


def test_a_fund_without_years_takes_any_later_year():
    assert problems(replace(LATER, later_year=1999)) == ()


@pytest.mark.parametrize("proposal", [GRANTED, CONDITIONAL, LATER], ids=lambda p: p.outcome)
def test_more_than_the_cap_needs_a_reason(proposal):
    assert problems(proposal, cap_minor=999) == (OverCap(cap_minor=999),)
    assert problems(proposal, cap_minor=999, over_cap_reason=" ") == (OverCap(cap_minor=999),)
    assert problems(proposal, cap_minor=999, over_cap_reason="two schools share it") == ()
    assert problems(proposal, cap_minor=1_000) == ()
    assert problems(proposal, cap_minor=None) == ()


def test_a_sum_beside_a_refusal_is_not_over_the_cap_as_well():
    assert problems(replace(REFUSED, granted_minor=10), cap_minor=1) == (MoneyWithoutGrant(),)


def test_problems_are_contradictions_and_silences():
    broken = replace(GRANTED, granted_minor=999)
    assert contradictions(broken) == (LessThanAsked(),)
    assert silences(broken) == (ReasonMissing(),)
    assert problems(broken) == contradictions(broken) + silences(broken)


def test_overspending_needs_a_reason():
    over, even = balance(10, [GRANTED]), balance(1_000, [GRANTED])
    assert overshoot_problem(over, "") == OverPot(overshoot_minor=990)
    assert overshoot_problem(over, " ") == OverPot(overshoot_minor=990)
    assert overshoot_problem(over, "money was left from last year") is None
    assert overshoot_problem(even, "") is None


def test_a_pot_that_is_just_enough_has_nothing_left_and_no_overshoot():
    exact = balance(1_000, [GRANTED])
    assert (exact.left, exact.overshoot) == (0, 0)


def test_money_of_a_later_pot_without_a_year_is_counted_apart():
    shared = balance(10, [replace(LATER, later_year=None), LATER, LATER, REFUSED])
    assert shared == Balance(
        pot=10, granted=0, left=10, overshoot=0, later={2024: 2_000}, later_unplaced=1_000
    )


def test_later_years_come_in_order():
    years = [2026, 2024, 2025]
    shared = balance(0, [replace(LATER, later_year=year) for year in years])
    assert list(shared.later) == [2024, 2025, 2026]


proposals = st.builds(
    Proposal,
    st.sampled_from(Outcome),
    st.none() | st.integers(0, 3_000),
    st.integers(-10, 3_000),
    st.sampled_from(["", "because"]),
    st.sampled_from(["", "if"]),
    st.none() | st.integers(2020, 2026),
)


@given(st.integers(0, 10_000), st.lists(proposals))
def test_the_balance_accounts_for_every_granted_krona(pot, given_proposals):
    shared = balance(pot, given_proposals)
    of_outcome = {
        o: sum(p.granted_minor for p in given_proposals if p.outcome is o) for o in Outcome
    }
    assert shared.granted == (
        of_outcome[Outcome.GRANTED]
        + of_outcome[Outcome.PARTLY_GRANTED]
        + of_outcome[Outcome.GRANTED_WITH_CONDITIONS]
    )
    later = sum(shared.later.values()) + shared.later_unplaced
    assert later == of_outcome[Outcome.GRANTED_LATER_POT]
    assert shared.pot - shared.granted == shared.left - shared.overshoot
    assert 0 in (shared.left, shared.overshoot)
    assert shared.left >= 0
    assert shared.overshoot >= 0


@given(proposals, st.none() | st.integers(1, 3_000))
def test_a_decision_without_problems_can_be_told_to_the_applicant(proposal, cap):
    if problems(proposal, cap_minor=cap, project_year=2023):
        return
    asked, granted = proposal.asked_minor, proposal.granted_minor
    assert granted >= 0
    assert (granted > 0) == (proposal.outcome in GIVES_MONEY)
    assert asked is None or granted <= asked
    assert cap is None or granted <= cap
    if asked is not None and granted < asked:
        assert proposal.reason or proposal.outcome is Outcome.WITHDRAWN
    assert (proposal.later_year is not None) == (proposal.outcome is Outcome.GRANTED_LATER_POT)
    assert bool(proposal.conditions) == (proposal.outcome is Outcome.GRANTED_WITH_CONDITIONS)
