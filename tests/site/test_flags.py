"""What is switched on or off in the environment is said plainly, or the start stops."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from idesluss.site.environment import flag

NAME = "IDESLUSS_TRANSLATE_LOCAL"


@pytest.mark.parametrize(
    ("text", "value"),
    [(None, False), ("true", True), ("1", True), ("false", False), ("0", False)],
)
def test_a_flag_is_read(text, value, monkeypatch):
    if text is not None:
        monkeypatch.setenv(NAME, text)
    assert flag(NAME, default=False) is value


@pytest.mark.parametrize("text", ["", "yes", "True", "2"])
def test_anything_else_stops_the_start(text, monkeypatch):
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        flag(NAME, default=False)
