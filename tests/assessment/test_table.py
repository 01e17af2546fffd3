"""Who could be given which case: load, obstacles, and hints of a conflict of interest."""

from datetime import timedelta

import pytest

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.assigning import table_of
from idesluss.assessment.usecases import assign
from idesluss.assessment.vocab import Hint, Obstacle
from idesluss.ideas.models import Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Appointment, Person
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    RoundFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory(assessors_wanted=2)


@pytest.fixture
def here(round):
    return round.programme.organisation


@pytest.fixture
def administrator(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def assessor(here):
    return person_as(Role.ASSESSOR, here, name="Ali")


def case(round, **fields):
    return ApplicationFactory(round=round, stage=fields.pop("stage", "received"), **fields).idea


def cell(round, administrator, idea, person):
    table = table_of(round, administrator, at=NOON)
    (row,) = [row for row in table.cases if row.idea == idea]
    return next(it for it in row.cells if it.assessor.person == person)


def hints(round, administrator, idea, person):
    return cell(round, administrator, idea, person).hints


def test_every_case_that_is_given_out_meets_every_assessor(round, here, administrator, assessor):
    person_as(Role.ASSESSOR, here, name="Bo")
    ideas = [case(round), case(round, stage="assessing")]
    for stage in ("draft", "deciding", "withdrawn"):
        case(round, stage=stage)
    shut = case(round)
    declare(shut, administrator, ConflictState.DECLARED)

    table = table_of(round, administrator, at=NOON)

    assert [it.person.name for it in table.assessors] == ["Ali", "Bo"]
    assert [row.idea for row in table.cases] == ideas
    assert [len(row.cells) for row in table.cases] == [2, 2]
    assert [(row.held, row.missing) for row in table.cases] == [(0, 2), (0, 2)]


def test_a_cell_says_who_has_the_case_and_what_is_declared(round, administrator, assessor):
    idea = case(round)
    assign(round.pk, pairs=[(idea.pk, assessor.pk)], by=administrator, at=NOON)
    given = cell(round, administrator, idea, assessor)
    assert (given.assessment, given.state, given.is_shut) == (Assessment.objects.get(), "", False)
    assert given.key == f"{idea.pk}-{assessor.pk}"

    declare(idea, assessor, ConflictState.DECLARED)

    given = cell(round, administrator, idea, assessor)
    assert (given.state, given.is_shut, given.obstacle) == ("declared", True, Obstacle.CONFLICT)
    (row,) = table_of(round, administrator, at=NOON).cases
    assert (row.held, row.missing) == (0, 2)


def test_a_case_that_was_taken_back_is_nobodys(round, administrator, assessor):
    idea = case(round)
    assign(round.pk, pairs=[(idea.pk, assessor.pk)], by=administrator, at=NOON)
    Involvement.objects.update(ended_at=NOON)

    assert cell(round, administrator, idea, assessor).assessment is None


def test_who_has_a_case_is_shown_after_losing_the_role(round, administrator, assessor):
    idea = case(round)
    assign(round.pk, pairs=[(idea.pk, assessor.pk)], by=administrator, at=NOON)
    Appointment.objects.filter(person=assessor).update(ends=NOON.date())

    assert cell(round, administrator, idea, assessor).obstacle is Obstacle.NO_ROLE


def test_the_load_tells_what_is_left_here_and_elsewhere(round, here, administrator, assessor):
    other = RoundFactory(programme=round.programme)
    pairs = [(case(round).pk, assessor.pk) for _ in range(3)]
    assign(round.pk, pairs=pairs, by=administrator, at=NOON)
    assign(other.pk, pairs=[(case(other).pk, assessor.pk)], by=administrator, at=NOON)
    Assessment.objects.filter(idea=pairs[0][0]).update(locked_at=NOON)
    unit = UnitFactory(organisation=here, name="Vård")
    AppointmentFactory(person=assessor, organisation=here, unit=unit)

    (load,) = table_of(round, administrator, at=NOON).assessors

    assert (load.here, load.elsewhere, load.done, load.units) == (2, 1, 1, ("Vård",))


def test_applicants_and_those_with_a_conflict_cannot_be_given_the_case(
    round, administrator, assessor
):
    mine, suspected = case(round), case(round)
    involve(mine, assessor, Part.CO_APPLICANT)
    declare(suspected, assessor, ConflictState.SUSPECTED)

    assert cell(round, administrator, mine, assessor).obstacle is Obstacle.APPLIES
    assert cell(round, administrator, suspected, assessor).obstacle is Obstacle.SUSPECTED


@pytest.mark.parametrize(
    ("role", "hint"), [(Role.MANAGER, Hint.MANAGES), (Role.EMPLOYEE, Hint.SAME_UNIT)]
)
def test_an_appointment_in_the_unit_that_applies_is_a_hint(
    round, here, administrator, assessor, role, hint
):
    unit = UnitFactory(organisation=here)
    idea = case(round, unit=unit)
    AppointmentFactory(person=assessor, organisation=here, unit=unit, role=role.value)

    assert hints(round, administrator, idea, assessor) == (hint,)


def test_units_right_above_and_right_below_count_and_others_do_not(
    round, here, administrator, assessor
):
    above = UnitFactory(organisation=here)
    below = UnitFactory(organisation=here, parent=above)
    side = UnitFactory(organisation=here)
    AppointmentFactory(person=assessor, organisation=here, unit=below)
    in_above, in_side, in_none = case(round, unit=above), case(round, unit=side), case(round)

    assert hints(round, administrator, in_above, assessor) == (Hint.SAME_UNIT,)
    assert hints(round, administrator, in_side, assessor) == ()
    assert hints(round, administrator, in_none, assessor) == ()
    Appointment.objects.filter(unit=below).update(unit=above)
    in_below = case(round, unit=below)
    assert hints(round, administrator, in_below, assessor) == (Hint.SAME_UNIT,)


def test_colleagues_of_an_applicant_are_hinted_at(round, here, administrator, assessor):
    unit = UnitFactory(organisation=here)
    applicant = person_as(Role.EMPLOYEE, here)
    idea = case(round, owner=applicant)
    for person in (assessor, applicant):
        AppointmentFactory(person=person, organisation=here, unit=unit)

    assert hints(round, administrator, idea, assessor) == (Hint.COLLEAGUE,)


def test_an_appointment_that_has_ended_is_no_hint(round, here, administrator, assessor):
    unit = UnitFactory(organisation=here)
    idea = case(round, unit=unit)
    AppointmentFactory(
        person=assessor, organisation=here, unit=unit, ends=(NOON - timedelta(days=1)).date()
    )

    assert hints(round, administrator, idea, assessor) == ()


def test_who_has_applied_together_with_an_applicant_is_hinted_at(
    round, here, administrator, assessor
):
    applicant = person_as(Role.EMPLOYEE, here)
    earlier = case(RoundFactory(programme=round.programme), stage="permanent", owner=applicant)
    involve(earlier, assessor, Part.CO_APPLICANT)
    idea = case(round, owner=applicant)

    assert hints(round, administrator, idea, assessor) == (Hint.TOGETHER,)


def test_the_coach_of_the_case_is_hinted_at(round, administrator, assessor):
    idea = case(round)
    involve(idea, assessor, Part.COACH)

    assert hints(round, administrator, idea, assessor) == (Hint.COACH,)


def test_the_table_takes_as_many_queries_however_large(round, here, administrator, count_queries):
    unit = UnitFactory(organisation=here)

    def add(number):
        for _ in range(number):
            person = person_as(Role.ASSESSOR, here)
            AppointmentFactory(person=person, organisation=here, unit=unit)
            idea = case(round, unit=unit, owner=person_as(Role.EMPLOYEE, here))
            assign(round.pk, pairs=[(idea.pk, person.pk)], by=administrator, at=NOON)
            declare(idea, person, ConflictState.CLEAR)

    def read():
        reader = Person.objects.get(pk=administrator.pk)
        table_of(round, reader, at=NOON)

    assert count_queries(read, add) == 11
