"""One's own page: what one says of oneself, and answers to invitations; and the first link."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.jobs.deliver import deliver
from idesluss.mail.letters import compose
from idesluss.people.models import Organisation, Person
from idesluss.people.usecases import (
    address_link,
    change_address,
    first_link,
    installer_link,
    note_passkey,
)
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import (
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    person_as,
)
from tests.web.people.test_setting_up import FACTS

pytestmark = pytest.mark.django_db
OWN = "/account/"


@pytest.fixture
def eva(client):
    person = PersonFactory(name="Eva Ek", email="eva@slusstad.example")
    client.force_login(person)
    return person


def test_name_and_language_are_changed_and_the_pages_follow(eva, client):
    client.post("/language/", {"language": "en", "next": "/"})
    assert "My page" in client.get(OWN).content.decode()

    client.post(OWN, {"name": "Eva Ask", "language": "da"})

    eva.refresh_from_db()
    assert (eva.name, eva.language) == ("Eva Ask", "da")
    assert "Min side" in client.get(OWN).content.decode()
    wrong = client.post(OWN, {"name": "", "language": "da"})
    assert wrong.status_code == 422


def test_roles_seats_and_deputies_are_told_with_their_last_day(eva, client):
    today = timezone.now().date()
    here = OrganisationFactory(name="Slusstad")
    role = AppointmentFactory(
        person=eva, organisation=here, role=Role.COACH, ends=today + timedelta(days=30)
    )
    AppointmentFactory(organisation=here, deputy_for=role, role=Role.COACH, person__name="Bo Berg")
    SeatFactory(person=eva, body__organisation=here, body__name="Ledningsgruppen", chair=True)

    text = re.sub(r"\s+", " ", client.get(OWN).content.decode())

    assert "Innovationscoach" in text
    assert "till och med" in text
    assert "Ledamot i Ledningsgruppen, ordförande" in text
    assert "Mina ersättare:" in text
    assert "Bo Berg" in text


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_invitation_is_answered_on_ones_own_page(answer, eva, client):
    here = OrganisationFactory(name="Bollby")
    AppointmentFactory(person=eva, organisation=here, invited_as="Eva i Bollby")
    assert "Bollby undrar om du vill vara med" in client.get(OWN).content.decode()

    client.post(f"/account/invitations/{here.pk}/", {"answer": answer})

    assert eva.has_role(here.pk, Role.EMPLOYEE, at=timezone.now()) is (answer == "yes")
    assert "undrar" not in client.get(OWN).content.decode()
    assert client.post(f"/account/invitations/{here.pk}/", {"answer": "yes"}).status_code == 302
    assert client.post("/account/invitations/999999/", {"answer": "yes"}).status_code == 302


def link_in(letter):
    (found,) = re.findall(r"http://localhost:8000(/account/address/\S+)", letter.text)
    return found


def test_a_new_address_is_confirmed_by_the_link_that_goes_to_it(eva, client):
    assert client.get("/account/address/").status_code == 200
    assert client.post("/account/address/", {"email": "eva"}).status_code == 422
    client.post("/account/address/", {"email": "Eva@bollby.example"})
    deliver(timezone.now())
    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == ("eva@bollby.example", "people.address")
    link = link_in(letter)

    thief = client.__class__()
    thief.force_login(PersonFactory())
    assert thief.get(link).status_code == 410
    assert client.__class__().get(link).status_code == 302
    assert "eva@bollby.example" in client.get(link).content.decode()
    eva.refresh_from_db()
    assert eva.email == "eva@slusstad.example"

    client.post(link)

    eva.refresh_from_db()
    assert eva.email == "eva@bollby.example"
    assert "I fortsättningen" in client.get(OWN).content.decode()
    client.post(link)
    deliver(timezone.now())
    told = Letter.objects.get(kind="people.address_changed")
    assert told.to == "eva@slusstad.example"
    assert "eva@bollby.example" in told.text


def test_passkeys_that_come_and_go_are_told_by_letter(eva):
    note_passkey(added=True, name="Telefonen", by=eva, at=timezone.now())
    note_passkey(added=False, name="Telefonen", by=eva, at=timezone.now())
    silent = PersonFactory(email=None)
    note_passkey(added=True, name="Telefonen", by=silent, at=timezone.now())
    deliver(timezone.now())
    letters = Letter.objects.order_by("pk")
    assert [(it.kind, it.to) for it in letters] == [
        ("people.passkey_added", "eva@slusstad.example"),
        ("people.passkey_removed", "eva@slusstad.example"),
    ]
    assert all("Telefonen" in it.text for it in letters)


def test_a_first_address_has_no_old_one_to_tell(client):
    person = PersonFactory(email=None)
    change_address(
        address_link(person.pk, "eva@x.example", asked_at=timezone.now()),
        by=person,
        at=timezone.now(),
    )
    deliver(timezone.now())
    assert Letter.objects.count() == 0


def test_letters_about_oneself_come_in_ones_own_language(eva):
    AppointmentFactory(person=eva, organisation__language="da")
    note_passkey(added=True, name="x", by=eva, at=timezone.now())
    deliver(timezone.now())
    assert Letter.objects.get().language == "da"


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_every_letter_is_signed_by_the_service_when_no_organisation_writes(language):
    kinds = {
        "people.code": {"code": "1234-5678", "minutes": 15},
        "people.address": {"path": "/account/address/x/"},
        "people.address_changed": {"new": ""},
        "people.passkey_added": {"passkey": "Telefonen", "when": "1 januari 2027"},
        "people.passkey_removed": {"passkey": "Telefonen", "when": "1 januari 2027"},
    }
    for kind, facts in kinds.items():
        letter = compose(kind, name="Eva", language=language, organisation=None, **facts)
        assert letter.subject
        assert letter.text.rstrip().endswith("Idésluss")


INSTALLER = {"installer_name": "Ina Ivarsdotter", "email": "ina@bollby.example"}


def test_the_first_link_signs_the_installer_in_and_leads_to_the_set_up(client):
    page = reverse("people:start", args=[first_link(at=timezone.now())])
    assert client.get(page).status_code == 200
    wrong = client.post(page, {**INSTALLER, **FACTS, "slug": "account"})
    assert wrong.status_code == 422
    assert "används av tjänsten själv" in wrong.content.decode()
    assert client.post(page, {**FACTS, "installer_name": "x", "email": "x"}).status_code == 422
    assert not Person.objects.exists()

    answer = client.post(page, {**INSTALLER, **FACTS, "slug": "bollby"})

    assert answer.url == "/bollby/setup/guide/"
    assert client.get(answer.url).status_code == 200
    assert client.get("/account/passkeys/add/").status_code == 200
    assert client.get(page).status_code == 410
    assert client.post(page, {**INSTALLER, **FACTS}).status_code == 410
    assert client.get("/start/x/").status_code == 410


def test_a_later_link_asks_for_no_organisation(client):
    OrganisationFactory()
    page = reverse("people:start", args=[installer_link(at=timezone.now())])
    assert client.get(page).context["place"] is None

    answer = client.post(page, INSTALLER)

    assert answer.url == "/install/"
    assert client.get(answer.url).status_code == 200
    assert Organisation.objects.count() == 1


def test_an_installer_who_administers_a_place_lands_there(client):
    here = OrganisationFactory(slug="slusstad")
    person_as(Role.ADMINISTRATOR, here, email="ina@bollby.example")
    page = reverse("people:start", args=[installer_link(at=timezone.now())])
    assert client.post(page, INSTALLER).url == "/slusstad/setup/"
