"""What is like it: told while one writes, asked before it is handed in, shown to who has it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from idesluss.ideas.models import Challenge, Idea
from idesluss.people.vocab import Role
from idesluss.web.ideas.alike import Seen
from tests.factories import DoorFactory, PersonFactory, person_as
from tests.insight.alike_world import (
    TITLE,
    WRITTEN,
    challenge_like_it,
    danish_test,
    door_with_others,
    shown,
)
from tests.web.ideas.look_alikes import (
    ENGLISH,
    OTHER,
    SWEDISH,
    look,
    send,
    titles,
    url,
)

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


def test_while_one_writes_a_finished_test_elsewhere_is_told_of_with_its_result_and_why(
    client, door, searchable
):
    project = danish_test()
    searchable()
    answer = look(client, url(door))
    page = answer.content.decode()
    assert titles(answer) == [project]
    for words in (
        "Vi sparede 300 stole på et år.",
        "Lyngby",
        "Dansk",
        f'href="/{project.idea.programme.organisation.slug}/projects/{project.pk}/"',
        "<mark>møbler</mark>",
        'lang="da"',
        'aria-live="polite"',
    ):
        assert words in page
    assert "<h1" not in page
    assert Idea.objects.filter(need=WRITTEN).count() == 0


def test_a_parked_case_is_told_of_with_the_first_sentence_of_its_reason(client, door, searchable):
    shown(door, stage="parked", answer="Det finns **inget lager** just nu. Vi ses nästa år.")
    searchable()
    page = look(client, url(door)).content.decode()
    assert "Det finns inget lager just nu." in page
    assert "nästa år" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"need": OTHER},
        {"need": "Möbler"},
        {"need": ""},
        {"need": "?" * 99},
        {"need": "ord " * 25_000},
        {"need": "x" * 100_000},
        {"need": "\"' OR 1=1; NEAR/2 * : ( ) AND NOT -- \u202e\u200f 🪑"},
        {"title": "å" * 90},
    ],
)
def test_nothing_is_said_when_there_is_nothing(client, door, searchable, fields):
    shown(door)
    searchable()
    assert look(client, url(door), **{"need": "", **fields}).status_code == 204


def test_what_is_shown_already_is_not_sent_again_and_goes_when_it_is_alike_no_more(
    client, door, searchable
):
    shown(door)
    searchable()
    first = look(client, url(door))
    seen = {"alike": first.context["seen"], "differs": "Bara skolor"}
    assert look(client, url(door), **seen).status_code == 204
    gone = look(client, url(door), need=OTHER, **seen)
    page = gone.content.decode()
    assert (gone.status_code, titles(gone)) == (200, [])
    assert '<input type="hidden" name="differs" value="Bara skolor">' in page


def test_a_title_is_enough(client, door, searchable):
    case = shown(door)
    searchable()
    assert titles(look(client, url(door), need="", title="Återbruk av gamla möbler")) == [case]


@pytest.mark.parametrize("page", ["door", "kiosk"])
def test_whoever_writes_is_told_of_what_they_may_read_and_of_nothing_else(
    client, door, staff, searchable, page
):
    public = shown(door, title=TITLE)
    shown(door, title="Inne: återbruk av möbler", visibility="inside")
    shown(door, title="Stängd: återbruk av möbler", visibility="closed")
    searchable()
    answer = look(client, url(door, page))
    assert titles(answer) == [public]
    html = answer.content.decode()
    assert "Inne" not in html
    assert "Stängd" not in html
    public.visibility = "closed"
    public.save()
    assert look(client, url(door, page)).status_code == 204
    client.force_login(staff)
    if page == "door":
        inside = titles(look(client, url(door, page)))
        assert [it.title for it in inside] == ["Inne: återbruk av möbler"]


def test_a_shared_device_leads_nowhere_else(client, door, searchable):
    shown(door)
    searchable()
    assert "<a href" not in look(client, url(door, "kiosk")).content.decode()
    page = send(client, url(door, "kiosk"))
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert f"/cases/{Idea.objects.get(title=TITLE).pk}/" not in html
    assert 'data-idle="180"' in html


def test_the_challenge_and_the_need_that_it_is_for_are_not_told_of(client, door, searchable):
    challenge = challenge_like_it(door)
    need = shown(door, kind="need")
    searchable()
    assert {type(it) for it in titles(look(client, url(door)))} == {Challenge, Idea}
    where = f"{url(door)}?need={need.pk}&challenge={challenge.pk}"
    about = {"challenge": challenge.pk}
    assert look(client, where, **about).status_code == 204
    assert send(client, where, **about).status_code == 302
    handed_in = Idea.objects.get(need=WRITTEN)
    assert (handed_in.challenge, handed_in.answers_to) == (challenge, need)


@pytest.mark.parametrize(("signed_in", "number"), [(False, 4), (True, 9)])
def test_the_box_asks_the_database_little(
    client, door, staff, searchable, count_queries, signed_in, number
):
    if signed_in:
        client.force_login(staff)

    def more(n):
        for _ in range(n):
            shown(door)
        searchable()

    assert count_queries(lambda: look(client, url(door)), more) == number


def case_page(case, page="case"):
    return reverse(f"ideas:{page}", args=[case.programme.organisation.slug, case.pk])


def test_the_coach_sees_what_a_case_looks_like_and_can_put_two_together(client, door, searchable):
    case, other, project = shown(door), shown(door, visibility="closed"), danish_test()
    ended = shown(door, stage="declined")
    searchable()
    client.force_login(door.receiver)
    where = case_page(case, "look_alikes")
    page = client.get(case_page(case)).content.decode()
    assert f'hx-get="{where}?beside"' in page
    assert f'<a href="{where}">' in page
    answer = client.get(where, headers=SWEDISH)
    html = answer.content.decode()
    assert set(titles(answer)) == {other, project, ended}
    assert f'href="{case_page(case, "merge")}?into={other.pk}"' in html
    assert html.count("?into=") == 1
    assert client.get(f"{case_page(case, 'merge')}?into={other.pk}").status_code == 200


def test_only_those_who_handle_it_are_told_what_a_case_looks_like(client, door, staff, searchable):
    case = shown(door)
    searchable()
    where = case_page(case, "look_alikes")
    assert client.get(where).status_code == 302
    owner = case.involvements.get().person
    elsewhere = person_as(Role.COACH, DoorFactory().organisation)
    for person in (staff, PersonFactory(), owner, elsewhere):
        client.force_login(person)
        assert client.get(where).status_code == 404
        assert where not in client.get(case_page(case)).content.decode()


def test_a_registrar_sees_what_it_looks_like_but_puts_nothing_together(client, door, searchable):
    case, _other = shown(door), shown(door)
    searchable()
    client.force_login(person_as(Role.REGISTRAR, door.organisation))
    answer = client.get(case_page(case, "look_alikes"))
    assert len(answer.context["rows"]) == 1
    assert "?into=" not in answer.content.decode()


def test_a_case_like_no_other_says_so(client, door, searchable):
    case = shown(door)
    searchable()
    client.force_login(door.receiver)
    page = client.get(case_page(case, "look_alikes"), headers=ENGLISH).content.decode()
    assert "Nothing that you may see is near enough" in page


def test_beside_the_case_nothing_is_told_twice_that_its_page_tells_anyway(client, door, searchable):
    case, other = shown(door), shown(door)
    danish_test()
    shown(door, stage="parked")
    searchable()
    client.force_login(door.receiver)
    where = f"{case_page(case, 'look_alikes')}?beside"
    assert titles(client.get(where)) == [other]
    Idea.objects.filter(pk=other.pk).update(stage="parked", next_on=None, answer="Sen.")
    quiet = client.get(where, headers=ENGLISH).content.decode()
    assert "<h2>Looks like" not in quiet
    assert "near enough" not in quiet


@pytest.mark.list_page("ideas:look_alikes")
def test_look_alikes_of_a_case_ask_the_same_of_the_database_however_many(
    client, door, searchable, count_queries
):
    case = shown(door)
    client.force_login(door.receiver)

    def more(n):
        for _ in range(n):
            shown(door)
        searchable()

    assert count_queries(lambda: client.get(case_page(case, "look_alikes")), more) == 9


def test_a_form_that_was_tampered_with_has_seen_nothing():
    assert Seen.read("x") == Seen()
    assert Seen.read(Seen(frozenset({8}), (8,), "ab").write()) == Seen(frozenset({8}), (8,), "ab")


def test_who_writes_down_for_others_is_told_too_and_joins_nothing_for_them(
    client, door, staff, searchable
):
    case = shown(door)
    searchable()
    where = url(door, "proxy_one")
    client.force_login(staff)
    assert 'id="alike"' in client.get(where).content.decode()
    answer = look(client, where)
    page = answer.content.decode()
    assert titles(answer) == [case]
    assert "Skriv ändå ner det" in page
    assert 'target="_blank"' in page  # what is written is kept nowhere else
    assert "öppnas i ett nytt fönster" in page
    assert "<button" not in page
    assert "id_differs" not in page
    assert look(client, where, alike=answer.context["seen"]).status_code == 204
    assert Idea.objects.filter(need=WRITTEN).count() == 0
    client.force_login(PersonFactory())
    assert look(client, where).status_code == 404
