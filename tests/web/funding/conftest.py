import pytest

from tests.factories import NOON
from tests.funding.meeting import AFTER
from tests.web.funding.public_pages import url


class Now:
    """The moment at which requests come in; set ``at`` to move it."""

    at = NOON


@pytest.fixture
def now(monkeypatch):
    now = Now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now.at)
    return now


@pytest.fixture
def use(client):
    """``use(person)``: the browser of somebody who is signed in, reading English."""

    def sign_in(person):
        person.language = "en"
        person.save()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def clock(now):
    """It is the hour after the meeting; ``clock(moment)`` makes it another time."""

    def set_to(moment):
        now.at = moment

    set_to(AFTER)
    return set_to


@pytest.fixture
def read(client):
    """``read(here, name)``: somebody from the street asks for a page, in English."""

    def get(here, name="round"):
        return client.get(url(here, name), headers={"Accept-Language": "en"})

    return get
