"""Where letters are handed over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server's address and how to sign in there."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False  # encrypted from the first byte; else STARTTLS when the server has it
