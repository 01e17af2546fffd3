from datetime import date, timedelta

import pytest
from django.core.paginator import Paginator

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Endorsement
from idesluss.funding.reads.handling import Handling, Wish
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import Completion, Declaration, Idea, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    RoundFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
)
from tests.funding.endorsing import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory(assessors_wanted=2)


@pytest.fixture
def administrator(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def add(round, stage="received", title=None, **fields):
    application = ApplicationFactory(round=round, stage=stage, **fields)
    if title:
        Idea.objects.filter(pk=application.idea_id).update(title=title)
    return application


def judge(application, *, locked=False, state=ConflictState.CLEAR):
    assessment = AssessmentFactory(
        idea=application.idea,
        round=application.round,
        locked_at=NOON + timedelta(hours=1) if locked else None,
    )
    declaration = Declaration.objects.filter(idea=application.idea, person=assessment.assessor)
    if state is None:
        declaration.delete()
    else:
        ground = "party" if state in (ConflictState.DECLARED, ConflictState.DECIDED) else ""
        declaration.update(state=state.value, ground=ground)
    return assessment


def listed(round, person, at=NOON, **wish):
    handling = Handling(round, person, Wish(**wish), at=at)
    return handling[0:50]


def row_of(application, person, at=NOON):
    rows = {row.application.pk: row for row in listed(application.round, person, at=at)}
    return rows[application.pk]


def test_everything_handed_in_is_listed_and_drafts_are_not(round, administrator):
    one = add(round)
    add(round, stage="draft")
    add(RoundFactory(programme=round.programme))
    gone = add(round, stage="withdrawn")

    rows = listed(round, administrator)

    assert [row.application for row in rows] == [one, gone]


def test_a_received_case_waits_for_the_formal_check(round, administrator):
    row = row_of(add(round), administrator)

    assert (row.waiting, row.since, row.overdue) == (Waiting.CHECK, NOON, False)
    assert (row.assigned, row.locked, row.shut) == (0, 0, 0)


def test_a_request_for_completion_is_what_is_waited_for_and_until_when(round, administrator):
    application = add(round)
    Completion.objects.create(
        idea=application.idea,
        what="Budget?",
        asked_by=administrator,
        asked_at=NOON + timedelta(hours=2),
        due=date(2026, 10, 9),
    )

    row = row_of(application, administrator)

    assert (row.waiting, row.due) == (Waiting.COMPLETION, date(2026, 10, 9))
    assert row.since == NOON + timedelta(hours=2)


def test_a_case_in_assessment_waits_for_one_thing_after_the_other(round, administrator):
    application = add(round, stage="assessing")

    def waits():
        row = row_of(application, administrator)
        return row.waiting, row.assigned, row.locked

    assert waits() == (Waiting.ASSESSORS, 0, 0)
    one = judge(application, state=None)
    assert waits() == (Waiting.ASSESSORS, 1, 0)
    judge(application, locked=True)
    assert waits() == (Waiting.DECLARATION, 2, 1)
    declare(application.idea, one.assessor, ConflictState.CLEAR)
    assert waits() == (Waiting.ASSESSMENT, 2, 1)
    Assessment.objects.update(locked_at=NOON + timedelta(hours=3))
    assert waits() == (Waiting.MEETING, 2, 2)
    assert row_of(application, administrator).since == NOON + timedelta(hours=3)
    Idea.objects.update(stage="deciding")
    assert waits() == (Waiting.DECISION, 2, 2)
    Idea.objects.update(stage="testing")
    row = row_of(application, administrator)
    assert (row.waiting, row.since) == (None, None)


def test_a_case_waits_for_its_manager_beside_the_formal_check_until_the_answer():
    it = asked()

    def row():
        found = row_of(it.application, it.administrator)
        return found.waiting, found.managers, by_manager()

    def by_manager():
        wish = Wish(waiting=Waiting.MANAGER.value)
        handling = Handling(it.round, it.administrator, wish, at=NOON)
        assert handling.count() == len(handling[0:50])
        return handling.count()

    assert row() == (Waiting.CHECK, ("Bo Ek",), 1)
    Endorsement.objects.update(answer="yes", answered_at=NOON)
    assert row() == (Waiting.CHECK, (), 0)


def test_where_managers_are_not_asked_no_case_waits_for_them(round, administrator):
    application = add(round)

    assert row_of(application, administrator).managers == ()
    wish = Wish(waiting=Waiting.MANAGER.value)
    assert Handling(round, administrator, wish, at=NOON).count() == 0


def test_where_no_assessors_are_wanted_an_assessed_case_is_ready(administrator, round):
    round.assessors_wanted = 0
    round.save()
    row = row_of(add(round, stage="assessing"), administrator)

    assert (row.waiting, row.since) == (Waiting.MEETING, NOON)


def test_an_assessor_with_a_conflict_does_not_count_and_another_is_needed(round, administrator):
    application = add(round, stage="assessing")
    judge(application, locked=True)
    judge(application, locked=True, state=ConflictState.DECLARED)

    row = row_of(application, administrator)

    assert (row.waiting, row.assigned, row.locked, row.shut) == (Waiting.ASSESSORS, 1, 1, 1)


def test_who_no_longer_has_the_case_does_not_count(round, administrator):
    application = add(round, stage="assessing")
    judge(application, locked=True, state=ConflictState.DECLARED)
    Involvement.objects.update(ended_at=NOON)

    row = row_of(application, administrator)

    assert (row.assigned, row.locked, row.shut) == (0, 0, 0)


@pytest.mark.parametrize(
    ("stage", "answer_by", "paused_at", "overdue"),
    [
        ("received", date(2026, 10, 5), None, False),
        ("received", date(2026, 10, 4), None, True),
        ("deciding", date(2026, 10, 4), None, True),
        ("received", date(2026, 10, 4), NOON, False),
        ("testing", date(2026, 10, 4), None, False),
        ("withdrawn", date(2026, 10, 4), None, False),
        ("received", None, None, False),
    ],
)
def test_an_answer_is_overdue_the_day_after_its_promised_date(stage, answer_by, paused_at, overdue):
    application = add(RoundFactory(), stage=stage)
    Idea.objects.update(answer_by=answer_by, paused_at=paused_at)
    reader = person_as(Role.ADMINISTRATOR, application.round.programme.organisation)

    assert row_of(application, reader).overdue is overdue
    handling = Handling(application.round, reader, Wish(), at=NOON)
    assert [group.overdue for group in handling.groups] == [int(overdue)]


def test_cases_shut_for_the_administrator_are_in_no_row_and_no_number(round, administrator):
    shut, own = add(round), add(round, owner=administrator)
    declare(shut.idea, administrator, ConflictState.DECIDED)
    handling = Handling(round, administrator, Wish(), at=NOON)

    assert (handling.count(), handling[0:50], handling.groups) == (0, [], [])
    assert own.pk


def test_the_numbers_tell_departments_and_currencies_apart(round, administrator):
    care, school = (
        UnitFactory(organisation=round.programme.organisation, name=name)
        for name in ("Omsorg", "Skola")
    )
    Step.objects.create(programme=round.programme, stage="received", name="Inkommen", position=1)
    add(round, unit=care, asked_minor=10_00)
    add(round, unit=care, asked_minor=5_00)
    add(round, unit=school, asked_minor=None)
    add(round, asked_minor=7_00, currency="DKK", stage="assessing")

    handling = Handling(round, administrator, Wish(unit=care.pk), at=NOON)

    assert {
        (g.unit, g.unit_name, g.stage, g.step_name, g.currency): (
            g.received,
            g.asked_minor,
            g.matching,
        )
        for g in handling.groups
    } == {
        (care.pk, "Omsorg", "received", "Inkommen", "SEK"): (2, 15_00, 2),
        (school.pk, "Skola", "received", "Inkommen", "SEK"): (1, 0, 0),
        (None, "", "assessing", "", "DKK"): (1, 7_00, 0),
    }
    assert handling.count() == 2


def test_the_list_can_be_narrowed(round, administrator):
    unit = UnitFactory(organisation=round.programme.organisation)
    elbikes = add(round, title="Elcyklar i Åkarp", unit=unit)
    garden = add(round, title="Pedagogisk odling", stage="assessing")

    def found(**wish):
        handling = Handling(round, administrator, Wish(**wish), at=NOON)
        rows = handling[0:50]
        assert handling.count() == len(rows)
        return [row.application for row in rows]

    assert found(stage="assessing") == [garden]
    assert found(unit=unit.pk) == [elbikes]
    assert found(text=" åkarp ") == [elbikes]
    assert found(text=garden.idea.register_number.lower()) == [garden]
    assert found(text="(") == []
    assert found(waiting="check") == [elbikes]
    assert found(waiting="assessors") == [garden]
    assert found(waiting="check", stage="assessing") == []


def test_the_list_can_be_sorted(round, administrator):
    units = [
        UnitFactory(organisation=round.programme.organisation, name=name) for name in ("B", "A")
    ]
    first = add(round, title="B", unit=units[0], asked_minor=1)
    second = add(round, title="A", unit=units[1], asked_minor=None)
    third = add(round, title="C", asked_minor=2)
    Idea.objects.filter(pk=first.idea_id).update(
        received_at=NOON + timedelta(days=3), answer_by=date(2026, 12, 3), stage_at=NOON
    )
    Idea.objects.filter(pk=second.idea_id).update(
        received_at=NOON + timedelta(days=1), stage_at=NOON - timedelta(days=1)
    )
    Idea.objects.filter(pk=third.idea_id).update(
        received_at=NOON + timedelta(days=2),
        answer_by=date(2026, 12, 1),
        stage_at=NOON - timedelta(days=2),
    )

    def order(sort):
        return [row.application for row in listed(round, administrator, sort=sort)]

    assert order("number") == [second, third, first]
    assert order("title") == [second, first, third]
    assert order("unit") == [second, first, third]
    assert order("asked") == [third, first, second]
    assert order("since") == [third, second, first]
    assert order("answer") == [third, first, second]
    assert order("nonsense") == order("number")


def test_the_list_is_read_a_page_at_a_time(round, administrator):
    applications = [add(round, title=letter) for letter in "abc"]
    handling = Handling(round, administrator, Wish(sort="title"), at=NOON)

    page = Paginator(handling, 2).get_page(2)

    assert (page.paginator.count, page.paginator.num_pages) == (3, 2)
    assert [row.application for row in page] == applications[2:]


@pytest.mark.parametrize("wish", [Wish(), Wish(waiting="assessment", text="E")])
def test_the_list_takes_two_queries_however_long_it_is(round, administrator, count_queries, wish):
    def more(number):
        for _ in range(number):
            application = add(round, stage="assessing", title="Elcyklar")
            judge(application, locked=True)
            judge(application)

    def read():
        handling = Handling(round, Person.objects.get(pk=administrator.pk), wish, at=NOON)
        assert len(handling.groups) == 1
        assert handling[0:50]

    assert count_queries(read, more) == 5  # one finds the reader, two the reader's standing


def test_a_registrar_reads_the_list_too(round):
    add(round)
    registrar = person_as(Role.REGISTRAR, round.programme.organisation)
    stranger = person_as(Role.ADMINISTRATOR, RoundFactory().programme.organisation)
    involve(add(round).idea, stranger, Part.COACH)

    assert len(listed(round, registrar)) == 2
    assert listed(round, stranger) == []
