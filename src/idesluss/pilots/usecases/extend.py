"""The last day of a project is changed, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project
from idesluss.pilots.refusals import EndsTooEarly, NoLongerRunning, SameDay
from idesluss.pilots.rules import RUNNING, may_answer
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import REASON_LENGTH
from idesluss.records.usecases import note


@transaction.atomic
def extend(project_id: int, *, ends_on: date, reason: str, by: Person, at: datetime) -> Project:
    """Set another last day. What it was before, and why, stays in the records.

    Reminders count from the new day. Notes ``pilots.extended``, also when the day is earlier.

    Raises:
        NotAllowed: ``by`` does not handle the case, or carries it out.
        NoLongerRunning, SameDay, EndsTooEarly: the day.
        Missing, TooLong: the reason.
    """
    project = held(project_id)
    require(may_answer(by, project, at=at))
    require(project.idea.stage in RUNNING, NoLongerRunning)
    require(ends_on != project.ends_on, SameDay)
    if project.starts_on is not None and ends_on < project.starts_on:
        raise EndsTooEarly(starts_on=project.starts_on)
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    before, project.ends_on, project.changed_at = project.ends_on, ends_on, at
    project.save(update_fields=["ends_on", "changed_at"])
    note(
        "pilots.extended",
        about=project,
        by=by,
        at=at,
        before=before.isoformat() if before else "",
        ends_on=ends_on.isoformat(),
        reason=reason,
    )
    return project
