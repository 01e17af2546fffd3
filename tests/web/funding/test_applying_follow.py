"""Hand in, follow, complete, withdraw, and the list of one's own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from idesluss.funding.models import Application, Grant
from idesluss.funding.usecases import withdraw
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import accept, ask_completion, go_on_without, redirect, undo_accept
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from tests.factories import (
    NOON,
    ApplicationFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
)
from tests.funding.applying import draft, employee_of, fresh, handed_in
from tests.web.funding.applicant import Desk, text, whole_round, whole_round_answered

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


# --- Handing in --------------------------------------------------------------------------------


def test_everything_is_on_one_page_and_what_is_missing_leads_to_its_field():
    desk = Desk(*draft(whole_round()))

    page = desk.get("submit")

    assert page.status_code == 200
    said = text(page)
    assert "6 things are missing Why need? Why idea? Why plan? The project's last day" in said
    assert "becomes a public record" in said
    html = page.content.decode()
    assert f'href="{desk.url("edit", "need")}#id_answer-need"' in html
    assert f'href="{desk.url("edit", "plan")}#id_ends_on"' in html
    assert f'href="{desk.url("edit", "plan")}#id_asked"' in html
    assert f'href="{desk.url("edit", "people")}#id_unit"' in html


def test_handing_in_with_something_missing_says_what_and_changes_nothing():
    desk = Desk(*draft(whole_round()))

    response = desk.post("submit", data={})

    assert response.status_code == 422
    assert "6 things are missing" in text(response)
    assert desk.idea.stage == "draft"


def test_a_line_to_mend_is_told_with_its_reason():
    desk = Desk.with_draft()
    desk.write("plan", **{"lines-what": ["Motors"], "lines-sum": [""]})

    page = desk.get("submit")

    assert "What the money is for: A line of the budget lacks its words or its sum." in text(page)
    assert f'href="{desk.url("edit", "plan")}#id_lines_0"' in page.content.decode()


def test_a_cap_that_was_lowered_meanwhile_is_told_at_the_lines():
    desk = Desk.with_draft(whole_round_answered())
    desk.application.round.programme.pots.update(cap_minor=1_00)

    page = desk.get("submit")

    assert "The sum you ask for: You ask for SEK 35,000, but" in text(page)
    assert f'href="{desk.url("edit", "plan")}#id_lines_0"' in page.content.decode()


def test_a_project_that_goes_on_after_its_money_is_pointed_out():
    desk = Desk.with_draft()
    desk.write("plan", ends_on="2028-03-01")

    assert "The project ends 1 March 2028, but the money is for 2027." in text(desk.get("submit"))


def test_handing_in_gives_a_receipt_with_number_contact_and_date_and_twice_the_same():
    contact = PersonFactory(name="Cecilia Ek", email="cecilia@slusstad.example")
    desk = Desk.with_draft(RoundFactory(contact=contact, answer_by=date(2026, 12, 18)))

    first, second = desk.post("submit", data={}), desk.post("submit", data={})

    assert first.url == second.url == desk.url("receipt")
    said = text(desk.get("receipt"))
    for words in (
        "Register number INN 2026/0001",
        "Handed in 5 October 2026 at 12:00",
        "Asked for SEK 35,000",
        "Your contact Cecilia Ek, cecilia@slusstad.example",
        "You get an answer by 18 December 2026",
        "You can change the application until 4 November 2026 at 11:00.",
    ):
        assert words in said
    assert desk.get("submit").url == desk.url()


@pytest.mark.parametrize("mail", ["", "innovation@slusstad.example"])
def test_without_a_contact_person_the_receipt_names_the_organisation(mail):
    desk = Desk.with_draft(RoundFactory(contact=None, programme__organisation__contact_mail=mail))
    desk.post("submit", data={})

    named = mail or desk.application.round.programme.organisation.name
    assert f"Your contact {named}" in text(desk.get("receipt"))


def test_what_is_withdrawn_is_not_handed_in_again_from_an_old_page(desk):
    withdraw(desk.application.pk, reason="", by=desk.person, at=NOON)

    refused = desk.post("submit", data={})

    assert refused.url == desk.url()
    assert "You are not allowed to do this." in text(desk.get())


def test_a_draft_has_no_receipt():
    desk = Desk.with_draft()

    assert desk.get("receipt").url == desk.url("submit")


def test_one_second_after_closing_the_draft_is_kept_with_a_plain_explanation(now):
    desk = Desk.with_draft(RoundFactory(closes_at=HOUR))
    now.at = HOUR + timedelta(seconds=1)

    response = desk.post("submit", data={})

    assert response.status_code == 422
    said = text(response)
    assert "It was not handed in This closed 5 October 2026 at 13:00, so nothing more can" in said
    assert "What you have written so far is kept." in said
    assert "Hand in the application" not in said
    assert desk.idea.stage == "draft"
    assert "The round has closed" in text(desk.get("submit"))
    assert "The round has closed" in text(desk.get())


def test_before_opening_there_is_no_button():
    desk = Desk.with_draft()
    desk.application.round.__class__.objects.update(opens_at=HOUR)

    said = text(desk.get("submit"))

    assert "It opens 5 October 2026 at 13:00. Your draft is kept until then." in said
    assert "Hand in the application" not in said


def test_a_round_that_never_closes_promises_no_last_moment():
    desk = Desk.with_draft(RoundFactory(closes_at=None))

    assert "You can change it until somebody begins to work with it" in text(desk.get("submit"))


def test_somebody_who_has_left_the_organisation_is_told_that_they_may_not_hand_in(now):
    desk = Desk.with_draft()
    desk.person.appointments.update(ends=NOON.date())

    response = desk.post("submit", data={})

    assert "You are not allowed to do this." in text(response)
    assert desk.get("edit", "need").url == desk.url()


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


# --- The list ----------------------------------------------------------------------------------


def mine_url(desk):
    return reverse("funding:mine", args=[desk.application.round.programme.organisation.slug])


def test_the_list_has_drafts_first_and_says_what_is_awaited(desk):
    ask(desk)
    draft(desk.application.round, by=desk.person)

    said = text(desk.client.get(mine_url(desk)))

    assert said.index("Hand it in before 4 November 2026") < said.index("INN 2026/0001")
    assert "Complete it by 12 October 2026" in said


def test_an_empty_list_says_where_to_begin():
    round = RoundFactory()
    desk = Desk(Application(round=round), employee_of(round))

    assert "No applications yet" in text(desk.client.get(mine_url(desk)))


def test_a_draft_is_thrown_away_and_taken_back():
    desk = Desk.with_draft()

    thrown = desk.client.post(mine_url(desk), {"discard": desk.application.pk})
    page = text(desk.client.get(thrown.url))
    assert "“Elmotorer på cyklar” is thrown away. Take the draft back" in page
    assert "1 draft that you threw away" in page
    assert desk.get().status_code == 404

    back = desk.client.post(mine_url(desk), {"restore": desk.application.pk})
    assert back.url == desk.url()
    assert "Your draft is back, as it was." in text(desk.get())


def test_only_ones_own_drafts_are_thrown_away_or_taken_back(desk):
    other = Desk.with_draft(desk.application.round)
    co_applicant = other.colleague()
    involve(other.application.idea, co_applicant.person, Part.CO_APPLICANT)

    for number in (other.application.pk, "x", "9" * 30, ""):
        assert desk.client.post(mine_url(desk), {"discard": number}).status_code == 404
    assert desk.client.post(mine_url(desk), {"restore": other.application.pk}).status_code == 404
    for person, number in ((desk, desk.application.pk), (co_applicant, other.application.pk)):
        refused = person.client.post(mine_url(desk), {"discard": number})
        assert "You are not allowed to do this." in text(person.client.get(refused.url))
    assert other.get().status_code == 200


@pytest.mark.list_page("funding:mine")
def test_the_list_asks_as_many_queries_for_three_as_for_one(client, count_queries):
    round = RoundFactory()
    anna = employee_of(round)
    client.force_login(anna)
    organisation = round.programme.organisation

    def add(number):
        ApplicationFactory.create_batch(number, round=round, owner=anna, stage="received")
        for application in ApplicationFactory.create_batch(number, round=round, owner=anna):
            application.idea.involvements.update(ended_at=NOON)

    def get():
        response = client.get(reverse("funding:mine", args=[organisation.slug]))
        assert response.status_code == 200

    assert count_queries(get, add) == 7


def test_the_page_of_a_case_asks_as_many_queries_however_much_is_in_it(
    django_assert_num_queries,
):
    desk = Desk(*handed_in(whole_round_answered()))
    for number in range(3):
        desk.write("need", title=f"Bikes {number}", need="Hills.")
    for bo in (desk.colleague(), desk.colleague()):
        involve(desk.application.idea, bo.person, Part.CO_APPLICANT)
    desk.get()

    with django_assert_num_queries(12):
        desk.get()
