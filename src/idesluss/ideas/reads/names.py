"""Whose names a reader of a case gets to see: the one place that says so.

Those who handle a case know who handed it in. Everybody else knows it only as the giver chose
(``Idea.name_shown``), except those who hand it in together, who know each other. Whoever works
for the municipality acts in an office, under their own name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from idesluss.ideas.models import OWN, Idea, Involvement
from idesluss.people.models import Person
from idesluss.programmes.vocab import Visibility


class Reader(StrEnum):
    """How somebody comes to read a case, the closest first."""

    OFFICE = "office"  # handles it
    GIVER = "giver"  # hands it in
    INSIDE = "inside"  # belongs to the organisation
    OUTSIDE = "outside"  # anybody, and whoever it is shut to


KNOWN_TO = {
    Visibility.CLOSED.value: frozenset({Reader.OFFICE}),
    Visibility.INSIDE.value: frozenset({Reader.OFFICE, Reader.INSIDE}),
    Visibility.PUBLIC.value: frozenset(Reader),
}
"""To whom the name of somebody who hands in is told, by the choice of the one who did."""


def may_know(reader: Reader, name_shown: str) -> bool:
    """Whether ``reader`` is told a giver's name that is shown as ``name_shown`` says.

    A giver of the same case counts as somebody of the organisation, no more: among those who
    hand in together ``Names`` knows better.
    """
    kind = Reader.INSIDE if reader is Reader.GIVER else reader
    return kind in KNOWN_TO[name_shown]


@dataclass(frozen=True, slots=True)
class Called:
    """What a page calls somebody: ``name`` is "" when it is not told (or there is none)."""

    name: str
    gives: bool = False
    you: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names on one case, for one reader."""

    reader: Reader
    me: int | None
    told: dict[int, bool] = field(default_factory=dict)  # giver's number: is the name told

    def of(self, person: Person) -> Called:
        """What to call ``person``, who hands in or works for the municipality."""
        gives = person.pk in self.told or person.guest
        you = person.pk == self.me
        told = you or not gives or self.told.get(person.pk, self.reader is Reader.OFFICE)
        return Called(person.name if told else "", gives=gives, you=you)


PERSON = ("name", "guest", "email", "reach_mail", "reach_phone")


def givers_of(idea: Idea) -> list[Involvement]:
    """Everybody who hands ``idea`` in, or did; and who handed in what was merged into it.

    One query. ``since`` and ``ended_at`` say who does now.
    """
    # The few cases first: an "or" beside the parts would have PostgreSQL read every part there is.
    cases = Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into=idea.pk)).values("pk")
    parts = Involvement.objects.filter(idea__in=cases, part__in=OWN)
    rows = parts.select_related("person", "idea")
    seen = (
        "part",
        "since",
        "ended_at",
        "idea__name_shown",
        "idea__stage",
        *(f"person__{it}" for it in PERSON),
    )
    found = list(rows.only(*seen).order_by("id"))
    for one in found:
        if one.idea_id == idea.pk:
            one.idea = idea  # the very same, so that a wish not saved yet can be tried
    return found


def names_for(reader: Reader, me: int | None, idea: Idea, givers: Iterable[Involvement]) -> Names:
    """The names on ``idea`` for somebody with the number ``me`` (None: not signed in).

    Those whose own case was merged into this one did not choose to hand in together with the
    others, so they are told no more of each other than everybody is.
    """
    everyone = list(givers)
    joined = {it.person_id for it in everyone if it.idea_id != idea.pk}
    together = reader is Reader.GIVER and me not in joined
    told: dict[int, bool] = {}
    for part in everyone:
        known = may_know(reader, part.idea.name_shown)
        close = together and part.ended_at is None and part.person_id not in joined
        told[part.person_id] = told.get(part.person_id, True) and (known or close)
    return Names(reader, me, told)
