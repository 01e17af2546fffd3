"""Indre By Lokaludvalg, 14 November 2013: what was answered then comes out as it was recorded.

Of seven applications one is granted in part because a fee is not supported, one because the pot
is to be spread, one from next year's pot, and three are refused. Two asked for no certain sum.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from idesluss.funding.models import Application, Grant, Meeting
from tests.factories import OrganisationFactory
from tests.funding.meeting import Room, room
from tests.stories.people import Administrator, Somebody

pytestmark = pytest.mark.django_db(transaction=True)

# asked, outcome, granted (kroner), reason; the last refusal has none on record
RECORDED = {
    "Sag 1": (26_625, "partly_granted", 21_875, "Et gebyr støttes ikke."),
    "Sag 2": (None, "granted", 2_000, ""),
    "Sag 3": (17_500, "refused", 0, "Har ikke med bydelen at gøre."),
    "Sag 4": (17_248, "refused", 0, "Få frivillige."),
    "Sag 5": (50_000, "partly_granted", 20_000, "Puljen skal spredes."),
    "Sag 6": (None, "granted_later_pot", 50_000, "Næste års pulje, med forbehold for budgettet."),
    "Sag 7": (50_000, "refused", 0, "Ingen begrundelse er noteret."),
}


@pytest.fixture
def committee(clock) -> Room:
    clock.turn_to("2013-11-14 18:00")
    here = room(
        pot=100_000,
        cap=None,
        organisation=OrganisationFactory(
            name="Indre By Lokaludvalg", slug="indre-by", country="DK", language="da",
            currency="DKK", zone="Europe/Copenhagen",
        ),
        project_year=2013,
        slug="november",
        public=True,
    )  # fmt: skip
    for title, (asked, *_) in RECORDED.items():
        here.case(title, asked)
    here.all_declare_clear()
    here.open(timezone.now())
    Meeting.objects.update(held_at=timezone.now())
    return here


def test_what_was_recorded_comes_out(committee, new_page, live_server, clock, post):
    secretary = Administrator(
        new_page(language="da"), live_server.url, committee.administrator,
        org="indre-by", language="da",
    ).signs_in()  # fmt: skip
    post.comes()  # the calls to the meeting
    secretary.opens_the_meeting("november")
    for title, (_, outcome, kroner, reason) in RECORDED.items():
        year = "2014" if outcome == "granted_later_pot" else ""
        typed = f"{kroner:,} kr.".replace(",", ".") if kroner else ""
        secretary.chooses(title, outcome, typed, reason=reason, year=year)
    secretary.sees_on_meter("43.875 kr.").saves()
    assert secretary.opens_release("november").obstacles() == []
    secretary.releases_with_two_clicks()

    decided = {
        one.idea.title: (
            one.asked_minor and one.asked_minor // 100,
            one.outcome,
            sum(grant.amount_minor for grant in one.grants.all()) // 100,
            one.reason,
        )
        for one in Application.objects.select_related("idea")
    }
    assert decided == RECORDED
    grants = Grant.objects.order_by("application").values_list("year", "amount_minor")
    assert list(grants) == [
        (2013, 21_875_00),
        (2013, 2_000_00),
        (2013, 20_000_00),
        (2014, 50_000_00),
    ]
    assert len(post.comes()) == len(RECORDED)

    nobody = Somebody(new_page(language="da"), live_server.url, org="indre-by", language="da")
    nobody.opens_round("november")
    data = nobody.downloads("/indre-by/rounds/november/round.json").json()
    assert data["totals_by_year"] == {"2013": {"DKK": 43_875_00}, "2014": {"DKK": 50_000_00}}
    nobody.reads_text("43.875 kr.")
    nobody.reads_text("Sag 6")
