"""The invitation, its changes and its end, in each guest's own language, with the event."""

from datetime import UTC, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from idesluss.funding.models import Celebration
from idesluss.funding.usecases import call_off
from idesluss.jobs.deliver import deliver
from idesluss.mail.send import send_waiting
from idesluss.records.models import Entry, Letter
from tests.funding.celebrating import LATER_ON, PARTY, feast

pytestmark = pytest.mark.django_db


@pytest.fixture
def party():
    party = feast(organisation_fields={"name": "Slusstad", "contact_mail": "ide@slusstad.example"})
    party.here.round.name = "Omgång 2027"
    party.here.round.save()
    party.together.language = "da"
    party.together.save()
    return party


def told(kind):
    """Deliver, twice over, and return the letters of that kind by address."""
    while deliver(LATER_ON):
        pass
    Entry.objects.filter(verb=kind).update(delivered_at=None)
    while deliver(LATER_ON):
        pass
    letters = list(Letter.objects.filter(kind=kind))
    assert len({letter.to for letter in letters}) == len(letters)
    return {letter.to: letter for letter in letters}


def event_of(letter):
    [event] = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event


def test_each_guest_gets_the_invitation_with_the_event(party):
    celebration = party.plan()
    party.invite()

    letters = told("funding.celebration_invited")

    assert set(letters) == {one.email for one in party.guests}
    letter = letters[party.owner.email]
    assert letter.subject == "Du är inbjuden: vi firar Omgång 2027"
    for words in (
        "Hej Anna Åkesson,",
        "Vi bjuder på smörgåstårta.",
        "När: 28 november 2026 kl. 14.00 till 16.00",
        "Var: Medborgarhuset, stora salen",
        reverse("funding:gathering", args=[party.here.organisation.slug, party.here.round.slug]),
    ):
        assert words in letter.text
    event = event_of(letter)
    assert str(event["UID"]) == str(celebration.number)
    assert event["DTSTART"].dt.astimezone(UTC) == PARTY
    assert str(event["ATTENDEE"]) == f"mailto:{party.owner.email}"
    assert str(event["ORGANIZER"]) == "mailto:ide@slusstad.example"
    assert "METHOD:REQUEST" in letter.calendar


def test_a_guest_reads_it_in_their_own_language(party):
    party.plan()
    party.invite()
    letter = told("funding.celebration_invited")[party.together.email]
    assert letter.subject == "Du er inviteret: vi fejrer Omgång 2027"
    assert "Hvor: Medborgarhuset, stora salen" in letter.text
    assert str(event_of(letter)["SUMMARY"]) == "Slusstad fejrer: Omgång 2027"


def test_a_change_replaces_the_event_in_the_calendar(party):
    party.plan()
    party.invite()
    first = told("funding.celebration_invited")
    party.plan(version=1, starts_at=PARTY + timedelta(hours=1), place="Biblioteket")

    letters = told("funding.celebration_changed")

    assert set(letters) == set(first)
    letter = letters[party.owner.email]
    assert letter.subject == "Ändrat: när vi firar Omgång 2027"
    assert "När: 28 november 2026 kl. 15.00 till 16.00" in letter.text
    old, new = event_of(first[party.owner.email]), event_of(letter)
    assert new["UID"] == old["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert str(new["LOCATION"]) == "Biblioteket"
    assert "METHOD:REQUEST" in letter.calendar


def test_called_off_takes_it_out_of_the_calendar(party):
    party.plan(ends_at=PARTY + timedelta(days=1))
    party.invite()
    told("funding.celebration_invited")
    call_off(party.here.round.pk, reason="Snöstorm.", by=party.here.administrator, at=LATER_ON)

    letter = told("funding.celebration_called_off")[party.owner.email]

    assert letter.subject == "Inställt: vi firar inte Omgång 2027 den 28 november 2026 kl. 14.00"
    assert "Snöstorm." in letter.text
    where = [party.here.organisation.slug, party.here.round.slug]
    assert reverse("funding:gathering", args=where) in letter.text
    event = event_of(letter)
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "METHOD:CANCEL" in letter.calendar


def test_a_letter_tells_what_was_said_not_what_became_of_it_since(party):
    party.plan()
    party.invite()
    party.plan(version=1, place="Biblioteket")
    letter = told("funding.celebration_invited")[party.owner.email]
    assert "Medborgarhuset" in letter.text
    assert str(event_of(letter)["LOCATION"]) == "Medborgarhuset, stora salen"


def test_a_guest_without_an_address_has_a_letter_to_be_printed(party):
    party.manager.email = None
    party.manager.save()
    party.plan()
    party.invite()
    while deliver(LATER_ON):
        pass
    letter = Letter.objects.get(person_id=party.manager.pk, kind="funding.celebration_invited")
    assert (letter.to, letter.state) == ("", "failed")
    assert "ATTENDEE" not in letter.calendar


def test_the_mail_server_gets_text_and_event_side_by_side(party, postbox):
    party.plan()
    party.invite()
    while deliver(LATER_ON):
        pass
    while send_waiting(LATER_ON):
        pass
    [letter] = [
        it for it in postbox.letters if it["To"] == party.owner.email and "firar" in it["Subject"]
    ]
    words, event = letter.iter_parts()
    assert "smörgåstårta" in words.get_content()
    assert event.get_content_type() == "text/calendar"
    assert event.get_param("method") == "REQUEST"
    [read] = Calendar.from_ical(event.get_content()).walk("VEVENT")
    assert str(read["UID"]) == str(Celebration.objects.get().number)
