"""Pages of what binds cases and people together: each act, once through the browser's eyes."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Follow, Idea, Masking, Support
from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.givers import invitation_link
from idesluss.ideas.usecases.merging import merge
from idesluss.ideas.vocab import OtherDoor, Part
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from tests.factories import NOON, DoorFactory, PersonFactory, involve, person_as, sluice_case
from tests.ideas.ties import guest

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<span>([0-9A-Z]{4})</span>")
SOON = (timezone.localdate() + timedelta(days=7)).isoformat()
ACTS = ("givers", "merge", "split", "send_on", "mask", "just_do")


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def coach():
    return person_as(Role.COACH, DoorFactory().organisation, name="Cilla Coach", language="en")


@pytest.fixture
def idea(coach):
    door = DoorFactory(edition__programme__organisation=coach.appointments.get().organisation)
    door.receiver = coach
    door.save()
    return sluice_case(door=door, owner=PersonFactory(name="Görel Givare"), title="Lyften är borta")


def page_of(idea, name="case"):
    return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk])


def as_(client, person):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("name", ACTS)
def test_each_page_opens_for_the_coach_in_few_queries(
    client, coach, idea, name, django_assert_max_num_queries
):
    as_(client, coach)
    client.get(page_of(idea))
    with django_assert_max_num_queries(12):
        assert client.get(page_of(idea, name)).status_code == 200


def test_what_is_shown_asks_no_more_the_more_there_is(
    client, coach, idea, django_assert_max_num_queries
):
    other = sluice_case(door=idea.door, title="Lyften igen")
    for number in range(3):
        involve(idea, guest(f"G{number}"), Part.CO_APPLICANT)
        involve(idea, person_as(Role.EMPLOYEE, idea.programme.organisation), Part.CO_APPLICANT)
        Support.objects.create(idea=idea, person=guest(), reason="Ja", at=NOON)
        sluice_case(door=idea.door, title="Lyften är borta")
        say(idea.pk, "Hej", by=coach, at=NOON)
    as_(client, coach)
    client.get(page_of(idea))
    for name in (*ACTS, "support"):
        with django_assert_max_num_queries(12):
            assert client.get(page_of(idea, name)).status_code == 200
    with django_assert_max_num_queries(14):  # two cases, side by side
        assert client.get(f"{page_of(idea, 'merge')}?into={other.pk}").status_code == 200


@pytest.mark.parametrize("name", [*ACTS, "unmerge", "support", "follow"])
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ASSESSOR])
def test_no_page_opens_to_who_does_not_read_the_case(client, idea, name, role):
    as_(client, person_as(role, idea.programme.organisation))
    assert client.get(page_of(idea, name)).status_code == 404


@pytest.mark.parametrize("name", [it for it in ACTS if it != "givers"])
def test_the_giver_does_none_of_the_municipalitys_acts(client, idea, name):
    as_(client, idea.involvements.get().person)
    assert client.get(page_of(idea, name)).status_code == 404


def test_look_alikes_are_found_seen_side_by_side_merged_and_taken_apart(client, coach, idea):
    other = sluice_case(door=idea.door, title="Lyften borta på natten", register_number="INN 7")
    sluice_case(door=idea.door, title="Cyklar")
    as_(client, coach)
    found = text(client.get(page_of(idea, "merge")))
    assert "Lyften borta på natten" in found
    assert "Cyklar" not in found
    assert "INN 7" in text(client.get(page_of(idea, "merge"), {"q": "inn 7"}))
    where = f"{page_of(idea, 'merge')}?into={other.pk}"
    seen = text(client.get(where))
    assert "This one ends" in seen
    assert "It can be undone" in seen
    assert client.post(where, {"answer": ""}).status_code == 422
    assert client.post(where, {"answer": "Samma behov."}).status_code == 302
    idea.refresh_from_db()
    assert idea.merged_into == other
    say(idea.pk, "Jag var först!", by=idea.involvements.get().person, at=timezone.now())
    assert "Jag var först!" in text(client.get(page_of(other)))
    assert client.post(page_of(idea, "unmerge"), {"why": ""}).status_code == 422
    assert client.post(page_of(idea, "unmerge"), {"why": "Två lyftar"}).status_code == 302
    idea.refresh_from_db()
    assert (idea.stage, idea.merged_into) == ("received", None)


@pytest.mark.parametrize("into", ["x", "9" * 30, "0"])
def test_a_case_that_is_not_there_is_not_merged_into(client, coach, idea, into):
    as_(client, coach)
    assert client.get(page_of(idea, "merge"), {"into": into}).status_code == 404


def test_a_case_is_split_with_what_goes_along(client, coach, idea):
    said = say(idea.pk, "Och lampan är trasig", by=coach, at=NOON)
    as_(client, coach)
    form = {"title": "Lampan", "need": "Mörkt", "kind": "idea", "way": "do", "next_on": SOON}
    wrong = client.post(page_of(idea, "split"), form | {"title": ""})
    assert (wrong.status_code, "Mörkt" in wrong.content.decode()) == (422, True)
    assert client.post(page_of(idea, "split"), form | {f"message-{said.pk}": "move"})
    new = Idea.objects.get(split_from=idea)
    assert (new.messages.get(), new.just_do_at is not None) == (said, True)


def test_wrong_doors_have_ready_words_and_what_is_sealed_says_so(client, coach, idea):
    as_(client, coach)
    for kind in OtherDoor:
        page = client.get(page_of(idea, "send_on"), {"kind": kind.value})
        sealed = "Nobody else reads it any more" in text(page)
        assert (page.status_code, sealed) == (200, kind is OtherDoor.WHISTLE)
    form = {"kind": "whistle", "to": "Visselblåsarfunktionen", "answer": ""}
    assert client.post(page_of(idea, "send_on"), form).status_code == 422
    assert client.post(page_of(idea, "send_on"), form | {"answer": "Tack."}).status_code == 302
    assert client.get(page_of(idea)).status_code == 200
    as_(client, person_as(Role.COACH, idea.programme.organisation))
    assert client.get(page_of(idea)).status_code == 404


def test_words_are_seen_masked_first_and_read_by_registrars_only(client, coach, idea):
    Idea.objects.filter(pk=idea.pk).update(need="Lyften. Bo Ek har cancer.")
    as_(client, coach)
    form = {"passage": "Bo Ek har cancer", "reason": "Sjukdom"}
    seen = client.post(page_of(idea, "mask"), form | {"do": "show"})
    assert (seen.status_code, "How it will read" in text(seen)) == (200, True)
    assert not Masking.objects.exists()
    nowhere = client.post(page_of(idea, "mask"), form | {"passage": "Bo Ekdahl", "do": "show"})
    assert nowhere.status_code == 422
    assert client.post(page_of(idea, "mask"), form | {"do": "mask"}).status_code == 302
    assert "cancer" not in client.get(page_of(idea)).content.decode()
    assert "cancer" not in client.get(page_of(idea, "mask")).content.decode()
    number = Masking.objects.get().pk
    client.post(page_of(idea, "mask"), {"unmask": number})
    assert "cancer" not in Idea.objects.get(pk=idea.pk).need
    as_(client, person_as(Role.REGISTRAR, idea.programme.organisation))
    assert "Bo Ek har cancer" in text(client.get(page_of(idea, "mask")))
    for wrong in ("x", "0", "9" * 30):
        assert client.post(page_of(idea, "mask"), {"unmask": wrong}).status_code == 404
    client.post(page_of(idea, "mask"), {"unmask": number})
    assert Idea.objects.get(pk=idea.pk).need == "Lyften. Bo Ek har cancer."


def test_the_workplace_does_it_and_says_so(client, coach, idea):
    as_(client, coach)
    assert client.post(page_of(idea, "just_do"), {"next_on": ""}).status_code == 422
    client.post(page_of(idea, "just_do"), {"next_on": SOON, "what": "Flytta den"})
    assert "Flytta den" in text(client.get(page_of(idea, "just_do")))
    assert client.post(page_of(idea, "just_do"), {"do": "bigger"}).status_code == 422
    client.post(page_of(idea, "just_do"), {"do": "bigger", "why": "El", "next_on": SOON})
    client.post(page_of(idea, "just_do"), {"next_on": SOON})
    assert client.post(page_of(idea, "just_do"), {"do": "done", "answer": ""}).status_code == 422
    client.post(page_of(idea, "just_do"), {"do": "done", "answer": "Klart"})
    idea.refresh_from_db()
    assert (idea.stage, idea.answer) == ("permanent", "Klart")


def test_a_resident_without_account_says_me_too_and_takes_it_back_with_the_code(client, idea):
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.PUBLIC.value)
    where = page_of(idea, "support")
    wrong = client.post(where, {"reason": "Min mamma", "reach": "hej"})
    assert (wrong.status_code, "Min mamma" in wrong.content.decode()) == (422, True)
    done = client.post(where, {"reason": "Min mamma", "reach": "", "name": ""})
    code = "-".join(CODE.findall(done.content.decode()))
    assert len(code) == 34
    client.post("/follow/", {"code": code})
    seen = client.get(where).content.decode()
    assert "Min mamma" in seen
    client.post(where, {"back": "1"})
    assert not Support.objects.exists()


def test_from_one_place_not_more_than_ten_an_hour(client, idea):
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.PUBLIC.value)
    answers = [client.post(page_of(idea, "support"), {"reason": ""}) for _ in range(11)]
    assert [it.status_code for it in answers] == [200] * 10 + [422]


def test_names_behind_me_too_are_for_those_who_handle_it(client, coach, idea):
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.PUBLIC.value)
    one = PersonFactory(name="Sven Stöd")
    Support.objects.create(idea=idea, person=one, reason="Varje natt", at=NOON)
    client.cookies["django_language"] = "en"
    assert "Sven Stöd" not in text(client.get(page_of(idea, "support")))
    assert "Varje natt" in text(client.get(page_of(idea, "support")))
    as_(client, coach)
    assert "Sven Stöd" in text(client.get(page_of(idea, "support")))


def test_a_colleague_supports_and_follows_with_one_press_each(client, idea):
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.INSIDE.value)
    person = person_as(Role.EMPLOYEE, idea.programme.organisation)
    as_(client, person)
    client.post(page_of(idea, "support"), {"reason": "Ja"})
    assert client.get(page_of(idea, "follow")).status_code == 200
    client.post(page_of(idea, "follow"))
    assert (Support.objects.get().person, Follow.objects.get().person) == (person, person)
    client.post(page_of(idea, "follow"), {"stop": "1"})
    assert not Follow.objects.exists()


def test_givers_invite_hand_over_keep_and_leave(client, idea):
    owner = idea.involvements.get().person
    colleague = person_as(Role.EMPLOYEE, idea.programme.organisation, email="kim@x.example")
    as_(client, owner)
    where = page_of(idea, "givers")
    assert client.post(where, {"do": "invite", "address": "inte en adress"}).status_code == 422
    client.post(where, {"do": "invite", "address": "kim@x.example"})
    client.post(where, {"do": "leave"})
    assert idea.involvements.filter(ended_at=None).count() == 2
    part = idea.involvements.get(person=colleague).pk
    assert client.post(where, {"do": "hand_over", "part": "0"}).status_code == 404
    client.post(where, {"do": "hand_over", "part": part})
    assert idea.involvements.get(part=Part.OWNER.value, ended_at=None).person == colleague
    assert client.post(where, {"do": "keep", "reach_mail": "nej"}).status_code == 422
    kept = client.post(where, {"do": "keep", "reach_mail": "g@hemma.example"})
    assert len(CODE.findall(kept.content.decode())) == 7
    assert client.get(where).status_code == 404
    assert idea.involvements.get(person__reach_mail="g@hemma.example").person.guest


def test_staff_give_a_guest_a_code_and_never_somebody_who_signs_in(client, coach, idea):
    stranger = guest("Olle")
    part = involve(idea, stranger, Part.CO_APPLICANT)
    here = person_as(Role.EMPLOYEE, idea.programme.organisation)
    other = involve(idea, here, Part.CO_APPLICANT)
    as_(client, coach)
    where = page_of(idea, "givers")
    assert "Olle" in text(client.get(where))
    shown = client.post(where, {"do": "code", "part": part.pk})
    assert len(CODE.findall(shown.content.decode())) == 7
    assert client.post(where, {"do": "code", "part": other.pk}).status_code == 302
    assert not here.follow_up_codes.exists()


def test_the_link_of_an_invitation_gives_one_code_once(client):
    stranger = guest()
    link = reverse("ideas:invited", args=[invitation_link(stranger.pk, asked_at=timezone.now())])
    assert client.get(link).status_code == 200
    assert not stranger.follow_up_codes.exists()
    assert len(CODE.findall(client.post(link).content.decode())) == 7
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert client.get(reverse("ideas:invited", args=["nej"])).status_code == 410


def test_of_a_merged_case_others_read_only_what_was_open_to_them(client, coach, idea):
    other = sluice_case(door=idea.door, visibility=Visibility.PUBLIC.value)
    say(idea.pk, "Hemligt mellan oss", by=coach, at=NOON)
    say(idea.pk, "Lapp", by=coach, at=NOON, inside=True)
    merge(idea.pk, other.pk, answer="Samma", by=coach, at=NOON)
    assert "Hemligt" not in text(client.get(page_of(other)))
    as_(client, other.involvements.order_by("id").first().person)
    read = text(client.get(page_of(other)))
    assert ("Hemligt mellan oss" in read, "Lapp" in read) == (True, False)
    as_(client, coach)
    read = text(client.get(page_of(other)))
    assert ("Lapp" in read, idea.register_number in read) == (True, True)
