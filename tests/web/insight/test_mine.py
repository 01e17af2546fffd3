"""The page of one's own work, and its calendar."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from icalendar import Calendar

from idesluss.ideas.models import Involvement
from idesluss.people.models import Person
from idesluss.people.usecases import give_calendar_key
from tests.factories import NOON, PersonFactory
from tests.insight.work_world import waits_for

pytestmark = pytest.mark.django_db
KEY = "a-key-that-nobody-guesses"


@pytest.fixture
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def person():
    return PersonFactory(language="sv", calendar_key=KEY)


@pytest.mark.list_page("insight:mine")
def test_the_page_asks_as_often_however_much_waits(client, person, noon, count_queries):
    client.force_login(person)

    def add(number):
        for _ in range(number):
            waits_for(person)

    assert count_queries(lambda: client.get("/mine/"), add) == 12


def test_it_is_grouped_by_time_and_every_row_leads_to_where_it_is_done(client, person, noon):
    made = waits_for(person)
    client.force_login(person)
    page = client.get("/mine/", headers={"accept-language": "sv"})
    headings = [group.when.value for group in page.context["groups"]]
    assert headings == ["week", "later", "no_date"]
    for group in page.context["groups"]:
        for row in group.rows:
            assert f'href="{row.url}"' in page.text
    assert "10 saker väntar på dig." in page.text
    assert "Till 4 november 2026 kl. 11.00" in page.text
    assert "Eget utkast" in page.text
    assert "Mötet: 6 oktober 2026 kl. 12.00" in page.text
    assert made.organisation.name not in page.text.split("<main")[1]  # there is only one


def test_with_nothing_to_do_it_says_what_one_can_do(client, noon):
    client.force_login(PersonFactory())
    page = client.get("/mine/", headers={"accept-language": "sv"}).text
    assert "Just nu väntar inget på dig" in page
    assert "Öppna omgångar" in page


def test_the_calendar_has_the_days_and_no_title_of_any_case(client, person, noon):
    waits_for(person)
    answer = client.get(f"/calendar/{KEY}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert "Eget utkast" not in answer.text
    assert "Att bedöma" not in answer.text
    draft = next(event for name, event in events.items() if "sista dag att lämna in" in name)
    assert draft["dtstart"].dt == date(2026, 11, 4)
    assert draft["dtend"].dt == date(2026, 11, 5)
    meeting = next(event for name, event in events.items() if name.endswith("möte"))
    assert meeting["dtstart"].dt == NOON + timedelta(days=1)
    reports = [name for name in events if name.endswith("rapport")]
    assert reports[0].startswith("Ansökan INN 2026/")
    assert all(event["dtstamp"].dt.tzinfo for event in events.values())
    assert calendar["method"] == "PUBLISH"


def test_the_same_event_keeps_its_number_and_the_file_its_mark(client, person, noon, monkeypatch):
    waits_for(person)

    def fetched():
        return client.get(f"/calendar/{KEY}.ics")

    def numbers(answer):
        return {str(event["uid"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")}

    first = fetched()
    assert first["ETag"] == fetched()["ETag"]
    unchanged = client.get(f"/calendar/{KEY}.ics", headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert len(numbers(first)) == len(Calendar.from_ical(first.content).walk("VEVENT"))

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(hours=1))
    assert fetched()["ETag"] == first["ETag"]
    Involvement.objects.filter(person=person, part="owner").update(ended_at=NOON)
    assert fetched()["ETag"] != first["ETag"]
    assert numbers(fetched()) < numbers(first)


def test_a_wrong_key_an_old_one_and_that_of_somebody_shut_out_are_404(client, person):
    old = give_calendar_key(by=person, at=timezone.now())
    give_calendar_key(by=person, at=timezone.now())
    for key in (KEY, old, "x", "None"):
        assert client.get(f"/calendar/{key}.ics").status_code == 404
    new = Person.objects.get(pk=person.pk).calendar_key
    assert client.get(f"/calendar/{new}.ics").status_code == 200
    Person.objects.update(is_active=False)
    assert client.get(f"/calendar/{new}.ics").status_code == 404


def test_whoever_asks_all_the_time_is_asked_to_wait(client, person):
    cache.clear()
    answers = [client.get(f"/calendar/{KEY}.ics").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    guesses = [client.get(f"/calendar/guess-{n}.ics").status_code for n in range(61)]
    assert guesses == [404] * 60 + [429]
    cache.clear()


def test_the_calendar_is_read_in_utc(client, person, noon):
    waits_for(person)
    text = client.get(f"/calendar/{KEY}.ics").text
    assert "DTSTART:20261006T100000Z" in text
    assert datetime(2026, 10, 6, 10, tzinfo=NOON.tzinfo) == NOON + timedelta(days=1)
