"""What the first visit to a page costs over the wire, asked of the real server."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import IO
from urllib.parse import urljoin, urlsplit

MOST = 60_000
"""Bytes of a first visit, headers counted and fonts not."""
FONTS = (".woff2", ".woff")
PATIENCE = 30  # seconds for the server to come up


@dataclass(frozen=True, slots=True)
class Weight:
    """One page: its parts by address, in bytes over the wire; fonts are told apart."""

    page: str
    parts: dict[str, int]
    fonts: int

    @property
    def total(self) -> int:
        """Everything but fonts."""
        return sum(self.parts.values())

    def broken(self) -> list[str]:
        """What is over budget, in words."""
        if self.total <= MOST:
            return []
        return [f"{self.page}: {self.total} bytes over the wire, of {MOST}"]


class Links(HTMLParser):
    """Addresses that a browser fetches to show the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        fetched = {"stylesheet", "icon", "preload", "modulepreload"}
        if tag == "link" and fetched & set((told.get("rel") or "").split()):
            self.found.append(told.get("href") or "")
        elif tag in ("script", "img", "source") and told.get("src"):
            self.found.append(told["src"] or "")


@contextlib.contextmanager
def server() -> Iterator[int]:
    """Our own server over the database of this process's environment; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = str(Path(sys.executable).with_name("idesluss"))
    with tempfile.TemporaryFile("w+") as said:
        command = [program, "serve", "--port", str(port), "--no-jobs"]
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            _wait_for(process, port, said)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait_for(process: subprocess.Popen[bytes], port: int, said: IO[str]) -> None:
    for _ in range(PATIENCE * 10):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    said.seek(0)
    raise RuntimeError(f"The server does not answer:\n{said.read()}")


def fetch(port: int, path: str) -> tuple[int, bytes, str]:
    """Bytes over the wire of one answer (status line, headers and body), its body, its kind."""
    connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Accept-Encoding": "br", "Accept-Language": "sv"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
    head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n{answer.headers}".encode()
    if answer.headers.get("Content-Encoding") == "br":
        import brotli  # noqa: PLC0415  (only to read what was counted already)

        return len(head) + len(body), brotli.decompress(body), answer.headers["Content-Type"]
    return len(head) + len(body), body, answer.headers["Content-Type"]


def weigh(page: str, port: int, path: str) -> Weight:
    """Fetch a page as a browser does for the first time: with everything that it links to."""
    size, body, _kind = fetch(port, path)
    parts, fonts, waiting, seen = {path: size}, 0, [], {path}
    links = Links()
    links.feed(body.decode())
    waiting += [urljoin(path, link) for link in links.found]
    while waiting:
        link = waiting.pop()
        if link in seen or urlsplit(link).scheme in ("data", "http", "https"):
            continue
        seen.add(link)
        size, body, kind = fetch(port, link)
        if urlsplit(link).path.endswith(FONTS):
            fonts += size
            continue
        parts[link] = size
        if kind.startswith("text/css"):
            inside = re.findall(r"url\(\s*['\"]?([^'\")]+)", body.decode())
            inside += re.findall(r"@import\s+['\"]([^'\"]+)", body.decode())
            waiting += [urljoin(link, one) for one in inside if not one.startswith(("data:", "#"))]
    return Weight(page, parts, fonts)
