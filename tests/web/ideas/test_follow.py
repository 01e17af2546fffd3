"""Following with a code: signed in for a short while, to one's own cases and to nothing else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import FollowUpCode, Idea
from idesluss.ideas.usecases.codes import code_link, give_code, revoke_codes
from idesluss.ideas.usecases.drafting import save_draft
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, take_in
from idesluss.people.vocab import Role
from tests.factories import DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
FOLLOW = "/follow/"
WRONG = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345"


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def guest():
    return PersonFactory(name="", email=None, guest=True, reach_mail="ann@ek.example")


@pytest.fixture
def idea(guest):
    return sluice_case(owner=guest)


@pytest.fixture
def code(guest, idea):
    return give_code(guest, by=guest, at=timezone.now())


def case_url(idea):
    return reverse("ideas:case", args=[idea.programme.organisation.slug, idea.pk])


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def time(monkeypatch):
    """The clock of the server, moved by minutes."""
    start, moved = timezone.now(), [0]
    monkeypatch.setattr("django.utils.timezone.now", lambda: start + timedelta(minutes=moved[0]))
    return lambda minutes: moved.__setitem__(0, moved[0] + minutes)


def test_the_code_leads_to_the_only_case(client, code, idea, guest):
    answer = client.post(FOLLOW, {"code": code.lower()})
    assert answer.url == case_url(idea)
    assert client.get(answer.url).status_code == 200
    assert signed_in(client) == str(guest.pk)
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == ""  # ends with the browser
    assert "idesluss_who" not in client.cookies
    assert code not in str(client.session.items())


def test_with_several_things_it_leads_to_the_list(client, code, guest, idea):
    other = sluice_case(owner=guest)
    door = DoorFactory()
    save_draft(door, Given(need="Halvskrivet"), by=guest, at=timezone.now())
    sent = Sent("x", giver=guest, suspicion="flood")
    take_in(DoorFactory(), Given(need="Hålls kvar"), sent, at=timezone.now())
    assert client.post(FOLLOW, {"code": code}).url == FOLLOW
    page = client.get(FOLLOW).content.decode()
    for words in (idea.title, other.title, "Halvskrivet", "Hålls kvar", "?draft="):
        assert words in page


def test_one_goes_on_to_the_page_that_was_asked_for_and_nowhere_else(client, code, idea):
    page = client.get(f"{FOLLOW}?next={case_url(idea)}")
    assert f'name="next" value="{case_url(idea)}"' in page.content.decode()
    assert client.post(FOLLOW, {"code": code, "next": case_url(idea)}).url == case_url(idea)
    client.logout()
    elsewhere = client.post(FOLLOW, {"code": code, "next": "https://elsewhere.example/"})
    assert elsewhere.url == case_url(idea)


@pytest.mark.parametrize("text", [WRONG, "hej", "revoked", ""])
def test_a_code_that_does_not_work_is_kept_in_its_field_and_says_no_more(client, code, guest, text):
    if text == "revoked":
        revoke_codes(guest, by=guest, at=timezone.now())
        text = code
    answer = client.post(FOLLOW, {"code": text}, headers={"accept-language": "en"})
    assert (answer.status_code, signed_in(client)) == (422, None)
    assert f'value="{text}"' in answer.content.decode() or not text
    assert ("This code does not work" in answer.content.decode()) is bool(text)


def test_guessing_is_held_back(client, code):
    tried = [client.post(FOLLOW, {"code": WRONG}).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]
    assert client.post(FOLLOW, {"code": code}).status_code == 429
    assert signed_in(client) is None


def test_a_revoked_code_ends_its_session_at_once(client, code, idea, guest):
    client.post(FOLLOW, {"code": code})
    revoke_codes(guest, by=None, at=timezone.now())
    assert client.get(case_url(idea)).status_code == 302
    assert signed_in(client) is None


def test_half_an_hour_without_anything_ends_the_session(client, code, idea, time):
    client.post(FOLLOW, {"code": code})
    time(29)
    assert client.get(case_url(idea)).status_code == 200
    time(29)
    assert client.get(case_url(idea)).status_code == 200
    time(30)
    assert client.get(case_url(idea)).status_code == 302
    assert signed_in(client) is None


def test_a_guest_takes_a_new_code_and_stays_signed_in_or_ends_it(client, code, guest):
    client.post(FOLLOW, {"code": code})
    page = client.post(FOLLOW, {"renew": ""})
    assert "no-store" in page["Cache-Control"]
    new = page.context["code"]
    assert signed_in(client) == str(guest.pk)
    assert client.get(FOLLOW).context["rows"]
    assert client.post(FOLLOW, {"end": ""}).url == FOLLOW
    for old in (code, new):
        assert client.post(FOLLOW, {"code": old}).status_code == 422


def test_somebody_with_an_account_takes_the_case_into_it(client, code, idea):
    me = PersonFactory()
    client.force_login(me)
    assert client.get(FOLLOW).status_code == 200
    assert client.post(FOLLOW, {"code": code}).url == case_url(idea)
    assert Idea.objects.owned_by(me).get() == idea
    assert client.post(FOLLOW, {"code": code}).status_code == 422


def test_several_cases_are_taken_over_and_the_list_is_not_a_guests(client, code, guest):
    sluice_case(owner=guest)
    client.force_login(PersonFactory())
    assert client.post(FOLLOW, {"code": code}).url == FOLLOW


def test_a_coach_who_has_the_case_does_not_become_its_giver(client, code, idea):
    client.force_login(idea.responsible)
    answer = client.post(FOLLOW, {"code": code}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "nobody handles what they handed in" in answer.content.decode()


def test_a_lost_code_is_asked_for_without_telling_whether_there_is_one(client, idea, code):
    said = [
        client.post("/follow/lost/", {"number": number, "mail": "ann@ek.example"})
        for number in (idea.register_number, "INN 1999/1")
    ]
    pages = [it.content.decode() for it in said]
    assert [it.status_code for it in said] == [200, 200]
    assert pages[0] == pages[1]
    assert client.post("/follow/lost/", {"number": "", "mail": "x"}).status_code == 422
    more = [client.post("/follow/lost/", {"number": "1", "mail": "a@b.example"}) for _ in range(4)]
    assert [it.status_code for it in more] == [200, 200, 200, 429]


def test_the_link_in_the_letter_shows_a_new_code_once(client, code, guest):
    newest = FollowUpCode.objects.get().pk
    url = f"/follow/new/{code_link(guest.pk, newest, asked_at=timezone.now())}/"
    assert client.get(url).status_code == 200
    assert FollowUpCode.objects.count() == 1  # nothing happens before the press
    page = client.post(url)
    assert client.post(FOLLOW, {"code": page.context["code"]}).status_code == 302
    assert [client.get(url).status_code, client.post(url).status_code] == [410, 410]


def test_whoever_works_the_case_makes_a_new_code_for_its_giver(client, idea, code):
    url = reverse("ideas:code_again", args=[idea.programme.organisation.slug, idea.pk])
    client.force_login(idea.responsible)
    assert client.get(url).status_code == 200
    page = client.post(url)
    assert page.status_code == 200
    client.logout()
    assert client.post(FOLLOW, {"code": page.context["code"]}).url == case_url(idea)


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_else_reaches_that_page(client, idea, role):
    organisation = idea.programme.organisation
    client.force_login(person_as(role, organisation) if role else PersonFactory())
    url = reverse("ideas:code_again", args=[organisation.slug, idea.pk])
    handles = role in (Role.COACH, Role.ADMINISTRATOR, Role.REGISTRAR)
    assert client.get(url).status_code == (200 if handles else 404)


def test_a_giver_with_an_account_is_given_none(client):
    idea = sluice_case(owner=PersonFactory())
    client.force_login(idea.responsible)
    url = reverse("ideas:code_again", args=[idea.programme.organisation.slug, idea.pk])
    assert client.post(url).url == case_url(idea)
    assert FollowUpCode.objects.count() == 0


CLOSED = {
    "people:own": (),
    "people:address_ask": (),
    "people:mail": (),
    "people:calendar": (),
    "people:install": (),
    "insight:mine": (),
    "mfa_list_webauthn": (),
    "mfa_add_webauthn": (),
    "mfa_index": (),
    "programmes:setup": ("org",),
    "people:people": ("org",),
    "funding:mine": ("org",),
    "funding:endorsing": ("org",),
    "assessment:mine": ("org",),
    "insight:stuck": ("org",),
    "records:mail": ("org",),
}


@pytest.mark.parametrize("page", CLOSED)
def test_a_guest_reaches_nothing_else(client, code, idea, page):
    client.post(FOLLOW, {"code": code})
    place = [idea.programme.organisation.slug for _ in CLOSED[page]]
    assert client.get(reverse(page, args=place)).status_code == 404


def test_a_guest_sees_nobody_elses_case_and_what_is_open_to_all(client, code, idea):
    client.post(FOLLOW, {"code": code})
    assert client.get(case_url(sluice_case(door=idea.door))).status_code == 404
    assert client.get(case_url(sluice_case(door=idea.door, visibility="inside"))).status_code == 404
    assert client.get(f"/{idea.programme.organisation.slug}/").status_code == 200
    assert client.post("/account/sign-out/").status_code == 302
    assert signed_in(client) is None


@pytest.mark.list_page("ideas:follow_up")
def test_the_list_asks_as_much_for_three_as_for_one(client, code, guest, count_queries):
    client.post(FOLLOW, {"code": code})
    door = DoorFactory()

    def add(n):
        for _ in range(n):
            sluice_case(owner=guest)
            save_draft(door, Given(need="x"), by=guest, at=timezone.now())

    assert count_queries(lambda: client.get(FOLLOW), add) <= 8
