"""A real browser for the stories: pages with and without script, for anybody, at any size."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.mail.conftest import postbox  # noqa: F401 (a real mail server, as a fixture)
from tests.stories.clock import StoryClock
from tests.stories.post import Post
from tests.stories.windows import Windows

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
    windows = Windows(browser, live_server.url)
    yield windows.open
    windows.close()
    assert windows.complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Somebody who is not signed in, at a wide screen with script."""
    return new_page()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StoryClock:
    """The time, in the test and in the server; it stands still until it is moved."""
    clock = StoryClock("2022-08-15 09:00")
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def post(postbox) -> Post:  # noqa: F811 (asking for a fixture by its name)
    """The letters, by way of a real mail server."""
    return Post(postbox)
