"""How many proxies stand before the service is said plainly, or the start stops."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from idesluss.site.environment import proxies


@pytest.mark.parametrize(("text", "number"), [(None, 0), ("0", 0), ("2", 2)])
def test_a_number_is_read(text, number, monkeypatch):
    if text is not None:
        monkeypatch.setenv("IDESLUSS_PROXIES", text)
    assert proxies() == number


@pytest.mark.parametrize("text", ["", "one", "-1", "10", "²"])
def test_anything_else_stops_the_start(text, monkeypatch):
    monkeypatch.setenv("IDESLUSS_PROXIES", text)
    with pytest.raises(ImproperlyConfigured):
        proxies()
