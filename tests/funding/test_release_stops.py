"""What stops a release, and who may make it."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Meeting
from idesluss.funding.reads.plan import (
    CasesLeft,
    NobodyPresent,
    NoDate,
    NotHeldYet,
    NothingDecided,
    SomethingShut,
)
from idesluss.funding.usecases import release, save_choices, withdraw
from idesluss.funding.usecases.decide import Overshoot
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.outcomes import OverPot
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from tests.factories import PersonFactory, declare, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, everything, plan

pytestmark = pytest.mark.django_db


def kinds(refusals):
    return [type(one) for one in refusals]


def stopped(here, *, by=None, at=AFTER):
    """The refusals of the plan; the release raises the first and writes nothing."""
    shown = plan(here, by, at)
    before = everything(here)
    with pytest.raises(type(shown.problems[0])):
        release(
            here.meeting.pk,
            fingerprint=shown.fingerprint,
            publish_at=at,
            by=by or here.administrator,
            at=at,
        )
    assert everything(here) == before
    return shown.problems


def test_a_meeting_without_a_day_or_anybody_present_is_not_released():
    here = decided_room()
    Meeting.objects.update(held_at=None)
    here.meeting.presences.all().delete()

    assert kinds(stopped(here)) == [NoDate, NobodyPresent]
    assert plan(here).minutes["held_at"] == ""
    assert plan(here).told[0].news["decided_on"] == ""


def test_a_meeting_to_come_is_not_released():
    here = decided_room()

    assert kinds(stopped(here, at=LATER - timedelta(seconds=1))) == [NotHeldYet]


def test_cases_without_an_outcome_are_told_by_their_numbers():
    here = decided_room()
    for case in here.cases[1:]:
        row = here.decision(case)
        row.outcome, row.granted_minor, row.reason = "", 0, ""
        row.save()

    [problem] = stopped(here)
    assert (type(problem), problem.params) == (CasesLeft, {"numbers": "2, 3", "count": 2})


def test_an_agenda_where_nothing_is_decided_is_not_released():
    here = decided_room(asked=(60_000, 40_000))
    for case in here.cases:
        owner = case.idea.involvements.get(part=Part.OWNER.value).person
        withdraw(case.pk, reason="", by=owner, at=AFTER)

    assert kinds(stopped(here)) == [NothingDecided]


def test_over_the_pot_only_with_a_reason_that_ends_up_in_the_minutes():
    here = decided_room()
    here.pot.amount_minor = 90_000_00
    here.pot.save()

    [problem] = stopped(here)
    assert (type(problem), problem.params) == (OverPot, {"overshoot_minor": 10_000_00})
    save_choices(
        here.meeting.pk,
        rows=[],
        overshoot=Overshoot("Ledningsgruppen skjuter till.", ""),
        by=here.administrator,
        at=AFTER,
    )
    here.release()
    assert here.fresh().minutes["overshoot_reason"] == "Ledningsgruppen skjuter till."
    assert here.fresh().minutes["totals"]["overshoot_minor"] == 10_000_00


def test_a_reason_that_is_no_longer_needed_is_not_in_the_minutes():
    here = decided_room()
    Meeting.objects.update(overshoot_reason="Behövdes inte.")
    here.release()

    assert here.fresh().minutes["overshoot_reason"] == ""


def test_over_the_cap_with_a_reason_and_that_is_in_the_minutes():
    here = decided_room(asked=(150_000, 40_000))
    assert kinds(stopped(here)) == [CasesLeft]

    here.choose(here.cases[0], "granted", 150_000, over_cap_reason="Tre skolor.")
    here.choose(here.cases[1], "refused", reason="Nej.", over_cap_reason="Hör inte hit.")
    here.release()
    items = here.fresh().minutes["items"]
    assert [item["over_cap_reason"] for item in items] == ["Tre skolor.", ""]


def test_somebody_to_whom_a_case_is_shut_cannot_release_and_sees_no_preview():
    here = decided_room()
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)

    shown = plan(here)
    assert (shown.told, shown.minutes, shown.fingerprint) == ((), None, "")
    assert kinds(stopped(here)) == [SomethingShut]
    assert here.release(by=here.members[0]).first


def test_who_releases():
    here = decided_room()
    chair, member = here.members[:2]
    registrar = person_as(Role.REGISTRAR, here.organisation)
    fingerprint = here.fingerprint()

    for person in (member, registrar, PersonFactory(), person_as(Role.EMPLOYEE, here.organisation)):
        with pytest.raises(NotAllowed):
            release(here.meeting.pk, fingerprint=fingerprint, publish_at=AFTER, by=person, at=AFTER)
    chair.seats.update(ends=LATER.date() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        release(
            here.meeting.pk,
            fingerprint=fingerprint,
            publish_at=AFTER + timedelta(days=2),
            by=type(chair).objects.get(pk=chair.pk),
            at=AFTER + timedelta(days=2),
        )


def test_the_secretary_releases():
    here = decided_room()
    registrar = person_as(Role.REGISTRAR, here.organisation)
    Meeting.objects.update(secretary=registrar)

    assert here.release(by=registrar).first
