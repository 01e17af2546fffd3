"""A table of figures, put together in one go: a template takes many times as long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape  # Django's own takes promises too, for three times the time

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure and where its rows are; ``hidden`` to protect people."""

    text: str
    url: str = ""
    hidden: bool = False


Row = tuple[Cell, Sequence[Cell]]
"""What a line is about, and its figures."""


def table(caption: str, head: Sequence[str], rows: Sequence[Row]) -> SafeString:
    """The table; ``head`` names what a row is about and then each figure."""
    first, *others = head
    heads = "".join(f'<th scope="col" class="amount">{escape(words)}</th>' for words in others)
    lines = "".join(
        f'<tr><th scope="row">{_linked(name)}</th>{"".join(map(_figure, cells))}</tr>'
        for name, cells in rows
    )
    # Words that are escaped here.
    return SafeString(
        '<table class="ds-table figures" data-border>'
        f'<caption class="sr-only">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(first)}</th>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _figure(cell: Cell) -> str:
    hidden = " hidden-figure" if cell.hidden else ""
    return f'<td class="amount{hidden}">{_linked(cell)}</td>'


def _linked(cell: Cell) -> str:
    words = escape(cell.text)
    return f'<a href="{escape(cell.url)}">{words}</a>' if cell.url else str(words)
