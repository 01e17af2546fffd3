"""Fetch the mail that has come to the doors of sluices, each once, and lay it aside.

Mails are taken in where they lie (IMAP, RFC 9051) and then moved to folders of our own, so that a
person who opens the mailbox sees what became of each. A program that dies between the two takes
the same mail again and finds that it has it already.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.conf import settings
from django.db import OperationalError
from imap_tools import BaseMailBox, ImapToolsError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools import MailBox as MailBoxTls

from idesluss.ideas.usecases.mail_in import take_mail
from idesluss.logic import incoming
from idesluss.mail.server import MailBox, ReadableByOthers, is_here

log = logging.getLogger("idesluss.mail")

DONE, UNKNOWN, FAILED, TOO_LARGE = (
    "idesluss-done",  # taken in, held back or ignored: see the page of what has come in
    "idesluss-unknown",  # to no door of ours
    "idesluss-failed",  # could not be read; the log says why
    "idesluss-too-large",
)
MOST = 400  # mails at a time
LARGEST = 60 * 1024 * 1024  # bytes of one mail
TOGETHER = 2 * 1024 * 1024  # bytes that are fetched with one question
SECONDS = 20  # that the server may take to answer


def fetch_mail(at: datetime) -> int:
    """Take in the mails that lie in the mailbox; returns how many were laid aside.

    A server that does not answer is asked again next time; nothing is lost meanwhile.
    """
    if settings.MAIL_BOX is None:
        return 0
    try:
        with opened(settings.MAIL_BOX) as box:
            return sum(lay_aside(box, *it) for it in sorted_mails(box, at))
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        log.warning("The mailbox does not answer: %s", error)
        return 0


@contextmanager
def opened(to: MailBox) -> Iterator[BaseMailBox]:
    """A session with the mailbox, encrypted if it can be, its certificate checked.

    Raises:
        OSError, IMAP4.error, ImapToolsError: no answer, a wrong certificate, a wrong password.
        ReadableByOthers: the password would go in the open over a network.
    """
    context = ssl.create_default_context()
    if to.tls:
        box: BaseMailBox = MailBoxTls(to.host, to.port, timeout=SECONDS, ssl_context=context)
    elif offers_tls(to):
        box = MailBoxStartTls(to.host, to.port, timeout=SECONDS, ssl_context=context)
    elif not is_here(to.host):
        raise ReadableByOthers(to.host)
    else:
        box = MailBoxUnencrypted(to.host, to.port, timeout=SECONDS)
    try:
        box.login(to.user, to.password, initial_folder=to.folder)
        yield box
        box.logout()
    finally:
        with suppress(OSError):  # closed already
            box.client.shutdown()


def offers_tls(to: MailBox) -> bool:
    """Whether a server that begins in the open can go on encrypted."""
    with imaplib.IMAP4(to.host, to.port, timeout=SECONDS) as asked:
        return "STARTTLS" in asked.capabilities


def sorted_mails(box: BaseMailBox, at: datetime) -> Iterator[tuple[str, list[str]]]:
    """Folders and the numbers of the mails to be moved there, a few at a time."""
    sizes = waiting(box)
    yield TOO_LARGE, [uid for uid, size in sizes if size > LARGEST]
    for uids in together([it for it in sizes if it[1] <= LARGEST]):
        where: dict[str, list[str]] = {}
        for uid, raw in fetched(box, uids):
            where.setdefault(take_in(raw, at), []).append(uid)
        yield from where.items()


def waiting(box: BaseMailBox) -> list[tuple[str, int]]:
    """Number and size in bytes of the mails in the folder, the oldest first."""
    uids = box.uids()[:MOST]
    if not uids:
        return []
    _, data = box.client.uid("fetch", ",".join(uids), "(UID RFC822.SIZE)")
    rows = [it if isinstance(it, bytes) else it[0] for it in data if it]
    found = {}
    for row in rows:
        uid = re.search(rb"UID (\d+)", row)
        size = re.search(rb"RFC822\.SIZE (\d+)", row)
        if uid and size:
            found[uid[1].decode()] = int(size[1])
    return [(uid, found[uid]) for uid in uids if uid in found]


def together(sizes: list[tuple[str, int]]) -> Iterator[list[str]]:
    """Numbers of mails that are small enough to be fetched with one question."""
    batch: list[str] = []
    room = TOGETHER
    for uid, size in sizes:
        if batch and size > room:
            yield batch
            batch, room = [], TOGETHER
        batch.append(uid)
        room -= size
    if batch:
        yield batch


def fetched(box: BaseMailBox, uids: list[str]) -> Iterator[tuple[str, bytes]]:
    """The mails, as they came; whoever reads the mailbox still sees them as unread."""
    _, data = box.client.uid("fetch", ",".join(uids), "(UID BODY.PEEK[])")
    for it in data:
        if isinstance(it, tuple) and (uid := re.search(rb"UID (\d+)", it[0])):
            yield uid[1].decode(), it[1]


def take_in(raw: bytes, at: datetime) -> str:
    """Take in one mail; returns the folder that it is moved to."""
    try:
        mail = incoming.read(raw, own=settings.MAIL_FROM)
        arrival = take_mail(mail, raw, at=at)
    except (OperationalError, OSError):
        raise  # the database or the disk: the next try may do
    except Exception:
        log.exception("A mail could not be read and is moved to %s", FAILED)
        return FAILED
    return DONE if arrival else UNKNOWN


def lay_aside(box: BaseMailBox, folder: str, uids: list[str]) -> int:
    """Move mails to one of our folders, which is made when it is first needed."""
    if not uids:
        return 0
    if not box.folder.exists(folder):
        box.folder.create(folder)
    box.move(uids, folder)
    if folder in (UNKNOWN, TOO_LARGE):
        log.warning("%s mails were moved to %s", len(uids), folder)
    return len(uids)
