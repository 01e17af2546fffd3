"""An application that stays incomplete is closed, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application
from idesluss.ideas.rules import CHECKABLE
from idesluss.ideas.usecases.completion import end_request
from idesluss.ideas.usecases.locked import locked
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import Outcome
from idesluss.logic.refusals import AlreadyDone, Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

REASON_LENGTH = 3000  # characters


@transaction.atomic
def close_incomplete(application_id: int, *, reason: str, by: Person, at: datetime) -> None:
    """Close an application as incomplete before it comes to decision; the case ends as declined.

    Refusing to try an application is a decision, so it has its reason (FL 2017:900 § 32). An
    open request for completion ends without an answer. Notes ``funding.incomplete``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case has gone too far.
        AlreadyDone: the application has its outcome.
        Missing, TooLong: the reason.
    """
    idea_id = Application.objects.values_list("idea", flat=True).get(pk=application_id)
    idea = locked(idea_id, *CHECKABLE, by=by, at=at)  # the case first, as everybody locks
    application = Application.objects.get(pk=application_id)
    require(not application.outcome, AlreadyDone)
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    end_request(idea, by=by, at=at)
    step(idea, Stage.DECLINED, by=by, at=at)
    application.outcome = Outcome.INCOMPLETE.value
    application.reason = reason
    application.decided_at = at
    application.save(update_fields=["outcome", "reason", "decided_at"])
    note("funding.incomplete", about=application, by=by, at=at, reason=reason)
