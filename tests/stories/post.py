"""The post: what the clock's jobs hand to a real mail server, and what it has taken."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from django.utils import timezone

from idesluss.jobs.deliver import deliver
from idesluss.mail.daily import gather_daily
from idesluss.mail.send import send_waiting


class Post:
    """Lets the post go, and remembers where one has read to."""

    def __init__(self, box: Any) -> None:
        self.box, self.read = box, 0

    def comes(self) -> list[EmailMessage]:
        """Everything that is due is written and sent; returns what is new since last time.

        What is not urgent comes when the clock has passed seven on the next working day.
        """
        at = timezone.now()
        while deliver(at):
            pass
        gather_daily(at)
        while send_waiting(at):
            pass
        new = self.box.letters[self.read :]
        self.read += len(new)
        return new


def said(letter: EmailMessage) -> str:
    """What a letter says."""
    text: str = letter.get_content()
    return text.replace("\r\n", "\n").strip()
