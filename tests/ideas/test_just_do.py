from datetime import date, timedelta

import pytest

from idesluss.ideas.usecases.just_do import just_do, just_done, turned_out_bigger
from idesluss.ideas.usecases.worked import NextDatePassed, NotAtWork
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Appointment
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, UnitFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 9)


def marked(stage="received", **fields):
    idea = sluice_case(stage, **fields)
    return just_do(idea.pk, next_on=FRIDAY, what="Flytta lyften", by=idea.responsible, at=NOON)


def test_what_the_workplace_fixes_is_done_without_any_gate_and_ends_as_permanent():
    idea = marked()
    idea.at_step.gate = "Att chefen har sagt ja"
    idea.at_step.save()
    assert (idea.next_on, idea.next_what, idea.just_do_at) == (FRIDAY, "Flytta lyften", NOON)
    done = just_done(idea.pk, answer="Lyften står nu mitt i.", by=idea.responsible, at=NOON)
    assert (done.stage, done.answer, done.next_on) == ("permanent", "Lyften står nu mitt i.", None)
    assert Entry.objects.about(idea).last().verb == "ideas.just_done"


def test_a_model_without_those_steps_does_not_stand_in_the_way():
    door = DoorFactory(edition__stages=("received", "deciding"))
    idea = marked(door=door)
    assert just_done(idea.pk, answer="Klart", by=idea.responsible, at=NOON).stage == "permanent"


def test_what_turns_out_bigger_goes_on_in_the_model_where_it_stood():
    idea = marked("exploring")
    week = FRIDAY + timedelta(days=7)
    back = turned_out_bigger(idea.pk, why="El behövs", next_on=week, by=idea.responsible, at=NOON)
    assert (back.just_do_at, back.stage, back.next_on, back.next_what) == (
        None,
        "exploring",
        week,
        "",
    )
    with pytest.raises(NotAtWork):
        just_done(idea.pk, answer="Klart", by=idea.responsible, at=NOON)


@pytest.mark.parametrize("stage", [it for it in Stage if it is not Stage.DRAFT])
def test_it_is_marked_where_nobody_has_to_decide_first(stage):
    door = DoorFactory(edition__stages=[it.value for it in Stage if it is not Stage.DRAFT])
    extra = {"merged_into": sluice_case(door=door)} if stage is Stage.MERGED else {}
    idea = sluice_case(stage.value, door=door, **extra)
    can = ("received", "exploring", "assessing", "testing", "adopting")
    if stage.value in can:
        one = just_do(idea.pk, next_on=FRIDAY, by=idea.responsible, at=NOON)
        assert just_done(one.pk, answer="Klart", by=idea.responsible, at=NOON).stage == "permanent"
        return
    with pytest.raises(NotAtWork):
        just_do(idea.pk, next_on=FRIDAY, by=idea.responsible, at=NOON)


@pytest.mark.parametrize("role", list(Role))
def test_coaches_managers_of_the_unit_and_administrators_mark_it(role):
    door = DoorFactory()
    unit = UnitFactory(organisation=door.organisation)
    idea = sluice_case(door=door, unit=unit)
    person = person_as(role, door.organisation)
    Appointment.objects.filter(person=person).update(unit=unit)
    if role in (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR):
        assert just_do(idea.pk, next_on=FRIDAY, by=person, at=NOON).just_do_at == NOON
        return
    with pytest.raises(NotAllowed):
        just_do(idea.pk, next_on=FRIDAY, by=person, at=NOON)


def test_what_is_missing_or_wrong_is_said():
    idea = marked()
    who = {"by": idea.responsible, "at": NOON}
    with pytest.raises(AlreadyDone):
        just_do(idea.pk, next_on=FRIDAY, **who)
    other = sluice_case(door=idea.door)
    with pytest.raises(NextDatePassed):
        just_do(other.pk, next_on=date(2026, 10, 4), **who)
    with pytest.raises(TooLong):
        just_do(other.pk, next_on=FRIDAY, what="x" * 201, **who)
    for answer, no in (("", Missing), ("x" * 3001, TooLong)):
        with pytest.raises(no):
            just_done(idea.pk, answer=answer, **who)
        with pytest.raises(no):
            turned_out_bigger(idea.pk, why=answer, next_on=FRIDAY, **who)
    with pytest.raises(NextDatePassed):
        turned_out_bigger(idea.pk, why="El", next_on=date(2026, 10, 4), **who)
