"""The list of one's own applications."""

from datetime import date

import pytest
from django.urls import reverse

from idesluss.funding.models import Application
from idesluss.ideas.usecases import ask_completion
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    PersonFactory,
    RoundFactory,
    involve,
    person_as,
)
from tests.funding.applying import draft, employee_of, handed_in
from tests.web.funding.applicant import Desk, text, whole_round_answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


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
