"""Mark a thing as invented: it belongs to a demonstration and says so wherever it is shown."""

from __future__ import annotations

from typing import Any


def mark_invented(*things: Any) -> None:
    """Set ``invented`` on each of ``things``, which all have such a mark. For the demonstration."""
    for thing in things:
        thing.invented = True
        thing.save(update_fields=["invented"])
