"""Every address of the service, as Django resolves them."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    """One URL: its name with the room ("funding:round"), its pattern and the view behind it."""

    name: str
    pattern: str
    view: Callable[..., Any]


def addresses() -> list[Address]:
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, prefix: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name or pattern}", pattern, entry.callback)
        else:
            room = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, pattern, room)


def is_ours(view: Callable[..., Any]) -> bool:
    return view.__module__.startswith("idesluss.")
