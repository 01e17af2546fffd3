"""Mail that comes in, from a real IMAP server: ``python -m bench --mails``."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.promises import seed
from idesluss.ideas.models import Idea
from idesluss.mail.inbound import fetch_mail
from idesluss.mail.server import MailBox
from idesluss.programmes.models import Door
from tests.imap import PASSWORD, USER, dovecot

LIMIT = 20.0  # seconds, for a batch of 200
MAILS = 200
ADDRESS = "ideer@slusstad.example"


def run() -> int:
    """Lay 200 mails into a mailbox, every tenth with a picture, take them in, and tell."""
    there, at = seed(1_000, timezone.now())
    Door.objects.filter(organisation=there).update(address=ADDRESS)
    with dovecot() as box:
        box.put(*(_mail(number) for number in range(MAILS)))
        settings.MAIL_BOX = MailBox("127.0.0.1", box.port, USER, PASSWORD, tls=False)
        before = Idea.objects.count()
        began = time.monotonic()
        aside = fetch_mail(at)
        seconds = time.monotonic() - began
    cases = Idea.objects.count() - before
    print(f"mails: {aside} taken in as {cases} cases in {seconds:.1f} s on {connection.vendor}")
    return 0 if cases == MAILS and seconds <= LIMIT else 1


def _mail(number: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"Person {number} <p{number}@hem.example>"
    message["To"], message["Subject"] = ADDRESS, f"Idé nummer {number}"
    message["Message-ID"] = f"<{number}@hem.example>"
    message.set_content("Vi springer efter lyften varje pass.\n" * 20)
    message.add_alternative("<p>Vi springer efter lyften.</p>" * 20, subtype="html")
    if number % 10 == 0:
        picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100_000)
        message.add_attachment(picture, maintype="image", subtype="png", filename="bild.png")
    return message.as_bytes(policy=SMTP)
