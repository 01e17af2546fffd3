"""What a search can be narrowed to, and what is told of what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from idesluss.funding.models import Application
from idesluss.ideas.models import Challenge
from idesluss.people.models import Organisation, Unit, standing_of
from idesluss.pilots.models import Project
from idesluss.programmes.models import Goal, Programme, Round


def places(person: Any, *, at: datetime) -> QuerySet[Organisation]:
    """Every organisation, by name, with ``offered``: something of it may be there for ``person``.

    That is one's own, and those that show a sluice, a project or a challenge to everybody. Nothing
    that is hidden has a part in it. One query.
    """
    here = standing_of(person, at).organisations()
    sluices = Programme.objects.sluices_for(None, at=at)
    projects = Project.objects.visible_to(None, at=at)
    challenges = Challenge.objects.visible_to(None, at=at)
    offered = Case(
        When(pk__in=here, then=Value(True)),
        When(pk__in=sluices.values("organisation"), then=Value(True)),
        When(pk__in=projects.values("idea__programme__organisation"), then=Value(True)),
        When(pk__in=challenges.order_by().values("programme__organisation"), then=Value(True)),
        default=Value(False),
    )
    known = Organisation.objects.visible_to(person, at=at)
    return known.annotate(offered=offered).order_by(Lower("name"))


def departments(organisation: Organisation) -> dict[str, list[int]]:
    """The numbers of an organisation's departments, by name; one query."""
    rows = Unit.objects.current().filter(organisation=organisation, parent=None)
    return _by_name(rows.order_by("name").values_list("name", "pk"))


def goals(person: Any, organisation: Organisation | None, *, at: datetime) -> dict[str, list[int]]:
    """The numbers of the goals of programmes that ``person`` may know of, by name; one query.

    Several organisations may have a goal of the same name, which is then one.
    """
    theirs = Programme.objects.visible_to(person, at=at).order_by()
    sluices = Programme.objects.sluices_for(person, at=at).order_by()
    rounds = Round.objects.visible_to(person, at=at).order_by()
    found = Goal.objects.filter(
        Q(programme__in=theirs.values("pk"))
        | Q(programme__in=sluices.values("pk"))
        | Q(programme__in=rounds.values("programme"))
    )
    if organisation is not None:
        found = found.filter(programme__organisation=organisation)
    return _by_name(found.current().order_by(Lower("name"), "pk").values_list("name", "pk"))


def _by_name(rows: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, number in rows:
        found.setdefault(name, []).append(number)
    return found


def applications(ideas: Sequence[int], person: Any, *, at: datetime) -> Mapping[int, int]:
    """The newest application of each of these cases that ``person`` may open; one query."""
    if not ideas:
        return {}
    found = Application.objects.visible_to(person, at=at).filter(idea__in=ideas).order_by("pk")
    return dict(found.values_list("idea", "pk"))
