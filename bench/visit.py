"""Ask a WSGI application for a page as a signed-in browser does, and time the answer."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

DEPTHS = range(0, 48, 6)
"""Calls that lie between the visitor and the application, in turn.

CPython keeps its frames in blocks of 16 kB, and a page that calls to and fro over the end of one
is up to twice as slow, by nothing but how deep in the program it was asked for. Each side is
asked from every depth, so its quickest fifth is free of that.
"""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the request to the last byte.

    ``seconds`` by the clock on the wall; ``cpu`` of this thread alone, which is not told by what
    else the machine does (nor by what a database server does elsewhere).
    """

    status: int
    body: bytes
    seconds: float
    cpu: float


class Visitor:
    """A browser with its cookies; keeps what it is given, as a browser does."""

    def __init__(self, application: Application, person: Any = None) -> None:
        self.application = application
        self.cookies: SimpleCookie = SimpleCookie()
        self._depths = cycle(DEPTHS)
        self.cookies["csrftoken"] = self.token = _get_new_csrf_string()
        if person is not None:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            self.cookies[name] = client.cookies[name].value

    def get(self, url: str) -> Answer:
        """GET, without following a redirect."""
        return self._ask("GET", url, b"")

    def post(self, url: str, data: Mapping[str, object]) -> Answer:
        """POST a form, with its token, without following a redirect."""
        typed = urlencode({"csrfmiddlewaretoken": self.token, **data}, doseq=True)
        return self._ask("POST", url, typed.encode())

    def _deeper(self, frames: int, *asked: Any) -> Iterable[bytes]:
        """Ask the application from ``frames`` calls further down the stack."""
        return self._deeper(frames - 1, *asked) if frames else self.application(*asked)

    def _ask(self, method: str, url: str, body: bytes) -> Answer:
        path, _, query = url.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{k}={v.value}" for k, v in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            told.update(status=int(status[:3]), headers=headers)

        began, cpu = time.perf_counter(), time.thread_time()
        response = self._deeper(next(self._depths), environ, start)
        try:
            content = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()  # Django closes or gives back its connection here
        seconds, cpu = time.perf_counter() - began, time.thread_time() - cpu
        for name, value in told["headers"]:
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        return Answer(told["status"], content, seconds, cpu)
