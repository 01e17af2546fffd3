"""A PostgreSQL cluster for one run of the tests, thrown away afterwards.

``python tests/postgres.py COMMAND …`` runs the command with ``DATABASE_URL`` naming it. Debian's
server refuses to run as root, so root starts it as the ``postgres`` user; everybody else as
themselves. It answers on this machine only, behind a password that nobody else knows.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Safe on disk is not what a throw-away cluster is for.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NoPostgres(Exception):
    """The server is not on this machine, or it did not start."""


def programs() -> Path | None:
    """The folder that holds ``initdb`` and ``postgres``: the newest version here, else None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextlib.contextmanager
def cluster(options: tuple[str, ...] = FAST) -> Iterator[str]:
    """Start a cluster and yield its ``DATABASE_URL``; stop and remove it at the end.

    ``options`` are the server's own; by default it is fast and not safe.

    Raises:
        NoPostgres: there is none here, or it would not start.
    """
    folder = programs()
    if folder is None:
        raise NoPostgres("PostgreSQL is not on this machine.")
    with tempfile.TemporaryDirectory(prefix="idesluss-pg-", ignore_cleanup_errors=True) as home:
        password, port = secrets.token_hex(16), _free_port()
        key = Path(home) / "password"
        key.write_text(password)
        become = _become_postgres(Path(home), key)
        data = f"{home}/data"
        where = f"-h 127.0.0.1 -p {port} -k {home}"
        initdb = [*become, str(folder / "initdb"), "--pgdata", data, "--username=idesluss"]
        safe = [f"--pwfile={key}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        server = [*become, str(folder / "pg_ctl"), "--pgdata", data, "--wait", "--silent"]
        _run([*initdb, *safe, "--no-sync"])
        _run([*server, "--log", f"{home}/log", "-o", f"{where} {' '.join(options)}", "start"])
        try:
            yield f"postgres://idesluss:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run([*server, "--mode", "immediate", "stop"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _become_postgres(home: Path, key: Path) -> list[str]:
    """As root: hand the folder to another user; return the words that run a command as them."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    for path in (home, key):
        os.chown(path, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _run(command: list[str]) -> None:
    """Run a command of the server's, silent unless it fails."""
    # The server keeps what it inherits: a pipe would never close, so it writes to a file.
    with tempfile.TemporaryFile("w+") as said:
        code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/")
        if code:
            said.seek(0)
            raise NoPostgres(f"{' '.join(command)} failed ({code}):\n{said.read()}")


def main(command: list[str]) -> int:
    """Run ``command`` beside a fresh cluster and return its exit code."""
    with cluster() as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
