"""Projects in a list: those that one may see, by year and by where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as Branch

from idesluss.funding.models import Grant
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation
from idesluss.pilots.models import Project, Report
from idesluss.pilots.rules import RUNNING
from idesluss.pilots.vocab import ReportKind, Status


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader of the list wants to see; None and "": everything."""

    year: int | None = None
    status: str = ""
    waiting: bool = False  # only those with a report that waits for an answer


def with_status(projects: QuerySet[Project]) -> QuerySet[Project]:
    """``projects`` with ``status``: a word of ``vocab.Status``."""
    final = Report.objects.filter(
        project=OuterRef("pk"), kind=ReportKind.FINAL.value, accepted_at__isnull=False
    )
    return projects.annotate(
        status=Case(
            Branch(idea__stage=Stage.PERMANENT.value, then=Value(Status.PERMANENT.value)),
            Branch(idea__stage=Stage.STOPPED.value, then=Value(Status.STOPPED.value)),
            Branch(idea__stage=Stage.ADOPTING.value, then=Value(Status.ADOPTING.value)),
            Branch(Exists(final), then=Value(Status.FINISHED.value)),
            default=Value(Status.RUNNING.value),
            output_field=CharField(),
        )
    )


def listed(
    organisation: Organisation, person: Any, wish: Wish, *, at: datetime
) -> QuerySet[Project]:
    """The organisation's projects that ``person`` may see, newest money first, then by title.

    With ``year`` (the first of the money) and ``status``. Everybody sees those that are published.
    """
    money = Grant.objects.filter(application__idea=OuterRef("idea")).order_by()
    first = money.values("application__idea").annotate(first=Min("year")).values("first")
    here = Project.objects.visible_to(person, at=at).filter(
        idea__programme__organisation=organisation
    )
    found = with_status(here).annotate(year=Subquery(first))
    if wish.year is not None:
        found = found.filter(Exists(money.filter(year=wish.year)))
    if wish.status:
        found = found.filter(status=wish.status)  # type: ignore[misc]  # annotated above
    if wish.waiting:
        unanswered = Report.objects.visible_to(person, at=at).filter(
            project=OuterRef("pk"), accepted_at=None, returned_at=None
        )
        found = found.filter(Exists(unanswered), idea__stage__in=RUNNING)
    return found.select_related(
        "idea__unit", "idea__programme__organisation", "coordinator"
    ).order_by("-year", "idea__title", "pk")


def years_of(organisation: Organisation, person: Any, *, at: datetime) -> list[int]:
    """The years that money was granted for, among the projects in the list, newest first."""
    seen = Project.objects.visible_to(person, at=at).filter(
        idea__programme__organisation=organisation
    )
    years = Grant.objects.filter(application__idea__in=seen.order_by().values("idea"))
    return list(years.order_by("-year").values_list("year", flat=True).distinct())


def published_of(organisation: Organisation, *, at: datetime) -> int:
    """How many projects everybody may read about; one query."""
    public = Q(published_at__lte=at, idea__programme__organisation=organisation)
    return Project.objects.filter(public).count()


def pages_of_round(round_id: int, *, at: datetime) -> dict[int, int]:
    """Published projects of a round's applications: number of the project by that of the idea."""
    there = Project.objects.filter(published_at__lte=at, idea__applications__round=round_id)
    return dict(there.order_by().values_list("idea", "pk"))
