"""The meeting is opened, prepared and filled."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.reads.meetings import readiness_of
from idesluss.funding.usecases import change_meeting, open_meeting, set_presence, take_up
from idesluss.funding.usecases.meeting import (
    AlreadyOpened,
    AlreadyReleased,
    Facts,
    NobodyDecides,
    NotAMember,
    NothingToTakeUp,
    NotOfUs,
    facts_of,
)
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import ChangedMeanwhile, NotAllowed, TooLong
from idesluss.people.models import Seat
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import AssessmentFactory, PersonFactory, SeatFactory, declare, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, room

pytestmark = pytest.mark.django_db


def opened(here, *, applications=None, by=None, **facts):
    numbers = [case.pk for case in here.cases] if applications is None else applications
    return open_meeting(
        here.round.pk,
        applications=numbers,
        facts=Facts(**facts),
        by=by or here.administrator,
        at=LATER,
    )


def stages(here):
    return [Idea.objects.get(pk=case.idea_id).stage for case in here.cases]


def test_opening_takes_the_chosen_cases_to_decision_in_the_order_they_came():
    here = room()
    first, second, third = (here.case(f"Förslag {n}") for n in (1, 2, 3))
    # In a fund without assessment the check brings a case straight to decision.
    Idea.objects.filter(pk=second.idea_id).update(stage="deciding")

    meeting = opened(here, applications=[third.pk, second.pk], place="Sal 3")

    assert stages(here) == ["assessing", "deciding", "deciding"]
    decisions = meeting.decisions.order_by("pk")
    assert [one.application_id for one in decisions] == [second.pk, third.pk]
    [entry] = Entry.objects.about(meeting)
    assert (entry.verb, entry.data["cases"], entry.by_id, entry.organisation_id) == (
        "funding.meeting_opened",
        2,
        here.administrator.pk,
        here.organisation.pk,
    )
    assert first.decisions.count() == 0


def test_a_case_that_is_shut_to_the_administrator_comes_up_when_it_is_assessed():
    here = room()
    seen, shut, unfinished = (here.case(f"Förslag {n}") for n in (1, 2, 3))
    for case in (shut, unfinished):
        declare(case.idea, here.administrator, ConflictState.DECLARED)
    AssessmentFactory(idea=unfinished.idea, round=here.round)

    readiness = readiness_of(here.round, here.administrator, at=LATER)
    meeting = opened(here, applications=[seen.pk])

    assert (readiness.shut_ready, [one.application for one in readiness.ready]) == (1, [seen])
    assert [one.application for one in meeting.decisions.order_by("pk")] == [seen, shut]


def test_only_a_fund_administrator_of_the_organisation_opens():
    here, elsewhere = room(), room()
    here.case("Förslag")

    for person in (
        here.members[0],
        person_as(Role.REGISTRAR, here.organisation),
        elsewhere.administrator,
    ):
        with pytest.raises(NotAllowed):
            opened(here, by=person)
    assert not Meeting.objects.exists()


def test_a_round_has_one_open_meeting():
    here = room()
    here.case("Förslag")
    opened(here)

    with pytest.raises(AlreadyOpened):
        opened(here, applications=[])


def test_a_fund_without_a_body_cannot_decide():
    here = room()
    here.case("Förslag")
    programme = here.round.programme
    programme.body = None
    programme.save()

    with pytest.raises(NobodyDecides):
        opened(here)


def test_an_empty_agenda_is_refused_and_leaves_no_meeting():
    here = room()
    here.case("Förslag", stage="received")

    with pytest.raises(NothingToTakeUp):
        opened(here, applications=[])
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("stage", ["received", "withdrawn", "exploring"])
def test_a_case_that_is_not_ready_cannot_come_up(stage):
    here = room()
    here.case("Förslag")
    late = here.case("Sent förslag", stage=stage)

    with pytest.raises(ChangedMeanwhile):
        opened(here, applications=[here.cases[0].pk, late.pk])
    assert stages(here) == ["assessing", stage]


def test_a_case_of_another_round_cannot_come_up():
    here, elsewhere = room(), room()
    here.case("Förslag")

    with pytest.raises(ChangedMeanwhile):
        opened(here, applications=[elsewhere.case("Annat").pk])


def test_the_chair_has_a_seat_and_the_secretary_belongs_to_the_organisation():
    here = room()
    here.case("Förslag")

    with pytest.raises(NotAMember) as chair:
        opened(here, chair_id=here.administrator.pk)
    with pytest.raises(NotOfUs) as secretary:
        opened(here, secretary_id=PersonFactory().pk)
    with pytest.raises(NotOfUs):
        opened(here, secretary_id=999_999)
    with pytest.raises(TooLong) as adjuster:
        opened(here, adjuster="x" * 121)
    assert [chair.value.field, secretary.value.field, adjuster.value.field] == [
        "chair",
        "secretary",
        "adjuster",
    ]


def test_seats_are_those_of_the_meetings_day():
    here = room()
    here.case("Förslag")
    Seat.objects.filter(person=here.members[0]).update(ends=(LATER + timedelta(days=3)).date())

    opened(here, chair_id=here.members[0].pk, held_at=LATER + timedelta(days=2))
    meeting = here.round.meetings.get()
    with pytest.raises(NotAMember):
        change_meeting(
            meeting.pk,
            facts=Facts(chair_id=here.members[0].pk, held_at=LATER + timedelta(days=3)),
            version=0,
            by=here.administrator,
            at=LATER,
        )


def test_cases_that_become_ready_later_come_last():
    here = room()
    first, late = here.case("Först"), here.case("Sent")
    meeting = opened(here, applications=[first.pk])

    assert take_up(meeting.pk, applications=[late.pk], by=here.administrator, at=LATER) == 1
    assert [one.application for one in meeting.decisions.order_by("pk")] == [first, late]
    with pytest.raises(NothingToTakeUp):
        take_up(meeting.pk, applications=[], by=here.administrator, at=LATER)
    with pytest.raises(NotAllowed):
        take_up(meeting.pk, applications=[], by=here.members[0], at=LATER)


def test_a_case_that_was_sent_back_leaves_the_table_and_comes_back_with_its_row():
    here = room()
    case, other = here.case("Förslag"), here.case("Annat")
    meeting = opened(here)
    row = meeting.decisions.get(application=case)
    Idea.objects.filter(pk=case.idea_id).update(stage="assessing")

    agenda = agenda_of(meeting, here.administrator, at=LATER)
    assert [one.decision.application for one in agenda.cases] == [other]
    [candidate] = readiness_of(here.round, here.administrator, at=LATER).candidates
    assert candidate.application == case

    take_up(meeting.pk, applications=[case.pk], by=here.administrator, at=LATER)
    assert meeting.decisions.get(application=case) == row
    agenda = agenda_of(meeting, here.administrator, at=LATER)
    assert [one.decision.application for one in agenda.cases] == [case, other]


def test_facts_change_with_a_trace_and_never_over_somebody_elses_head():
    here = room()
    here.case("Förslag")
    meeting = opened(here)
    facts = Facts(LATER, "Sal 3", here.members[0].pk, here.administrator.pk, "Berit")

    change_meeting(meeting.pk, facts=facts, version=0, by=here.administrator, at=LATER)
    change_meeting(meeting.pk, facts=facts, version=0, by=here.administrator, at=LATER)
    meeting.refresh_from_db()
    assert (facts_of(meeting), meeting.version) == (facts, 1)
    assert [entry.verb for entry in Entry.objects.about(meeting)] == [
        "funding.meeting_opened",
        "funding.meeting_changed",
    ]
    with pytest.raises(ChangedMeanwhile):
        change_meeting(meeting.pk, facts=Facts(), version=0, by=here.administrator, at=LATER)
    with pytest.raises(NotAllowed):
        change_meeting(meeting.pk, facts=Facts(), version=1, by=here.members[0], at=LATER)


def test_the_secretary_prepares_while_in_the_organisation():
    here = room()
    here.case("Förslag")
    secretary = person_as(Role.REGISTRAR, here.organisation)
    meeting = opened(here, secretary_id=secretary.pk)

    change_meeting(
        meeting.pk,
        facts=Facts(secretary_id=secretary.pk, place="Sal 1"),
        version=0,
        by=secretary,
        at=LATER,
    )
    secretary.appointments.update(ends=LATER.date())
    with pytest.raises(NotAllowed):
        change_meeting(
            meeting.pk,
            facts=Facts(place="Sal 2"),
            version=1,
            by=type(secretary).objects.get(pk=secretary.pk),
            at=LATER,
        )


def test_presence_is_what_was_said_last():
    here = room()
    here.case("Förslag")
    meeting = opened(here)
    one, two, three = here.members

    set_presence(meeting.pk, people=[one.pk, two.pk], by=here.members[1], at=LATER)
    set_presence(meeting.pk, people=[two.pk, three.pk], by=here.administrator, at=LATER)
    set_presence(meeting.pk, people=[two.pk, three.pk], by=here.administrator, at=LATER)

    present = meeting.presences.order_by("person_id").values_list("person_id", flat=True)
    assert list(present) == [two.pk, three.pk]
    noted = [entry.data["present"] for entry in Entry.objects.about(meeting)[1:]]
    assert noted == [[one.pk, two.pk], [two.pk, three.pk]]


def test_nobody_without_a_seat_is_present():
    here = room()
    here.case("Förslag")
    meeting = opened(here)

    with pytest.raises(NotAMember):
        set_presence(meeting.pk, people=[here.administrator.pk], by=here.administrator, at=LATER)
    with pytest.raises(NotAllowed):
        set_presence(
            meeting.pk, people=[], by=person_as(Role.REGISTRAR, here.organisation), at=LATER
        )


def test_nothing_changes_after_the_release():
    here = decided_room()
    here.release()
    about = {"by": here.administrator, "at": AFTER}

    with pytest.raises(AlreadyReleased):
        change_meeting(here.meeting.pk, facts=Facts(), version=0, **about)
    with pytest.raises(AlreadyReleased):
        set_presence(here.meeting.pk, people=[], **about)
    with pytest.raises(AlreadyReleased):
        take_up(here.meeting.pk, applications=[], **about)


def test_readiness_tells_what_is_ready_and_what_is_missing():
    here = room()
    here.round.assessors_wanted = 1
    here.round.save()
    ready, unassessed, unchecked = (
        here.case("Klar"),
        here.case("Utan bedömning"),
        here.case("Inte granskad", stage="received"),
    )
    AssessmentFactory(idea=ready.idea, round=here.round, locked_at=LATER)
    AssessmentFactory(idea=unassessed.idea, round=here.round)
    for case in (ready, unassessed):
        declare(case.idea, here.members[0], ConflictState.CLEAR)
    SeatFactory(body=here.round.programme.body, person=here.members[0])  # a second seat

    found = readiness_of(here.round, here.administrator, at=LATER)

    assert [one.application for one in found.ready] == [ready]
    assert [one.application for one in found.unassessed] == [unassessed]
    assert [one.application for one in found.unchecked] == [unchecked]
    assert (len(found.people), found.undeclared, found.pot) == (
        3,
        tuple(here.members[1:]),
        here.pot,
    )
    assert (found.unchecked[0].paused, found.shut_ready) == (False, 0)


def test_an_assessor_with_a_conflict_of_interest_holds_no_case_back():
    here = room()
    here.round.assessors_wanted = 1
    here.round.save()
    case = here.case("Klar")
    AssessmentFactory(idea=case.idea, round=here.round, locked_at=LATER)
    recused = AssessmentFactory(idea=case.idea, round=here.round)
    case.idea.declarations.filter(person=recused.assessor).update(
        state=ConflictState.DECLARED.value, ground="manager"
    )

    found = readiness_of(here.round, here.administrator, at=LATER)

    assert [(one.assigned, one.locked) for one in found.ready] == [(1, 1)]
