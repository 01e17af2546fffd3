"""The administrator's list of a round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from idesluss.funding.reads.handling import Group, Handling
from idesluss.people.vocab import Role
from idesluss.web.assessment.found import office_round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.handling import FilterForm, wish_of

PAGE = 50  # rows


@list_page
@access(MEMBER)
def handle(request: Request, org: str, slug: str) -> HttpResponse:
    """Everything handed in to a round, and what each case waits for."""
    round = office_round(request, slug)
    wish = wish_of(request.GET)
    handling = Handling(round, request.user, wish, at=request.at)
    form = FilterForm(request.GET)
    form.offer(handling.groups, endorsed=round.endorsed)
    page = Paginator(cast("Any", handling), PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round,
        "form": form,
        "wish": wish,
        "narrowed": bool(wish.stage or wish.unit or wish.waiting or wish.text.strip()),
        "page": page,
        "rows": list(page.object_list),
        "figures": figures_of(handling.groups),
        "checks": request.user.has_role(round.organisation_id, Role.ADMINISTRATOR, at=request.at),
    }
    return render(request, "funding/handle.html", context)


@dataclass
class Department:
    """Figures of one department; sums in minor units by currency."""

    name: str
    received: int = 0
    asked: dict[str, int] = field(default_factory=dict)


@dataclass
class Figures:
    """The numbers at the top of the list."""

    received: int
    overdue: int
    asked: dict[str, int]
    departments: list[Department]


def figures_of(groups: Iterable[Group]) -> Figures:
    """Add the groups up: as a whole, by currency, and by department with most first."""
    asked: dict[str, int] = {}
    departments: dict[int | None, Department] = {}
    received = overdue = 0
    for group in groups:
        received += group.received
        overdue += group.overdue
        department = departments.setdefault(group.unit, Department(group.unit_name))
        department.received += group.received
        for sums in (asked, department.asked):
            sums[group.currency] = sums.get(group.currency, 0) + group.asked_minor
    ordered = sorted(departments.values(), key=lambda it: (-it.received, it.name))
    return Figures(
        received=received,
        overdue=overdue,
        asked=asked,
        departments=ordered,
    )
