"""What waits in projects: reports to write, for their owners; reports to answer, for the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery

from idesluss.funding.reads.waiting import run_by
from idesluss.ideas.models import handled, own
from idesluss.insight.acts import Act
from idesluss.insight.reads.item import Item, Place
from idesluss.logic.following import report_by
from idesluss.people.models import Person, standing_of
from idesluss.pilots.models import Project, Report
from idesluss.pilots.rules import RUNNING
from idesluss.pilots.vocab import ReportKind


def reports_waiting(person: Person, *, at: datetime) -> Iterator[Item]:
    """The report on every running project of one's own, and those that the office must answer.

    An owner has nothing to do while a report waits for its answer, or once the final one is
    accepted. One query.
    """
    reports = Report.objects.filter(project=OuterRef("pk"))
    unanswered = reports.filter(accepted_at=None, returned_at=None)
    mine = own(person, idea="idea__")
    here = standing_of(person, at).organisations()
    ours = handled(person, at=at, idea="idea__") & Q(
        idea__programme__organisation__in=run_by(person, at=at)
    )
    projects: Any = (
        Project.objects.filter((mine & Q(idea__programme__organisation__in=here)) | ours)
        .annotate(
            is_own=ExpressionWrapper(mine, output_field=BooleanField()),
            sent=Subquery(unanswered.values("pk")[:1]),
            sent_at=Subquery(unanswered.values("at")[:1]),
            is_told=Exists(reports.filter(kind=ReportKind.FINAL.value, accepted_at__isnull=False)),
        )
        .filter(
            Q(is_own=True, idea__stage__in=RUNNING, ends_on__isnull=False)
            & Q(is_told=False, sent_at=None)
            | Q(is_own=False, sent_at__isnull=False)
        )
        .select_related("idea__programme__organisation")
        .order_by()
    )
    for project in projects:
        organisation = project.idea.programme.organisation
        place = Place.of(organisation)
        act, page = Act.ACCEPT, "pilots:answer"
        arguments: tuple[Any, ...] = (place.slug, project.pk, project.sent)
        if project.is_own:
            over = project.ends_on < at.astimezone(place.timezone).date()
            act, page = Act.REPORT, "pilots:final" if over else "pilots:report"
            arguments = (place.slug, project.pk)
        yield Item(
            act=act,
            place=place,
            thing=f"project-{project.pk}",
            page=page,
            arguments=arguments,
            title=project.idea.title,
            number=project.idea.register_number,
            due=report_by(project.ends_on, organisation.country) if project.is_own else None,
            since=project.sent_at,
        )
