"""The pages that end a case, wake it, give it on, set its next date and rate its answer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Idea, Rating
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import PersonFactory, declare, involve, person_as, sluice_case

pytestmark = pytest.mark.django_db
ANSWER = "Tack! Regionen köper in nya lyftar i vår. Ni får de första två."
SOON = "2099-01-15"


@pytest.fixture
def giver():
    return PersonFactory(name="Anna Ek", email="anna@slusstad.example")


@pytest.fixture
def idea(giver):
    return sluice_case(owner=giver, title="Lyften")


def address(idea, page):
    return reverse(f"ideas:{page}", args=[idea.programme.organisation.slug, idea.pk])


@pytest.fixture
def opens(client):
    def open_it(person, idea, page, data=None):
        client.force_login(person)
        path = address(idea, page)
        return client.get(path) if data is None else client.post(path, data)

    return open_it


def html(response):
    return response.content.decode()


def stage(idea):
    return Idea.objects.get(pk=idea.pk).stage


WISH = {"ending": "declined", "answer": ANSWER, "offer": "coach"}


def test_the_preview_shows_what_is_read_and_nothing_is_done_before_it(opens, idea):
    coach = idea.responsible
    page = html(opens(coach, idea, "answer", WISH))
    assert f"Vårt svar på {idea.register_number}: Lyften" in page
    assert "anna@slusstad.example" in page
    assert (stage(idea), Letter.objects.count()) == ("received", 0)
    assert opens(coach, idea, "answer", {**WISH, "sure": "yes"}).status_code == 302
    ended = Idea.objects.get(pk=idea.pk)
    assert (ended.stage, ended.answer, ended.offer) == ("declined", ANSWER, "coach")


def test_a_ready_wording_is_put_below_what_is_written_and_its_blanks_are_asked_for(opens, idea):
    start = {**WISH, "answer": "Hej!", "start": "parked.later"}
    page = html(opens(idea.responsible, idea, "answer", start))
    assert "Hej!\n\nTack för din idé. Vi tror på den" in page
    assert 'value="parked" checked' in page or "checked" in page.split('value="parked"')[1][:120]
    blank = {**WISH, "answer": "Vi ses [när]."}
    response = opens(idea.responsible, idea, "answer", blank)
    assert response.status_code == 422
    assert "[när]" in html(response)


def test_the_hint_says_how_easy_it_is_to_read(opens, idea):
    page = html(opens(idea.responsible, idea, "answer", {**WISH, "then": "read"}))
    assert "Mycket lätt att läsa" in page
    long = " ".join(["ord"] * 21) + "."
    page = html(opens(idea.responsible, idea, "answer", {**WISH, "answer": long, "then": "read"}))
    assert "En lång mening" in page


def test_the_text_comes_back_to_be_changed(opens, idea):
    page = html(opens(idea.responsible, idea, "answer", {**WISH, "then": "change"}))
    assert ANSWER in page
    assert stage(idea) == "received"


def test_without_an_answer_the_form_says_so_and_keeps_the_rest(opens, idea):
    response = opens(idea.responsible, idea, "answer", {**WISH, "answer": ""})
    assert response.status_code == 422


def test_whoever_is_second_keeps_the_text_and_reads_why(opens, idea):
    coach = idea.responsible
    opens(coach, idea, "answer", {**WISH, "sure": "yes"})
    response = opens(coach, idea, "answer", {**WISH, "ending": "parked", "sure": "yes"})
    assert response.status_code == 422
    assert ANSWER in html(response)
    assert stage(idea) == "declined"
    assert opens(coach, idea, "answer").status_code == 302


@pytest.mark.parametrize("page", ["answer", "next", "give", "wake"])
def test_only_those_who_work_with_it_open_the_offices_pages(opens, idea, giver, page):
    there = idea.programme.organisation
    registrar, employee = (person_as(role, there) for role in (Role.REGISTRAR, Role.EMPLOYEE))
    party = person_as(Role.COACH, there)
    involve(idea, party, Part.CO_APPLICANT)
    shut = person_as(Role.COACH, there)
    declare(idea, shut, ConflictState.DECLARED)
    for person in (giver, registrar, employee, party, shut):
        assert opens(person, idea, page).status_code == 404
    for role in (Role.COACH, Role.ADMINISTRATOR):
        assert opens(person_as(role, there), idea, page).status_code in (200, 302)


@pytest.mark.parametrize("page", ["withdraw", "rate"])
def test_only_those_who_hand_it_in_open_the_givers_pages(opens, giver, page):
    idea = sluice_case("testing", owner=giver, answered_at=timezone.now())
    assert opens(giver, idea, page).status_code in (200, 302)
    assert opens(idea.responsible, idea, page).status_code == 404
    assert opens(PersonFactory(), idea, page).status_code == 404


def test_a_giver_takes_it_back_with_a_reason(opens, idea, giver):
    assert "Ta tillbaka" in html(opens(giver, idea, "withdraw"))
    assert opens(giver, idea, "withdraw", {"why": ""}).status_code == 422
    assert opens(giver, idea, "withdraw", {"why": "Löst"}).status_code == 302
    assert stage(idea) == "withdrawn"
    assert opens(giver, idea, "withdraw").status_code == 302
    assert opens(giver, idea, "withdraw", {"why": "Igen"}).status_code == 422
    assert opens(giver, idea, "rate").status_code == 404


def test_the_next_date_is_set_and_never_in_the_past(opens, idea):
    coach = idea.responsible
    past = opens(coach, idea, "next", {"next_on": "2020-01-01", "next_what": "Ringa"})
    assert past.status_code == 422
    assert "Ringa" in html(past)
    opens(coach, idea, "next", {"next_on": SOON, "next_what": "Ringa"})
    idea.refresh_from_db()
    assert (idea.next_on.isoformat(), idea.next_what) == (SOON, "Ringa")


def test_it_is_given_to_somebody_who_can_have_it_and_the_form_says_how_much_they_have(opens, idea):
    coach = idea.responsible
    other = person_as(Role.COACH, idea.programme.organisation, name="Nils Ek")
    assert "Nils Ek (0 öppna ärenden)" in html(opens(coach, idea, "give"))
    assert opens(coach, idea, "give", {"to": coach.pk}).status_code == 422
    assert opens(coach, idea, "give", {"to": other.pk, "why": "Semester"}).status_code == 302
    idea.refresh_from_db()
    assert idea.responsible == other


def test_a_parked_case_is_taken_up_again(opens, giver):
    idea = sluice_case("parked", owner=giver)
    coach = idea.responsible
    assert opens(coach, idea, "next").status_code == 302  # nothing is owed
    assert opens(coach, idea, "give").status_code == 302
    wish = {"responsible": coach.pk, "next_on": SOON, "why": ""}
    assert opens(coach, idea, "wake", wish).status_code == 422
    assert opens(coach, idea, "wake", {**wish, "why": "Nu"}).status_code == 302
    assert stage(idea) == "received"
    assert opens(coach, idea, "wake").status_code == 302


def test_a_giver_says_what_they_thought_of_it_also_as_a_guest(opens):
    guest = PersonFactory(name="", email=None, guest=True)
    idea = sluice_case("declined", owner=guest, answered_at=timezone.now())
    assert opens(guest, idea, "rate", {"score": "9"}).status_code == 422
    assert opens(guest, idea, "rate", {"score": "2", "words": "Sent"}).status_code == 302
    assert Rating.objects.get().words == "Sent"
    assert "Sent" in html(opens(guest, idea, "rate"))


@pytest.mark.parametrize(
    ("page", "most"), [("answer", 12), ("next", 12), ("give", 12), ("withdraw", 12)]
)
def test_each_page_asks_few_queries(client, idea, giver, django_assert_max_num_queries, page, most):
    client.force_login(giver if page == "withdraw" else idea.responsible)
    client.get(address(idea, page))
    with django_assert_max_num_queries(most):
        client.get(address(idea, page))
