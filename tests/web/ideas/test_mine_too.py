"""“That is mine too” at a door: joined once, with a receipt, and nothing handed in."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from idesluss.ideas.models import FollowUpCode, Idea, Support
from idesluss.insight.search.things import code_of
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import person_as
from tests.insight.alike_world import WRITTEN, door_with_others, shown
from tests.web.ideas.look_alikes import ENGLISH, again, look, send, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def door():
    return door_with_others(slug="invanare")


@pytest.fixture
def staff(door):
    return person_as(Role.EMPLOYEE, door.organisation, name="Eva Ek")


def joined(client, door, case, **fields):
    step = send(client, url(door), **fields)
    code = code_of(case)
    return again(client, step, joins=code, **{f"reason_{code}": "Hos oss också"})


def test_that_is_mine_too_beside_the_form_leads_to_its_reason(client, door, searchable):
    case = shown(door)
    searchable()
    seen = look(client, url(door)).context["seen"]
    step = send(client, url(door), alike=seen, mine=code_of(case))
    assert [opened for *_, opened in step.context["rows"]] == [True]
    assert [reason for _, reason, _ in step.context["rows"]] == [WRITTEN]


def test_what_fewer_may_read_is_not_put_forward_as_a_reason(client, door, searchable):
    shown(door)
    searchable()
    step = send(client, url(door), visibility="closed")
    assert [reason for _, reason, _ in step.context["rows"]] == [""]


def test_somebody_without_account_joins_with_a_receipt_and_a_code(client, door, searchable):
    case = shown(door)
    searchable()
    answer = joined(client, door, case, name="Ann Ek", reach="ann@ek.example")
    assert answer.url == url(door, "thanks")
    receipt = client.get(answer.url, headers=ENGLISH)
    page = receipt.content.decode()
    there = Support.objects.get()
    assert (there.idea, there.reason, there.person.reach_mail) == (
        case, "Hos oss också", "ann@ek.example",
    )  # fmt: skip
    assert not Idea.objects.filter(need=WRITTEN).exists()
    for words in ("you have joined it", case.register_number, case.title, "data-forget"):
        assert words in page
    assert receipt["Cache-Control"] == "no-store"
    client.post("/follow/", {"code": receipt.context["code"]})
    assert client.session["_auth_user_id"] == str(there.person.pk)


def test_joining_twice_by_one_form_is_one_me_too_with_one_code(client, door, searchable):
    case = shown(door)
    searchable()
    step, code = send(client, url(door)), code_of(case)
    codes = {client.get(again(client, step, joins=code).url).context["code"] for _ in range(2)}
    assert (Support.objects.count(), FollowUpCode.objects.count(), len(codes)) == (1, 1, 1)
    assert Person.objects.filter(guest=True, supports__isnull=False).count() == 1


def test_whoever_goes_back_after_joining_hands_in_as_the_same_guest(client, door, searchable):
    case = shown(door)
    searchable()
    step = send(client, url(door))
    again(client, step, joins=code_of(case))
    again(client, step, go="on")
    mine = Idea.objects.get(need=WRITTEN)
    assert mine.involvements.get().person == Support.objects.get().person


def test_an_employee_joins_without_a_code_and_sees_the_case(client, door, staff, searchable):
    case = shown(door, visibility="inside")
    searchable()
    client.force_login(staff)
    receipt = client.get(joined(client, door, case).url, headers=ENGLISH)
    assert Support.objects.get().person == staff
    assert "code" not in receipt.context
    assert reverse("ideas:case", args=[door.organisation.slug, case.pk]) in (
        receipt.content.decode()
    )


def test_a_shared_device_joins_and_is_free_for_the_next_one(client, door, searchable):
    case = shown(door)
    searchable()
    step = send(client, url(door, "kiosk"))
    receipt = client.get(again(client, step, joins=code_of(case)).url)
    assert Support.objects.count() == 1
    assert receipt["Refresh"] == f"60; url={url(door, 'kiosk')}"
    client.get(url(door, "kiosk"))
    assert client.get(url(door, "thanks")).url == "/follow/"


def test_ones_own_case_is_told_of_and_not_joined(client, door, staff, searchable):
    case = shown(door, owner=staff)
    searchable()
    client.force_login(staff)
    step = send(client, url(door))
    assert [it.way for it, *_ in step.context["rows"]] == ["own"]
    refused = again(client, step, joins=code_of(case))
    assert refused.status_code == 422
    assert WRITTEN in refused.content.decode()


def test_what_was_closed_meanwhile_is_not_joined_and_says_nothing_of_itself(
    client, door, searchable
):
    case = shown(door)
    searchable()
    step = send(client, url(door))
    Idea.objects.filter(pk=case.pk).update(visibility="closed")
    answer = again(client, step, joins=code_of(case))
    assert (answer.status_code, Support.objects.count()) == (422, 0)
    assert case.title not in answer.content.decode()


def test_too_many_strangers_from_one_place_have_to_wait(client, door, searchable, monkeypatch):
    monkeypatch.setattr("idesluss.web.ideas.views.alike.RATE", "1/h/ip")
    case = shown(door)
    searchable()
    assert joined(client, door, case).status_code == 302
    answer = joined(client, door, case)
    assert answer.status_code == 422
    assert "Hos oss också" in answer.content.decode()
    assert Support.objects.count() == 1


def test_a_receipt_for_what_was_closed_since_does_not_name_it(client, door, searchable):
    case = shown(door)
    searchable()
    where = joined(client, door, case).url
    Idea.objects.filter(pk=case.pk).update(visibility="closed")
    page = client.get(where).content.decode()
    assert case.title not in page
    assert "data-forget" in page
