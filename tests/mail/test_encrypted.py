"""Passwords and letters go over lines that are encrypted, to servers that are who they say."""

import ssl
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from idesluss.ideas.models import Idea
from idesluss.mail import inbound, send
from idesluss.mail.inbound import fetch_mail
from idesluss.mail.send import send_waiting
from idesluss.mail.server import MailBox, MailServer, is_here
from idesluss.records.vocab import LetterState
from tests import nasty_mails as nasty
from tests.certificates import issue
from tests.factories import NOON, DoorFactory
from tests.imap import PASSWORD, USER, dovecot, free_port
from tests.mail.conftest import Postbox
from tests.mail.test_send import LATER, a_letter, state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return issue(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(own, monkeypatch):
    """This machine trusts who issued the servers' certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(own.authority))


@pytest.fixture(scope="module")
def mailbox(own):
    with dovecot(own) as box:
        yield box


@pytest.fixture(params=["STARTTLS", "TLS"])
def inbox(request, mailbox, settings):
    """A mailbox with a mail in it, reached in each of the two ways."""
    tls = request.param == "TLS"
    port = mailbox.tls_port if tls else mailbox.port
    settings.MAIL_BOX = MailBox("127.0.0.1", port, USER, PASSWORD, tls=tls)
    mailbox.empty("INBOX")
    DoorFactory(address=nasty.DOOR)
    mailbox.put(
        nasty.wire(nasty.mail("Barnen tappar dem.", number=f"<{request.param}@hem.example>"))
    )
    return mailbox


def test_mail_is_fetched_over_an_encrypted_line(inbox, trusted):
    before = len(inbox.log)
    assert fetch_mail(NOON) == 1
    assert Idea.objects.get().title == "Vantar"
    assert "TLS" in inbox.log[before:]


def test_a_mailbox_that_nobody_vouches_for_gets_no_password(inbox, caplog):
    before = len(inbox.log)
    assert fetch_mail(NOON) == 0
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
    assert f"user=<{USER}>" not in inbox.log[before:]


def test_a_mailbox_without_encryption_gets_no_password_over_a_network(
    settings, monkeypatch, caplog
):
    settings.MAIL_BOX = MailBox("127.0.0.1", 143, USER, PASSWORD, tls=False)
    monkeypatch.setattr(inbound, "offers_tls", lambda to: False)
    monkeypatch.setattr(inbound, "is_here", lambda host: False)
    assert fetch_mail(NOON) == 0
    assert "127.0.0.1 offers no encryption" in caplog.text


class Secured(Postbox):
    """Remembers how each letter came."""

    def __init__(self):
        super().__init__()
        self.came, self.passwords = [], []

    async def handle_DATA(self, server, session, envelope):
        self.came.append(session.ssl is not None or server.transport.get_extra_info("cipher"))
        return await super().handle_DATA(server, session, envelope)

    def sign_in(self, server, session, envelope, mechanism, given):
        self.passwords.append(given.password)
        return AuthResult(success=True)


class OfferingTls(Controller):
    """A server that begins in the open and goes on encrypted."""

    def __init__(self, *args, context, **more):
        self.context = context
        super().__init__(*args, **more)

    def factory(self):
        return SMTP(self.handler, tls_context=self.context, authenticator=self.handler.sign_in)


def server_of(own, kind, box):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own.certificate, own.key)
    where = {"hostname": "127.0.0.1", "port": free_port()}
    if kind == "STARTTLS":
        return OfferingTls(box, context=context, **where)
    if kind == "TLS":
        more = {"authenticator": box.sign_in, "auth_require_tls": False}
        return Controller(box, ssl_context=context, **more, **where)
    return Controller(box, **where)


@pytest.fixture(params=["STARTTLS", "TLS"])
def postbox(request, own, settings):
    """A mail server that asks who one is, reached in each of the two ways."""
    box = Secured()
    server = server_of(own, request.param, box)
    server.start()
    tls = request.param == "TLS"
    settings.MAIL = MailServer("127.0.0.1", server.port, USER, PASSWORD, tls=tls)
    yield box
    server.stop()


def test_letters_go_out_over_an_encrypted_line(postbox, trusted):
    a_letter()
    assert send_waiting(LATER) == 1
    assert all(postbox.came)
    assert postbox.passwords == [PASSWORD.encode()]


def test_a_mail_server_that_nobody_vouches_for_gets_neither_password_nor_letter(postbox, caplog):
    waiting = a_letter()
    assert send_waiting(LATER) == 0
    assert (postbox.letters, postbox.passwords) == ([], [])
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
    assert state(waiting) == LetterState.QUEUED.value


@pytest.mark.parametrize("postbox", ["STARTTLS"], indirect=True)
def test_without_a_password_an_unknown_encryption_is_better_than_none(postbox, settings):
    settings.MAIL = replace(settings.MAIL, user="", password="")
    a_letter()
    assert send_waiting(LATER) == 1
    assert all(postbox.came)


def test_a_mail_server_without_encryption_gets_no_password_over_a_network(
    own, settings, monkeypatch, caplog
):
    box = Secured()
    server = server_of(own, "none", box)
    server.start()
    settings.MAIL = MailServer("127.0.0.1", server.port, USER, PASSWORD)
    monkeypatch.setattr(send, "is_here", lambda host: False)
    a_letter()
    assert send_waiting(LATER) == 0
    server.stop()
    assert box.letters == []
    assert "127.0.0.1 offers no encryption" in caplog.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("10.0.0.5", False),
        ("mail.example", False),
        ("localhost.example", False),
    ],
)
def test_nobody_listens_between_programs_of_one_machine(host, here):
    assert is_here(host) is here
