"""The page that connects a translation service: tried, turned off, and its key kept secret."""

import logging

import pytest
from cryptography.fernet import Fernet
from django.urls import reverse

from idesluss.calls import posting
from idesluss.ideas.models import TranslationService
from idesluss.ideas.sealing import unseal
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.calls.elsewhere import KEY, elsewhere
from tests.factories import OrganisationFactory, person_as

pytestmark = pytest.mark.django_db
PAGE, TRY, OFF = (f"/slusstad/setup/translation/{it}" for it in ("", "try/", "off/"))


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def boss(here, client):
    person = person_as(Role.ADMINISTRATOR, here, language="sv")
    client.force_login(person)
    return person


@pytest.fixture
def there(settings):
    settings.TRANSLATE_LOCAL = True
    with elsewhere() as server:
        yield server


def typed(**more):
    return {"speaks": "libre", "address": "https://translate.example.org", "seen": "0"} | more


def connect(client, there, **more):
    answer = client.post(PAGE, typed(address=there.address, **more))
    assert answer.status_code == 302, answer.context["form"].errors


def test_it_is_off_until_somebody_connects_one(boss, client):
    text = client.get(PAGE).content.decode()
    assert TRY not in text
    assert OFF not in text
    assert client.post(TRY).status_code == 404


def test_the_set_up_leads_to_it(boss, client):
    assert f'href="{PAGE}"' in client.get("/slusstad/setup/").content.decode()


def test_a_service_is_connected_tried_and_turned_off(boss, client, there):
    connect(client, there)
    page = client.get(PAGE).content.decode()
    assert TRY in page
    assert "127.0.0.1" in page
    tried = client.post(TRY)
    assert tried.status_code == 200
    assert "da&gt;sv VI VIL GERNE LÅNE CYKLER" in tried.content.decode()
    assert len(there.asked) == 1
    client.post(OFF)
    assert not TranslationService.objects.connected()
    assert client.post(TRY).status_code == 404
    assert len(there.asked) == 1


def test_a_language_model_is_tried_in_the_same_way(boss, client, there):
    there.key = KEY
    connect(client, there, speaks="openai", model="viking-7b", api_key=KEY)
    assert "viking-7b VI VIL GERNE" in client.post(TRY).content.decode()
    assert there.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("silent", "har inte svarat på"),
        ("broken", "svarar ingen"),
        ("redirecting", "skickar vidare"),
        ("huge", "långt mer"),
        ("status", "felet 500"),
    ],
)
def test_what_failed_is_told_plainly(boss, client, there, mood, words, monkeypatch):
    monkeypatch.setattr(posting, "WAIT", 0.5)
    connect(client, there)
    there.mood = mood
    answer = client.post(TRY)
    assert answer.status_code == 502
    assert "127.0.0.1" in answer.content.decode()
    assert words in answer.content.decode()


def test_a_wrong_key_and_a_strange_answer_are_told(boss, client, there):
    there.key = KEY
    connect(client, there, api_key="another")
    assert "godtar inte nyckeln" in client.post(TRY).content.decode()
    there.mood, there.words = "says", b'{"translatedText": 7}'
    assert "inte är någon översättning" in client.post(TRY).content.decode()


def test_without_leave_of_the_installation_nothing_on_this_machine_is_called(
    boss, client, there, settings
):
    settings.TRANSLATE_LOCAL = False
    connect(client, there)
    answer = client.post(TRY)
    assert (answer.status_code, there.asked) == (502, [])
    assert "eget nät" in answer.content.decode()


def test_the_key_is_never_shown_again_nor_logged(boss, client, there, caplog):
    caplog.set_level(logging.DEBUG)
    there.key = KEY
    connect(client, there, api_key=KEY)
    there.key = "changed"
    pages = [client.get(PAGE), client.post(TRY), client.post(PAGE, typed(address="", api_key=KEY))]
    assert [it.status_code for it in pages] == [200, 502, 422]
    assert not any(KEY in it.content.decode() for it in pages)
    assert KEY not in caplog.text
    assert KEY not in str([it.data for it in Entry.objects.all()])
    assert unseal(TranslationService.objects.get().key_sealed) == KEY


def test_a_key_that_was_typed_while_the_session_ran_out_is_not_kept_in_it(
    boss, client, monkeypatch
):
    client.post(PAGE, typed())
    client.logout()
    kept = []

    def encrypt(self, text):
        kept.append(text.decode())
        return real(self, text)

    real = Fernet.encrypt
    monkeypatch.setattr(Fernet, "encrypt", encrypt)
    client.post(PAGE, typed(api_key=KEY, address="https://kept.example", seen="1"))
    assert len(kept) == 1
    assert KEY not in kept[0]
    client.force_login(boss)
    text = client.get(PAGE).content.decode()
    assert "https://kept.example" in text
    assert KEY not in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "ftp://a.example"}, "address"),
        ({"address": "https://user:word@a.example"}, "address"),
        ({"speaks": "openai"}, "model"),
        ({"speaks": "latin"}, "speaks"),
        ({"api_key": "två ord"}, "api_key"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(boss, client, wrong, field):
    answer = client.post(PAGE, typed(inside="on", **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["inside"].value()
    assert not TranslationService.objects.exists()


def test_two_who_change_it_are_told(boss, client):
    client.post(PAGE, typed())
    answer = client.post(PAGE, typed(address="https://other.example"))
    assert answer.status_code == 422
    assert "https://other.example" in answer.content.decode()
    assert TranslationService.objects.get().address == "https://translate.example.org"


@pytest.mark.parametrize("name", ["translation", "translation_try", "translation_off"])
def test_only_administrators_of_the_organisation_come_in(here, boss, client, name):
    client.post(PAGE, typed())
    page = reverse(f"ideas:{name}", args=["slusstad"])
    ask = client.get if name == "translation" else client.post
    client.logout()
    assert ask(page).status_code == 302
    others = [person_as(role, here) for role in Role if role is not Role.ADMINISTRATOR]
    for somebody in (*others, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        client.force_login(somebody)
        assert ask(page).status_code == 404
        assert client.post(PAGE, typed(seen="1", inside="on")).status_code == 404
    service = TranslationService.objects.get()
    assert (service.off_at, service.inside) == (None, False)


def test_trying_and_turning_off_take_a_press_of_a_button(boss, client):
    client.post(PAGE, typed())
    assert client.get(TRY).status_code == client.get(OFF).status_code == 405
