"""The grid of the applicant's side: who × stage × verb, with the round open and closed."""

from datetime import date

import pytest

from idesluss.funding import rules
from idesluss.funding.models import Application
from idesluss.ideas.models import Completion, Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    OrganisationFactory,
    RoundFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db

ALL = {stage.value for stage in Stage}
WITHDRAWABLE = {"received", "exploring", "assessing", "deciding"}
GOING_ON = {"draft", *WITHDRAWABLE, "testing", "adopting"}
COMPLETABLE = WITHDRAWABLE

# verb: {who: stages in which they may}, the round open; whoever is not named never may.
OPEN = {
    "may_write": {"owner": {"draft", "received"}, "co_applicant": {"draft", "received"}},
    "may_submit": {"owner": {"draft"}, "co_applicant": {"draft"}},
    "may_invite": {"owner": {"draft", "received"}},
    "may_leave": {"co_applicant": GOING_ON},
    "may_withdraw": {"owner": WITHDRAWABLE, "former_owner": WITHDRAWABLE},
    "may_discard": {"owner": {"draft"}, "former_owner": {"draft"}},
    "may_restore": {},
}
# What the closing of the round changes; the rest stays.
CLOSED = OPEN | {
    "may_write": {"owner": {"draft"}, "co_applicant": {"draft"}},
    "may_invite": {"owner": {"draft"}},
}
# Closed, and a request for completion is open.
ASKED = CLOSED | {
    "may_write": {
        "owner": {"draft", *COMPLETABLE},
        "co_applicant": {"draft", *COMPLETABLE},
    },
    "may_invite": {"owner": {"draft", *COMPLETABLE}},
}
WITHOUT_TIME = {"may_leave", "may_withdraw", "may_discard", "may_restore"}


def everybody(round):
    organisation = round.programme.organisation
    return {
        "owner": person_as(Role.EMPLOYEE, organisation),
        "co_applicant": person_as(Role.MANAGER, organisation),
        "former_owner": person_as(Role.EMPLOYEE, OrganisationFactory()),
        "colleague": person_as(Role.EMPLOYEE, organisation),
        "left": person_as(Role.EMPLOYEE, organisation),
        "administrator": person_as(Role.ADMINISTRATOR, organisation),
        "registrar": person_as(Role.REGISTRAR, organisation),
        "assessor": person_as(Role.ASSESSOR, organisation),
        "decider": SeatFactory(body=round.programme.body).person,
        "stranger": person_as(Role.ADMINISTRATOR, OrganisationFactory()),
        "nobody": None,
    }


def case(round, people, stage):
    idea = ApplicationFactory(round=round, stage=stage).idea
    involve(idea, people["owner"], Part.OWNER)
    involve(idea, people["former_owner"], Part.OWNER)
    involve(idea, people["co_applicant"], Part.CO_APPLICANT)
    involve(idea, people["assessor"], Part.ASSESSOR)
    declare(idea, people["assessor"], ConflictState.CLEAR)
    left = involve(idea, people["left"], Part.CO_APPLICANT)
    left.ended_at = NOON
    left.save(update_fields=["ended_at"])
    return idea


def allowed(verb, people, applications, at):
    """{who: stages in which they may}, as the rule answers."""
    time = {} if verb in WITHOUT_TIME else {"at": at}
    found = {}
    for who, person in people.items():
        for application in applications:
            if getattr(rules, verb)(person, application, **time):
                found.setdefault(who, set()).add(application.idea.stage)
    return found


@pytest.mark.parametrize(("time", "grid"), [("open", OPEN), ("closed", CLOSED), ("asked", ASKED)])
def test_who_may_do_what_and_when(time, grid):
    round = RoundFactory()
    people = everybody(round)
    for stage in sorted(ALL):
        idea = case(round, people, stage)
        if time == "asked":
            Idea.objects.filter(pk=idea.pk).update(paused_at=NOON)
            Completion.objects.create(
                idea=idea, what="Budget.", asked_by=people["administrator"], asked_at=NOON,
                due=date(2026, 10, 12),
            )  # fmt: skip
    loaded = Application.objects.select_related("idea", "round__programme").prefetch_related(
        "idea__involvements", "idea__completions"
    )
    at = NOON if time == "open" else round.closes_at

    assert {verb: allowed(verb, people, loaded, at) for verb in grid} == grid


def test_a_draft_that_was_thrown_away_is_its_owners_to_take_back():
    round = RoundFactory()
    people = everybody(round)
    applications = [case(round, people, stage).applications.get() for stage in sorted(ALL)]
    for application in applications:
        application.idea.involvements.update(ended_at=NOON)

    found = {verb: allowed(verb, people, applications, NOON) for verb in OPEN}

    taken_back = {"owner": {"draft"}, "former_owner": {"draft"}}
    assert found == {verb: {} for verb in OPEN} | {"may_restore": taken_back}


def test_what_has_been_answered_is_not_withdrawn():
    round = RoundFactory()
    owner = person_as(Role.EMPLOYEE, round.programme.organisation)
    application = ApplicationFactory(
        round=round, stage="deciding", owner=owner, outcome="postponed", decided_at=NOON
    )

    assert rules.may_withdraw(owner, application) is False


def test_a_request_that_is_answered_opens_nothing():
    application = ApplicationFactory(stage="received")
    application.idea.paused_at = NOON
    Completion.objects.create(
        idea=application.idea,
        what="Budget.",
        asked_by=person_as(Role.ADMINISTRATOR, application.round.programme.organisation),
        asked_at=NOON,
        due=date(2026, 10, 12),
        answered_at=NOON,
    )

    assert rules.is_writable(application, at=application.round.closes_at) is False
