"""A real browser for the stories: pages with and without script, for anybody, at any size."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.stories.looking import WIDE, sign_in, without_script

# Playwright's own loop runs in this thread; the database is still only used between its calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",  # root has none
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
# A page may answer 404 or 422 on purpose; the browser writes that down as an error.
ON_PURPOSE = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open pages on the live server, each in a context (a person at a machine) of its own.

    ``new_page(person=None, script=True, dark=False, width=1280, language="sv")``. At the end the
    test fails if any page had an error in its console, or asked anybody but this server.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ON_PURPOSE):
            complaints.append(f"console: {message.text}")

    def watch(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            complaints.append(f"asked elsewhere: {request.url}")

    def open_page(
        person=None, *, script=True, dark=False, width=WIDE, language="sv", height=900
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            locale={"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}[language],
            reduced_motion="reduce",  # a colour on its way to another has no contrast of its own
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        if not script:
            without_script.add(context)
        context.on("console", hear)
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        context.on("request", watch)
        if person is not None:
            sign_in(context, person, live_server.url)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Somebody who is not signed in, at a wide screen with script."""
    return new_page()
