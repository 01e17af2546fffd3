"""What waits for somebody: everything that is theirs to do, and nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Grant, Instalment, Posting, Pot
from idesluss.ideas.models import Declaration, Idea
from idesluss.insight.acts import Act, When
from idesluss.insight.reads.item import last_day, when_of
from idesluss.insight.reads.work import work_of
from idesluss.people.models import Appointment
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    AssessmentFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    PotFactory,
    RoundFactory,
    SeatFactory,
    person_as,
)
from tests.insight.work_world import DAY, shut, waits_for

pytestmark = pytest.mark.django_db
ELSEWHERE = (Act.JOIN, Act.CALL, Act.READ, Act.RELEASE, Act.PAY, Act.KEEP, Act.REPLY, Act.RATE)
EVERYTHING = {act for act in Act if act not in ELSEWHERE}


@pytest.fixture
def person():
    return PersonFactory()


def acts(person, at=NOON):
    return {item.act: item for item in work_of(person, at=at)}


def test_everything_that_waits_is_on_the_list_with_its_day_and_its_page(person):
    made = waits_for(person)
    found = acts(person)
    slug = made.organisation.slug
    assert set(found) == EVERYTHING
    assert {
        act: (item.page, *item.arguments[1:], item.due)
        for act, item in found.items()
        if item.arguments[0] == slug
    } == {
        Act.HAND_IN: ("funding:application", made.draft.pk, date(2026, 11, 4)),
        Act.COMPLETE: ("funding:complete", made.asked.pk, date(2026, 10, 9)),
        Act.DECLARE: ("assessment:declare", made.round.slug, None),
        Act.ASSESS: (
            "assessment:assess",
            made.work.idea.applications.get().pk,
            None,
        ),
        Act.CHECK: ("funding:check", made.unchecked.pk, None),
        Act.ASSIGN: ("assessment:assign", made.round.slug, None),
        Act.PREPARE: ("funding:meeting", made.meeting.round.slug, date(2026, 10, 6)),
        Act.ENDORSE: ("funding:endorse", made.endorsement.pk, date(2026, 10, 14)),
        Act.REPORT: ("pilots:final", made.running.pk, date(2026, 10, 14)),
        Act.ACCEPT: ("pilots:answer", made.reported.pk, made.reported.reports.get().pk, None),
    }


def test_every_page_that_is_named_has_an_address(person):
    waits_for(person)
    for item in work_of(person, at=NOON):
        assert reverse(item.page, args=item.arguments)


def test_nine_queries_find_it_all_however_many_organisations_there_are(person):
    def asked():
        person.__dict__.pop("_standing", None)
        with CaptureQueriesContext(connection) as queries:
            found = work_of(person, at=NOON)
        return len(queries), len(found)

    waits_for(person)
    one = asked()
    waits_for(person)
    waits_for(person)
    three = asked()
    assert one == (10, len(EVERYTHING))  # and the person's own standing
    assert three == (10, 3 * len(EVERYTHING))


def test_the_most_urgent_comes_first_and_what_has_no_day_last(person):
    waits_for(person)
    found = work_of(person, at=NOON)
    order = [list(When).index(item.when) for item in found]
    assert order == sorted(order)
    days = [item.due for item in found if item.due]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("due", "when"),
    [
        (None, When.NO_DATE),
        (date(2026, 10, 4), When.OVERDUE),
        (date(2026, 10, 5), When.WEEK),
        (date(2026, 10, 12), When.WEEK),
        (date(2026, 10, 13), When.LATER),
    ],
)
def test_its_own_day_is_not_past(due, when):
    assert when_of(due, date(2026, 10, 5)) is when


def test_what_ends_at_midnight_ends_on_the_day_before():
    zone = OrganisationFactory().timezone
    assert last_day(NOON.replace(hour=22), zone) == date(2026, 10, 5)  # midnight in Stockholm
    assert last_day(NOON.replace(hour=22) + timedelta(seconds=1), zone) == date(2026, 10, 6)
    assert last_day(None, zone) is None


def test_a_stranger_and_a_colleague_have_nothing_of_it(person):
    made = waits_for(person)
    stranger, colleague = PersonFactory(), person_as(Role.EMPLOYEE, made.organisation)
    assert work_of(stranger, at=NOON) == []
    assert work_of(colleague, at=NOON) == []


def test_a_registrar_sees_cases_but_has_none_of_the_administrators_work(person):
    made = waits_for(person)
    assert work_of(person_as(Role.REGISTRAR, made.organisation), at=NOON) == []


def test_who_has_left_has_nothing_to_do_any_more(person):
    waits_for(person)
    Appointment.objects.filter(person=person).update(ends=NOON.date())
    person.seats.update(ends=NOON.date())
    person.__dict__.pop("_standing", None)
    assert work_of(person, at=NOON) == []


def test_what_a_conflict_shuts_is_in_no_row_and_no_number(person):
    made = waits_for(person)
    reported = made.reported.idea.applications.get()
    for case in (made.unchecked, made.unassigned, made.undeclared, reported):
        shut(case, person)
    Declaration.objects.filter(idea=made.work.idea).update(state="declared", ground="party")
    assert set(acts(person)) == {Act.HAND_IN, Act.COMPLETE, Act.PREPARE, Act.REPORT}


def test_a_draft_waits_until_its_round_has_closed_or_as_long_as_rounds_flow_on(person):
    organisation = OrganisationFactory()
    AppointmentFactory(person=person, organisation=organisation)
    round = RoundFactory(programme__organisation=organisation, closes_at=NOON)
    ApplicationFactory(round=round, owner=person)
    assert set(acts(person, NOON - DAY)) == {Act.HAND_IN}
    assert acts(person) == {}
    Round.objects.update(flows_on=True)
    assert acts(person)[Act.HAND_IN].when is When.WEEK
    Round.objects.update(archived_at=NOON)
    assert acts(person) == {}


def test_an_assessment_is_due_before_the_meeting_else_before_the_promised_answer(person):
    round = RoundFactory()
    work = AssessmentFactory(
        idea=ApplicationFactory(round=round, stage="assessing").idea, round=round, assessor=person
    )
    Idea.objects.filter(pk=work.idea_id).update(answer_by=date(2026, 12, 18))
    assert acts(person)[Act.ASSESS].due == date(2026, 12, 18)
    MeetingFactory(round=round, held_at=NOON + 3 * DAY)
    assert acts(person)[Act.ASSESS].due == date(2026, 10, 8)
    Assessment.objects.update(locked_at=NOON)
    assert acts(person) == {}


def test_many_cases_to_check_are_one_row_that_leads_to_the_list(person):
    organisation = OrganisationFactory()
    AppointmentFactory(person=person, organisation=organisation, role="administrator")
    round = RoundFactory(programme__organisation=organisation)
    ApplicationFactory.create_batch(3, round=round, stage="received")
    [row] = work_of(person, at=NOON)
    assert (row.act, row.count, row.page) == (Act.CHECK, 3, "funding:handle")


def test_when_all_is_assessed_the_meeting_is_called_then_prepared_and_released(person):
    organisation = OrganisationFactory()
    AppointmentFactory(person=person, organisation=organisation, role="administrator")
    round = RoundFactory(programme__organisation=organisation, assessors_wanted=1)
    AssessmentFactory(
        idea=ApplicationFactory(round=round, stage="assessing").idea, round=round, locked_at=NOON
    )
    assert [item.act for item in work_of(person, at=NOON)] == [Act.CALL]
    late = ApplicationFactory(round=round, stage="received")  # not all is assessed after all
    assert [item.act for item in work_of(person, at=NOON)] == [Act.CHECK]
    Idea.objects.filter(pk=late.idea_id).update(stage="withdrawn")
    MeetingFactory(round=round, held_at=NOON + DAY)
    assert [item.act for item in work_of(person, at=NOON)] == [Act.PREPARE]
    assert [item.act for item in work_of(person, at=NOON + DAY)] == [Act.RELEASE]


def test_members_read_before_the_meeting_and_the_chair_may_release_after_it(person):
    meeting = MeetingFactory(held_at=NOON + DAY)
    chair = PersonFactory()
    for one in (person, chair):
        SeatFactory(body=meeting.body, person=one)
    meeting.chair = chair
    meeting.save()
    assert set(acts(person)) == set(acts(chair)) == {Act.READ}
    assert acts(person, NOON + DAY) == {}
    assert set(acts(chair, NOON + DAY)) == {Act.RELEASE}


@pytest.fixture
def grant(person):
    """A grant in an organisation that the person administers, with a pot for its year."""
    organisation = OrganisationFactory()
    AppointmentFactory(person=person, organisation=organisation, role="administrator")
    round = RoundFactory(programme__organisation=organisation)
    PotFactory(programme=round.programme, year=2026)
    application = ApplicationFactory(round=round, stage="testing")
    return Grant.objects.create(
        application=application, year=2026, amount_minor=100_00, currency="SEK"
    )


def part(grant, after, day=None):
    return Instalment.objects.create(grant=grant, amount_minor=10_00, after=after, day=day)


def test_money_that_goes_out_by_itself_waits_for_nobody(person, grant):
    part(grant, "report")
    part(grant, "day", date(2026, 10, 5))
    assert acts(person) == {}


@pytest.mark.parametrize(("after", "day"), [("decision", None), ("day", date(2026, 10, 4))])
def test_money_that_did_not_go_out_by_itself_waits_for_the_administrator(person, grant, after, day):
    part(grant, after, day)
    row = acts(person)[Act.PAY]
    assert (row.page, row.arguments[1], row.due) == ("funding:money", grant.application_id, day)


def test_a_release_that_was_taken_back_waits_again_until_it_is_out(person, grant):
    planned = part(grant, "report")
    for minor, waits in ((10_00, set()), (-10_00, {Act.PAY}), (10_00, set())):
        Posting.objects.create(
            grant=grant, kind="released", amount_minor=minor, instalment=planned, at=NOON
        )
        assert set(acts(person)) == waits


def test_in_a_closed_year_no_money_waits(person, grant):
    part(grant, "decision")
    Pot.objects.update(closed_at=NOON)
    assert acts(person) == {}


def test_an_invitation_waits_for_its_answer_once_for_each_organisation(person):
    organisation = OrganisationFactory()
    for role in ("assessor", "coach"):
        AppointmentFactory(
            person=person, organisation=organisation, role=role, invited_as="Anna på IT"
        )
    [row] = work_of(person, at=NOON)
    assert (row.act, row.place.name, row.page) == (Act.JOIN, organisation.name, "people:own")
