"""What pages ask of a case's ties: cases like it, both trails, who said “me too”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from idesluss.ideas.models import (
    LIVE,
    OWN,
    Attachment,
    Finding,
    Follow,
    Idea,
    Involvement,
    Masking,
    Message,
    Passage,
    Support,
)
from idesluss.ideas.reads.names import Reader
from idesluss.people.models import Appointment, Person, Seat, Unit
from idesluss.records.models import Entry

MOST = 20  # cases to choose from
LONG_WORD = 5  # letters of a word that says something
SUPPORTS = 100  # reasons that a page shows


def like(idea: Idea, text: str, person: Person, *, at: datetime) -> list[Idea]:
    """Other live cases of the organisation's sluices that ``person`` handles, newest first.

    With ``text``: whose number is ``text`` or whose title or need holds it. Without: whose title
    shares a long word with this one. At most ``MOST``; one query.
    """
    text = " ".join(text.split())
    # SQLite's LIKE knows no å of two sizes.
    if text:
        wanted = Q(register_number__iexact=text) | Q(title__iregex=re.escape(text))
        wanted |= Q(need__iregex=re.escape(text))
    else:
        long_ones = {it for it in re.findall(r"\w+", idea.title) if len(it) >= LONG_WORD}
        if not long_ones:
            return []
        wanted = Q(title__iregex="|".join(re.escape(it) for it in sorted(long_ones)))
    here = Idea.objects.handled_by(person, at=at).sluiced().filter(stage__in=LIVE)
    here = here.filter(programme__organisation=idea.organisation_id).exclude(pk=idea.pk)
    return list(here.filter(wanted).select_related("at_step", "programme").order_by("-pk")[:MOST])


TRAIL: dict[str, tuple[type[Model], dict[str, object]]] = {
    "givers": (Involvement, {"part__in": OWN, "ended_at": None}),
    "supporters": (Support, {}),
    "followers": (Follow, {}),
    "said": (Message, {"removed_at": None}),
    "found_out": (Finding, {"removed_at": None}),
    "files": (Attachment, {"removed_at": None}),
}
"""What one case brings into a merging, in numbers."""


def trails(*ideas: Idea) -> list[Any]:
    """Each of ``ideas`` with the numbers of ``TRAIL`` and its way so far; two queries for all."""
    counts = {
        name: _number(model._default_manager.filter(idea=OuterRef("pk"), **which))
        for name, (model, which) in TRAIL.items()
    }
    stays = Prefetch("passages", Passage.objects.select_related("step"))
    rows = Idea.objects.filter(pk__in=[it.pk for it in ideas]).annotate(**counts)
    seen = rows.select_related("at_step", "responsible").prefetch_related(stays).in_bulk()
    return [seen[it.pk] for it in ideas]


def _number(rows: QuerySet[Any]) -> Any:
    found = rows.order_by().values("idea").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found), 0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Stands:
    """One “me too”: ``name`` is "" when it is not told."""

    name: str
    unit: Unit | None
    reason: str
    at: datetime
    came_from: Idea | None
    you: bool


def supports_of(idea: Idea, reader: Reader, me: int | None) -> list[Stands]:
    """Who said “me too” and why, one's own first, then the latest; at most ``SUPPORTS``, one query.

    Nobody who said it chose to be named, so only those who handle the case read names; units are
    shown inside the organisation.
    """
    office = reader is Reader.OFFICE
    inside = office or reader is Reader.INSIDE

    def shown(one: Support) -> Stands:
        you = one.person_id == me
        return Stands(
            name=one.person.name if office or you else "",
            unit=one.unit if inside else None,
            reason=one.reason,
            at=one.at,
            came_from=one.came_from if office else None,
            you=you,
        )

    own_first = Case(When(person=me, then=0), default=1)
    rows = idea.supports.select_related("person", "unit", "came_from")
    rows = rows.order_by(own_first, "-at", "-pk")
    return [shown(one) for one in rows[:SUPPORTS]]


def employed(idea: Idea, people: Iterable[Person], *, at: datetime) -> set[int]:
    """Numbers of those of ``people`` who belong to the case's organisation; one query."""
    numbers, day = [it.pk for it in people if not it.guest], at.date()
    here = idea.organisation_id
    roles = Appointment.objects.valid(day).filter(organisation=here, person__in=numbers)
    seats = Seat.objects.valid(day).filter(body__organisation=here, person__in=numbers)
    found = roles.values_list("person").union(seats.order_by().values_list("person"))
    return {number for (number,) in found}


def sent_to(idea: Idea) -> str:
    """Where a case was sent on last, "" if nowhere; one query."""
    entry = Entry.objects.about(idea).filter(verb="ideas.sent_on").last()
    return str(entry.data["to"]) if entry else ""


def masked_in(idea: Idea) -> QuerySet[Masking]:
    """What is masked in the case now; only registrars read the words."""
    return Masking.objects.filter(idea=idea, undone_at=None).select_related("by").order_by("id")
