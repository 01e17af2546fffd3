"""Before it is handed in: is it one of these? Mine differs, refers, or nothing new to ask."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from idesluss.ideas.models import Arrival, Idea, Support
from idesluss.insight.search.things import code_of
from idesluss.people.vocab import Role
from tests.factories import NOON, person_as
from tests.insight.alike_world import (
    TITLE,
    WRITTEN,
    challenge_like_it,
    danish_test,
    door_with_others,
    shown,
)
from tests.web.ideas.look_alikes import OTHER, again, look, send, titles, url

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


def test_nothing_alike_is_handed_in_at_once(client, door, searchable):
    shown(door)
    searchable()
    assert send(client, url(door), need=OTHER).url == url(door, "thanks")


def test_without_an_index_everything_is_handed_in_at_once(client, door, searchable):
    shown(door)
    assert send(client, url(door)).url == url(door, "thanks")


def test_what_is_like_something_is_asked_about_first_with_everything_kept(client, door, searchable):
    case, project = shown(door), danish_test()
    searchable()
    kept = {"for_whom": "Skolorna", "name": "Ann", "title": "Stolar", "reach": "ann@ek.example"}
    answer = send(client, url(door), **kept)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert set(titles(answer)) == {case, project}
    for words in (WRITTEN, *kept.values()):
        assert f'value="{words}"' in page
    assert not Idea.objects.filter(need=WRITTEN).exists()
    assert [it.way for it, *_ in answer.context["rows"]].count("join") == 1


def test_what_was_told_beside_the_form_is_not_asked_about_again(client, door, searchable):
    shown(door)
    searchable()
    seen = look(client, url(door)).context["seen"]
    assert send(client, url(door), alike=seen).status_code == 302
    assert not Idea.objects.get(need=WRITTEN).messages.exists()


def test_mine_differs_is_kept_as_a_note_that_only_those_who_handle_it_read(
    client, door, searchable
):
    shown(door)
    shown(door, title="Hemligt återbruk av möbler", visibility="inside")
    searchable()
    step = send(client, url(door))
    assert again(client, step, differs="Vår gäller *skolor*.", go="on").url == url(door, "thanks")
    idea = Idea.objects.get(need=WRITTEN)
    note = idea.messages.get()
    assert (note.inside, note.text.splitlines()[0]) == (
        True, "Den som lämnade in fick se det som liknar det:",
    )  # fmt: skip
    assert note.text.endswith("Vår gäller *skolor*.")
    assert TITLE in note.text
    assert "Hemligt" not in note.text
    case = reverse("ideas:case", args=[door.organisation.slug, idea.pk])
    assert "skolor" not in client.get(case).content.decode()
    client.force_login(door.receiver)
    assert "<em>skolor</em>" in client.get(case).content.decode()


def test_a_note_names_nothing_that_only_the_giver_may_read(client, door, staff, searchable):
    shown(door, title="Hemligt återbruk av möbler", visibility="inside")
    searchable()
    client.force_login(staff)
    again(client, send(client, url(door)), differs="Skolor.", go="on")
    note = Idea.objects.get(need=WRITTEN).messages.get()
    assert "Hemligt" not in note.text
    assert "/cases/" not in note.text


def test_going_on_without_a_word_leaves_no_note(client, door, searchable):
    shown(door)
    searchable()
    assert again(client, send(client, url(door)), go="on").status_code == 302
    assert not Idea.objects.get(need=WRITTEN).messages.exists()


def test_one_can_change_the_text_and_is_not_asked_twice_about_the_same(client, door, searchable):
    shown(door)
    searchable()
    form = again(client, send(client, url(door)), then="change", title="Stolar")
    assert (form.status_code, form.context["form"]["title"].value()) == (200, "Stolar")
    assert not Idea.objects.filter(need=WRITTEN).exists()
    sent = again(client, form)
    assert sent.url == url(door, "thanks")


def test_new_words_that_are_like_something_else_are_asked_about(client, door, searchable):
    shown(door)
    cycles = shown(door, title="Cykelpool", need="Hemtjänsten delar elcyklar mellan grupper.")
    searchable()
    step = send(client, url(door))
    other = again(client, step, need="Låt hemtjänsten dela elcyklar mellan sina grupper.")
    assert (other.status_code, titles(other)) == (200, [cycles])
    same = again(client, other, need=WRITTEN)
    assert same.status_code == 302


def test_the_step_sent_twice_is_one_case_with_one_note(client, door, searchable):
    shown(door)
    searchable()
    step = send(client, url(door))
    for _ in range(2):
        assert again(client, step, differs="Skolor.", go="on").url == url(door, "thanks")
    assert Idea.objects.get(need=WRITTEN).messages.count() == 1


def test_a_test_elsewhere_is_referred_to(client, door, searchable):
    project = danish_test()
    searchable()
    step = send(client, url(door))
    assert "refer" in [it.way for it, *_ in step.context["rows"]]
    again(client, step, refers=code_of(project))
    note = Idea.objects.get(need=WRITTEN).messages.get().text
    assert "Den som lämnade in hänvisar till det som redan finns:" in note
    assert f"/projects/{project.pk}/>" in note


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({}, "answer"),
        ({"audiences": ["staff"]}, "refer"),
        ({"ended_at": NOON, "result": "Klart."}, "refer"),
    ],
)
def test_an_open_challenge_that_is_put_to_them_is_answered(client, door, searchable, fields, way):
    one = challenge_like_it(door, **fields)
    searchable()
    step = send(client, url(door))
    assert [it.way for it, *_ in step.context["rows"]] == [way]
    again(client, step, answers=code_of(one))
    idea = Idea.objects.get(need=WRITTEN)
    assert idea.challenge == (one if way == "answer" else None)
    assert not idea.messages.exists()


def test_what_has_ended_here_is_referred_to_and_not_joined(client, door, searchable):
    shown(door, stage="declined")
    searchable()
    [(one, *_)] = send(client, url(door)).context["rows"]
    assert (one.way, one.came) == ("refer", "Vi har redan en sådan lösning.")


def test_a_text_that_gives_somebody_away_is_warned_of_first_and_once(client, door, searchable):
    shown(door, title="Återbruk av möbler till demenssjuka")
    searchable()
    text = f"Min mamma har demens. {WRITTEN}"
    assert send(client, url(door), need=text).status_code == 422
    step = send(client, url(door), need=text, anyway="yes")
    assert 'name="anyway" value="yes"' in step.content.decode()
    assert again(client, step, go="on", anyway="yes").status_code == 302


def test_what_a_program_filled_in_is_held_back_with_its_note(client, door, searchable):
    shown(door)
    searchable()
    again(client, send(client, url(door)), differs="Skolor.", go="on", website="http://x")
    arrival = Arrival.objects.get()
    assert arrival.reason == "trap"
    assert arrival.fields["aside"].endswith("Skolor.")


def test_a_draft_is_saved_without_being_asked(client, door, staff, searchable):
    shown(door)
    searchable()
    client.force_login(staff)
    assert "draft=" in send(client, url(door), then="save").url


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 30, "-1", "²", "7", "800000"])
def test_numbers_of_nothing_do_no_harm(client, door, searchable, nonsense):
    shown(door)
    searchable()
    for button in ("mine", "joins", "refers", "answers"):
        step = send(client, url(door))
        answer = again(client, step, **{button: nonsense, "alike": "tampered"})
        assert answer.status_code in (200, 302)
    assert Support.objects.count() == 0
