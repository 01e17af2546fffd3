"""Signing in with a code: the right one, wrong ones, old ones, and addresses that nobody knows."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from idesluss.web.people.adapters import AccountAdapter
from tests.factories import AppointmentFactory, OrganisationFactory, PersonFactory, person_as

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def eva():
    return PersonFactory(email="eva@slusstad.example", name="Eva Ek", language="sv")


def ask(client, email="eva@slusstad.example", **more):
    return client.post(SIGN_IN, {"email": email, **more})


def code():
    (found,) = re.findall(r"\d{4}-\d{4}", Letter.objects.latest("pk").text)
    return found


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_right_code_signs_in_and_leads_on_to_the_page_that_was_asked_for(client, eva):
    answer = client.get("/account/")
    assert answer.url == f"{SIGN_IN}?next=/account/"

    answer = ask(client, " Eva@Slusstad.example", next="/account/")
    assert answer.url == f"{CODE}?next=%2Faccount%2F"
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.organisation_id) == (
        "eva@slusstad.example",
        "people.code",
        None,
    )
    assert (letter.state, letter.person_id, letter.language) == ("queued", eva.pk, "sv")
    assert letter.subject == f"{code()} är din kod till Idésluss"

    answer = client.post(CODE, {"code": code().replace("-", " "), "next": "/account/"})

    assert answer.url == "/account/"
    assert signed_in(client) == str(eva.pk)


def test_one_stays_signed_in_for_two_weeks_only_if_one_wishes(client, eva):
    for wish, age, closes in [({"remember": "on"}, 14 * 24 * 3600, False), ({}, 12 * 3600, True)]:
        ask(client)
        client.post(CODE, {"code": code(), **wish})
        assert client.session.get_expiry_age() == age
        assert client.session.get_expire_at_browser_close() is closes
        client.post("/account/sign-out/")
        assert signed_in(client) is None


def test_one_lands_at_ones_own_organisation_or_where_one_is_asked_something(client, eva):
    assert ask(client).status_code == 302
    assert client.post(CODE, {"code": code()}).url == "/"
    client.post("/account/sign-out/")
    here = AppointmentFactory(person=eva).organisation
    ask(client)
    assert client.post(CODE, {"code": code()}).url == f"/{here.slug}/"
    client.post("/account/sign-out/")
    AppointmentFactory(person=eva, invited_as="Eva")
    ask(client)
    assert client.post(CODE, {"code": code()}).url == reverse("people:own")


def test_an_unknown_address_gets_the_same_page_and_no_letter(client, eva):
    known, unknown = ask(client), ask(client.__class__(), "nobody@slusstad.example")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in Letter.objects.all()] == ["eva@slusstad.example"]

    def page(email):
        other = client.__class__()
        ask(other, email)
        answer = other.get(CODE)
        text = re.sub(r'value="\w{64}"|nonce-\w+', "", answer.content.decode())
        return text.replace(email, "")

    assert page("eva@slusstad.example") == page("nobody@slusstad.example")


def test_nobody_signs_in_without_a_code_that_was_sent(client):
    ask(client, "nobody@slusstad.example")
    for guess in ("", "0000-0000"):
        answer = client.post(CODE, {"code": guess})
        assert answer.status_code == 422
    assert signed_in(client) is None


def test_wrong_codes_are_counted_and_the_fifth_ends_the_attempt(client, eva):
    ask(client)
    right = code()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(4):
        answer = client.post(CODE, {"code": wrong})
        assert answer.status_code == 422
        assert "Det är inte koden i brevet." in answer.content.decode()
        assert f'value="{wrong}"' in answer.content.decode()

    answer = client.post(CODE, {"code": wrong}, follow=True)

    assert answer.redirect_chain[-1][0] == SIGN_IN
    assert "Det har blivit för många försök." in answer.content.decode()
    client.post(CODE, {"code": right})
    assert signed_in(client) is None


def test_a_code_works_for_a_quarter_of_an_hour(client, eva, monkeypatch):
    ask(client)
    at = timezone.now().timestamp()
    monkeypatch.setattr("time.time", lambda: at + 15 * 60 + 1)

    answer = client.post(CODE, {"code": code()}, follow=True)

    assert answer.redirect_chain[-1][0] == SIGN_IN
    assert signed_in(client) is None


def test_a_code_works_only_in_the_window_where_it_was_asked_for(client, eva):
    ask(client)
    thief = client.__class__()
    ask(thief, "nobody@slusstad.example")

    assert thief.post(CODE, {"code": code()}).status_code == 422
    assert thief.get("/account/").url.startswith(SIGN_IN)


def test_a_code_works_once(client, eva):
    ask(client)
    used = code()
    client.post(CODE, {"code": used})
    client.post("/account/sign-out/")

    ask(client)

    assert code() != used
    assert client.post(CODE, {"code": used}).status_code == 422


def test_a_new_code_can_be_mailed_twice(client, eva):
    ask(client)
    codes = [code()]
    for _ in range(2):
        assert "action" in client.get(CODE).content.decode()
        client.post(CODE, {"action": "resend"})
        codes.append(code())
    assert len(set(codes)) == 3
    assert 'value="resend"' not in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": codes[0]}).status_code == 422
    assert client.post(CODE, {"code": codes[2]}).status_code == 302


def test_another_address_can_be_tried(client, eva):
    ask(client, "nobody@slusstad.example")
    assert client.get(SIGN_IN).url == CODE

    answer = client.post("/account/sign-out/", {"next": SIGN_IN}, follow=True)

    assert answer.redirect_chain[-1][0] == SIGN_IN
    assert answer.status_code == 200


def test_asking_for_codes_is_limited_for_each_address_known_or_not(client, eva):
    for email in ("eva@slusstad.example", "nobody@slusstad.example"):
        for _ in range(3):
            assert ask(client.__class__(), email).status_code == 302
        answer = ask(client.__class__(), email)
        assert answer.status_code == 422
        assert "Det har blivit för många försök." in answer.content.decode()
    assert Letter.objects.count() == 3


def test_what_is_no_address_is_told_and_kept(client):
    answer = ask(client, "eva")
    assert answer.status_code == 422
    assert 'value="eva"' in answer.content.decode()
    assert "Det är ingen e-postadress." in answer.content.decode()
    assert ask(client, "").status_code == 422


def test_a_closed_account_gets_no_code_and_is_signed_out(client, eva):
    ask(client)
    client.post(CODE, {"code": code()})
    eva.is_active = False
    eva.save()
    assert client.get("/account/").status_code == 302

    ask(client.__class__())

    assert Letter.objects.count() == 1


def test_an_account_that_is_closed_meanwhile_does_not_sign_in(client, eva):
    ask(client)
    right = code()
    eva.is_active = False
    eva.save()

    answer = client.post(CODE, {"code": right})

    assert answer.url == "/account/closed/"
    assert client.get(answer.url).status_code == 200
    assert signed_in(client) is None


def test_an_old_address_no_longer_signs_in(client, eva):
    ask(client)
    client.post(CODE, {"code": code()})
    client.post("/account/sign-out/")
    eva.email = "eva@bollby.example"
    eva.save()

    ask(client, "eva@slusstad.example")

    assert Letter.objects.count() == 1
    ask(client.__class__(), "eva@bollby.example")
    assert Letter.objects.latest("pk").to == "eva@bollby.example"


def test_somebody_without_a_role_can_still_read_their_own(client, eva):
    AppointmentFactory(person=eva, ends=timezone.now().date() - timedelta(days=1))
    ask(client)
    client.post(CODE, {"code": code()})
    assert client.get("/account/").status_code == 200


def test_signing_out_asks_first_and_ends_the_session(client, eva):
    client.force_login(eva)
    assert client.get("/account/sign-out/").status_code == 200
    assert signed_in(client) == str(eva.pk)

    assert client.post("/account/sign-out/").url == "/"

    assert signed_in(client) is None
    assert client.get("/account/sign-out/").url == "/"
    assert not any("_auth_user_id" in it.get_decoded() for it in Session.objects.all())


def test_whoever_is_signed_in_already_goes_on(client, eva):
    client.force_login(eva)
    assert client.get(f"{SIGN_IN}?next=/account/").url == "/account/"


def test_nobody_is_sent_elsewhere_after_signing_in(client, eva):
    ask(client, next="https://evil.example/")
    answer = client.post(CODE, {"code": code(), "next": "https://evil.example/"})
    assert answer.url == "/"


def test_there_is_no_sign_up_and_no_password(client):
    for path in ("/account/signup/", "/account/password/reset/", "/account/email/"):
        assert client.get(path).status_code == 404


def test_the_code_is_in_the_language_of_the_page_unless_the_person_chose_one(client):
    PersonFactory(email="da@slusstad.example")
    client.post(SIGN_IN, {"email": "da@slusstad.example"}, headers={"accept-language": "da"})
    assert Letter.objects.get().language == "da"


def test_the_name_that_allauth_asks_for_leads_to_the_same_page(client):
    assert client.get("/account/sign-in/again/").url == SIGN_IN
    assert client.get("/account/sign-in/again/?next=/a%20b/").url == f"{SIGN_IN}?next=%2Fa+b%2F"


def test_no_organisations_administrator_reads_codes(client, eva):
    here = OrganisationFactory()
    boss = person_as(Role.ADMINISTRATOR, here)
    ask(client)
    other = client.__class__()
    other.force_login(boss)
    assert code() not in other.get(f"/{here.slug}/mail/").content.decode()


def test_allauth_has_nothing_else_to_tell_and_lets_nobody_sign_up(rf):
    adapter = AccountAdapter()
    adapter.send_mail("account/email/unknown_account", "nobody@slusstad.example", {})
    assert Letter.objects.count() == 0
    assert adapter.is_open_for_signup(rf.get("/")) is False
