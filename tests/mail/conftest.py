"""A real mail server on this machine."""

import socket
import threading
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from idesluss.mail.server import MailServer


class Postbox:
    """What the server has taken; ``answers`` decides what it says to a recipient or a text."""

    def __init__(self):
        self.letters, self.rcpt_answers, self.data_answers = [], {}, []
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.rcpt_answers:
            return self.rcpt_answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data_answers:
            return self.data_answers.pop(0)
        with self.lock:
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


@pytest.fixture
def postbox(settings):
    """A mail server that is on; settings.MAIL points at it."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL = MailServer("127.0.0.1", port)
    yield box
    controller.stop()
