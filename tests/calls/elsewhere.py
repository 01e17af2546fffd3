"""A service elsewhere, on this machine: a real server that translates, or does what it is told to.

It speaks LibreTranslate's protocol and OpenAI's. What it "translates" is the text in capitals, with
the two languages in front.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sesam-oeppna-dig"


class Elsewhere(ThreadingHTTPServer):
    """The server: what it was asked (``asked``), and how it behaves (``mood``)."""

    daemon_threads = True
    mood: Any = "good"
    key = ""
    status = 500

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.release = threading.Event()  # lets go of those who wait

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def texts(self) -> list[str]:
        """The texts that it was sent."""
        return [
            said["q"] if "q" in said else said["messages"][1]["content"] for _, said in self.asked
        ]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that hang up are what is tried here."""


class _Answers(BaseHTTPRequestHandler):
    server: Elsewhere
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, said))
        self.server.headers.append(dict(self.headers))
        getattr(self, f"_{self.server.mood}")(said)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _good(self, said: dict[str, Any]) -> None:
        if "q" in said:
            if said.get("api_key", "") != self.server.key:
                return self._send(b'{"error": "Invalid API key"}', 403)
            made = f"{said['source']}>{said['target']} {said['q'].upper()}"
            return self._send(json.dumps({"translatedText": made}).encode())
        if self.server.key and self.headers["Authorization"] != f"Bearer {self.server.key}":
            return self._send(b"{}", 401)
        made = f"{said['model']} {said['messages'][1]['content'].upper()}"
        answer = {"choices": [{"message": {"role": "assistant", "content": made}}]}
        return self._send(json.dumps(answer).encode())

    def _says(self, said: dict[str, Any]) -> None:
        self._send(self.server.words)  # type: ignore[attr-defined]

    def _status(self, said: dict[str, Any]) -> None:
        self._send(b"<h1>no</h1>", self.server.status)

    def _redirecting(self, said: dict[str, Any]) -> None:
        self._send(b"", 307, Location=f"{self.server.address}/elsewhere")

    def _silent(self, said: dict[str, Any]) -> None:
        self.server.release.wait(20)

    def _dripping(self, said: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.release.wait(0.02):
            self.wfile.write(b" ")

    def _huge(self, said: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.release.is_set():
            self.wfile.write(b'"' + b"x" * 100_000)

    def _broken(self, said: dict[str, Any]) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        self.close_connection = True

    def _hanging_up(self, said: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"translated')
        self.close_connection = True


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """A server of this test's own."""
    server = Elsewhere()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
