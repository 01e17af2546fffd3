"""Mail is fetched from a real IMAP server, answered over SMTP, and threaded onto its case."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from idesluss.ideas.models import Arrival, Idea
from idesluss.ideas.usecases import say
from idesluss.jobs.deliver import deliver
from idesluss.mail import inbound
from idesluss.mail.inbound import DONE, FAILED, TOO_LARGE, UNKNOWN, fetch_mail
from idesluss.mail.send import send_waiting
from idesluss.mail.server import MailBox
from idesluss.records.models import Letter
from idesluss.site.environment import mail_box
from tests import nasty_mails as nasty
from tests.factories import NOON, DoorFactory
from tests.imap import PASSWORD, USER, dovecot

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with dovecot() as box:
        yield box


@pytest.fixture
def inbox(server, settings):
    """An empty mailbox that is fetched from, and a door that mail comes in by."""
    server.empty("INBOX", DONE, UNKNOWN, FAILED, TOO_LARGE)
    settings.MAIL_BOX = MailBox("127.0.0.1", server.port, USER, PASSWORD, tls=False)
    DoorFactory(address=nasty.DOOR)
    return server


def numbered(count: int) -> list[bytes]:
    """Mails of as many people."""
    mails = (
        nasty.mail(f"Idé {n}", number=f"<{n}@hem.example>", sender=f"p{n}@x.example")
        for n in range(count)
    )
    return [nasty.wire(it) for it in mails]


def test_what_lies_in_the_mailbox_becomes_cases_and_is_laid_aside(inbox):
    inbox.put(*numbered(3), nasty.nested(), nasty.vacation())
    assert fetch_mail(NOON) == 5
    assert (inbox.count("INBOX"), inbox.count(DONE)) == (0, 5)
    assert Idea.objects.count() == 4
    assert fetch_mail(NOON) == 0


def test_a_whole_conversation_goes_by_mail(inbox, postbox):
    inbox.put(nasty.wire(nasty.mail()))
    fetch_mail(NOON)
    idea = Idea.objects.get()
    later = NOON + timedelta(hours=1)
    say(idea.pk, "Hur ofta händer det?", by=idea.responsible, at=later, asks_giver=True)
    while deliver(later):
        pass
    while send_waiting(later):
        pass
    letters = [it for it in postbox.letters if it["To"] == "karin@hem.example"]
    asked = letters[-1]
    assert "Hur ofta händer det?" in asked.get_content()
    assert asked["Reply-To"] == nasty.DOOR
    inbox.put(nasty.reply(asked["Message-ID"].strip("<>")))
    fetch_mail(later)
    idea.refresh_from_db()
    assert [it.text for it in idea.messages.all()] == ["Hur ofta händer det?", "Varje dag."]
    assert not idea.waits_for_giver


def test_a_program_that_died_before_it_laid_a_mail_aside_takes_it_once(inbox, monkeypatch):
    inbox.put(*numbered(2))
    monkeypatch.setattr(inbound, "lay_aside", lambda box, folder, uids: len(uids))
    fetch_mail(NOON)
    monkeypatch.undo()
    assert (inbox.count("INBOX"), Idea.objects.count()) == (2, 2)
    fetch_mail(NOON)
    assert (inbox.count("INBOX"), Idea.objects.count()) == (0, 2)


def test_a_mail_that_breaks_the_reading_is_laid_aside_and_the_others_come_in(
    inbox, monkeypatch, caplog
):
    inbox.put(*numbered(3))
    real = inbound.take_mail

    def breaks(mail, raw, *, at):
        if mail.message_id.startswith("1@"):
            raise ValueError("a mistake in the program")
        return real(mail, raw, at=at)

    monkeypatch.setattr(inbound, "take_mail", breaks)
    assert fetch_mail(NOON) == 3
    assert (inbox.count(FAILED), inbox.count(DONE), Idea.objects.count()) == (1, 2, 2)
    assert "a mistake in the program" in caplog.text


def test_a_full_disk_leaves_the_mail_where_it_is(inbox, monkeypatch, caplog):
    inbox.put(*numbered(1))

    def full(mail, raw, *, at):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbound, "take_mail", full)
    assert fetch_mail(NOON) == 0
    assert inbox.count("INBOX") == 1
    assert "No space left" in caplog.text


def test_mail_to_nobody_of_ours_and_what_is_too_large_are_laid_apart(inbox, monkeypatch):
    monkeypatch.setattr(inbound, "LARGEST", 5000)
    inbox.put(nasty.wire(nasty.mail(to="x@annan.example")), nasty.wire(nasty.mail("x" * 9000)))
    assert fetch_mail(NOON) == 2
    assert (inbox.count(UNKNOWN), inbox.count(TOO_LARGE)) == (1, 1)
    assert Arrival.objects.count() == 0


def test_large_mails_are_fetched_one_by_one(inbox, monkeypatch):
    monkeypatch.setattr(inbound, "TOGETHER", 10)
    inbox.put(*numbered(3))
    assert fetch_mail(NOON) == 3


def test_a_server_that_does_not_answer_is_asked_again_next_time(settings, caplog):
    settings.MAIL_BOX = MailBox("127.0.0.1", 1, USER, PASSWORD, tls=False)
    assert fetch_mail(NOON) == 0
    assert "does not answer" in caplog.text


def test_a_wrong_password_is_told_in_the_log(inbox, settings, caplog):
    settings.MAIL_BOX = MailBox("127.0.0.1", inbox.port, USER, "fel", tls=False)
    assert fetch_mail(NOON) == 0
    assert "does not answer" in caplog.text


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.MAIL_BOX = None
    assert fetch_mail(NOON) == 0


def test_whoever_sent_a_file_that_cannot_be_kept_is_told(inbox, postbox):
    inbox.put(nasty.with_files(("x.exe", b"MZ" + b"\0" * 99, "application/octet-stream")))
    fetch_mail(NOON)
    while deliver(NOON):
        pass
    letter = Letter.objects.get(kind="ideas.files_left_out")
    assert letter.to == "karin@hem.example"
    assert "x.exe" in letter.text


def test_whoever_has_the_door_is_told_of_a_mail_that_is_held_back(inbox):
    inbox.put(nasty.wire(nasty.mail()).replace(b"karin@hem.example", b"karin at hem"))
    fetch_mail(NOON)
    while deliver(NOON):
        pass
    letter = Letter.objects.get(kind="ideas.arrived")
    assert letter.to == DoorFactory._meta.model.objects.get().receiver.email
    assert "Det framgår inte vem som har skickat det." in letter.text


@pytest.mark.parametrize(
    ("url", "box"),
    [
        (
            "imaps://ideer:hem%20lig@mail.example",
            MailBox("mail.example", 993, "ideer", "hem lig", True),
        ),
        (
            "imap://ideer@127.0.0.1:1143/Idéer",
            MailBox("127.0.0.1", 1143, "ideer", "", False, "Idéer"),
        ),
        ("", None),
    ],
)
def test_the_mailbox_is_named_in_the_environment(monkeypatch, url, box):
    monkeypatch.setitem(os.environ, "IDESLUSS_MAILBOX_URL", url)
    assert mail_box() == box


@pytest.mark.parametrize("url", ["pop3://ideer@mail.example", "imap://mail.example", "imaps://"])
def test_a_mailbox_that_cannot_be_meant_stops_the_start(monkeypatch, url):
    monkeypatch.setitem(os.environ, "IDESLUSS_MAILBOX_URL", url)
    with pytest.raises(ImproperlyConfigured, match="imaps://user:password"):
        mail_box()
