"""A translation service is connected, changed, turned off; its key stays secret; texts are kept."""

import json
from datetime import timedelta

import pytest

from idesluss.ideas.models import Translation, TranslationService
from idesluss.ideas.sealing import seal, unseal
from idesluss.ideas.usecases import translating
from idesluss.ideas.usecases.masking import mask
from idesluss.ideas.usecases.translating import (
    BadKey,
    Connection,
    EnoughForNow,
    Made,
    NotConnected,
    connect_service,
    digest_of,
    keep_translation,
    may_ask,
    turn_off_service,
)
from idesluss.logic.addresses import BadAddress
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
KEY = "sk-hemlig-nyckel"
LIBRE = Connection("libre", "https://translate.example.org/")


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


def connect(here, boss, seen=0, **more):
    wish = Connection(**{"speaks": "libre", "address": "https://translate.example.org"} | more)
    return connect_service(here.pk, wish, seen=seen, by=boss, at=NOON)


def made(digest="d", **more):
    return Made(
        **{"language": "sv", "digest": digest, "host": "h", "title": "T", "text": ""} | more
    )


def test_a_connected_service_is_in_use(here, boss):
    service = connect_service(here.pk, LIBRE, seen=0, by=boss, at=NOON)
    assert (str(service), service.version) == ("https://translate.example.org", 1)
    assert list(TranslationService.objects.connected()) == [service]
    entry = Entry.objects.get()
    assert (entry.verb, entry.data) == (
        "ideas.translation_connected",
        {
            "host": "translate.example.org",
            "speaks": "libre",
            "inside": False,
            "with_key": False,
        },
    )


def test_the_key_is_kept_sealed_and_stands_nowhere_else(here, boss):
    service = connect(here, boss, api_key=KEY)
    assert unseal(service.key_sealed) == KEY
    assert KEY not in service.key_sealed
    assert KEY not in json.dumps([it.data for it in Entry.objects.all()])
    assert KEY not in repr(Connection("libre", "https://a.example", api_key=KEY))


def test_a_key_stays_when_none_is_typed_and_goes_when_the_host_changes(here, boss):
    """Else somebody could have it sent to a host of their own."""
    connect(here, boss, api_key=KEY)
    stays = connect(here, boss, seen=1, address="https://translate.example.org/v2", inside=True)
    assert unseal(stays.key_sealed) == KEY
    for seen, address in ((2, "https://other.example"), (3, "https://translate.example.org")):
        gone = connect(here, boss, seen=seen, address=address)
        assert gone.key_sealed == ""


@pytest.mark.parametrize(
    "address", ["http://translate.example.org", "https://translate.example.org:444"]
)
def test_another_port_or_no_encryption_is_another_host(here, boss, address):
    connect(here, boss, api_key=KEY)
    assert connect(here, boss, seen=1, address=address).key_sealed == ""


def test_what_was_sealed_with_another_secret_is_lost(settings):
    sealed = seal(KEY)
    settings.SECRET_KEY = "another"
    assert (unseal(sealed), unseal(""), seal("")) == ("", "", "")


@pytest.mark.parametrize(
    ("wish", "refusal", "field"),
    [
        ({"address": " "}, Missing, "address"),
        ({"address": "nowhere"}, BadAddress, "address"),
        ({"address": "https://a.example/" + "x" * 300}, TooLong, "address"),
        ({"speaks": "latin"}, Missing, "speaks"),
        ({"speaks": "openai"}, Missing, "model"),
        ({"speaks": "openai", "model": "m" * 101}, TooLong, "model"),
        ({"api_key": "k" * 501}, TooLong, "api_key"),
        ({"api_key": "två ord"}, BadKey, "api_key"),
        ({"api_key": "two words"}, BadKey, "api_key"),
        ({"api_key": "a\nb"}, BadKey, "api_key"),
    ],
)
def test_what_cannot_be_connected_is_refused_at_its_field(here, boss, wish, refusal, field):
    with pytest.raises(refusal) as caught:
        connect(here, boss, **wish)
    assert caught.value.field == field
    assert not TranslationService.objects.exists()


def test_a_language_model_has_a_name_and_libretranslate_has_none(here, boss):
    assert connect(here, boss, speaks="openai", model=" viking-7b ").model == "viking-7b"
    assert connect(here, boss, seen=1, speaks="libre", model="viking-7b").model == ""


def test_two_who_change_it_do_not_overwrite_each_other(here, boss):
    connect(here, boss)
    with pytest.raises(ChangedMeanwhile):
        connect(here, boss, address="https://other.example")


def test_turned_off_it_is_not_in_use_and_its_key_is_forgotten(here, boss):
    with pytest.raises(AlreadyDone):
        turn_off_service(here.pk, by=boss, at=NOON)
    connect(here, boss, api_key=KEY)
    service = turn_off_service(here.pk, by=boss, at=NOON)
    assert (service.off_at, service.key_sealed) == (NOON, "")
    assert not TranslationService.objects.connected()
    with pytest.raises(AlreadyDone):
        turn_off_service(here.pk, by=boss, at=NOON)
    assert connect(here, boss, seen=2).off_at is None
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[1] == "ideas.translation_turned_off"


ACTS = {
    "connect": lambda here, **how: connect_service(here.pk, LIBRE, seen=1, **how),
    "turn off": lambda here, **how: turn_off_service(here.pk, **how),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_administrators_of_the_organisation_set_it_up(here, boss, act):
    connect(here, boss)
    others = [person_as(role, here) for role in Role if role is not Role.ADMINISTRATOR]
    for somebody in (*others, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        with pytest.raises(NotAllowed):
            ACTS[act](here, by=somebody, at=NOON)
        assert not TranslationService.objects.visible_to(somebody, at=NOON)
    assert TranslationService.objects.visible_to(boss, at=NOON).count() == 1


# ── What was made ───────────────────────────────────────────────────────────────────────────────


def test_a_translation_is_kept_once_for_each_thing_and_language(here, boss):
    connect(here, boss)
    case = sluice_case()
    first = keep_translation(here.pk, case, made("old"), by=boss, at=NOON)
    second = keep_translation(here.pk, case, made("new", title="Ny"), by=None, at=NOON)
    keep_translation(here.pk, case, made(language="en"), by=None, at=NOON)
    assert (first.pk, second.digest, str(second)) == (second.pk, "new", "Ny")
    assert Translation.objects.count() == 2
    entry = Entry.objects.filter(verb="ideas.translated").order_by("pk")[0]
    told = {"kind": "ideas.idea", "number": case.pk, "language": "sv", "host": "h"}
    assert (entry.by_id, entry.data) == (boss.pk, told)


def test_nothing_is_kept_of_a_service_that_was_turned_off_meanwhile(here, boss):
    case = sluice_case()
    with pytest.raises(NotConnected):
        keep_translation(here.pk, case, made(), by=boss, at=NOON)
    connect(here, boss)
    turn_off_service(here.pk, by=boss, at=NOON)
    with pytest.raises(NotConnected):
        keep_translation(here.pk, case, made(), by=boss, at=NOON)


def test_so_many_in_an_hour_are_enough(here, boss, monkeypatch):
    monkeypatch.setattr(translating, "MOST_AN_HOUR", 1)
    connect(here, boss)
    may_ask(here.pk, at=NOON)
    keep_translation(here.pk, sluice_case(), made(), by=boss, at=NOON)
    with pytest.raises(EnoughForNow):
        may_ask(here.pk, at=NOON)
    may_ask(here.pk, at=NOON + timedelta(hours=1))
    may_ask(OrganisationFactory().pk, at=NOON)


def test_words_that_are_masked_do_not_stay_in_a_translation(here, boss):
    connect(here, boss)
    case, other = sluice_case(title="Bo Ek är sjuk"), sluice_case()
    for one in (case, other):
        keep_translation(here.pk, one, made(title="Bo Ek is ill"), by=boss, at=NOON)
    mask(case.pk, "Bo Ek", reason="Sjukdom", by=case.responsible, at=NOON)
    assert [it.about_id for it in Translation.objects.all()] == [other.pk]


def test_title_and_text_are_told_apart_in_a_digest():
    assert digest_of("a", "b") != digest_of("a\0b", "") != digest_of("ab", "")
