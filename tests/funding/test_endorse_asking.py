"""Who is asked when an application is handed in, and who no longer is."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Endorsement
from idesluss.funding.usecases import involve, submit, withdraw, write
from idesluss.funding.usecases.endorse import (
    Reply,
    answer,
    ask_managers,
    follow,
    name_manager,
    pass_on,
)
from idesluss.funding.usecases.endorse.asking import AnsweredAlready, CannotBeAsked
from idesluss.ideas.usecases import redirect, take_back
from idesluss.ideas.usecases.involve import NotAColleague
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import Disqualified, NotAllowed, TooLong
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    UnitFactory,
    declare,
    person_as,
)
from tests.funding.applying import fresh, seen
from tests.funding.endorsing import (
    LAST_DAY,
    asked,
    hand_in,
    live,
    manager_of,
    noted,
    open_to,
    place,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def test_handing_in_asks_the_manager_of_the_unit_until_the_rounds_own_day():
    it = asked()

    assert (it.one.manager, it.one.unit, it.one.asked_at, it.one.due_at) == (
        it.bo, it.ward, NOON, LAST_DAY,
    )  # fmt: skip
    assert open_to(it.application) == ["Bo Ek"]
    assert noted(it.application, "funding.endorsement_asked") == [
        {
            "endorsement": it.one.pk,
            "person": it.bo.pk,
            "name": "Bo Ek",
            "unit": "Hemtjänst",
            "due": "2026-10-25",
            "due_at": "2026-10-25T10:00:00+00:00",
            "how": "handed_in",
            "why": "",
            "before": None,
            "before_name": "",
        }
    ]


def test_a_round_that_does_not_ask_asks_nobody():
    it = place(endorsed=False)
    hand_in(it)

    assert not Endorsement.objects.exists()


def test_without_a_day_of_the_rounds_the_manager_has_ten_working_days():
    it = asked(endorse_by=None)

    assert it.one.due_at.isoformat() == "2026-10-19T22:00:00+00:00"


def test_handing_in_twice_asks_once():
    it = asked()
    submit(it.application.pk, by=it.owner, at=LATER)
    follow(it.application.pk, at=LATER)

    assert Endorsement.objects.count() == 1
    assert len(noted(it.application, "funding.endorsement_asked")) == 1


def test_each_department_that_takes_part_is_asked_of_its_own():
    it = place()
    school = UnitFactory(organisation=it.here, name="Skola")
    application = hand_in(it)
    application.partners.set([school, it.ward])
    follow(application.pk, at=LATER)

    assert [(one.unit, one.manager) for one in live(application)] == [
        (it.ward, it.bo), (school, it.ali),
    ]  # fmt: skip
    assert open_to(application) == ["Ali Ahmed", "Bo Ek"]


def test_a_manager_who_applies_is_not_asked_the_one_above_is():
    it = place()
    application = hand_in(it, by=it.bo)

    assert [one.manager for one in live(application)] == [it.eva]


def test_a_deputy_is_asked_while_it_holds():
    it = place()
    role = it.bo.appointments.get()
    for name, ends in (("Kim Vik", None), ("Ex Tra", NOON.date())):
        deputy = person_as(Role.EMPLOYEE, it.here, name=name)
        AppointmentFactory(
            person=deputy, organisation=it.here, unit=it.ward, role="manager",
            deputy_for=role, ends=ends,
        )  # fmt: skip

    assert [one.manager.name for one in live(hand_in(it))] == ["Kim Vik"]


def test_where_there_is_nobody_to_ask_the_office_is_told_once():
    it = place()
    for person in (it.bo, it.eva, it.ali):
        person.appointments.update(role="employee")
    application = hand_in(it)
    follow(application.pk, at=LATER)

    assert not Endorsement.objects.exists()
    assert noted(application, "funding.endorsement_unasked") == [
        {"unit_id": it.ward.pk, "unit": "Hemtjänst", "cause": "nobody"}
    ]


# --- Named by the office -----------------------------------------------------------------------


def name(it, person, **fields):
    fields = {"unit_id": it.ward.pk, "by": it.administrator, "at": LATER, **fields}
    return name_manager(it.application.pk, person=person, **fields)


def test_the_office_names_somebody_where_nobody_was_found():
    it = place()
    it.bo.appointments.update(role="employee")
    it.eva.appointments.all().delete()
    it.ali.appointments.all().delete()
    it.application = hand_in(it)

    one = name(it, it.bo)

    assert (one.manager, one.unit, one.due_at) == (it.bo, it.ward, LAST_DAY)
    assert open_to(it.application) == ["Bo Ek"]
    assert noted(it.application, "funding.endorsement_asked")[0]["how"] == "named"


def test_the_office_names_somebody_else_instead_of_whoever_is_silent():
    it = asked()

    one = name(it, it.eva, why=" Bo är  sjuk. ")

    it.one.refresh_from_db()
    assert (it.one.passed_to, it.one.passed_why, it.one.passed_at) == (one, "Bo är sjuk.", LATER)
    assert open_to(it.application) == ["Eva Lund"]


def test_the_office_names_nobody_for_a_department_that_has_answered():
    it = asked()
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=LATER)

    with pytest.raises(AnsweredAlready):
        name(it, it.eva)
    assert open_to(it.application) == ["Bo Ek"]


def test_who_may_be_named():
    it = asked()
    with pytest.raises(CannotBeAsked):
        name(it, it.owner)
    with pytest.raises(NotAColleague):
        name(it, person_as(Role.MANAGER, OrganisationFactory()))
    declare(it.application.idea, it.eva, ConflictState.DECLARED)
    with pytest.raises(CannotBeAsked):
        name(it, it.eva)
    with pytest.raises(TooLong):
        name(it, it.ali, why="x" * 201)
    assert [one.manager for one in live(it.application)] == [it.bo]


@pytest.mark.parametrize("who", ["owner", "bo", "eva"])
def test_only_the_office_names(who):
    it = asked()

    with pytest.raises(NotAllowed):
        name(it, it.ali, by=getattr(it, who))


def test_an_administrator_to_whom_the_case_is_shut_names_nobody():
    it = asked()
    declare(it.application.idea, it.administrator, ConflictState.DECLARED)

    with pytest.raises(Disqualified):
        name(it, it.ali)


def test_a_department_that_takes_no_part_gets_no_answerer():
    it = asked()

    with pytest.raises(NotAllowed):
        name(it, it.ali, unit_id=it.care.pk)


def test_nobody_is_named_when_nothing_waits():
    it = asked()
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)

    with pytest.raises(CheckOver):
        name(it, it.ali)


# --- No longer asked ---------------------------------------------------------------------------


def test_what_is_withdrawn_waits_for_nobody():
    it = asked()
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)
    follow(it.application.pk, at=LATER)
    follow(it.application.pk, at=LATER)

    it.one.refresh_from_db()
    assert it.one.ended_at == LATER
    assert open_to(it.application) == []
    assert noted(it.application, "funding.endorsement_ended") == [
        {
            "endorsement": it.one.pk,
            "person": it.bo.pk,
            "name": "Bo Ek",
            "unit": "Hemtjänst",
            "answered": False,
        }
    ]


def test_whoever_has_answered_can_read_on_what_was_withdrawn():
    it = asked()
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=LATER)
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)
    follow(it.application.pk, at=LATER)

    assert open_to(it.application) == ["Bo Ek"]


def test_what_was_sent_on_and_came_back_asks_again_with_time_to_answer():
    it = asked(endorse_by=NOON + timedelta(days=3))
    idea = it.application.idea_id
    redirect(idea, to="IT", message="Tack.", by=it.administrator, at=LATER)
    follow(it.application.pk, at=LATER)
    assert open_to(it.application) == []

    back = NOON + timedelta(days=30)
    take_back(idea, by=it.administrator, at=back)
    follow(it.application.pk, at=back)

    it.one.refresh_from_db()
    assert (it.one.ended_at, it.one.due_at.isoformat()) == (None, "2026-11-11T23:00:00+00:00")
    assert open_to(it.application) == ["Bo Ek"]
    assert len(noted(it.application, "funding.endorsement_asked")) == 2


def test_another_department_means_another_manager():
    it = asked()
    values = {"unit": it.care.pk}
    write(it.application.pk, values=values, seen=seen(it.application), by=it.owner, at=LATER)
    follow(it.application.pk, at=LATER)
    assert [(one.unit, one.manager) for one in live(it.application)] == [(it.care, it.eva)]
    assert open_to(it.application) == ["Eva Lund"]

    write(
        it.application.pk,
        values={"unit": it.ward.pk},
        seen=seen(it.application),
        by=it.owner,
        at=LATER,
    )
    follow(it.application.pk, at=LATER)
    assert [one.manager for one in live(it.application)] == [it.bo]
    assert Endorsement.objects.count() == 2


def test_an_answer_of_a_department_that_comes_back_still_stands():
    it = asked()
    answer(it.one.pk, Reply("yes", hours=20), version=0, by=it.bo, at=LATER)
    for unit in (it.care, it.ward):
        write(
            it.application.pk,
            values={"unit": unit.pk},
            seen=seen(it.application),
            by=it.owner,
            at=LATER,
        )
        follow(it.application.pk, at=LATER)

    assert [(one.manager, one.answer) for one in live(it.application)] == [(it.bo, "yes")]
    assert len(noted(it.application, "funding.endorsement_asked")) == 2  # Bo, then Eva


def test_a_manager_of_two_departments_keeps_the_case_until_both_are_passed_on():
    it = asked()
    it.application.partners.set([it.care])
    manager_of(it.ward)
    AppointmentFactory(person=it.bo, organisation=it.here, unit=it.care, role="manager")
    it.eva.appointments.all().delete()
    follow(it.application.pk, at=LATER)
    assert [one.manager for one in live(it.application)] == [it.bo, it.bo]

    for place_left, one in enumerate(live(it.application)):
        pass_on(one.pk, to=it.ali, why="Hon vet.", version=one.version, by=it.bo, at=LATER)
        assert ("Bo Ek" in open_to(it.application)) == (place_left == 0)


def test_a_co_applicant_is_shut_out_from_answering_at_once():
    it = asked()
    involve(it.application.pk, person=it.bo, by=it.owner, at=LATER)

    with pytest.raises(NotAllowed):
        answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=LATER)


def test_asking_needs_no_second_look():
    it = asked()
    application = fresh(it.application)
    ask_managers(application, by=it.owner, at=LATER)

    assert len(noted(application, "funding.endorsement_asked")) == 1
