"""A real IMAP server (Debian's dovecot) with a mailbox of its own, started for a test."""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.certificates import Certificate

DOVECOT = Path("/usr/sbin/dovecot")
USER, PASSWORD = "ideer", "hemligt"  # invented

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
mail_location = maildir:{home}/mail/%u
{tls}
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = {encrypts}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A running server with an empty mailbox."""

    port: int
    home: Path
    tls_port: int = 0  # encrypted from the first byte; 0: no such

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def open(self) -> imaplib.IMAP4:
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.login(USER, PASSWORD)
        return box

    def put(self, *mails: bytes) -> None:
        """Lay mails into the inbox, as a mail server does."""
        with self.open() as box:
            for mail in mails:
                box.append("INBOX", None, None, mail)

    def empty(self, *folders: str) -> None:
        """Nothing lies in the folders any more."""
        with self.open() as box:
            for folder in folders:
                found, count = box.select(folder)
                if found == "OK" and int(count[0] or 0):
                    box.store("1:*", "+FLAGS", r"\Deleted")
                    box.expunge()

    def count(self, folder: str) -> int:
        """How many mails lie in a folder; 0 if there is none of that name."""
        with self.open() as box:
            found, data = box.select(folder, readonly=True)
            return int(data[0] or 0) if found == "OK" else 0


def configuration(home: Path, port: int, tls_port: int, own: Certificate | None) -> str:
    """The server's settings; as root it insists on other users, which Debian's package made."""
    tls = f"ssl = yes\nssl_cert = <{own.certificate}\nssl_key = <{own.key}" if own else "ssl = no"
    me = pwd.getpwuid(os.geteuid())
    internal, login = ("dovecot", "dovenull") if me.pw_uid == 0 else (me.pw_name, me.pw_name)
    owner = pwd.getpwnam(internal)
    mails = home / "mail"
    mails.mkdir()
    os.chown(mails, owner.pw_uid, owner.pw_gid)
    return CONFIGURATION.format(
        home=home,
        port=port,
        tls=tls,
        tls_port=tls_port,
        encrypts="yes" if own else "no",
        internal=internal,
        group=grp.getgrgid(owner.pw_gid).gr_name,
        login=login,
        password=PASSWORD,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
    )


@contextlib.contextmanager
def dovecot(own: Certificate | None = None) -> Iterator[Box]:
    """The server for the length of a ``with``; it and what it holds are gone afterwards.

    With a certificate of its ``own`` it offers encryption, on both of its ports.
    """
    with tempfile.TemporaryDirectory(prefix="idesluss-imap-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # the login process may be another user
        port, tls_port = free_port(), free_port() if own else 0
        file = home / "dovecot.conf"
        file.write_text(configuration(home, port, tls_port, own))
        server = subprocess.Popen([DOVECOT, "-F", "-c", file], stderr=subprocess.DEVNULL)
        try:
            box = Box(port, home, tls_port)
            _wait_for(box, server)
            yield box
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(box: Box, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            box.open().logout()
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"dovecot does not start:\n{box.log}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
