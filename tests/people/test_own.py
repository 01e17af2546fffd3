"""People change their own name and address; administrators correct those whom nobody else knows."""

from datetime import timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed
from idesluss.people.models import Person
from idesluss.people.reads import known_people, people_of
from idesluss.people.refusals import (
    AddressTaken,
    BadLink,
    LinkTooOld,
    LinkUsed,
    NotAnAddress,
    NotYours,
)
from idesluss.people.usecases import (
    add_person,
    address_link,
    ask_address,
    change_address,
    change_own,
    correct_person,
    note_passkey,
    read_address_link,
)
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


def test_one_changes_ones_own_name_and_language():
    eva = PersonFactory(name="Eva Ek")

    change_own(name=" Eva  Ask ", language="da", by=eva, at=NOON)

    eva.refresh_from_db()
    assert (eva.name, eva.language) == ("Eva Ask", "da")
    assert Entry.objects.about(eva).get().data == {"name": "Eva Ask", "language": "da"}
    change_own(name="Eva Ask", language="xx", by=eva, at=NOON)
    eva.refresh_from_db()
    assert eva.language == ""
    with pytest.raises(Missing):
        change_own(name="", language="", by=eva, at=NOON)


def test_a_new_address_is_used_only_after_its_link_is_opened():
    eva = PersonFactory(email="eva@slusstad.example", name="Eva")

    ask_address(" Eva@Bollby.example", by=eva, at=NOON)

    eva.refresh_from_db()
    assert eva.email == "eva@slusstad.example"
    asked = Entry.objects.about(eva).get()
    assert (asked.verb, asked.data) == (
        "people.address_asked",
        {"email": "eva@bollby.example", "name": "Eva"},
    )
    link = address_link(eva.pk, asked.data["email"], asked_at=asked.at)
    assert change_address(link, by=eva, at=NOON + timedelta(hours=23)) == "eva@bollby.example"
    eva.refresh_from_db()
    assert eva.email == "eva@bollby.example"
    assert Entry.objects.about(eva).last().data == {
        "before": "eva@slusstad.example",
        "email": "eva@bollby.example",
        "name": "Eva",
    }
    with pytest.raises(LinkUsed):
        change_address(link, by=eva, at=NOON)


@pytest.mark.parametrize(
    ("email", "refusal"),
    [("", Missing), ("eva", NotAnAddress), ("eva@slusstad.example", AlreadyDone)],
)
def test_an_address_that_is_none_or_the_same_is_refused(email, refusal):
    with pytest.raises(refusal):
        ask_address(email, by=PersonFactory(email="eva@slusstad.example"), at=NOON)


def test_a_link_is_for_one_person_and_one_day():
    eva, bo = PersonFactory.create_batch(2)
    link = address_link(eva.pk, "eva@bollby.example", asked_at=NOON)

    assert read_address_link(link, by=eva, at=NOON) == "eva@bollby.example"
    with pytest.raises(BadLink):
        change_address(link, by=bo, at=NOON)
    with pytest.raises(LinkTooOld):
        change_address(link, by=eva, at=NOON + timedelta(hours=24))
    with pytest.raises(BadLink):
        change_address("x", by=eva, at=NOON)


def test_whether_an_address_is_somebody_elses_is_told_only_to_who_reads_its_mail():
    eva, bo = PersonFactory(), PersonFactory(email="bo@slusstad.example")

    ask_address("BO@slusstad.example", by=eva, at=NOON)
    with pytest.raises(AddressTaken):
        change_address(address_link(eva.pk, bo.email, asked_at=NOON), by=eva, at=NOON)

    assert [it.verb for it in Entry.objects.about(eva)] == ["people.address_asked"]


def correct(person, organisation, by, **given):
    facts = {"name": person.name, "email": person.email, **given}
    return correct_person(person.pk, organisation_id=organisation.pk, **facts, by=by, at=NOON)


def test_a_fund_administrator_corrects_those_whom_nobody_else_knows():
    here = OrganisationFactory()
    boss, eva = person_as(Role.ADMINISTRATOR, here), person_as(Role.EMPLOYEE, here)

    correct(eva, here, boss, name="Eva Ek", email="eva.ek@slusstad.example")
    correct(eva, here, boss, name="Eva Ek", email="eva.ek@slusstad.example")

    eva.refresh_from_db()
    assert (eva.name, eva.email) == ("Eva Ek", "eva.ek@slusstad.example")
    assert [it.verb for it in Entry.objects.about(eva)] == [
        "people.person_changed",
        "people.address_changed",
    ]
    with pytest.raises(AddressTaken) as refused:
        correct(eva, here, boss, email=boss.email)
    assert refused.value.field == "email"


def test_nobody_takes_over_the_sign_in_of_somebody_others_know_too():
    here = OrganisationFactory()
    boss, eva = person_as(Role.ADMINISTRATOR, here), person_as(Role.EMPLOYEE, here)
    AppointmentFactory(person=eva)
    with pytest.raises(NotYours):
        correct(eva, here, boss, email="boss2@slusstad.example")
    with pytest.raises(NotAllowed):
        correct(eva, here, eva)


def test_what_somebody_is_called_until_they_say_yes_can_be_corrected():
    here = OrganisationFactory()
    boss = person_as(Role.ADMINISTRATOR, here)
    eva = person_as(Role.COACH, OrganisationFactory(), email="eva@slusstad.example", name="Hemlig")
    asked = add_person(here.pk, name="Ewa", email=eva.email, roles=["coach"], by=boss, at=NOON)

    assert correct(asked, here, boss, name="Eva") == eva

    (known,) = known_people([eva], here, at=NOON)
    assert known.name == "Eva"
    eva.refresh_from_db()
    assert eva.name == "Hemlig"


def test_another_address_for_somebody_asked_asks_somebody_else_instead():
    here = OrganisationFactory()
    boss = person_as(Role.ADMINISTRATOR, here)
    eva = person_as(Role.COACH, OrganisationFactory(), email="eva@slusstad.example")
    add_person(here.pk, name="Eva", email=eva.email, roles=["coach", "employee"], by=boss, at=NOON)

    other = correct(eva, here, boss, name="Eva", email="eva@bollby.example")

    assert other != eva
    assert sorted(other.standing(NOON).roles) == [(here.pk, "coach"), (here.pk, "employee")]
    assert {it.ends for it in eva.appointments.filter(organisation=here)} == {NOON.date()}
    assert list(people_of(here, by=boss, at=NOON, search="bollby")) == [other]


def test_passkeys_that_come_and_go_are_noted():
    eva = PersonFactory(email=None, name="Eva")

    note_passkey(added=True, name="Telefonen", by=eva, at=NOON)
    note_passkey(added=False, name="Telefonen", by=eva, at=NOON)

    assert [(it.verb, it.data) for it in Entry.objects.about(eva)] == [
        ("people.passkey_added", {"passkey": "Telefonen", "email": "", "name": "Eva"}),
        ("people.passkey_removed", {"passkey": "Telefonen", "email": "", "name": "Eva"}),
    ]
    assert Person.objects.get().name == "Eva"
