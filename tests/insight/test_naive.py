"""Whatever the cases are, the years say what counting them one by one says."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from idesluss.insight.reads.rounds import choose
from idesluss.insight.reads.years import years_of
from idesluss.logic.disclosure import LEAST
from tests.insight.fund import Fund

AT = datetime(2026, 11, 1, tzinfo=UTC)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "round": st.integers(0, 2),  # two of 2025, one of 2026
            "unit": st.sampled_from([None, "care", "school", "street"]),
            "goals": st.sets(st.sampled_from(["near", "green"])),
            "outcome": st.sampled_from(["granted", "refused", "withdrawn", ""]),
            "asked": st.one_of(st.none(), st.integers(0, 90)),
        }
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=20)
@given(CASES)
def test_the_years_say_what_counting_one_by_one_says(cases):
    with transaction.atomic():
        fund = Fund()
        rounds = [fund.round(year) for year in (2025, 2025, 2026)]
        for one in cases:
            fund.case(
                rounds[one["round"]],
                one["outcome"],
                unit=getattr(fund, one["unit"]) if one["unit"] else None,
                goals=[getattr(fund, goal) for goal in one["goals"]],
                asked_minor=one["asked"],
                granted_minor=one["asked"] or 0,
            )
        told = years_of(choose(fund.organisation, None, at=AT), at=AT)
        names = {"care": "Omsorg", "school": "Skola", "street": "Gata", None: ""}
        transaction.set_rollback(True)
    for year, places in ((2025, (0, 1)), (2026, (2,))):
        here = [one for one in cases if one["round"] in places]
        agrees(told.of(year), here, names)


def agrees(year, cases, names):
    granted = [one for one in cases if one["outcome"] == "granted"]
    assert year.received == len(cases)
    assert year.granted == len(granted)
    assert year.withdrawn == sum(one["outcome"] == "withdrawn" for one in cases)
    assert year.undecided == sum(one["outcome"] == "" for one in cases)
    assert sum(year.granted_sums.values()) == sum(one["asked"] or 0 for one in granted)
    if year.asked is not None:
        assert sum(year.asked.values()) == sum(one["asked"] or 0 for one in cases)
    received = Counter(names[one["unit"]] for one in cases)
    of_granted = Counter(names[one["unit"]] for one in granted)
    for group in year.departments:
        assert group.granted == of_granted[group.name]
        if group.received is not None:
            assert group.received == received[group.name]
            assert not 0 < group.received - group.granted < LEAST
    if year.departments:
        assert sum(group.granted for group in year.departments) == len(granted)
    goals = {"near": "Nära", "green": "Grönt"}
    of_goal = Counter(goals[goal] for one in granted for goal in one["goals"])
    of_goal[""] = sum(not one["goals"] for one in granted)
    for group in year.goals:
        assert group.granted == of_goal[group.name]
