from datetime import timedelta

import pytest

from idesluss.funding.models import Application
from idesluss.funding.usecases import apply, write
from idesluss.funding.usecases.apply import NothingWritten
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import Closed, NotAllowed, NotOpenYet, TooLong
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PotFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)
from tests.funding.applying import NEED, draft, employee_of, fresh, seen, verbs

pytestmark = pytest.mark.django_db


def begin(round, by, *, at=NOON, title="Elmotorer", need=NEED):
    return apply(round.pk, title=title, need=need, language="sv", by=by, at=at)


def test_a_draft_begins_with_title_and_need_and_belongs_to_the_one_who_wrote_it():
    round = RoundFactory()
    anna = employee_of(round)

    application = begin(round, anna, title="  Elmotorer \n på cyklar ", need=f" {NEED}\r\nJa. ")

    idea = fresh(application).idea
    assert (idea.title, idea.need) == ("Elmotorer på cyklar", f"{NEED}\nJa.")
    assert (idea.stage, idea.language, idea.programme) == ("draft", "sv", round.programme)
    assert [(i.person, i.part) for i in idea.involvements.all()] == [(anna, Part.OWNER.value)]
    assert (application.round, application.submitted_at) == (round, None)
    assert verbs(idea) == ["ideas.started"]
    assert verbs(application) == []


@pytest.mark.parametrize("written", [{"title": ""}, {"need": ""}])
def test_either_title_or_need_is_enough(written):
    round = RoundFactory()

    begin(round, employee_of(round), **written)

    assert Application.objects.count() == 1


def test_no_empty_draft_is_made():
    round = RoundFactory()

    with pytest.raises(NothingWritten):
        begin(round, employee_of(round), title="  ", need="\n")

    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("field", "written"), [("title", {"title": "x" * 161}), ("need", {"need": "x" * 4001})]
)
def test_more_than_there_is_room_for_begins_nothing(field, written):
    round = RoundFactory()

    with pytest.raises(TooLong) as refused:
        begin(round, employee_of(round), **written)

    assert refused.value.field == field
    assert not Idea.objects.exists()


def test_a_double_click_makes_one_draft():
    round = RoundFactory()
    anna = employee_of(round)

    first, second = begin(round, anna), begin(round, anna)

    assert first == second
    assert Idea.objects.count() == 1


def test_another_person_another_title_or_a_draft_gone_on_is_not_a_double_click():
    round = RoundFactory()
    anna, bo = employee_of(round), employee_of(round)
    first = begin(round, anna)
    write(first.pk, values={"need": "Mer."}, seen=seen(first), by=anna, at=NOON)

    begin(round, anna)
    begin(round, anna, title="Elcyklar")
    begin(round, bo)

    assert Idea.objects.count() == 4


def test_the_unit_where_one_works_is_the_first_guess():
    round = RoundFactory()
    ours = round.programme.organisation
    anna = employee_of(round)
    unit = UnitFactory(organisation=ours)
    AppointmentFactory(person=anna, organisation=OrganisationFactory(), unit=UnitFactory())
    AppointmentFactory(
        person=anna, organisation=ours, unit=UnitFactory(organisation=ours, archived_at=NOON)
    )
    AppointmentFactory(person=anna, organisation=ours, unit=unit)

    assert begin(round, anna).idea.unit == unit
    assert begin(round, employee_of(round)).idea.unit is None


def test_the_currency_is_the_rounds():
    danish = RoundFactory(currency="DKK")
    PotFactory(programme=danish.programme, year=danish.project_year, currency="EUR")

    assert begin(danish, employee_of(danish)).currency == "DKK"


@pytest.mark.parametrize(
    ("kinds", "first"),
    [([], "new"), (["continuation", "new"], "new"), (["implementation"], "implementation")],
)
def test_it_begins_as_something_new_unless_the_round_takes_none_of_it(kinds, first):
    round = RoundFactory(kinds=kinds)

    assert begin(round, employee_of(round)).kind == first


def test_the_window_is_half_open():
    round = RoundFactory(announced_at=NOON - timedelta(days=60))
    anna = employee_of(round)
    moment = timedelta(microseconds=1)

    with pytest.raises(NotOpenYet):
        begin(round, anna, at=round.opens_at - moment, title="1")
    begin(round, anna, at=round.opens_at, title="2")
    begin(round, anna, at=round.closes_at - moment, title="3")
    with pytest.raises(Closed):
        begin(round, anna, at=round.closes_at, title="4")

    assert sorted(Idea.objects.values_list("title", flat=True)) == ["2", "3"]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_with_a_role_may_apply(role):
    round = RoundFactory()

    assert begin(round, person_as(role, round.programme.organisation)).pk


def test_a_member_of_the_deciding_body_may_apply():
    round = RoundFactory()

    assert begin(round, SeatFactory(body=round.programme.body).person).pk


def test_people_of_another_organisation_may_not_apply():
    round = RoundFactory()
    elsewhere = person_as(Role.ADMINISTRATOR, OrganisationFactory())

    with pytest.raises(NotAllowed):
        begin(round, elsewhere)


@pytest.mark.parametrize(
    "round_fields",
    [
        {"announced_at": None},
        {"announced_at": NOON + timedelta(seconds=1)},
        {"archived_at": NOON},
        {"programme__archived_at": NOON},
    ],
)
def test_a_round_that_is_not_announced_or_out_of_use_takes_nothing(round_fields):
    round = RoundFactory(**round_fields)

    with pytest.raises(NotAllowed):
        begin(round, employee_of(round))


def test_somebody_whose_employment_has_ended_may_not_apply():
    round = RoundFactory()
    anna = employee_of(round)
    anna.appointments.update(ends=NOON.date())

    with pytest.raises(NotAllowed):
        begin(round, anna)


def test_the_drafts_of_others_are_not_shown_to_me():
    application, owner = draft()
    colleague = employee_of(application.round)

    assert list(Application.objects.visible_to(owner, at=NOON)) == [application]
    assert not Application.objects.visible_to(colleague, at=NOON).exists()
