"""One project: what is expected next of whom, its reports, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from idesluss.funding.models import Application, Instalment
from idesluss.funding.vocab import After
from idesluss.logic.following import is_overdue, report_by
from idesluss.pilots.models import Project, Report
from idesluss.pilots.reads.listed import with_status
from idesluss.pilots.rules import RUNNING, carries_out, coordinates, may_answer
from idesluss.pilots.vocab import ReportKind, Status
from idesluss.records.models import Entry


class Next(StrEnum):
    """What a project waits for."""

    ANSWER = "answer"  # the office, to a report
    AGAIN = "again"  # the owner, a report that was sent back
    OVERDUE = "overdue"  # the owner, late
    FINAL = "final"  # the owner, the final report by a day
    OWNER = "owner"  # somebody who takes it over
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected, and by which day where there is one.

    ``instalment``: the next part of the money waits for an accepted report.
    """

    next: Next
    by: date | None = None
    instalment: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader of a project may do with it."""

    inside: bool  # reads reports and money
    carries_out: bool
    coordinates: bool
    answers: bool
    stands_in: bool = False  # writes the reports of somebody without an account

    @property
    def reports(self) -> bool:
        return self.carries_out or self.stands_in

    @property
    def presents(self) -> bool:
        return self.coordinates or self.answers


def whole(projects: QuerySet[Project]) -> QuerySet[Project]:
    """``projects`` with all that a page says of the project itself."""
    return with_status(projects).select_related(
        "idea__unit",
        "idea__programme__organisation",
        "idea__contact",
        "coordinator",
        "pictured__photo",
    )


def reader_of(project: Project, person: Any, *, at: datetime) -> Reader:
    """What ``person`` may do; asked once, for the whole page."""
    carries = carries_out(person, project, at=at)
    if carries:  # a party never handles the case
        return Reader(True, True, coordinates(person, project, at=at), False)
    answers = may_answer(person, project, at=at)
    inside = answers or Project.objects.inside_for(person, at=at).filter(pk=project.pk).exists()
    return Reader(inside, False, False, answers, answers and project.coordinator_id is None)


def reports_of(project: Project) -> list[Report]:
    """Its reports, the latest first."""
    return list(project.reports.select_related("photo", "by", "accepted_by").order_by("-pk"))


def applications_of(grants: Iterable[Any]) -> list[Application]:
    """The applications that ``grants`` (as ``grants_of`` gives them) belong to, oldest first."""
    found = {grant.application_id: grant.application for grant in grants}
    return [found[number] for number in sorted(found)]


def expected_of(project: Project, reports: Sequence[Report], *, at: datetime) -> Expected:
    """What the project waits for; ``reports`` are its own, the latest first."""
    last = reports[0] if reports else None
    if project.idea.stage not in RUNNING:
        return Expected(Next.NOTHING)
    instalment = _waits_for_report(project)
    organisation = project.idea.programme.organisation
    by = report_by(project.ends_on, organisation.country) if project.ends_on else None
    if last is not None and last.accepted_at is None:
        return Expected(Next.AGAIN if last.returned_at else Next.ANSWER, by, instalment)
    final = any(one.kind == ReportKind.FINAL.value and one.accepted_at for one in reports)
    if final:
        adopting = project.status == Status.ADOPTING.value  # type: ignore[attr-defined]
        return Expected(Next.OWNER if adopting else Next.NOTHING)
    today = timezone.localtime(at, organisation.timezone).date()
    late = project.ends_on is not None and is_overdue(project.ends_on, today, organisation.country)
    return Expected(Next.OVERDUE if late else Next.FINAL, by, instalment)


def _waits_for_report(project: Project) -> bool:
    """Whether a part of the money is released when a report is accepted."""
    parts = Instalment.objects.filter(
        grant__application__idea=project.idea_id, after=After.REPORT.value, postings=None
    )
    return parts.exists()


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of the last day."""

    at: datetime
    before: date | None
    ends_on: date
    reason: str


def moved_days(project: Project) -> list[Moved]:
    """How its last day has been changed, and why; the latest first."""
    entries = Entry.objects.about(project).filter(verb="pilots.extended").order_by("-pk")
    return [
        Moved(
            entry.at,
            date.fromisoformat(entry.data["before"]) if entry.data["before"] else None,
            date.fromisoformat(entry.data["ends_on"]),
            entry.data["reason"],
        )
        for entry in entries
    ]


def photos_of(project: Project) -> list[Report]:
    """Accepted reports with a photo, which the public page may show; the latest first."""
    accepted = project.reports.filter(accepted_at__isnull=False, photo__isnull=False)
    return list(accepted.select_related("photo").order_by("-pk"))


def proposal(project: Project) -> dict[str, str]:
    """What the public page might say where nothing is written: to be read before it is shown."""
    last = project.reports.filter(accepted_at__isnull=False).order_by("-pk").first()
    return {
        "purpose": project.purpose or project.idea.need,
        "results": project.results,
        "learned": project.learned or (last.learned if last else ""),
    }
