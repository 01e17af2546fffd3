"""Windows of a browser: each a person at a machine of their own."""

from __future__ import annotations

import threading
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.stories.looking import WIDE, sign_in, without_script

PATIENCE = 15_000  # ms; other tests may use the machine too
expect.set_options(timeout=PATIENCE)

# A page may answer 4xx on purpose; the browser writes that down as an error.
ON_PURPOSE = "Failed to load resource: the server responded with a status of 4"
LOCALES = {"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}


def answers_are_done() -> None:
    """Wait for the server's threads, which hold connections to the database until they end."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


class Windows:
    """Opens windows on the service at ``url``, and hears what goes wrong in any of them.

    ``complaints`` holds every error in a console, every script that failed and every request to
    anybody but this server.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(
        self,
        person: Any = None,
        *,
        script: bool = True,
        dark: bool = False,
        width: int = WIDE,
        height: int = 900,
        language: str = "sv",
        zoom: int = 1,
    ) -> Page:
        """A new page; signed in as ``person`` when given. ``zoom`` is device pixels per pixel."""
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            device_scale_factor=zoom,
            locale=LOCALES[language],
            reduced_motion="reduce",  # a colour on its way to another has no contrast of its own
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if not script:
            without_script.add(context)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._watch)
        if person is not None:
            sign_in(context, person, self.url)
        return context.new_page()

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ON_PURPOSE):
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self.complaints.append(f"asked elsewhere: {request.url}")
