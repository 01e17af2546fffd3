"""The mark of a page that lists rows."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def list_page(view: View) -> View:
    """Mark a view whose page lists rows; it must ask as many queries for three as for one.

    The architecture tests want a test for each marked view that counts them: one marked
    ``@pytest.mark.list_page("room:name")`` with the fixture ``count_queries``.
    """
    view.list_page = True  # type: ignore[attr-defined]
    return view
