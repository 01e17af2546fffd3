"""Which letters go at once, which in one a day, and which one may turn off."""

import pytest

from idesluss.mail.kinds import BY_NAME, CHOSEN, KINDS, may_be_off, wish_of, wishes_of
from idesluss.people.models import MailPreference
from idesluss.people.vocab import MailWish
from idesluss.records.models import Letter
from tests.architecture.source import HOUSE
from tests.factories import ApplicationFactory, PersonFactory
from tests.mail.test_handlers import told

pytestmark = pytest.mark.django_db
NOT_KINDS = {"layout", "ending", "daily"}
URGENT = {
    "people.code",
    "people.address",
    "people.address_changed",
    "people.passkey_added",
    "people.passkey_removed",
    "invited",
    "received",
    "completion_asked",
    "decided",
    "incomplete",
    "redirected",
}


def test_every_letter_has_a_kind_and_every_kind_a_letter():
    found = (HOUSE / "mail/templates/mail").glob("*.txt")
    templates = {path.stem for path in found if not path.stem.startswith("_")}  # parts of letters
    assert set(BY_NAME) == templates - NOT_KINDS
    assert len(BY_NAME) == len(KINDS)


def test_what_somebody_waits_for_goes_at_once_and_cannot_be_turned_off():
    person = PersonFactory()
    assert {name for name in BY_NAME if not may_be_off(name)} >= URGENT
    for name in URGENT:
        MailPreference.objects.create(person=person, kind=name, wish="never")
        assert wish_of(person, name) is MailWish.AT_ONCE


def test_a_kind_that_nobody_has_listed_goes_at_once():
    assert not may_be_off("something.new")
    assert wish_of(PersonFactory(), "something.new") is MailWish.AT_ONCE


def test_the_others_are_told_as_one_wishes_else_as_usual():
    person = PersonFactory()
    MailPreference.objects.create(person=person, kind="accepted", wish="never")
    usual = {kind.name: kind.usual for kind in CHOSEN}
    assert wishes_of(person) == usual | {"accepted": MailWish.NEVER}
    assert wishes_of(PersonFactory()) == usual


@pytest.mark.parametrize(
    ("wish", "state"), [("at_once", "queued"), ("daily", "held"), ("never", "unwanted")]
)
def test_news_is_told_as_its_reader_wishes(wish, state):
    anna = PersonFactory()
    application = ApplicationFactory(stage="assessing", owner=anna)
    MailPreference.objects.create(person=anna, kind="accepted", wish=wish)
    [letter] = told("ideas.accepted", application.idea).values()
    assert letter.state == state
    assert letter.words.startswith("Vi har granskat din ansökan")
    assert not letter.words.endswith("Slusstad")
    assert letter.link.endswith(f"/applications/{application.pk}/")


def test_what_belongs_to_no_organisation_or_carries_an_invitation_does_not_wait():
    from django.db import transaction

    from idesluss.mail.handlers import put
    from idesluss.mail.letters import Composed
    from idesluss.records.usecases import note
    from tests.factories import NOON

    anna = PersonFactory()
    words = Composed("Hej", "Hej\n", "sv")
    with transaction.atomic():
        nowhere = note("test.told", about=anna, by=None, at=NOON)
        here = note("test.told", about=anna, by=None, at=NOON, organisation_id=1)
    put(nowhere, "accepted", anna, words, NOON)
    put(here, "accepted", anna, words, NOON, calendar="BEGIN:VCALENDAR")
    put(here, "assigned", anna, words, NOON)
    found = Letter.objects.order_by("pk").values_list("state", "calendar")
    assert list(found) == [("queued", ""), ("queued", "BEGIN:VCALENDAR"), ("held", "")]


def test_an_answer_reaches_the_contact_of_the_case_else_the_organisation():
    anna = PersonFactory()
    contact = PersonFactory(email="bo@slusstad.example")
    application = ApplicationFactory(stage="received", owner=anna, idea__contact=contact)
    [letter] = told("funding.submitted", application).values()
    assert letter.reply_to == "bo@slusstad.example"

    other = ApplicationFactory(stage="received", owner=anna)
    organisation = other.round.programme.organisation
    organisation.contact_mail = "fonden@slusstad.example"
    organisation.save()
    [letter] = told("funding.submitted", other).values()
    assert letter.reply_to == "fonden@slusstad.example"
