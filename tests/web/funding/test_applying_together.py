"""Several who write at once, the closing that passes, sessions that run out, and strangers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, person_as
from tests.funding.applying import draft, handed_in
from tests.web.funding.applicant import Desk, text, whole_round, whole_round_answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NEED = "The hills are steep."
HOUR = NOON + timedelta(hours=1)

# --- Several at once ---------------------------------------------------------------------------


def test_two_windows_on_different_steps_never_meet():
    desk = Desk.with_draft(whole_round())
    other = desk.get("edit", "need")
    desk.write("idea", answer_idea="Motors.")

    assert desk.write("need", page=other, title="Bikes", need=NEED).status_code == 302


def test_two_who_write_the_same_text_see_both_and_choose():
    desk = Desk.with_draft(whole_round())
    mine, theirs = desk.get("edit", "need"), desk.get("edit", "need")
    title = desk.idea.title
    desk.write("need", page=theirs, title=title, need="Theirs.")

    clash = desk.write("need", page=mine, title="Bikes", need="Mine.", go="stay")

    assert clash.status_code == 409
    assert "Theirs." in text(clash)
    assert "Mine." in text(clash)
    assert (desk.idea.title, desk.idea.need) == ("Bikes", "Theirs.")

    undecided = desk.write("need", page=clash, need="Mine.")
    assert undecided.status_code == 409
    assert "Choose one of the two before you save." in text(undecided)
    chosen = desk.write("need", page=undecided, need="Both.", **{"keep-need": "mine"})
    assert chosen.url == desk.url("edit", "need")
    assert desk.idea.need == "Both."


def test_the_other_text_may_be_kept():
    desk = Desk.with_draft(whole_round())
    mine, theirs = desk.get("edit", "need"), desk.get("edit", "need")
    desk.write("need", page=theirs, title="Bikes", need="Theirs.")
    clash = desk.write("need", page=mine, title="Bikes", need="Mine.")

    kept = desk.write("need", page=clash, need="Mine.", **{"keep-need": "theirs"})

    assert kept.url == desk.url("edit", "idea")
    assert desk.idea.need == "Theirs."


def test_a_choice_made_while_a_third_writes_is_asked_again():
    desk = Desk.with_draft(whole_round())
    mine, theirs = desk.get("edit", "need"), desk.get("edit", "need")
    desk.write("need", page=theirs, need="Theirs.")
    clash = desk.write("need", page=mine, need="Mine.")
    desk.write("need", need="Somebody else's.")

    again = desk.write("need", page=clash, need="Mine.", **{"keep-need": "mine"})

    assert again.status_code == 409
    assert "Somebody else's." in text(again)


def test_every_kind_of_field_can_clash_and_be_shown():
    desk = Desk.with_draft(whole_round())
    round = desk.application.round
    units = list(round.programme.organisation.units.order_by("pk"))
    goals = list(round.programme.goals.all())
    pages = {step: desk.get("edit", step) for step in ("plan", "people", "goals")}
    lines = {"lines-what": ["Theirs"], "lines-sum": ["5"], "ends_on": "2027-02-01"}
    desk.write("plan", **lines)
    desk.write("people", unit=units[0].pk)
    desk.write("goals", goals=[goals[0].pk])

    mine = {"lines-what": ["Mine"], "lines-sum": ["6"], "ends_on": "2027-03-01"}
    clashes = [
        desk.write("plan", page=pages["plan"], **mine),
        desk.write("people", page=pages["people"], unit=units[1].pk),
        desk.write("goals", page=pages["goals"], goals=[goals[1].pk]),
    ]

    assert [clash.status_code for clash in clashes] == [409, 409, 409]
    assert "Theirs: SEK 5" in text(clashes[0])
    assert "1 February 2027" in text(clashes[0])
    assert units[0].name in text(clashes[1])
    assert goals[0].name in text(clashes[2])


def test_sums_that_clash_are_shown_as_money():
    desk = Desk(*draft(whole_round()))
    mine = desk.get("edit", "plan")
    blank = {"lines-what": [""], "lines-sum": [""]}
    desk.write("plan", **blank, asked="50 tkr")

    clash = desk.write("plan", page=mine, **blank, asked="60 tkr")

    assert clash.status_code == 409
    assert "SEK 50,000" in text(clash)


def test_saving_as_one_writes_never_writes_past_what_the_page_does_not_show():
    """A save that keeps another's title must not count as having seen it."""
    desk = Desk.with_draft(whole_round())
    mine, theirs = desk.get("edit", "need"), desk.get("edit", "need")
    title = desk.idea.title
    desk.write("need", page=theirs, title="Theirs", need=desk.idea.need)

    first = desk.write("need", page=mine, htmx=True, title=title, need="One.")
    second = desk.write("need", page=first, htmx=True, title=title, need="Two.")

    assert second.status_code == 200
    assert (desk.idea.title, desk.idea.need) == ("Theirs", "Two.")


def test_a_clash_found_while_writing_offers_to_look_at_both():
    desk = Desk.with_draft(whole_round())
    mine, theirs = desk.get("edit", "need"), desk.get("edit", "need")
    desk.write("need", page=theirs, need="Theirs.")

    told = desk.write("need", page=mine, htmx=True, need="Mine.")
    pressed = desk.write("need", page=told, need="Mine.", go="stay")

    assert "somebody else has changed the same text. Look at both texts" in text(told)
    assert pressed.status_code == 409
    assert desk.idea.need == "Theirs."


# --- When, and after sign-in -------------------------------------------------------------------


def test_a_draft_is_kept_and_written_on_after_the_round_has_closed(now):
    desk = Desk.with_draft(whole_round(closes_at=HOUR))
    page = desk.get("edit", "need")
    now.at = HOUR

    assert desk.write("need", page=page, title="Bikes", need=NEED).status_code == 302
    assert "this draft can no longer be handed in. It is kept" in text(desk.get("edit", "need"))
    assert desk.idea.title == "Bikes"


def test_closing_while_one_changes_what_is_handed_in_keeps_the_text_on_the_page(now):
    desk = Desk(*handed_in(whole_round_answered(closes_at=HOUR)))
    page = desk.get("edit", "need")
    now.at = HOUR

    response = desk.write("need", page=page, title="Bikes", need="What I wrote at the last moment.")

    assert response.status_code == 422
    assert "can no longer be changed" in text(response)
    assert "What I wrote at the last moment." in text(response)
    assert desk.idea.title == "Elmotorer på cyklar"
    assert desk.get("edit", "need").url == desk.url()


def test_what_is_handed_in_is_changed_by_the_button_only():
    desk = Desk(*handed_in(whole_round_answered()))

    page = desk.get("edit", "goals")
    assert b"autosave" not in page.content
    assert b"autosave" in Desk.with_draft().get("edit", "need").content
    assert desk.write("goals", page=page, go="next").url == desk.url()
    assert desk.write("need", title="Bikes", go="later").url == desk.url()
    assert desk.idea.title == "Bikes"


def test_signed_out_while_writing_the_text_comes_back_and_knows_what_it_was_written_on():
    desk = Desk.with_draft(whole_round())
    page = desk.get("edit", "need")
    desk.client.logout()

    sent_away = desk.write("need", page=page, title="Bikes", need="Mine.")
    desk.client.force_login(desk.person)
    other = Desk(desk.application, desk.person)
    other.write("need", title="Elmotorer på cyklar", need="Theirs.")
    back = desk.get("edit", "need")

    assert sent_away.url.startswith(reverse("account_login"))
    assert "Your text is back in the form below, but it is not saved yet" in text(back)
    assert "Mine." in text(back)
    assert desk.write("need", page=back, title="Bikes", need="Mine.").status_code == 409


# --- Whose -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [("edit", "need"), ("submit",), ("receipt",), ("withdraw",)])
def test_other_peoples_applications_are_not_found(page):
    desk = Desk.with_draft()
    organisation = desk.application.round.programme.organisation
    others = [
        desk.colleague(),
        Desk(desk.application, person_as(Role.ADMINISTRATOR, organisation)),
        Desk(desk.application, person_as(Role.EMPLOYEE, OrganisationFactory())),
    ]

    assert [other.get(*page).status_code for other in others] == [404, 404, 404]
    assert [other.post(*page, data={}).status_code for other in others[:1]] in ([404], [405])


def test_an_application_is_not_found_under_another_organisation():
    desk = Desk.with_draft()
    elsewhere = OrganisationFactory()

    url = reverse("funding:application", args=[elsewhere.slug, desk.application.pk])

    assert desk.client.get(url).status_code == 404
