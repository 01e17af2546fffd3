"""Every page of the service as it stands in the demonstration, seen as anybody may meet it.

Each is looked at in light, in dark, zoomed to twice its size, on a phone and by keyboard, and so
is what comes back when something wrong is sent. A page that nobody goes to fails here too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, Response
from pytest_django.live_server_helper import LiveServer

from idesluss.cli.demo.load import load
from idesluss.people.models import Person
from tests.architecture.addresses import addresses, is_ours
from tests.stories.faults import faults
from tests.stories.looking import axe_itself
from tests.stories.stops import Stop
from tests.stories.tour import NOT_A_PAGE, STOPS
from tests.stories.windows import Windows, answers_are_done

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = {address.name for address in addresses() if is_ours(address.view)}


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's own, which empties the database after each test."""


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[LiveServer]:
    """The demonstration, loaded once and served; thrown away after the last page."""
    show = override_settings(DEMO=True, MAIL=None, ROOT_URLCONF="tests.stories.demo_urls")
    with django_db_blocker.unblock(), show:
        load(lambda _: None)
        server = LiveServer("localhost")
        yield server
        server.stop()
        answers_are_done()
        call_command("flush", verbosity=0, interactive=False)
        connections.close_all()  # the browser's loop gives this thread some of their own


@pytest.fixture(scope="module")
def windows(demonstration, browser) -> Iterator[Windows]:
    windows = Windows(browser, demonstration.url)
    yield windows
    windows.close()


@pytest.fixture(scope="module")
def sits_down(windows):
    """The window of a person, by address; the same one every time."""
    open_windows: dict[str, Page] = {}

    def sit_down(email: str) -> Page:
        if email not in open_windows:
            person = Person.objects.get(email=email) if email else None
            open_windows[email] = windows.open(person)
            open_windows[email].context.add_init_script(axe_itself())  # every page is asked by it
        return open_windows[email]

    return sit_down


def goes(page: Page, name: str, stop: Stop) -> list[str]:
    """Go to a page; what is wrong with it."""
    if stop.before:
        stop.before(page)
    path = reverse(name, args=stop.where())
    answer = page.goto(path)
    assert answer.status == stop.status, f"{path} answers {answer.status}"
    assert page.url.endswith(path), f"{path} leads to {page.url}"
    return [f"{stop.who}: {fault}" for fault in faults(page)]


def sends_something_wrong(page: Page, page_name: str, stop: Stop) -> list[str]:
    """Fill the form in wrongly and send it; what is wrong with what comes back."""
    field = page.locator(named(next(iter(stop.wrong))))
    form = page.locator("main form").filter(has=field).first
    fold = page.locator("main details:not([open])").filter(has=field)
    if fold.count():
        fold.locator("summary").first.click()
    for name, text in stop.wrong.items():
        fill(form.locator(named(name)), text)
    with page.expect_response(sent_by_button) as sent:
        form.locator(stop.button).first.click()
    assert sent.value.status == 422, f"{page_name} answers {sent.value.status}"
    page.wait_for_load_state()
    told = page.locator(".ds-validation-message, .ds-error-summary li, .saving__not")
    found = [] if told.count() else ["nothing tells what to put right"]
    return [f"{stop.who}, wrong: {one}" for one in found + faults(page, thorough=False)]


def named(name: str) -> str:
    """The fields of that name; with "^" or "$" before it, those that begin or end so."""
    how = name[0] if name[0] in "^$" else ""
    return f"[name{how}='{name.removeprefix(how)}']"


def fill(fields: Locator, text: str) -> None:
    """Write the text, or choose what has it as its value."""
    if fields.first.get_attribute("type") in {"radio", "checkbox"}:
        fields.and_(fields.page.locator(f"[value='{text}']")).first.check()
    else:
        fields.first.fill(text)


def sent_by_button(answer: Response) -> bool:
    """Whether somebody pressed a button for it, rather than the page asking by itself."""
    return answer.request.method == "POST" and "hx-request" not in answer.request.headers


@pytest.mark.parametrize("name", sorted(STOPS))
def test_the_page(name, demonstration, windows, sits_down):
    found = []
    for stop in STOPS[name]:
        page = sits_down(stop.who)
        found += goes(page, name, stop)
        if stop.wrong:
            found += sends_something_wrong(page, name, stop)
    found += windows.complaints
    windows.complaints.clear()

    assert not found, "\n".join([name, *found])


def test_every_page_is_looked_at():
    assert NAMES - set(STOPS) == set(NOT_A_PAGE)
    assert set(STOPS) - NAMES == {"demo:people"}
