"""What the pages of an application ask the database: as much for three of everything as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from idesluss.funding.models import Application, BudgetLine
from idesluss.funding.vocab import Cost, OutcomeName
from idesluss.ideas.models import Attachment, Idea
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import ApplicationKind, QuestionPart
from tests.factories import (
    NOON,
    ApplicationFactory,
    GoalFactory,
    LevelFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
)
from tests.funding.applying import employee_of
from tests.web.funding.applicant import Desk, whole_round_answered

pytestmark = pytest.mark.django_db
BUDGET = 12
DAY = timedelta(days=1)
STEPS = ("need", "idea", "plan", "people", "goals")
EVERYTHING = {
    "kinds": list(ApplicationKind.values),
    "units_needed": 2,
    "asks_otherwise": True,
    "cofinancing_percent": 10,
    "material_percent": 30,
    "work_rate_minor": 300_00,
    "floor_minor": 1_000_00,
    "must_end_in_year": True,
    "ineligible": "Wine",
    "endorsed": True,
    "flows_on": True,
}


def desk_with(number):
    """A draft with ``number`` of everything, in a round that asks for everything."""
    round = whole_round_answered(**EVERYTHING)
    desk = Desk.with_draft(round)
    application, organisation = desk.application, round.programme.organisation
    for n in range(number):
        for part in QuestionPart:
            QuestionFactory(round=round, part=part.value, key=f"{part.value}-{n}", required=False)
        LevelFactory(round=round, name=f"Level {n}")
        application.idea.goals.add(GoalFactory(programme=round.programme))
        application.partners.add(UnitFactory(organisation=organisation))
        BudgetLine.objects.create(
            application=application, what="Hours", amount_minor=300_00, kind=Cost.WORK, hours=1
        )
        Attachment.objects.create(
            idea=application.idea, name=f"{n}.pdf", size=1, added_by=desk.person, added_at=NOON
        )
        involve(application.idea, employee_of(round, name=f"Colleague {n}"), Part.CO_APPLICANT)
        earlier = ApplicationFactory(
            round=RoundFactory(programme=round.programme, results_at=NOON - DAY),
            owner=desk.person,
            outcome=OutcomeName.GRANTED.value,
            decided_at=NOON - DAY,
        )
    application.refresh_from_db()
    application.kind, application.continues = ApplicationKind.CONTINUATION.value, earlier
    application.save()
    return desk


def hand_in(application):
    """Handed in as it stands, and to be completed."""
    Application.objects.filter(pk=application.pk).update(submitted_at=NOON)
    Idea.objects.filter(pk=application.idea_id).update(
        stage="received", register_number="INN 1", received_at=NOON, paused_at=NOON
    )


def queries(desk, *page, query=""):
    url = desk.url(*page) + query
    with CaptureQueriesContext(connection) as seen:
        assert desk.client.get(url).status_code == 200
    return len(seen)


def test_every_step_asks_at_most_twelve_queries_however_much_there_is(now):
    one, three = desk_with(1), desk_with(3)

    for desk in (one, three):
        asked = {step: queries(desk, "edit", step) for step in STEPS}
        assert asked == {"need": 9, "idea": 8, "plan": 8, "people": 9, "goals": 8}
        assert queries(desk, "submit") == 8


def test_not_even_where_everything_is_told_that_can_be(now):
    """A closed round, the next one open for some units, no department chosen, and a search."""
    desk = desk_with(3)
    round = desk.application.round
    desk.application.idea.unit = None
    desk.application.idea.save()
    round.closes_at = NOON - DAY
    round.save()
    following = RoundFactory(
        programme=round.programme,
        opens_at=NOON - DAY,
        closes_at=NOON + DAY,
        announced_at=NOON - DAY,
    )
    unit = UnitFactory(organisation=round.programme.organisation)
    following.units.add(unit)
    desk.person.appointments.update(unit=unit)
    assert "carry/" in desk.get("submit").content.decode()

    asked = {step: queries(desk, "edit", step) for step in STEPS}
    assert asked == {"need": 12, "idea": 11, "plan": 11, "people": 11, "goals": 11}
    assert queries(desk, "edit", "people", query="?who=Colleague") == BUDGET
    assert queries(desk, "submit") == 11


def test_the_pages_of_what_is_handed_in_ask_at_most_twelve_too(now):
    """Asked to complete it, with managers and partners: for the applicant and for the office."""
    desk = desk_with(3)
    application = desk.application
    office = Desk(
        application, person_as(Role.ADMINISTRATOR, application.round.programme.organisation)
    )
    hand_in(application)
    asked = {page: queries(desk, page) for page in ("application", "print", "receipt")}

    assert asked == {"application": 11, "print": 12, "receipt": 8}
    assert queries(office, "check") <= BUDGET
