"""One's own work: everything that waits, over all organisations, roles and rounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from idesluss.insight.acts import Act, When
from idesluss.insight.reads.item import Item
from idesluss.insight.reads.work import work_of
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, with the address of where it is done."""

    item: Item
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is due at about the same time."""

    when: When
    rows: list[Row]

    @property
    def heading(self) -> str:
        return capfirst(str(self.when.label))


@list_page
@access(SIGNED_IN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """What waits for whoever asks, what is overdue first; each leads to where it is done."""
    rows = [Row(item, address(item)) for item in work_of(request.user, at=request.at)]
    groups = [Group(when, [row for row in rows if row.item.when is when]) for when in When]
    context = {
        "groups": [group for group in groups if group.rows],
        "number": len(rows),
        "late": sum(row.item.when is When.OVERDUE for row in rows),
        "several_places": len({row.item.place.slug for row in rows}) > 1,
        "Act": Act,
    }
    return render(request, "insight/mine.html", context)


def address(item: Item) -> str:
    """The path of the page where ``item`` is done."""
    return reverse(item.page, args=item.arguments)
