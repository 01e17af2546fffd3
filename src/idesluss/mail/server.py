"""Where letters are handed over, and where mail is fetched."""

from dataclasses import dataclass


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
