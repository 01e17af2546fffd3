"""Needs and ideas that several towns have: groups of public cases that look alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from idesluss.ideas.models import Idea, Support, Together

TOWNS = 2  # that have it, before it is told


@dataclass(frozen=True, slots=True)
class Group:
    """One need or idea that several towns have."""

    cases: Sequence[Idea]  # public ones, the earliest first
    me_too: int  # people who say so, in any of them
    first: datetime
    latest: datetime

    @property
    def towns(self) -> list[str]:
        """Whose they are, in the order they came."""
        return list(dict.fromkeys(it.programme.organisation.name for it in self.cases))

    @property
    def title(self) -> str:
        """What the first one was called."""
        return self.cases[0].title


class Groups:
    """The groups with cases in ``TOWNS`` towns or more, those of most towns first.

    Only what everybody may read is counted and shown, whoever asks: the cases are asked every
    time. Give it to a Django Paginator: one query for the number, three for each slice.
    """

    def __init__(self, *, at: datetime) -> None:
        seen = Together.objects.visible_to(None, at=at)
        self._seen = seen.filter(idea__programme__organisation__archived_at=None)
        dated = self._seen.values("group").annotate(
            towns=Count("idea__programme__organisation", distinct=True),
            cases=Count("pk"),
            first=Min("idea__received_at"),
            latest=Max("idea__received_at"),
        )
        self._found: QuerySet[Any, Any] = dated.filter(towns__gte=TOWNS)

    @cached_property
    def _number(self) -> int:
        return self._found.order_by().count()

    def count(self) -> int:
        """How many groups there are."""
        return self._number

    def __getitem__(self, part: slice) -> list[Group]:
        chosen = list(self._found.order_by("-towns", "-cases", "-latest", "group")[part])
        numbers = [it["group"] for it in chosen]
        cases, people = self._cases(numbers), self._people(numbers)
        return [
            Group(cases[it["group"]], people.get(it["group"], 0), it["first"], it["latest"])
            for it in chosen
            if cases[it["group"]]  # closed a moment ago
        ]

    def _cases(self, numbers: Sequence[int]) -> Mapping[int, list[Idea]]:
        rows = self._seen.filter(group__in=numbers)
        rows = rows.select_related("idea__programme__organisation", "idea__at_step")
        found: dict[int, list[Idea]] = defaultdict(list)
        for row in rows.order_by("idea__received_at", "pk"):
            found[row.group].append(row.idea)
        return found

    def _people(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """By group, how many people say “me too” to a case of it that everybody may read."""
        shown = self._seen.filter(group__in=numbers).values("pk")
        said = Support.objects.filter(idea__in=shown).order_by().values("idea__together__group")
        counted = said.annotate(n=Count("person", distinct=True))
        return {it["idea__together__group"]: it["n"] for it in counted}
