"""The cases of one sluice as a list: what its reader may see, narrowed by what they ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from idesluss.ideas.models import LIVE, Challenge, Idea, Support
from idesluss.ideas.vocab import IdeaKind, StageName
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Appointment, Person, Unit, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Edition, Goal, Programme, Step
from idesluss.programmes.vocab import Audience
from idesluss.records.listed import Listed

HANDLES = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR, Role.REGISTRAR)
"""Whoever has one of these roles reads the list of those who handle cases."""
NEWEST = "new"
SORTS: Mapping[str, tuple[Any, ...]] = {
    NEWEST: ("-received_at", "-pk"),
    "old": ("received_at", "pk"),
    "next": (F("next_on").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
    "many": (F("how_many").desc(nulls_last=True), "pk"),
}
"""How the list can be sorted."""
LIVING, ENDED = "live", "ended"
"""Beside a single stage, what can be asked for."""
MINE = "mine"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see; "" and None leave everything in."""

    kind: str = ""
    stage: str = ""  # a canonical stage, ``LIVING`` or ``ENDED``
    step: str = ""  # the key of a step of the model
    unit: int | None = None
    goal: int | None = None
    audience: str = ""
    challenge: str = ""  # its slug
    year: int | None = None  # in which it was handed in
    whose: str = ""  # ``MINE``, or a person's number
    text: str = ""
    sort: str = NEWEST

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != Wish(sort=self.sort)

    def condition(self, person: Any, zone: ZoneInfo) -> Q:
        """The wish as a condition on cases; ``person`` is who "mine" means."""
        wanted = Q()
        if self.kind:
            wanted &= Q(kind=self.kind)
        if self.stage:
            wanted &= _at_stage(self.stage)
        if self.step:
            wanted &= Q(at_step__key=self.step)
        if self.unit is not None:
            wanted &= Q(unit__in=Unit.objects.filter(Q(pk=self.unit) | Q(parent=self.unit)))
        if self.goal is not None:
            wanted &= Q(pk__in=Idea.goals.through.objects.filter(goal=self.goal).values("idea"))
        if self.audience:
            wanted &= Q(door__audience=self.audience)
        if self.challenge:
            wanted &= Q(challenge__slug=self.challenge)
        if self.year is not None:
            begins, ends = (datetime(self.year + n, 1, 1, tzinfo=zone) for n in (0, 1))
            wanted &= Q(received_at__gte=begins, received_at__lt=ends)
        if self.whose:
            who = getattr(person, "pk", None) if self.whose == MINE else int(self.whose)
            wanted &= Q(responsible=who)
        return wanted & in_words(self.text)


def in_words(text: str) -> Q:
    """Cases with ``text`` in their title or number."""
    if written := re.escape(text.strip()):  # SQLite's LIKE knows no å of two sizes
        return Q(title__iregex=written) | Q(register_number__iregex=written)
    return Q()


def _at_stage(stage: str) -> Q:
    if stage == LIVING:
        return Q(stage__in=LIVE)
    if stage == ENDED:
        return ~Q(stage__in=LIVE)
    return Q(stage=stage)


def handles_here(person: Any, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` reads the list as one of those who handle cases."""
    return organisation_id in standing_of(person, at).organisations_as(*HANDLES)


def cases_of(programme: Programme, person: Any, *, at: datetime) -> QuerySet[Idea]:
    """The cases of a sluice for its list: those one handles, or those that are shown to one.

    Whoever handles nothing finds what everybody is shown, and what they hand in themselves.
    """
    if handles_here(person, programme.organisation_id, at=at):
        seen = Idea.objects.handled_by(person, at=at)
    else:
        seen = Idea.objects.sluiced_shown_to(person, at=at).exclude(stage=Stage.DRAFT.value)
    return seen.filter(programme=programme, edition__isnull=False)


class Cases:
    """The list for ``person``: its length, and rows by the page. Give it to a Django Paginator.

    Two queries: one for the number, one for each slice.
    """

    def __init__(self, programme: Programme, person: Any, wish: Wish, *, at: datetime) -> None:
        zone = programme.organisation.timezone
        self.wish = wish
        seen = cases_of(programme, person, at=at)
        self._found = seen.filter(wish.condition(person, zone))

    @cached_property
    def _number(self) -> int:
        return self._found.order_by().count()

    def count(self) -> int:
        """How many cases there are."""
        return self._number

    def __getitem__(self, part: slice) -> list[Any]:
        order = SORTS.get(self.wish.sort, SORTS[NEWEST])
        # The page first, so that nothing more is read of the others.
        page = list_of(self._found.order_by(*order), part)
        rows = Idea.objects.filter(pk__in=page).order_by(*order)
        return list(with_numbers(rows).select_related("unit", "at_step", "responsible", "door"))


def list_of(found: QuerySet[Idea], part: slice) -> QuerySet[Any]:
    """The numbers of one page."""
    return found.values("pk")[part]


def with_numbers(rows: QuerySet[Idea]) -> QuerySet[Any]:
    """``rows`` with ``supporters`` and ``for_it``, the number of ideas for each need."""
    return rows.annotate(
        supporters=_number(Support.objects.filter(idea=OuterRef("pk")), "idea"),
        for_it=_number(ideas_for(OuterRef("pk")), "answers_to"),
    )


def ideas_for(need: Any) -> QuerySet[Idea]:
    """Ideas that are handed in for a need, and were not taken back."""
    return Idea.objects.filter(answers_to=need).exclude(stage__in=NOT_COUNTED)


NOT_COUNTED = (Stage.DRAFT.value, Stage.WITHDRAWN.value, Stage.REDIRECTED.value, Stage.MERGED.value)


def _number(rows: QuerySet[Any], per: str) -> Coalesce:
    counted = rows.order_by().values(per).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


# --- What can be asked for ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything by which the list of a sluice can be narrowed: values and words."""

    stages: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    units: Sequence[tuple[int, str]]
    goals: Sequence[tuple[int, str]]
    audiences: Sequence[tuple[str, str]]
    challenges: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, Any]] = tuple(IdeaKind.choices)


def with_choices(programmes: QuerySet[Programme], at: datetime) -> QuerySet[Any]:
    """``programmes`` with what ``choices_of`` reads, in the query that finds the sluice."""
    newest = Edition.objects.filter(programme=OuterRef(OuterRef("pk"))).opened()
    steps = Step.objects.filter(edition__in=newest.values("pk")[:1]).order_by("position")
    units = Unit.objects.filter(organisation=OuterRef("organisation")).current().order_by("name")
    goals = Goal.objects.filter(programme=OuterRef("pk")).current().order_by("position", "pk")
    asked = Challenge.objects.filter(programme=OuterRef("pk"), opens_at__lte=at)
    roles = (Role.COACH.value, Role.MANAGER.value, Role.ADMINISTRATOR.value)
    here = Appointment.objects.valid(at.date()).filter(
        organisation=OuterRef(OuterRef("organisation")), role__in=roles
    )
    people = Person.objects.filter(pk__in=here.values("person")).order_by("name", "pk")
    return programmes.annotate(
        the_steps=Listed(steps, key="key", name="name"),
        the_units=Listed(units, pk="pk", name="name", parent="parent__name"),
        the_goals=Listed(goals, pk="pk", name="name"),
        the_challenges=Listed(asked.order_by("-opens_at", "pk"), slug="slug", title="title"),
        the_people=Listed(people, pk="pk", name="name"),
    )


def choices_of(programme: Any) -> Choices:
    """What the list of a sluice that ``with_choices`` found can be narrowed by. Asks nothing."""
    return Choices(
        stages=[(value, str(label)) for value, label in StageName.choices if value != "draft"],
        steps=[(one["key"], one["name"]) for one in programme.the_steps],
        units=[
            (one["pk"], f"{one['parent']}: {one['name']}" if one["parent"] else one["name"])
            for one in programme.the_units
        ],
        goals=[(one["pk"], one["name"]) for one in programme.the_goals],
        audiences=[(value, str(label)) for value, label in Audience.choices],
        challenges=[(one["slug"], one["title"]) for one in programme.the_challenges],
        people=[(str(one["pk"]), one["name"]) for one in programme.the_people],
    )
