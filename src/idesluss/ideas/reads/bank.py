"""The need bank of a sluice: needs that stand alone, who has them, and how many ideas there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.cases import (
    NEWEST,
    SORTS,
    Wish,
    cases_of,
    list_of,
    with_numbers,
)
from idesluss.ideas.vocab import IdeaKind
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.models import Programme

GONE = (Stage.WITHDRAWN.value, Stage.REDIRECTED.value, Stage.MERGED.value)
"""Endings after which a need is in the bank no more; declined or parked ones stay there."""
BANK_SORTS = (NEWEST, "many", "title")


@dataclass(frozen=True, slots=True)
class NeedWish:
    """What the reader of the need bank wants to see."""

    unit: int | None = None
    goal: int | None = None
    open_only: bool = False  # those that nobody has an idea for yet
    text: str = ""
    sort: str = NEWEST

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != NeedWish(sort=self.sort)


class Needs:
    """The needs for ``person``: their number, and rows by the page. For a Django Paginator."""

    def __init__(self, programme: Programme, person: Any, wish: NeedWish, *, at: datetime) -> None:
        zone = programme.organisation.timezone
        same = Wish(kind=IdeaKind.NEED.value, unit=wish.unit, goal=wish.goal, text=wish.text)
        self.sort = wish.sort if wish.sort in BANK_SORTS else NEWEST
        found = cases_of(programme, person, at=at).filter(same.condition(person, zone))
        found = found.exclude(stage__in=GONE)
        if wish.open_only:
            found = found.filter(~Q(pk__in=_answered(programme)))
        self._found = found

    @cached_property
    def _number(self) -> int:
        return self._found.order_by().count()

    def count(self) -> int:
        """How many needs there are."""
        return self._number

    def __getitem__(self, part: slice) -> list[Any]:
        order = SORTS[self.sort]
        page = list_of(self._found.order_by(*order), part)
        rows = Idea.objects.filter(pk__in=page).order_by(*order)
        return list(with_numbers(rows).select_related("unit", "at_step"))


def _answered(programme: Programme) -> Any:
    """Needs of the sluice that somebody has an idea for."""
    ideas = Idea.objects.filter(programme=programme, answers_to__isnull=False)
    return ideas.order_by().values("answers_to")


def needs_to_choose(programme_id: int, person: Any, *, at: datetime) -> Any:
    """Needs that a case of a sluice can be said to be for, the newest first."""
    seen = Idea.objects.shown_to(person, at=at).filter(
        programme=programme_id, kind=IdeaKind.NEED.value, edition__isnull=False
    )
    return seen.exclude(stage__in=(*GONE, Stage.DRAFT.value)).order_by("-received_at", "-pk")
