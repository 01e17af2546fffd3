"""Letters over a real mail connection: each once, whatever happens on the way."""

import os
import socket
from datetime import timedelta

import pytest

from idesluss.mail.send import send_waiting
from idesluss.mail.server import MailServer
from idesluss.records.models import Letter
from idesluss.records.usecases import letters, note, write_letter
from tests.factories import NOON, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=2)


def a_letter(to="a@slusstad.example", **changes):
    facts = {
        "kind": "received",
        "person_id": 1,
        "to": to,
        "subject": "Vi har tagit emot din ansökan",
        "text": "Hej Åsa!\n",
        "language": "sv",
        "at": NOON,
    }
    return write_letter(**(facts | changes))


def state(letter):
    letter.refresh_from_db()
    return letter.state


def test_a_letter_goes_out_once_with_every_letter_in_place(postbox):
    letter = a_letter(to="asa@slusstad.example", text="Öl, ærø och 60 900 kr.\n")

    assert send_waiting(NOON) == 1
    assert send_waiting(NOON) == 0

    [sent] = postbox.letters
    assert sent["To"] == "asa@slusstad.example"
    assert sent["Subject"] == "Vi har tagit emot din ansökan"
    assert sent.get_content().replace("\r\n", "\n") == "Öl, ærø och 60 900 kr.\n"
    assert sent["Message-ID"] == f"<{letter.message_id}@localhost>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert state(letter) == "sent"


def test_the_same_news_to_the_same_person_is_one_letter(postbox):
    organisation = OrganisationFactory()
    from django.db import transaction

    with transaction.atomic():
        entry = note("funding.submitted", about=organisation, by=None, at=NOON)
    first = a_letter(to="a@slusstad.example", entry=entry)
    again = a_letter(to="a@slusstad.example", entry=entry)
    assert first == again
    assert send_waiting(NOON) == 1
    assert len(postbox.letters) == 1


def test_a_subject_from_a_person_cannot_add_a_header(postbox):
    a_letter(to="a@slusstad.example", subject="Hej\r\nBcc: x@evil.example")
    send_waiting(NOON)
    assert postbox.letters[0]["Bcc"] is None
    assert postbox.letters[0]["Subject"] == "Hej Bcc: x@evil.example"


def test_a_mail_server_that_is_down_is_tried_again_later(settings, postbox):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        down = MailServer("127.0.0.1", closed.getsockname()[1])
    up, settings.MAIL = settings.MAIL, down
    letter = a_letter()

    assert send_waiting(NOON) == 0
    assert state(letter) == "queued"
    assert letter.attempts == 1
    assert letter.next_try_at == NOON + timedelta(seconds=10)
    assert "ConnectionRefusedError" in letter.last_error

    settings.MAIL = up
    assert send_waiting(NOON) == 0  # not yet
    assert send_waiting(LATER) == 1
    assert state(letter) == "sent"


def test_a_recipient_that_does_not_exist_fails_at_once_and_the_others_get_theirs(postbox):
    postbox.rcpt_answers["gone@slusstad.example"] = "550 no such user"
    gone, there = a_letter(to="gone@slusstad.example"), a_letter(to="there@slusstad.example")

    assert send_waiting(NOON) == 1
    assert state(gone) == "failed"
    assert "550" in gone.last_error
    assert state(there) == "sent"


def test_a_full_mailbox_is_tried_again(postbox):
    postbox.rcpt_answers["full@slusstad.example"] = "452 mailbox full"
    letter = a_letter(to="full@slusstad.example")
    assert send_waiting(NOON) == 0
    assert state(letter) == "queued"
    assert letter.next_try_at > NOON


@pytest.mark.parametrize(("answer", "expected"), [("451 busy", "queued"), ("554 spam", "failed")])
def test_the_servers_own_no_after_the_text_settles_the_letter(postbox, answer, expected):
    postbox.data_answers.append(answer)
    letter = a_letter()
    assert send_waiting(NOON) == 0
    assert state(letter) == expected
    assert postbox.letters == []


def test_after_many_tries_somebody_has_to_look(settings):
    settings.MAIL = MailServer("127.0.0.1", 1)
    letter = a_letter()
    Letter.objects.update(attempts=39)
    send_waiting(NOON)
    assert state(letter) == "failed"


def test_a_person_without_an_address_gets_a_letter_to_print(postbox):
    letter = a_letter(to="")
    assert send_waiting(NOON) == 0
    assert (state(letter), letter.last_error) == ("failed", "no address")
    letters.send_again(letter.pk)
    assert state(letter) == "failed"
    letters.mark_told(letter.pk, at=LATER)
    assert (state(letter), letter.sent_at) == ("sent", LATER)


def test_without_a_mail_server_letters_stay_to_be_read(settings):
    settings.MAIL = None
    letter = a_letter()
    assert send_waiting(NOON) == 0
    assert (state(letter), letter.attempts) == ("queued", 0)


def test_a_process_that_dies_before_the_handing_over_loses_nothing(postbox):
    letter = a_letter()
    assert letters.claim(letter, NOON)  # and then the power goes
    assert send_waiting(NOON) == 0
    assert send_waiting(NOON + timedelta(minutes=6)) == 1
    assert len(postbox.letters) == 1


def test_a_process_that_dies_while_handing_over_leaves_a_letter_for_the_administrator(postbox):
    letter = a_letter()
    letters.claim(letter, NOON)
    letters.hand_over(letter)  # and then the power goes
    assert send_waiting(NOON + timedelta(minutes=6)) == 0
    assert state(letter) == "sending"
    assert send_waiting(NOON + timedelta(minutes=11)) == 0
    assert state(letter) == "uncertain"
    assert postbox.letters == []

    letters.send_again(letter.pk)
    assert send_waiting(LATER) == 1
    assert state(letter) == "sent"


def test_a_letter_is_claimed_by_one_process_only():
    letter = a_letter()
    assert letters.claim(letter, NOON)
    assert not letters.claim(letter, NOON)
    letters.hand_over(letter)
    with pytest.raises(RuntimeError):
        letters.hand_over(letter)


@pytest.mark.parametrize("step", ["claim", "ask", "hand_over", "data", "settle_sent"])
def test_killed_between_any_two_steps_no_letter_goes_out_twice(postbox, monkeypatch, step):
    """The process dies right after ``step``; then another one goes on for a day."""
    import smtplib

    from idesluss.mail import send

    class Killed(BaseException):
        pass

    letter = a_letter()
    home = {"ask": send, "data": smtplib.SMTP}.get(step, letters)
    real = getattr(home, step)

    def dies_after(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(home, step, dies_after)
        with pytest.raises(Killed):
            send_waiting(NOON)
    for minutes in range(0, 24 * 60, 7):
        send_waiting(NOON + timedelta(minutes=minutes))

    assert len(postbox.letters) == (0 if step == "hand_over" else 1)
    assert state(letter) == ("uncertain" if step in ("hand_over", "data") else "sent")


def test_letters_are_sent_over_the_address_in_the_environment(monkeypatch):
    from idesluss.site.environment import mail_server

    monkeypatch.setitem(os.environ, "IDESLUSS_MAIL_URL", "smtps://anna:hem%20lig@mail.example")
    assert mail_server(none=True) == MailServer("mail.example", 465, "anna", "hem lig", True)
    monkeypatch.setitem(os.environ, "IDESLUSS_MAIL_URL", "")
    assert mail_server(none=True) is None
    assert mail_server(none=False) == MailServer("localhost", 25)
