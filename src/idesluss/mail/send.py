"""Hand waiting letters to the mail server, each once."""

from __future__ import annotations

import logging
import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

from django.conf import settings
from django.utils import timezone

from idesluss.jobs.clock import backoff
from idesluss.mail import calendar
from idesluss.mail.endings import ended, off_address
from idesluss.mail.server import MailServer, ReadableByOthers, is_here
from idesluss.records.models import Letter
from idesluss.records.usecases import letters

log = logging.getLogger("idesluss.mail")

BATCH = 50
GIVE_UP = 40  # attempts; with the back-off about a day and a half


def send_waiting(at: datetime) -> int:
    """Send the letters that are due; returns how many went out.

    Without a mail server (the demonstration) they stay, to be read on the letters page.
    """
    letters.find_uncertain(at)
    if settings.MAIL is None:
        return 0
    waiting = [letter for letter in Letter.objects.waiting(at)[:BATCH] if letters.claim(letter, at)]
    if not waiting:
        return 0
    try:
        server = connect(settings.MAIL)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server does not answer: %s", error)
        for letter in waiting:
            put_back(letter, error, at)
        return 0
    with server:
        return sum(send_one(server, letter, at) for letter in waiting)


def connect(to: MailServer) -> smtplib.SMTP:
    """Open a session with the mail server, encrypted if it can.

    Where a password is sent, or TLS was asked for, the certificate is checked; elsewhere an
    encryption that is not checked is better than none (RFC 7435).

    Raises:
        OSError, SMTPException: no answer, a wrong certificate, a wrong password.
        ReadableByOthers: the password would go in the open over a network.
    """
    context = ssl.create_default_context()
    if not (to.user or to.tls):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if to.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=20, context=context)
    else:
        server = smtplib.SMTP(to.host, to.port, timeout=20)
    server.ehlo_or_helo_if_needed()
    if not to.tls and server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif to.user and not to.tls and not is_here(to.host):
        server.close()
        raise ReadableByOthers(to.host)
    if to.user:
        server.login(to.user, to.password)
    return server


def send_one(server: smtplib.SMTP, letter: Letter, at: datetime) -> int:
    """Send one claimed letter in two moments: ask, then hand over; 1 if it went out.

    Everything that may fail harmlessly is asked before the letter is marked as being handed
    over; from then on only the server's own answer decides.
    """
    try:
        ask(server, letter)
    except smtplib.SMTPResponseException as error:
        quiet_reset(server)
        if 500 <= error.smtp_code < 600:
            letters.settle_failed(letter, str(error), retry_at=None)
        else:
            put_back(letter, error, at)
        return 0
    except (OSError, smtplib.SMTPException) as error:
        put_back(letter, error, at)
        return 0
    letters.hand_over(letter)
    try:
        code, answer = server.data(as_bytes(letter))
    except smtplib.SMTPDataError as error:  # refused before the text was sent
        put_back(letter, error, at)
        return 0
    except (OSError, smtplib.SMTPException) as error:
        log.warning("Letter %s: the line broke while it was handed over: %s", letter.pk, error)
        return 0  # nobody knows: find_uncertain() will say so
    if code != 250:
        retry = at + backoff(letter.attempts - 1) if code < 500 else None
        letters.settle_failed(letter, f"{code} {answer!r}", retry_at=retry)
        return 0
    letters.settle_sent(letter, timezone.now())
    return 1


def ask(server: smtplib.SMTP, letter: Letter) -> None:
    """Ask the server to take a letter from us to the recipient."""
    for code, answer in (server.mail(settings.MAIL_FROM), server.rcpt(letter.to)):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, answer)


def put_back(letter: Letter, error: Exception, at: datetime) -> None:
    """Let a letter wait for the next try, or give up after many."""
    retry = at + backoff(letter.attempts - 1) if letter.attempts < GIVE_UP else None
    letters.settle_failed(letter, f"{type(error).__name__}: {error}", retry_at=retry)


def quiet_reset(server: smtplib.SMTP) -> None:
    """Forget the letter that was asked about; a dead line is found out by the next one."""
    with suppress(OSError, smtplib.SMTPException):
        server.rset()


def as_bytes(letter: Letter) -> bytes:
    """The letter as it goes over the wire; the same bytes each time but for nothing."""
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.message_id}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    off = off_address(letter)
    if off:  # RFC 2369 and 8058: mail programs show a button of their own for it
        message["List-Unsubscribe"] = f"<{off}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(ended(letter, off))
    if letter.calendar:
        calendar.enclose(message, letter.calendar)
    return message.as_bytes(policy=WIRE)
