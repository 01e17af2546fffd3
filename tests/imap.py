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

DOVECOT = Path("/usr/sbin/dovecot")
USER, PASSWORD = "ideer", "hemligt"  # invented

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
mail_location = maildir:{home}/mail/%u
ssl = no
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
    port = 0
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

    def count(self, folder: str) -> int:
        """How many mails lie in a folder; 0 if there is none of that name."""
        with self.open() as box:
            found, data = box.select(folder, readonly=True)
            return int(data[0] or 0) if found == "OK" else 0


def configuration(home: Path, port: int) -> str:
    """The server's settings; as root it insists on other users, which Debian's package made."""
    me = pwd.getpwuid(os.geteuid())
    internal, login = ("dovecot", "dovenull") if me.pw_uid == 0 else (me.pw_name, me.pw_name)
    owner = pwd.getpwnam(internal)
    mails = home / "mail"
    mails.mkdir()
    os.chown(mails, owner.pw_uid, owner.pw_gid)
    return CONFIGURATION.format(
        home=home,
        port=port,
        internal=internal,
        group=grp.getgrgid(owner.pw_gid).gr_name,
        login=login,
        password=PASSWORD,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
    )


@contextlib.contextmanager
def dovecot() -> Iterator[Box]:
    """The server for the length of a ``with``; it and what it holds are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="idesluss-imap-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # the login process may be another user
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        file = home / "dovecot.conf"
        file.write_text(configuration(home, port))
        server = subprocess.Popen([DOVECOT, "-F", "-c", file], stderr=subprocess.DEVNULL)
        try:
            box = Box(port, home)
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
    raise RuntimeError(f"dovecot does not start:\n{(box.home / 'log').read_text()}")
