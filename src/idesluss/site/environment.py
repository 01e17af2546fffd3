"""Read the environment; a value that cannot be understood stops the start with a sentence."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from idesluss.mail.server import MailBox, MailServer

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA busy_timeout=20000;PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;"
)


def flag(name: str, *, default: bool) -> bool:
    """``true`` or ``false`` (or ``1`` or ``0``) from the environment; anything else is refused."""
    text = os.environ.get(name, "true" if default else "false")
    if text not in ("true", "false", "1", "0"):
        raise ImproperlyConfigured(f"{name} must be 'true' or 'false', not {text!r}.")
    return text in ("true", "1")


def secret_key(home: Path) -> str:
    """The secret key: from ``IDESLUSS_SECRET``, else made once and kept in ``home``."""
    if given := os.environ.get("IDESLUSS_SECRET"):
        return given
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was faster
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database(home: Path) -> dict[str, Any]:
    """Django's database settings: PostgreSQL by ``DATABASE_URL``, else SQLite in ``home``."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        return sqlite(home / "idesluss.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8}},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in WAL mode; every transaction takes the write lock at once, so none deadlocks."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def mail_server(*, none: bool) -> MailServer | None:
    """The mail server of ``IDESLUSS_MAIL_URL``; without one localhost, or None if ``none``."""
    url = os.environ.get("IDESLUSS_MAIL_URL", "")
    if not url:
        return None if none else MailServer()
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "IDESLUSS_MAIL_URL must look like smtp://user:password@host:port."
        )
    tls = parts.scheme == "smtps"
    return MailServer(
        parts.hostname,
        parts.port or (465 if tls else 25),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls,
    )


def mail_box() -> MailBox | None:
    """The mailbox of ``IDESLUSS_MAILBOX_URL``; None without one."""
    url = os.environ.get("IDESLUSS_MAILBOX_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ImproperlyConfigured(
            "IDESLUSS_MAILBOX_URL must look like imaps://user:password@host:port/folder."
        )
    tls = parts.scheme == "imaps"
    return MailBox(
        parts.hostname,
        parts.port or (993 if tls else 143),
        unquote(parts.username),
        unquote(parts.password or ""),
        tls,
        unquote(parts.path.strip("/")) or "INBOX",
    )


def proxies() -> int:
    """How many proxies stand before the service, from ``IDESLUSS_PROXIES``."""
    text = os.environ.get("IDESLUSS_PROXIES", "0")
    if not text.isdecimal() or int(text) > 9:
        raise ImproperlyConfigured(f"IDESLUSS_PROXIES must be a number from 0 to 9, not {text!r}.")
    return int(text)


def service_url() -> str:
    """The address people use, from ``IDESLUSS_URL``: scheme and host, no path."""
    url = os.environ.get("IDESLUSS_URL", "http://localhost:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured("IDESLUSS_URL must look like https://ideer.slusstad.se.")
    return url


def host_of(url: str) -> str:
    """The host name of an address."""
    return urlsplit(url).hostname or "localhost"
