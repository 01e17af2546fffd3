"""The pages on which an administrator opens and closes the doors of a sluice."""

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition
from tests.factories import DoorFactory, EditionFactory, PersonFactory, person_as

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def sluice():
    return EditionFactory().programme


@pytest.fixture
def boss(client, sluice):
    boss = person_as(Role.ADMINISTRATOR, sluice.organisation, name="Maja Strand")
    client.force_login(boss)
    return boss


def url(sluice, page="sluice_doors", *more):
    return reverse(f"programmes:{page}", args=[sluice.organisation.slug, sluice.pk, *more])


def usual(client, sluice, audience="residents", **fields):
    """What the form of a new door holds, with ``fields`` typed into it."""
    initial = client.get(url(sluice, "sluice_door", audience)).context["form"].initial
    return {name: value for name, value in initial.items() if value not in (None, False)} | fields


def test_the_four_doors_are_listed_and_one_is_opened_with_one_press(client, sluice, boss):
    listed = client.get(url(sluice), headers=ENGLISH).content.decode()
    assert listed.count("never opened") == 4
    where = url(sluice, "sluice_door", "residents")
    assert client.post(where, usual(client, sluice)).url == url(sluice)
    door = Door.objects.get()
    assert (door.receiver, door.first_days, door.decision_days) == (boss, 5, 30)
    listed = client.get(url(sluice), headers=ENGLISH).content.decode()
    assert listed.count("never opened") == 3
    assert reverse("ideas:door", args=[sluice.organisation.slug, door.slug]) in listed


def test_the_welcome_is_looked_at_before_it_is_saved(client, sluice, boss):
    where = url(sluice, "sluice_door", "residents")
    fields = usual(client, sluice, welcome="**Hej** <script>x</script>", then="look")
    page = client.post(where, fields)
    html = page.content.decode()
    assert (page.status_code, Door.objects.count()) == (200, 0)
    assert "<strong>Hej</strong>" in html
    assert "<script>x" not in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": "Å Å"}, "slug"),
        ({"first_days": "snart"}, "first_days"),
        ({"decision_days": "4"}, "decision_days"),
        ({"receiver": ""}, "receiver"),
        ({"address": "ideer"}, "address"),
        ({"hourly_limit": "0"}, "hourly_limit"),
    ],
)
def test_a_refusal_stands_at_its_field_and_everything_is_kept(client, sluice, boss, wrong, field):
    fields = usual(client, sluice, welcome="Välkommen hit") | wrong
    page = client.post(url(sluice, "sluice_door", "residents"), fields)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert "Välkommen hit" in page.content.decode()


def test_without_opened_steps_the_door_says_what_to_do(client, sluice, boss):
    Edition.objects.update(opened_at=None)
    where = url(sluice, "sluice_door", "residents")
    page = client.post(where, usual(client, sluice), headers=ENGLISH)
    assert page.status_code == 422
    assert "before its steps are opened" in page.content.decode()


def test_a_door_is_changed_closed_and_opened_again(client, sluice, boss):
    client.post(url(sluice, "sluice_door", "residents"), usual(client, sluice))
    fields = usual(client, sluice, first_days=2)
    assert client.post(url(sluice, "sluice_door", "residents"), fields).url == url(sluice)
    move = url(sluice, "sluice_door_move", "residents")
    client.post(move, {"to": "close"})
    door = Door.objects.get()
    assert (door.first_days, door.closed_at is None) == (2, False)
    client.post(move, {"to": "again"})
    assert Door.objects.get().closed_at is None


@pytest.mark.parametrize("audience", ["nobody", "staff-"])
def test_there_are_four_groups_and_no_more(client, sluice, boss, audience):
    assert client.get(url(sluice, "sluice_door", audience)).status_code == 404
    assert client.post(url(sluice, "sluice_door_move", audience)).status_code == 404


@pytest.mark.parametrize("role", [None, *Role])
def test_only_administrators_come_here(client, sluice, role):
    door = DoorFactory(programme=sluice, organisation=sluice.organisation)
    client.force_login(person_as(role, sluice.organisation) if role else PersonFactory())
    status = 200 if role is Role.ADMINISTRATOR else 404
    assert client.get(url(sluice)).status_code == status
    assert client.get(url(sluice, "sluice_door", "staff")).status_code == status
    moved = client.post(url(sluice, "sluice_door_move", "staff"), {"to": "close"})
    assert moved.status_code == (302 if status == 200 else 404)
    assert (Door.objects.get(pk=door.pk).closed_at is None) is (status == 404)


@pytest.mark.list_page("programmes:sluice_doors")
def test_the_list_asks_as_much_for_three_doors_as_for_one(client, sluice, boss, count_queries):
    audiences = iter(["residents", "companies", "associations"])

    def add(n):
        for _ in range(n):
            here = {"programme": sluice, "organisation": sluice.organisation}
            DoorFactory(**here, audience=next(audiences))

    assert count_queries(lambda: client.get(url(sluice)), add) <= 8
