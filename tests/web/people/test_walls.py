"""Who may open which page of the set-up: role by role, and never across organisations."""

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.architecture.addresses import addresses, is_ours
from tests.factories import NOON, PersonFactory, SeatFactory, person_as
from tests.web.people.world import BUTTONS, PAGES, world

pytestmark = pytest.mark.django_db


def address(name, here, *about):
    numbers = [getattr(thing, "pk", thing) for thing in about]
    return reverse(name, args=[here.organisation.slug, *numbers])


def of(name, here):
    """The page ``name`` about the thing (or things) of ``here``."""
    return address(name, here, *things(name, here))


def things(name, here):
    """What the address of ``name`` tells of ``here``, in order."""
    kinds = {**PAGES, **BUTTONS}[name] or ()
    return [getattr(here, kind) for kind in ((kinds,) if isinstance(kinds, str) else kinds)]


@pytest.fixture
def here():
    return world()


def test_the_list_of_pages_is_whole():
    ours = {a.name for a in addresses() if is_ours(a.view) and "/setup/" in a.pattern}
    assert {*PAGES, *BUTTONS} == ours


@pytest.mark.parametrize("name", PAGES)
def test_a_fund_administrator_opens_every_page(name, here, client):
    client.force_login(here.boss)
    assert client.get(of(name, here)).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_page_is_shut_to_everybody_else_in_the_organisation(role, here, client):
    client.force_login(person_as(role, here.organisation))
    opened = [name for name in PAGES if client.get(of(name, here)).status_code != 404]
    taken = [name for name in BUTTONS if client.post(of(name, here)).status_code != 404]
    assert (opened, taken) == ([], [])
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["a stranger", "another organisation's", "an installer", "seated"])
def test_every_page_is_shut_to_those_from_elsewhere(who, here, client):
    there = world("annanstad")
    person = {
        "a stranger": PersonFactory,
        "another organisation's": lambda: there.boss,
        "an installer": lambda: PersonFactory(is_installer=True),
        "seated": lambda: SeatFactory(body=here.body).person,
    }[who]()
    client.force_login(person)
    opened = [name for name in PAGES if client.get(of(name, here)).status_code != 404]
    taken = [name for name in BUTTONS if client.post(of(name, here)).status_code != 404]
    assert (opened, taken) == ([], [])


def test_a_role_not_yet_or_no_longer_held_opens_nothing(here, client):
    boss = here.boss.appointments.get()
    for starts, ends in [(None, NOON.date()), (NOON.date().replace(year=2999), None)]:
        boss.starts, boss.ends = starts, ends
        boss.save()
        client.force_login(here.boss)
        assert [name for name in PAGES if client.get(of(name, here)).status_code != 404] == []


def test_nobody_signed_in_is_sent_to_sign_in_and_back(here, client):
    for name in PAGES:
        answer = client.get(of(name, here))
        assert answer.url == f"/account/sign-in/?next={of(name, here)}"


def test_ones_own_rights_reach_nothing_of_another_organisation_by_its_number(here, client):
    """The address names one's own organisation, the number somebody else's thing."""
    there = world("annanstad")
    client.force_login(here.boss)
    reached = []
    for name, kind in {**PAGES, **BUTTONS}.items():
        if kind is None:
            continue
        url = address(name, here, *things(name, there))
        ask = client.post if name in BUTTONS else client.get
        if ask(url).status_code != 404:
            reached.append(name)
        if name in PAGES and client.post(url, {"name": "x"}).status_code != 404:
            reached.append(name)
    assert reached == []
    assert not Entry.objects.exists()


def test_nothing_of_another_organisation_is_shown(here, client):
    there = world("annanstad")
    client.force_login(here.boss)
    shown = {}
    for name in PAGES:
        text = client.get(of(name, here)).content.decode()
        found = [it for it in ("annanstad", there.person.name, there.person.email) if it in text]
        if found:
            shown[name] = found
    assert shown == {}


def test_buttons_are_pressed_not_opened(here, client):
    client.force_login(here.boss)
    assert {client.get(of(name, here)).status_code for name in BUTTONS} == {405}


def test_only_installers_see_the_installation(here, client):
    pages = ["people:install", "people:organisation_add"]
    for person, status in [
        (here.boss, 404),
        (PersonFactory(is_installer=True), 200),
    ]:
        client.force_login(person)
        assert {client.get(reverse(name)).status_code for name in pages} == {status}
        one = reverse("people:administrator_add", args=[here.organisation.pk])
        assert client.get(one).status_code == status
        move = reverse("people:organisation_move", args=[here.organisation.pk])
        assert client.post(move, {"to": "aside"}).status_code == (302 if status == 200 else 404)
    assert client.get(one).status_code == 404  # it lies aside now
