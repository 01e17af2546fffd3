"""The sentences of a report: each case of each, in the organisation's language."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from idesluss.insight.reads.report import report_of
from idesluss.insight.reads.rounds import choose
from idesluss.insight.words import percent, sentences
from tests.factories import PersonFactory
from tests.insight.fund import Fund

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def fund():
    fund = Fund()
    fund.organisation.language = "en"
    fund.organisation.save()
    return fund


def told(fund, year=2025):
    chosen = choose(fund.organisation, None, at=AT, first=year - 1, last=year)
    with translation.override("sv"):  # whoever reads it
        said = sentences(report_of(chosen, None, at=AT), fund.organisation)
    return [one.replace("\xa0", " ") for one in said]


def test_a_full_year_is_told_from_what_came_in_to_what_stayed(fund):
    fund.pot(2025, 500_000)
    old = [PersonFactory() for _ in range(7)]
    for owner in old:
        fund.case(fund.round(2024), owner=owner, unit=fund.care)
    round = fund.round(2025)
    for owner in old:
        fund.case(round, "granted", owner=owner, unit=fund.care, granted_minor=60_000_00)
    kept = fund.case(round, "granted", unit=fund.school, granted_minor=70_000_00)
    fund.project(kept)
    fund.permanent(kept)
    fund.cases(round, 8, unit=fund.care)
    assert told(fund) == [
        f"For 2025, 16 applications came in to {fund.programme}.",
        "8 were granted money: 50 % of those that came in.",
        "SEK 490,000 was granted of the pot of SEK 500,000, and SEK 10,000 was left.",
        "That is 9 applications more than for 2024.",
        "The money went to 2 departments; most of it, SEK 420,000, to Omsorg.",
        "Half had their answer within 26 working days, and nine of ten within 26.",
        "9 of the 16 applicants had not applied before.",
        "1 of what was granted has become permanent.",
    ]


def test_a_year_in_which_nobody_was_granted_anything(fund):
    fund.cases(fund.round(2025), 1, unit=fund.care)
    assert told(fund) == [
        f"For 2025, 1 application came in to {fund.programme}.",
        "None was granted money.",
    ]


def test_a_year_that_is_not_decided_says_nothing_of_grants(fund):
    fund.cases(fund.round(2025), 3, "", unit=fund.care)
    assert told(fund) == [f"For 2025, 3 applications came in to {fund.programme}."]


@pytest.mark.parametrize(
    ("pot", "said"),
    [
        (60_000, "SEK 60,000 was granted, which is the whole pot."),
        (50_000, "SEK 60,000 was granted: SEK 10,000 more than the pot of SEK 50,000."),
        (None, "SEK 60,000 was granted."),
    ],
)
def test_what_was_granted_against_the_pot(fund, pot, said):
    if pot:
        fund.pot(2025, pot)
    fund.case(fund.round(2025), "granted", unit=fund.care)
    assert said in told(fund)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (1, "That is 1 application more than for 2024."),
        (2, "As many applications came in as for 2024."),
        (4, "That is 2 applications fewer than for 2024."),
    ],
)
def test_the_year_before_is_compared_with(fund, before, said):
    fund.cases(fund.round(2024), before, unit=fund.care)
    fund.cases(fund.round(2025), 2, unit=fund.care)
    assert said in told(fund)


def test_a_share_of_nothing_is_a_dash():
    assert percent(None) == "–"
