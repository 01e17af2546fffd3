"""The page of the promise board, and the same as data."""

import json
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from tests.factories import DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
BY = date(2026, 9, 15)


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 10, 5, 10, tzinfo=UTC))
    door = DoorFactory()
    door.programme.public = True
    door.programme.save()
    return door


def page_of(door, name="promises"):
    return reverse(f"ideas:{name}", args=[door.organisation.slug, door.programme.slug])


def add(door, number, *, kept=True):
    for _ in range(number):
        first_at = datetime(2026, 9, 14 if kept else 20, tzinfo=UTC)
        sluice_case(door=door, first_by=BY, first_at=first_at)


def test_everybody_reads_what_was_kept_and_what_was_not(client, door):
    add(door, 6)
    add(door, 2, kept=False)
    html = client.get(page_of(door)).content.decode()
    assert "75 %" in html.replace("\xa0", " ")
    assert "september 2026" in html
    assert "Så långt kommer idéer" in html


def test_a_board_inside_is_for_those_inside(client, door):
    door.programme.public = False
    door.programme.save()
    for name in ("promises", "promises_json", "promises_csv"):
        client.logout()
        assert client.get(page_of(door, name)).status_code == 404
        client.force_login(PersonFactory())
        assert client.get(page_of(door, name)).status_code == 404
        client.force_login(person_as(Role.EMPLOYEE, door.organisation))
        assert client.get(page_of(door, name)).status_code == 200


def test_the_same_as_data_with_what_is_hidden_as_null(client, door):
    add(door, 6)
    answer = client.get(page_of(door, "promises_json"))
    data = json.loads(answer.content)
    assert data["first_answer"] == {"due": 6, "kept": 6, "share": 1.0}
    assert data["months"][-2]["first_answer"] == {"due": None, "kept": None, "share": None}
    assert data["funnel"]["received"] == 6
    assert data["rated"]["no"] == {"ratings": 0, "share_well": None, "mean": None}
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in answer["Cache-Control"]
    lines = client.get(page_of(door, "promises_csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "month;promise;due;kept;share"
    assert len(lines) == 1 + 24
    assert "2026-09;first_answer;;;" in lines


@pytest.mark.list_page("ideas:promises")
def test_the_board_asks_as_many_queries_for_three_cases_as_for_one(client, door, count_queries):
    client.force_login(person_as(Role.COACH, door.organisation))
    assert count_queries(lambda: client.get(page_of(door)), lambda n: add(door, n)) <= 8
