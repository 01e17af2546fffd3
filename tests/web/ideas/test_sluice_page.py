"""The start page of a sluice, its lists, and one's own cases."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.usecases.challenges import open_up, pose
from idesluss.ideas.usecases.offering import offer_to_parked
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.web.ideas.views.door import TOKEN
from tests.factories import (
    AppointmentFactory,
    DoorFactory,
    GoalFactory,
    PersonFactory,
    UnitFactory,
    person_as,
    sluice_case,
)
from tests.ideas.test_challenges import posed
from tests.web.ideas.test_case import text_of

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def door():
    door = DoorFactory()
    Programme.objects.filter(pk=door.programme.pk).update(public=True)
    return door


@pytest.fixture
def read(client):
    """Read a page as whoever is signed in."""

    def read(name, door, query="", *more, status=200):
        args = [door.organisation.slug, *(more or [door.programme.slug])]
        response = client.get(reverse(f"ideas:{name}", args=args) + query, headers=ENGLISH)
        assert response.status_code == status
        return response

    return read


@pytest.fixture
def go(client, read):
    """Read a page as ``person``, or as nobody."""

    def go(name, door, person=None, query="", *more, status=200):
        if person:
            person.language = "en"
            person.save(update_fields=["language"])
            client.force_login(person)
        else:
            client.logout()
        return read(name, door, query, *more, status=status)

    return go


def titles(response):
    return [idea.title for idea in response.context["rows"]]


# --- The start page ----------------------------------------------------------------------------


def test_everybody_finds_the_doors_and_what_is_promised(door, go):
    text = text_of(go("sluice", door))
    assert "I work here" in text
    assert "5 working days" in text
    assert "30 working days" in text
    assert "Find your case with its code" in text


def test_an_inside_sluice_asks_strangers_to_sign_in_and_is_hidden_from_others(door, go):
    Programme.objects.update(public=False)
    assert "sign-in" in go("sluice", door, status=302).url
    go("sluice", door, PersonFactory(), status=404)
    go("sluice", door, person_as(Role.EMPLOYEE, door.organisation))


def test_it_shows_what_has_come_of_ideas_that_may_be_shown(door, go):
    for stage in ("permanent", "testing", "stopped"):
        sluice_case(stage, door=door, title=f"Öppen {stage}", visibility="public")
        sluice_case(stage, door=door, title=f"Stängd {stage}")
    text = text_of(go("sluice", door))
    assert [f"Öppen {it}" in text for it in ("permanent", "testing", "stopped")] == [True] * 3
    assert "Stängd" not in text


def test_open_challenges_are_shown_to_those_who_may_read_them(door, go):
    boss, now = person_as(Role.MANAGER, door.organisation), timezone.now()
    for title, groups in (("Bara vi", ["staff"]), ("Alla", ["staff", "companies"])):
        said = posed(boss, title=title, audiences=groups)
        open_up(pose(door.programme.pk, said, by=boss, at=now).pk, by=boss, at=now)
    assert [it.title for it in go("sluice", door).context["start"].challenges] == ["Alla"]
    inside = go("sluice", door, boss).context["start"].challenges
    assert {it.title for it in inside} == {"Bara vi", "Alla"}


def test_the_menu_leads_to_the_only_sluice_or_to_a_choice(door, go, client):
    slug = door.organisation.slug
    url = reverse("ideas:sluices", args=[slug])
    assert client.get(url).url == reverse("ideas:sluice", args=[slug, door.programme.slug])
    second = Programme.objects.create(
        organisation=door.organisation, name="Andra", slug="andra", kind="sluice", public=True
    )
    assert second.name in text_of(client.get(url))
    home = client.get(f"/{slug}/", headers=ENGLISH).content.decode()
    assert url in home
    assert reverse("ideas:sluice", args=[slug, "andra"]) in home
    Programme.objects.update(public=False)
    assert client.get(url).status_code == 302
    assert url not in client.get(f"/{slug}/").content.decode()


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        (None, []),
        (Role.EMPLOYEE, ["proxy"]),
        (Role.MANAGER, ["proxy", "posters"]),
        (Role.COACH, ["proxy", "posters", "arrivals"]),
        (Role.ADMINISTRATOR, ["proxy", "posters", "arrivals", "set-up"]),
    ],
)
def test_the_start_page_leads_everybody_to_what_they_may_do(role, leads, door, go):
    here = door.organisation
    person = person_as(role, here) if role else PersonFactory()
    known = {
        reverse(f"ideas:{it}", args=[here.slug]): it for it in ("proxy", "posters", "arrivals")
    }
    known[reverse("programmes:sluice", args=[here.slug, door.programme_id])] = "set-up"
    assert [known[url] for _, url in go("sluice", door, person).context["work"]] == leads


@pytest.mark.list_page("ideas:sluice")
def test_the_start_page_asks_as_much_for_three_as_for_one(door, client, read, count_queries):
    client.force_login(door.receiver)

    def add(n):
        for _ in range(n):
            sluice_case("permanent", door=door, visibility="public")

    assert count_queries(lambda: read("sluice", door), add) <= 12


@pytest.mark.list_page("ideas:sluices")
def test_the_choice_of_sluices_asks_as_much_for_three_as_for_one(door, client, count_queries):
    def add(n):
        for _ in range(n):
            number = Programme.objects.count()
            Programme.objects.create(
                organisation=door.organisation,
                name=f"S {number}",
                slug=f"s-{number}",
                kind="sluice",
                public=True,
            )

    add(1)
    url = reverse("ideas:sluices", args=[door.organisation.slug])
    assert count_queries(lambda: client.get(url), add) <= 8


# --- The list ----------------------------------------------------------------------------------


def test_staff_see_their_cases_and_others_only_what_is_shown(door, go):
    sluice_case(door=door, title="Stängd")
    sluice_case(door=door, title="Inne", visibility="inside")
    sluice_case(door=door, title="Öppen", visibility="public")
    mine = PersonFactory()
    sluice_case(door=door, title="Min", owner=mine)
    sluice_case(title="Annan")
    employee = person_as(Role.EMPLOYEE, door.organisation)
    assert set(titles(go("cases", door, door.receiver))) == {"Stängd", "Inne", "Öppen", "Min"}
    assert set(titles(go("cases", door, employee))) == {"Inne", "Öppen"}
    assert set(titles(go("cases", door, mine))) == {"Öppen", "Min"}
    assert titles(go("cases", door)) == ["Öppen"]


def test_the_list_can_be_narrowed_by_an_address(door, go):
    coach = door.receiver
    unit = UnitFactory(organisation=door.organisation)
    below = UnitFactory(organisation=door.organisation, parent=unit)
    goal = GoalFactory(programme=door.programme)
    other = person_as(Role.COACH, door.organisation)
    a = sluice_case(door=door, title="A Åter", kind="need", unit=below, how_many=3)
    b = sluice_case("exploring", door=door, title="B", responsible=other)
    sluice_case("declined", door=door, title="C", received_at=timezone.now() - timedelta(days=800))
    a.goals.add(goal)

    def found(query):
        return titles(go("cases", door, coach, query))

    assert found("?kind=need") == ["A Åter"]
    assert found("?stage=live&sort=title") == ["A Åter", "B"]
    assert found("?stage=ended") == ["C"]
    assert found("?stage=exploring") == found("?step=exploring") == ["B"]
    assert found(f"?unit={unit.pk}") == found(f"?goal={goal.pk}") == ["A Åter"]
    assert found("?audience=companies") == []
    assert found(f"?year={b.received_at.year}&sort=title") == ["A Åter", "B"]
    assert found("?whose=mine&sort=title") == ["A Åter", "C"]
    assert found(f"?whose={other.pk}") == ["B"]
    assert found("?text=åTER") == ["A Åter"]
    assert found("?sort=old")[0] == "C"
    assert found("?sort=next")[-1] == "C"
    assert found("?sort=many")[0] == "A Åter"
    assert set(found("?kind=x&stage=x&unit=x&goal=9x&year=1&whose=q&sort=z")) == {
        "A Åter",
        "B",
        "C",
    }


def test_what_only_the_office_asks_for_is_left_out_for_others(door, go):
    sluice_case(door=door, title="Öppen", visibility="public")
    response = go("cases", door, None, "?whose=mine&audience=companies&year=1999&step=x")
    assert titles(response) == ["Öppen"]
    assert "whose" not in response.context["form"].fields


@pytest.mark.list_page("ideas:cases")
@pytest.mark.parametrize("role", [Role.COACH, Role.EMPLOYEE, Role.MANAGER, Role.ADMINISTRATOR])
def test_the_list_asks_as_much_for_three_as_for_one(door, client, read, role, count_queries):
    client.force_login(person_as(role, door.organisation))
    unit = UnitFactory(organisation=door.organisation)

    def add(n):
        for _ in range(n):
            sluice_case(door=door, visibility="inside", unit=unit)

    assert count_queries(lambda: read("cases", door), add) <= 8


# --- The need bank -----------------------------------------------------------------------------


def test_a_need_says_who_how_many_how_one_knows_and_its_ideas(door, go):
    facts = {"kind": "need", "visibility": "public", "for_whom": "Boende", "how_many": 34}
    need = sluice_case(door=door, title="Lyften", evidence="Räknat", **facts)
    sluice_case(door=door, answers_to=need)
    sluice_case("withdrawn", door=door, answers_to=need)
    sluice_case(door=door, title="Ensam", **{**facts, "how_many": 90})
    sluice_case("withdrawn", door=door, title="Borta", **facts)
    response = go("needs", door)
    assert {it.title: it.for_it for it in response.context["rows"]} == {"Lyften": 1, "Ensam": 0}
    assert "Räknat" in text_of(response)
    assert titles(go("needs", door, None, "?ideas=none")) == ["Ensam"]
    assert titles(go("needs", door, None, "?sort=many")) == ["Ensam", "Lyften"]
    assert titles(go("needs", door, None, "?text=lyf&sort=zz")) == ["Lyften"]


def test_from_a_need_one_comes_to_the_door_with_it_filled_in(door, go, client):
    need = sluice_case(door=door, kind="need", visibility="public", title="Lyften")
    to_door = go("answer_need", door, None, "", need.pk, status=302).url
    assert to_door.endswith(f"/in/{door.slug}/?need={need.pk}")
    assert "An idea for the need: Lyften" in text_of(client.get(to_door, headers=ENGLISH))
    idea = sluice_case(door=door, visibility="public")
    go("answer_need", door, None, "", idea.pk, status=404)


def test_what_is_handed_in_there_is_an_idea_for_the_need(door, client):
    need = sluice_case(door=door, kind="need", visibility="public")
    giver = person_as(Role.EMPLOYEE, door.organisation)
    client.force_login(giver)
    url = reverse("ideas:door", args=[door.organisation.slug, door.slug]) + f"?need={need.pk}"
    since = (timezone.now() - timedelta(minutes=2)).isoformat()
    token = signing.dumps({"token": "x" * 20, "since": since}, salt=TOKEN, compress=True)
    client.post(url, {"need": "Dela lyft med grannen", "form": token})
    assert need.ideas_for_it.get().need == "Dela lyft med grannen"


@pytest.mark.list_page("ideas:needs")
def test_the_need_bank_asks_as_much_for_three_as_for_one(door, client, read, count_queries):
    client.force_login(door.receiver)

    def add(n):
        for _ in range(n):
            need = sluice_case(door=door, kind="need")
            sluice_case(door=door, answers_to=need)

    assert count_queries(lambda: read("needs", door), add) <= 8


def test_a_case_is_linked_to_a_need_on_its_page(door, client):
    need, idea = sluice_case(door=door, kind="need"), sluice_case(door=door)
    client.force_login(door.receiver)
    url = reverse("ideas:link", args=[door.organisation.slug, idea.pk])
    assert client.post(url, {"need": need.pk}).status_code == 302
    idea.refresh_from_db()
    assert idea.answers_to == need
    assert client.post(url, {"need": idea.pk}).status_code == 422
    client.post(url, {"need": ""})
    idea.refresh_from_db()
    assert idea.answers_to is None
    client.force_login(person_as(Role.EMPLOYEE, door.organisation))
    assert client.get(url).status_code == 404


# --- One's own ---------------------------------------------------------------------------------


def test_my_page_shows_where_each_is_and_what_i_am_to_do_first(door, client):
    giver, now = PersonFactory(language="en"), timezone.now()
    text = {"title": "Laddplatser vid simhallen", "need": "Batteriet räcker inte till träningen."}
    sluice_case(door=door, owner=giver, title="Nyss", created_at=now)
    old = sluice_case("parked", door=door, owner=giver, created_at=now - timedelta(9), **text)
    sluice_case(door=door, owner=giver, title="Fråga", waits_for_giver=True)
    boss = person_as(Role.MANAGER, door.organisation)
    said = posed(boss, title="Cykla till träningen", text="Laddplatser saknas.")
    challenge = open_up(pose(door.programme.pk, said, by=boss, at=now).pk, by=boss, at=now)
    offer_to_parked(challenge.pk, {old.pk: []}, at=now)
    client.force_login(giver)
    response = client.get(reverse("ideas:mine"))
    rows = response.context["rows"]
    assert [row.expects for row in rows] == [True, True, False]
    assert rows[-1].idea.title == "Nyss"
    told = text_of(response)
    assert "Say yes or no" in told
    assert "We have asked you something" in told


def test_a_guest_is_led_to_the_page_of_the_code(client):
    client.force_login(PersonFactory(guest=True, email=None, name=""))
    assert client.get(reverse("ideas:mine")).status_code == 302


@pytest.mark.list_page("ideas:mine")
def test_my_page_asks_as_much_for_three_as_for_one(door, client, count_queries):
    giver = PersonFactory()
    AppointmentFactory(person=giver, organisation=door.organisation)
    client.force_login(giver)

    def add(n):
        for _ in range(n):
            sluice_case(door=door, owner=giver)

    assert count_queries(lambda: client.get(reverse("ideas:mine")), add) <= 8
