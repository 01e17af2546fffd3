"""A project that was stopped goes on after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.usecases import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project, Report
from idesluss.pilots.refusals import NotStopped
from idesluss.pilots.rules import RUNNING, may_answer
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import REASON_LENGTH, Onward
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from idesluss.records.usecases import note


@transaction.atomic
def resume(project_id: int, *, reason: str, by: Person, at: datetime) -> Project:
    """Take back that a project was stopped, with a reason; it is where it was before.

    An accepted report that ended it goes back to its owner with the reason, to be written anew;
    that it was accepted stays in the records. What was booked as spent stays, and the next
    accepted report puts it right. Notes ``pilots.resumed``.

    Raises:
        NotAllowed: ``by`` does not handle the case, or carries it out.
        NotStopped: it is not stopped, or not any more.
        Missing, TooLong: the reason.
        NoSuchStep: the programme no longer has the step that it would go on in.
    """
    project = held(project_id)
    require(may_answer(by, project, at=at))
    require(project.idea.stage == Stage.STOPPED.value, NotStopped)
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    report = _ended_by(project)
    if report is not None:
        report.accepted_at = report.accepted_by = None
        report.returned_at, report.returned_words = at, reason
        report.save(update_fields=["accepted_at", "accepted_by", "returned_at", "returned_words"])
    step(project.idea, _back(project), by=by, at=at)
    project.changed_at = at
    project.save(update_fields=["changed_at"])
    note(
        "pilots.resumed",
        about=project,
        by=by,
        at=at,
        report=report.pk if report else None,
        kind=report.kind if report else "",
        reason=reason,
    )
    return project


def _ended_by(project: Project) -> Report | None:
    """The accepted report that ended it, unless it was ended in another way."""
    last = project.reports.order_by("-pk").first()
    stops = last is not None and last.onward == Onward.STOP.value and last.accepted_at
    return last if stops else None


def _back(project: Project) -> Stage:
    """Where it was when it was stopped.

    What was permanent until then is to be taken over anew, in a programme that has that step.
    """
    steps = Entry.objects.about(project.idea).filter(verb="ideas.stepped")
    last = steps.filter(data__to=Stage.STOPPED.value).order_by("-pk").first()
    before = last.data["stage"] if last else Stage.TESTING.value
    if before in RUNNING:
        return Stage(before)
    found = Step.objects.filter(programme=project.idea.programme_id)
    used = set(found.values_list("stage", flat=True))
    return Stage.ADOPTING if not used or Stage.ADOPTING.value in used else Stage.TESTING
