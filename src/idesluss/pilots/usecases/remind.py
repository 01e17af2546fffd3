"""What the clock says about projects: an end comes near, a report is awaited, or has not come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from idesluss.funding.models import Grant
from idesluss.logic.following import Reminder, end_reminder, report_by, year_reminder
from idesluss.pilots.models import Project, Report
from idesluss.pilots.rules import RUNNING
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import ReportKind
from idesluss.records.models import Entry
from idesluss.records.usecases import note

AHEAD = timedelta(days=45)  # no reminder of an end comes earlier than this
FRESH = timedelta(days=45)  # who has told of the year's money lately is not asked again
FROM_HOUR = 7  # nobody is reminded at night


def remind_due(*, at: datetime) -> int:
    """Note every reminder that is due at ``at`` (aware) and not noted yet; returns how many.

    ``pilots.reminded`` is for the owner, ``pilots.overdue`` for the office when the final report
    has not come. Bears repetition: what is noted for a day is not noted again, until the project
    gets another last day.
    """
    return sum(_remind(number, at=at) for number in _candidates(at))


def _candidates(at: datetime) -> list[int]:
    """Running projects whose last day is near or past, or that have money of this year."""
    final = Report.objects.filter(
        project=OuterRef("pk"), kind=ReportKind.FINAL.value, returned_at=None
    )
    running = Project.objects.filter(idea__stage__in=RUNNING, ends_on__isnull=False)
    near = running.filter(~Exists(final), ends_on__lte=at.date() + AHEAD)
    found = set(near.values_list("pk", flat=True))
    if (at + timedelta(days=5)).month == 12:
        money = Grant.objects.filter(application__idea=OuterRef("idea"), year=at.year)
        of_the_year = running.filter(Exists(money), ends_on__year__gt=at.year)
        found |= set(of_the_year.values_list("pk", flat=True))
    return sorted(found)


@transaction.atomic
def _remind(project_id: int, *, at: datetime) -> bool:
    """Note what is due for one project, once."""
    project = held(project_id)
    organisation = project.idea.programme.organisation
    local = at.astimezone(organisation.timezone)
    if project.ends_on is None or project.idea.stage not in RUNNING or local.hour < FROM_HOUR:
        return False
    today = local.date()
    reminder = _due(project, project.ends_on, today, organisation.country, at=at)
    if reminder is None or _is_noted(project, reminder, project.ends_on, today):
        return False
    note(
        "pilots.overdue" if reminder is Reminder.OVERDUE else "pilots.reminded",
        about=project,
        by=None,
        at=at,
        what=reminder.value,
        year=today.year,
        ends_on=project.ends_on.isoformat(),
        report_by=report_by(project.ends_on, organisation.country).isoformat(),
    )
    return True


def _due(
    project: Project, ends_on: date, today: date, country: str, *, at: datetime
) -> Reminder | None:
    sent = project.reports.filter(returned_at=None)
    if sent.filter(kind=ReportKind.FINAL.value).exists():
        return None
    if due := end_reminder(ends_on, today, country):
        return due
    if sent.filter(at__gte=at - FRESH).exists():
        return None
    years = Grant.objects.filter(application__idea=project.idea_id).values_list("year", flat=True)
    return year_reminder(ends_on, set(years), today, country)


def _is_noted(project: Project, reminder: Reminder, ends_on: date, today: date) -> bool:
    """Whether it was said before: for that last day, or for that year's end."""
    said = Entry.objects.about(project).filter(
        verb__in=("pilots.reminded", "pilots.overdue"), data__what=reminder.value
    )
    if reminder is Reminder.YEAR:
        return said.filter(data__year=today.year).exists()
    return said.filter(data__ends_on=ends_on.isoformat()).exists()
