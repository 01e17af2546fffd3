"""The pages of the coaches, for those who look for one and for themselves; and their letters."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Coach, Idea, Talk
from idesluss.ideas.usecases.coach_cards import Card, write_card
from idesluss.ideas.usecases.coaching import ask_talk
from idesluss.ideas.usecases.codes import sign_in_with
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import DoorFactory, OrganisationFactory, UnitFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def there(door):
    return door.organisation


@pytest.fixture
def coach(door):
    return door.receiver


@pytest.fixture
def card(there, coach):
    return write_card(there.pk, coach, Card(skills=["behov"]), by=coach, at=timezone.now())


@pytest.fixture
def employee(there):
    return person_as(Role.EMPLOYEE, there)


def where(name, there, *more):
    return reverse(f"ideas:{name}", args=[there.slug, *more])


def told(kind):
    at = timezone.now()
    while deliver(at):
        pass
    return Letter.objects.get(kind=kind)


def test_a_resident_asks_for_a_talk_and_gets_a_code_to_follow_it_with(client, there, card):
    page = client.get(where("coaches", there), headers=ENGLISH).content.decode()
    assert card.person.name in page
    assert "Has 0 of 10 cases." not in page
    url = where("book", there, card.pk)
    wrong = client.post(url, {"about": "Lyftarna", "name": "Karin", "reach": "ring mig"})
    assert wrong.status_code == 422
    asked = client.post(
        url, {"about": "Lyftarna", "wishes": "tisdag", "name": "Karin", "reach": "070-123 45 67"}
    )
    assert asked.status_code == 200
    talk = Talk.objects.get()
    assert sign_in_with(asked.context["code"], at=timezone.now()) == talk.asked_by
    assert (talk.asked_by.guest, talk.asked_by.reach_phone) == (True, "070-123 45 67")
    letter = told("ideas.talk_asked")
    assert letter.to == card.person.email
    assert "070-123 45 67" in letter.text


def test_many_talks_from_one_place_are_too_many(client, there, card):
    said = {"about": "x", "name": "K", "reach": "070-123 45 67"}
    states = [client.post(where("book", there, card.pk), said).status_code for _ in range(6)]
    assert states == [200] * 5 + [422]
    assert Talk.objects.count() == 5


def test_an_employee_asks_about_a_case_of_theirs_and_the_coach_answers(
    client, door, there, card, employee
):
    idea = sluice_case(door=door, owner=employee)
    client.force_login(employee)
    url = f"{where('book', there, card.pk)}?case={idea.pk}"
    assert client.get(url).context["idea"] == idea
    client.post(url, {"about": "", "wishes": "tisdag"})
    talk = Talk.objects.get()
    assert (talk.asked_by, talk.idea) == (employee, idea)
    client.force_login(card.person)
    page = where("talk", there, talk.pk)
    assert client.post(page, {"do": "agree", "agreed_at": "förr"}).status_code == 422
    soon = f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
    assert client.post(page, {"do": "agree", "agreed_at": soon, "place": "Solrosen"}).url == page
    assert "Solrosen" in told("ideas.talk_agreed").text
    assert client.post(page, {"do": "held"}).url == where("desk", there)
    talk.refresh_from_db()
    assert talk.state == "held"


def test_whoever_asked_calls_it_off_and_the_coach_is_told(client, there, card, employee):
    at = timezone.now()
    talk = ask_talk(card.pk, about="Lyftarna", wishes="", by=employee, at=at)
    client.force_login(employee)
    page = where("talk", there, talk.pk)
    assert client.post(page, {"do": "off", "off-words": ""}).status_code == 422
    assert client.post(page, {"do": "off", "off-words": "Det löste sig."}).url == page
    assert told("ideas.talk_off").to == card.person.email


def test_others_find_no_talk(client, there, card, employee):
    talk = ask_talk(card.pk, about="x", wishes="", by=employee, at=timezone.now())
    client.force_login(person_as(Role.EMPLOYEE, there))
    assert client.get(where("talk", there, talk.pk)).status_code == 404


def test_the_directory_is_looked_through_by_unit_and_skill(client, there, card, employee):
    care = UnitFactory(organisation=there, name="Omsorgen")
    other = person_as(Role.COACH, there, name="Ola Ek")
    asked = Card(skills=["juridik"], units=[care])
    write_card(there.pk, other, asked, by=other, at=timezone.now())
    client.force_login(employee)
    url = where("coaches", there)
    assert len(client.get(url).context["cards"]) == 2
    assert [it.person for it in client.get(f"{url}?skill=juridik").context["cards"]] == [other]
    assert len(client.get(f"{url}?unit={care.pk}").context["cards"]) == 2
    assert "Has 0 of 10 cases." in client.get(url, headers=ENGLISH).content.decode()
    assert client.get(f"{url}?unit=x&skill=y", headers=ENGLISH).status_code == 200


def test_a_coach_writes_the_card_and_says_when_they_are_away(client, there, coach):
    client.force_login(coach)
    page = where("coach_card", there, coach.pk)
    said = {"about": "Ring!", "skills": "Behov, juridik,", "room_for": "5", "version": "0"}
    assert client.post(page, said | {"room_for": "0"}).status_code == 422
    assert client.post(page, said).status_code == 302
    card = Coach.objects.get()
    assert (card.skills, card.room_for, card.bookable) == (["Behov", "juridik"], 5, False)
    assert client.post(page, said).status_code == 422
    away = where("coach_away", there, coach.pk)
    backwards = {"away_from": "2027-02-02", "away_until": "2027-02-01", "deputy": ""}
    assert client.post(away, backwards).status_code == 422
    assert client.post(away, backwards | {"away_until": "2027-03-01"}).status_code == 302


def test_the_desk_shows_what_one_has_and_leads_to_handing_it_over(client, door, there, coach, card):
    late = sluice_case(door=door, next_on=timezone.now().date() - timedelta(days=3))
    ask_talk(card.pk, about="Lyftarna", wishes="", by=coach, at=timezone.now())
    client.force_login(coach)
    page = client.get(where("desk", there))
    assert dict(page.context["groups"])[page.context["groups"][0][0]] == [late]
    other = person_as(Role.COACH, there)
    url = where("hand_over", there, coach.pk)
    shown = client.post(url, {"to": other.pk, "why": "Ledig till maj"})
    assert (shown.status_code, shown.context["preview"]) == (200, ([late], []))
    assert Idea.objects.get().responsible == coach
    assert client.post(url, {"to": other.pk, "why": "Ledig till maj", "do": "yes"}).url == where(
        "coaches", there
    )
    assert Idea.objects.get().responsible == other
    letter = told("ideas.all_handed_over")
    assert letter.to == other.email
    assert not Letter.objects.filter(kind="ideas.given").exists()


def test_a_unit_that_is_reorganised_is_moved_by_an_administrator(client, door, there):
    old, new = (UnitFactory(organisation=there) for _ in range(2))
    idea = sluice_case(door=door, unit=old)
    client.force_login(person_as(Role.ADMINISTRATOR, there))
    url = where("unit_cases", there, old.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"to": new.pk}).url == reverse("people:units", args=[there.slug])
    idea.refresh_from_db()
    assert idea.unit == new
    assert client.get(where("unit_cases", there, UnitFactory().pk)).status_code == 404


GRID = {
    "desk": {"coach", "manager", "administrator"},
    "coach_card": {"coach", "administrator"},
    "coach_away": {"coach", "administrator"},
    "hand_over": {"coach", "administrator"},
    "coaches": {"coach", "manager", "administrator", "employee", "outsider"},
    "book": {"coach", "manager", "administrator", "employee", "outsider"},
}


@pytest.mark.parametrize("page", GRID)
def test_who_opens_which_page(client, there, coach, card, employee, page):
    people = {
        "coach": coach,
        "manager": person_as(Role.MANAGER, there),
        "administrator": person_as(Role.ADMINISTRATOR, there),
        "employee": employee,
        "outsider": person_as(Role.COACH, OrganisationFactory()),
    }
    number = {"desk": (), "coaches": (), "book": (card.pk,)}.get(page, (coach.pk,))
    opened = set()
    for name, person in people.items():
        client.force_login(person)
        if client.get(where(page, there, *number)).status_code == 200:
            opened.add(name)
    assert opened == GRID[page]


@pytest.mark.list_page("ideas:coaches", "ideas:desk")
@pytest.mark.parametrize("page", ["coaches", "desk"])
def test_lists_ask_as_often_for_three_as_for_one(
    client, door, there, coach, card, count_queries, page
):
    client.force_login(coach)
    unit = UnitFactory(organisation=there)

    def add(n):
        for _ in range(n):
            other = person_as(Role.COACH, there)
            write_card(there.pk, other, Card(units=[unit]), by=other, at=timezone.now())
            idea = sluice_case(door=door, unit=unit)
            ask_talk(card.pk, about="x", wishes="", by=other, at=timezone.now())
            idea.save()

    assert count_queries(lambda: client.get(where(page, there)), add) <= 8
