"""Where letters are handed over, and where mail is fetched."""

import ipaddress
from dataclasses import dataclass


class ReadableByOthers(OSError):
    """A password would have to be sent in the open over a network; it is not sent."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} offers no encryption, so the password is not sent to it")


def is_here(host: str) -> bool:
    """Whether ``host`` is this machine, between whose programs nobody listens."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server's address and how to sign in there."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False  # encrypted from the first byte; else STARTTLS when the server has it


@dataclass(frozen=True, slots=True)
class MailBox:
    """A mailbox that is read by IMAP (RFC 9051), and how to sign in there."""

    host: str
    port: int
    user: str
    password: str
    tls: bool  # encrypted from the first byte; else STARTTLS when the server has it
    folder: str = "INBOX"
