from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.funding.models import Application
from idesluss.ideas.models import Idea
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, RoundFactory, person_as
from tests.funding.applying import draft, employee_of, fresh
from tests.web.funding.applicant import Desk, hidden, text, whole_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NEED = "The hills are steep."
HOUR = NOON + timedelta(hours=1)


@pytest.fixture
def desk():
    """Somebody with an empty chair: no application yet."""
    round = whole_round()
    return Desk(Application(round=round), employee_of(round))


def apply_url(round):
    return reverse("funding:apply", args=[round.programme.organisation.slug, round.slug])


def begin(desk, *, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return desk.client.post(apply_url(desk.application.round), data, headers=headers)


# --- Begin -------------------------------------------------------------------------------------


def test_looking_at_the_first_page_makes_no_draft(desk):
    response = desk.client.get(apply_url(desk.application.round))

    assert response.status_code == 200
    assert not Idea.objects.exists()


def test_title_and_need_make_a_draft_and_lead_to_what_else_is_asked_of_the_need(desk):
    response = begin(desk, title="Bikes", need=NEED, go="next")

    application = Application.objects.get()
    desk.application = application
    assert (application.idea.title, application.idea.need) == ("Bikes", NEED)
    assert application.idea.language == "en"
    assert response.url == desk.url("edit", "need")


def test_a_round_that_asks_no_more_of_the_need_leads_past_it():
    round = RoundFactory()
    desk = Desk(Application(round=round), employee_of(round))

    response = begin(desk, title="Bikes")

    desk.application = Application.objects.get()
    assert response.url == desk.url("edit", "plan")


def test_one_may_go_on_later(desk):
    response = begin(desk, title="Bikes", go="later")

    organisation = desk.application.round.programme.organisation
    assert response.url == reverse("funding:mine", args=[organisation.slug])
    assert Application.objects.count() == 1


def test_a_double_click_makes_one_draft(desk):
    begin(desk, title="Bikes", need=NEED)
    begin(desk, title="Bikes", need=NEED)

    assert Application.objects.count() == 1


def test_nothing_written_is_told_and_makes_nothing(desk):
    response = begin(desk, title=" ", need="")

    assert response.status_code == 422
    assert "Write a title, or say what does not work today." in text(response)
    assert not Idea.objects.exists()


def test_too_long_a_title_keeps_everything_that_was_typed(desk):
    response = begin(desk, title="x" * 161, need=NEED)

    assert response.status_code == 422
    assert "Shorten it to at most 160 characters." in text(response)
    assert NEED in text(response)
    assert "x" * 161 in response.content.decode()


def test_the_first_page_saves_as_one_writes_into_one_and_the_same_draft(desk):
    first = begin(desk, htmx=True, title="Bi", need="")
    second = begin(desk, htmx=True, **hidden(first), title="Bikes", need="")
    last = begin(desk, **hidden(second), title="Bikes", need=NEED, go="next")

    assert [first.status_code, second.status_code, last.status_code] == [200, 200, 302]
    assert "Saved 12:00" in text(first)
    application = Application.objects.get()
    assert (application.idea.title, application.idea.need) == ("Bikes", NEED)


def test_the_number_of_somebody_elses_draft_opens_nothing(desk):
    theirs, _ = draft(desk.application.round)
    mine_elsewhere, _ = draft(by=desk.person, round=RoundFactory(programme=theirs.round.programme))

    for number in (theirs.pk, mine_elsewhere.pk):
        response = begin(desk, application=number, fields="title", seen="", title="Mine")
        assert response.status_code == 404
    assert fresh(theirs).idea.title == "Elmotorer på cyklar"


def test_drafts_that_are_begun_already_are_offered(desk):
    begin(desk, title="Bikes")

    assert "You have already begun Bikes" in text(
        desk.client.get(apply_url(desk.application.round))
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"closes_at": NOON}, "The round has closed It closed 5 October 2026 at 12:00"),
        ({"opens_at": HOUR}, "The round has not opened yet It opens 5 October 2026 at 13:00."),
    ],
)
def test_outside_the_window_the_page_says_when_instead_of_a_form(fields, words):
    round = whole_round(**fields)
    desk = Desk(Application(round=round), employee_of(round))

    response = desk.client.get(apply_url(round))

    assert words in text(response)
    assert b"<textarea" not in response.content


def test_closing_while_one_writes_the_first_words_keeps_them_on_the_page(now):
    round = whole_round(closes_at=HOUR)
    desk = Desk(Application(round=round), employee_of(round))
    now.at = HOUR

    response = begin(desk, title="Bikes", need=NEED)

    assert response.status_code == 422
    assert "so nothing new can be begun. Copy what you have written" in text(response)
    assert NEED in text(response)
    assert not Idea.objects.exists()


def test_people_of_other_organisations_and_unannounced_rounds_are_not_found(desk):
    stranger = Desk(desk.application, person_as(Role.ADMINISTRATOR, OrganisationFactory()))
    hidden_round = whole_round(announced_at=None)
    insider = Desk(
        Application(round=hidden_round),
        person_as(Role.ADMINISTRATOR, hidden_round.programme.organisation),
    )

    assert begin(stranger, title="Bikes").status_code == 404
    assert begin(insider, title="Bikes").status_code == 404
