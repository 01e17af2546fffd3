"""The office answers a report: it is accepted, or goes back with what is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.usecases import book_used, release_next
from idesluss.ideas.usecases import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import ChangedMeanwhile, Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project, Report
from idesluss.pilots.reads.money import Sums, money_of
from idesluss.pilots.refusals import ReportAnswered
from idesluss.pilots.rules import may_answer
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import TEXT_LENGTH, Onward, ReportKind
from idesluss.programmes.models import Step
from idesluss.records.usecases import note


@transaction.atomic
def accept_report(report_id: int, *, seen: str, by: Person, at: datetime) -> Report:
    """Accept a report as it was ``seen`` (the moment it was written, ISO), and note it.

    Books what is spent, so far as money is released for it,; that an interim
    report is accepted is what the next part of a staged grant waits for. A project that stops
    ends here, having taught us something. One whose final report says that it goes on waits for
    an owner, where the programme has a step for that. Results of a final report become those of
    the public page unless something stands there. Notes ``pilots.accepted``.

    Raises:
        NotAllowed: ``by`` does not handle the case, or carries it out.
        ReportAnswered: it was answered meanwhile.
        ChangedMeanwhile: it was changed since ``by`` read it.
    """
    project, report = _open(report_id, seen, by=by, at=at)
    report.accepted_at, report.accepted_by = at, by
    report.save(update_fields=["accepted_at", "accepted_by"])
    released, booked = _settle(report, project, by=by, at=at)
    project.changed_at = at
    project.results = project.results or report.results
    project.save(update_fields=["changed_at", "results"])
    if to := _goes_to(project, report):
        step(project.idea, to, by=by, at=at)
    note(
        "pilots.accepted",
        about=project,
        by=by,
        at=at,
        report=report.pk,
        kind=report.kind,
        onward=report.onward,
        spent_minor=report.spent_minor,
        booked_minor=booked,
        released_minor=released,
        currency=report.currency,
    )
    return report


@transaction.atomic
def return_report(report_id: int, *, words: str, seen: str, by: Person, at: datetime) -> Report:
    """Send a report back with what is missing; the owner writes it anew. Notes ``pilots.returned``.

    Raises:
        NotAllowed, ReportAnswered, ChangedMeanwhile: as ``accept_report``.
        Missing, TooLong: ``words``.
    """
    project, report = _open(report_id, seen, by=by, at=at)
    words = words.strip()
    require(bool(words), Missing(field="words"))
    require(len(words) <= TEXT_LENGTH, TooLong(field="words", limit=TEXT_LENGTH))
    report.returned_at, report.returned_words = at, words
    report.save(update_fields=["returned_at", "returned_words"])
    note(
        "pilots.returned",
        about=project,
        by=by,
        at=at,
        report=report.pk,
        kind=report.kind,
        words=words,
    )
    return report


def _open(report_id: int, seen: str, *, by: Person, at: datetime) -> tuple[Project, Report]:
    """The locked project and its report, when ``by`` may answer it as it was seen."""
    project = held(Report.objects.values_list("project", flat=True).get(pk=report_id))
    require(may_answer(by, project, at=at))
    report = project.reports.get(pk=report_id)
    require(report.accepted_at is None and report.returned_at is None, ReportAnswered)
    require(report.at.isoformat() == seen, ChangedMeanwhile)
    return project, report


def _settle(report: Report, project: Project, *, by: Person, at: datetime) -> tuple[int, int]:
    """Release what waited for the report and book what is spent; both in minor units.

    An interim report of a project that goes on releases the next part. The last report only
    releases what has been spent already: the rest was never needed. What is spent beyond what is
    released is not the fund's, and is not booked.
    """
    last = ReportKind.FINAL.value == report.kind or Onward.STOP.value == report.onward
    released = 0 if last else release_next(project.idea_id, by=by, at=at)
    while last and report.spent_minor > _to_use(report, project):
        more = release_next(project.idea_id, by=by, at=at)
        released += more
        if not more:
            break
    booked = min(report.spent_minor, _to_use(report, project))
    money = [it for it in _money(project) if it.currency == report.currency]
    if money:
        book_used(project.idea_id, total_spent_minor=booked, currency=report.currency, by=by, at=at)
    return released, booked


def _money(project: Project) -> tuple[Sums, ...]:
    return money_of([project.idea_id]).get(project.idea_id, ())


def _to_use(report: Report, project: Project) -> int:
    """What is released to the project and not given back, in the report's currency."""
    return sum(
        it.released - it.returned for it in _money(project) if it.currency == report.currency
    )


def _goes_to(project: Project, report: Report) -> Stage | None:
    """Where the case goes because of the report; None: it stays."""
    if report.onward == Onward.STOP.value:
        return Stage.STOPPED
    final = report.kind == ReportKind.FINAL.value and report.onward == Onward.CONTINUE.value
    if not final or project.idea.stage != Stage.TESTING.value:
        return None
    steps = Step.objects.filter(programme=project.idea.programme_id)
    used = set(steps.values_list("stage", flat=True))
    return Stage.ADOPTING if not used or Stage.ADOPTING.value in used else None
