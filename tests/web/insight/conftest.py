"""The search as a browser asks it, and a clock that stands still."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import NOON


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon, and stays so."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def ask(noon, client, searchable) -> Callable[..., Any]:
    """``ask(q, by=person, headers=…, view=…, status=200, **chosen)``: the answer to a question.

    The index is built when the first one is asked. ``near`` is who comes from an organisation's
    page ("from" in the address).
    """
    built = []

    def get(q, *, by=None, headers=None, view="search", status=200, **chosen):
        if not built:
            built.append(searchable())
        if by is not None:
            client.force_login(by)
        query = {"from" if name == "near" else name: it for name, it in chosen.items()}
        url = reverse(f"insight:{view}")
        response = client.get(url, {"q": q, **query}, headers=headers or {})
        assert response.status_code == status, response.content.decode()[:500]
        return response

    return get
