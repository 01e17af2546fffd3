"""What several towns need is told to everybody, and nothing that is not public is ever in it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.ideas.models import Idea, Support
from idesluss.ideas.usecases.alike import Near, keep_alike
from idesluss.people.vocab import Role
from tests.factories import NOON, DoorFactory, PersonFactory, person_as, sluice_case
from tests.ideas.alike import LAMP, LAMP_DANISH
from tests.web.ideas.test_case import text_of

pytestmark = pytest.mark.django_db
URL = "/needs/together/"


def bound(*cases):
    first, *others = cases
    keep_alike({first.pk: [Near(it.pk, 0.4) for it in others]}, at=NOON)


def public(**told):
    return sluice_case(visibility="public", **told)


@pytest.fixture
def two():
    one = public(kind="need", received_at=NOON - timedelta(days=40), **LAMP)
    other = public(**LAMP_DANISH)
    bound(one, other)
    return one, other


def groups(client):
    return client.get(URL).context["groups"]


def test_everybody_reads_which_towns_have_it_how_many_and_since_when(client, two):
    one, other = two
    both = PersonFactory()
    for idea, person in ((one, both), (other, both), (other, PersonFactory())):
        Support.objects.create(idea=idea, person=person, at=NOON)
    [group] = groups(client)
    assert (group.title, group.me_too, list(group.cases)) == (LAMP["title"], 2, [one, other])
    assert group.towns == [it.programme.organisation.name for it in two]
    assert (group.first, group.latest) == (one.received_at, other.received_at)
    html = client.get(URL).content.decode()
    for idea in two:
        slug = idea.programme.organisation.slug
        assert reverse("ideas:case", args=[slug, idea.pk]) in html
    assert 'lang="da"' in html


@pytest.mark.parametrize(
    "made",
    [
        {"visibility": "closed"},
        {"visibility": "inside"},
        {"stage": "withdrawn", "answer": "Nej"},
        {"stage": "redirected", "answer": "Dit"},
    ],
)
def test_what_is_closed_is_out_at_once_and_counts_for_nothing(client, two, made):
    one, other = two
    third = public(**LAMP)
    bound(one, other, third)
    Support.objects.create(idea=third, person=PersonFactory(), at=NOON)
    assert len(groups(client)[0].cases) == 3
    Idea.objects.filter(pk=third.pk).update(**made)
    for person in (None, person_as(Role.COACH, third.programme.organisation)):
        if person:
            client.force_login(person)
        [group] = groups(client)
        assert (list(group.cases), group.me_too) == ([one, other], 0)
        assert third.programme.organisation.name not in client.get(URL).content.decode()
    Idea.objects.filter(pk=other.pk).update(visibility="closed")
    assert groups(client) == []


def test_one_town_alone_is_not_told_of(client):
    door = DoorFactory()
    bound(public(door=door, **LAMP), public(door=door, **LAMP))
    assert groups(client) == []


def test_a_town_that_has_left_is_not_told_of(client, two):
    there = two[1].programme.organisation
    there.archived_at = NOON
    there.save()
    assert groups(client) == []


def test_those_of_most_towns_come_first(client, two):
    three = [public(title="Bänkar") for _ in range(3)]
    bound(*three)
    assert [len(it.cases) for it in groups(client)] == [3, 2]


def test_it_says_when_the_search_is_being_made_ready_and_when_there_is_nothing(client, searchable):
    client.force_login(PersonFactory(language="en"))
    assert "The search is being made ready" in text_of(client.get(URL))
    searchable()
    assert "Nothing yet that several towns have" in text_of(client.get(URL))


@pytest.mark.list_page("insight:together")
def test_it_asks_as_much_for_three_as_for_one(client, count_queries):
    client.force_login(PersonFactory())

    def add(n):
        for _ in range(n):
            bound(public(), public(), public())

    assert count_queries(lambda: client.get(URL), add) <= 8


def test_what_is_invented_says_so(client):
    one, other = public(invented=True, **LAMP), public(**LAMP_DANISH)
    bound(one, other)
    client.force_login(PersonFactory(language="en"))
    assert text_of(client.get(URL)).count("Invented") == 1
