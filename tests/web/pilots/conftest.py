"""A town in June, and who is signed in."""

import pytest

from tests.pilots.world import JUNE, Town


@pytest.fixture
def town():
    return Town(name="Slusstad", slug="slusstad")


@pytest.fixture
def in_june(monkeypatch):
    """Requests happen in June 2027."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: JUNE)


@pytest.fixture
def as_anna(town, client):
    client.force_login(town.anna)
    return client


@pytest.fixture
def as_boss(town, client):
    client.force_login(town.boss)
    return client
