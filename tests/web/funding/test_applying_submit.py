"""Look through and hand in; the receipt; the closing second."""

from datetime import date, timedelta

import pytest

from idesluss.funding.usecases import withdraw
from idesluss.ideas.usecases import ask_completion
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    PersonFactory,
    RoundFactory,
    person_as,
)
from tests.funding.applying import draft, handed_in
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
