"""Follow, complete, withdraw, and how much the page of a case asks."""

from datetime import date, timedelta

import pytest

from idesluss.funding.models import Application, Grant
from idesluss.funding.usecases import withdraw
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import accept, ask_completion, go_on_without, redirect, undo_accept
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from tests.factories import (
    NOON,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
)
from tests.funding.applying import fresh, handed_in
from tests.web.funding.applicant import Desk, text, whole_round_answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
HOUR = NOON + timedelta(hours=1)


@pytest.fixture
def desk():
    """Somebody whose application is handed in, with Cecilia as contact."""
    contact = PersonFactory(name="Cecilia Ek", email="cecilia@slusstad.example")
    round = whole_round_answered(contact=contact, answer_by=date(2026, 12, 18))
    return Desk(*handed_in(round))


def administrator_of(desk):
    return person_as(Role.ADMINISTRATOR, desk.application.round.programme.organisation)


def ask(desk, what="The budget is missing."):
    administrator = administrator_of(desk)
    due = date(2026, 10, 12)
    ask_completion(desk.application.idea_id, what=what, due=due, by=administrator, at=NOON)
    return administrator


# --- The case ----------------------------------------------------------------------------------


def test_the_page_says_where_it_is_who_answers_and_what_has_happened(desk):
    desk.write("need", title="Bikes", need=desk.idea.need)

    said = text(desk.get())

    for words in (
        "INN 2026/0001",
        "Received (now)",
        "Being assessed (not yet)",
        "Next we check that everything is there. You get an answer by 18 December 2026 .",
        "Changed: Title",
        "Handed in, with register number INN 2026/0001",
        "The draft was begun",
        "Cecilia Ek answers questions and helps you on.",
        "Withdraw the application",
    ):
        assert words in said


def test_a_change_of_department_is_told(desk):
    unit = UnitFactory(organisation=desk.application.round.programme.organisation)

    desk.write("people", unit=unit.pk)

    assert "Changed: Department" in text(desk.get())


def test_the_programmes_own_words_for_its_steps_are_used(desk):
    programme = desk.application.round.programme
    for position, (stage, name) in enumerate([("received", "inkommen"), ("deciding", "beslut")]):
        Step.objects.create(programme=programme, stage=stage, name=name, position=position)

    assert "Draft (done) Inkommen (now) Beslut (not yet)" in text(desk.get())

    Step.objects.create(programme=programme, stage="draft", name="kladd", position=0)
    Step.objects.filter(programme=programme, stage="received").update(position=1)
    Step.objects.filter(programme=programme, stage="deciding").update(position=2)
    assert "Kladd (done) Inkommen (now) Beslut (not yet)" in text(desk.get())


def test_an_application_that_has_ended_stands_where_it_was(desk):
    withdraw(desk.application.pk, reason="We bought one.", by=desk.person, at=NOON)

    said = text(desk.get())

    assert "Received (stopped here)" in said
    assert "The answer Withdrawn" in said
    assert "Reason We bought one." in said
    assert "It does not end here" not in said


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("exploring", "We are finding out more about the need"),
        ("assessing", "Assessors are reading it."),
        ("deciding", "It is to be decided."),
    ],
)
def test_what_is_awaited_is_said_at_every_stage(desk, stage, words):
    Idea.objects.filter(pk=desk.application.idea_id).update(stage=stage)

    assert words in text(desk.get())


def test_the_history_tells_acts_of_the_office_and_keeps_conflicts_to_itself(desk):
    administrator = ask(desk)
    go_on_without(desk.application.idea_id, by=administrator, at=NOON)
    accept(desk.application.idea_id, by=administrator, at=NOON)
    declare(desk.idea, person_as(Role.ASSESSOR, OrganisationFactory()), ConflictState.DECLARED)

    said = text(desk.get())

    assert "Checked: the application is complete and goes on" in said
    assert "The request for completion ended without an answer" in said
    assert "You were asked to complete it by 12 October 2026" in said
    assert administrator.name not in said
    assert "conflict" not in said.lower()


def test_what_was_undone_before_anybody_was_told_is_not_told(desk):
    administrator = administrator_of(desk)
    accept(desk.application.idea_id, by=administrator, at=NOON)
    undo_accept(desk.application.idea_id, by=administrator, at=NOON)

    assert "is complete" not in text(desk.get())


def test_what_is_sent_on_says_where(desk):
    administrator = administrator_of(desk)
    to, message = "the service desk", "It is a fault report."
    redirect(desk.application.idea_id, to=to, message=message, by=administrator, at=NOON)

    said = text(desk.get())

    assert "Sent on to the service desk" in said
    assert "It is a fault report." in said


def test_a_grant_is_told_with_its_sum_and_conditions(desk):
    Application.objects.filter(pk=desk.application.pk).update(
        outcome="granted_with_conditions", conditions="Tell others.", decided_at=NOON
    )
    Grant.objects.create(
        application=desk.application, year=2027, amount_minor=30_000_00, currency="SEK"
    )

    said = text(desk.get())

    assert "Granted with conditions 5 October 2026 Granted for 2027 SEK 30,000" in said
    assert "Conditions Tell others." in said
    assert "It does not end here" not in said
    assert "Withdraw the application" not in said


def test_a_no_comes_with_its_reason_and_a_coach(desk):
    coach = person_as(
        Role.COACH, desk.application.round.programme.organisation, name="Disa", email="d@x.example"
    )
    person_as(Role.COACH, OrganisationFactory(), name="Elsewhere")
    Application.objects.filter(pk=desk.application.pk).update(
        outcome="refused", reason="There are bikes already.", decided_at=NOON
    )

    said = text(desk.get())

    assert "Reason There are bikes already." in said
    assert "It does not end here A no to the money is not a no to the need." in said
    assert f"{coach.name}, {coach.email}" in said
    assert "Elsewhere" not in said


def test_those_who_handle_it_are_shown_where_they_do(desk):
    organisation = desk.application.round.programme.organisation
    administrator = Desk(desk.application, person_as(Role.ADMINISTRATOR, organisation))
    assessor = Desk(desk.application, person_as(Role.ASSESSOR, organisation))
    involve(desk.application.idea, assessor.person, Part.ASSESSOR)
    declare(desk.application.idea, assessor.person, ConflictState.CLEAR)

    assert administrator.get().url == desk.url("check")
    assert assessor.get().url == desk.url("print")
    assert desk.colleague().get().status_code == 404


def test_a_co_applicant_may_leave():
    desk = Desk.with_draft()
    bo = desk.colleague()
    involve(desk.application.idea, bo.person, Part.CO_APPLICANT)
    assert "Stop being a co-applicant" in text(bo.get())
    assert "Stop being a co-applicant" not in text(desk.get())

    left = bo.post("application", data={})

    assert "You no longer hand in “Elmotorer på cyklar”." in text(bo.client.get(left.url))
    assert bo.get().status_code == 404
    refused = desk.post("application", data={})
    assert "You are not allowed to do this." in text(desk.client.get(refused.url))


# --- On paper ----------------------------------------------------------------------------------


def test_the_print_view_holds_everything_and_serves_the_office_too(desk):
    organisation = desk.application.round.programme.organisation
    registrar = Desk(desk.application, person_as(Role.REGISTRAR, organisation))

    mine, theirs = text(desk.get("print")), text(registrar.get("print"))

    for words in ("INN 2026/0001", desk.person.name, "Elmotorer SEK 25,000", "Why idea?"):
        assert words in mine
        assert words in theirs
    assert desk.colleague().get("print").status_code == 404


def test_in_a_blind_round_the_assessor_prints_no_names():
    round = whole_round_answered(blind=True)
    desk = Desk(*handed_in(round))
    assessor = Desk(desk.application, person_as(Role.ASSESSOR, round.programme.organisation))
    involve(desk.application.idea, assessor.person, Part.ASSESSOR)
    declare(desk.application.idea, assessor.person, ConflictState.CLEAR)

    assert desk.person.name in text(desk.get("print"))
    assert desk.person.name not in text(assessor.get("print"))


def test_the_answer_is_printed_with_it(desk):
    withdraw(desk.application.pk, reason="We bought one.", by=desk.person, at=NOON)

    assert "The answer Withdrawn Reason We bought one." in text(desk.get("print"))


# --- Withdraw ----------------------------------------------------------------------------------


def test_withdrawing_asks_once_more_and_then_does_it(desk):
    page = text(desk.get("withdraw"))
    assert "Withdraw the application? Elmotorer på cyklar INN 2026/0001" in page
    assert "This cannot be undone." in page

    done = desk.post("withdraw", data={"reason": "We bought one."})

    assert done.url == desk.url()
    assert desk.idea.stage == "withdrawn"
    assert fresh(desk.application).reason == "We bought one."
    assert desk.get("withdraw").url == desk.url()


def test_too_long_a_reason_stays_on_the_page(desk):
    response = desk.post("withdraw", data={"reason": "x" * 3001})

    assert response.status_code == 422
    assert "Shorten it to at most 3000 characters." in text(response)
    assert desk.idea.stage == "received"


def test_a_co_applicant_does_not_withdraw(desk):
    bo = desk.colleague()
    involve(desk.application.idea, bo.person, Part.CO_APPLICANT)

    assert bo.get("withdraw").url == desk.url()
    assert bo.post("withdraw", data={}).status_code == 422
    assert desk.idea.stage == "received"


# --- Complete ----------------------------------------------------------------------------------


def test_a_request_is_shown_first_and_everything_can_be_changed_after_closing(now):
    desk = Desk(*handed_in(whole_round_answered(closes_at=HOUR)))
    ask(desk, "The budget is missing.\nWho mounts them?")
    now.at = HOUR

    said = text(desk.get())
    assert "We need something from you The budget is missing. Who mounts them?" in said
    assert "Answer by 12 October 2026." in said
    assert "The budget is missing." in text(desk.get("complete"))
    done = desk.write("goals", go="next")
    assert done.url == desk.url("complete")
    assert desk.write("need", title="Bikes", need="Hills.").status_code == 302
    assert desk.idea.title == "Bikes"


def test_answering_ends_the_request_and_twice_is_told(desk):
    ask(desk)

    done = desk.post("complete", data={"answer": "It is there now."})
    again = desk.post("complete", data={"answer": "It is there now."})

    assert done.url == desk.url()
    said = text(desk.client.get(again.url))
    assert "Thank you. Your answer has reached us." in said
    assert "There is no open request to complete this application." in said
    assert "Completed 5 October 2026 at 12:00" in said
    assert desk.idea.paused_at is None
    assert desk.get("complete").url == desk.url()


def test_an_empty_answer_stays_on_the_page(desk):
    ask(desk)

    response = desk.post("complete", data={"answer": " "})

    assert response.status_code == 422
    assert "This has to be filled in." in text(response)
    assert desk.idea.paused_at == NOON


def test_after_the_day_one_is_told_that_it_is_late_but_may_answer(desk, now):
    ask(desk)
    now.at = NOON + timedelta(days=7)
    desk.client.force_login(desk.person)
    assert "The day has passed" not in text(desk.get("complete"))

    now.at = NOON + timedelta(days=8)
    desk.client.force_login(desk.person)

    assert "The day has passed, but you can still answer" in text(desk.get("complete"))
    assert desk.post("complete", data={"answer": "Late."}).url == desk.url()


def test_the_page_of_a_case_asks_as_many_queries_however_much_is_in_it(
    django_assert_num_queries,
):
    desk = Desk(*handed_in(whole_round_answered()))
    for number in range(3):
        desk.write("need", title=f"Bikes {number}", need="Hills.")
    for bo in (desk.colleague(), desk.colleague()):
        involve(desk.application.idea, bo.person, Part.CO_APPLICANT)
    desk.get()

    with django_assert_num_queries(9):
        desk.get()
