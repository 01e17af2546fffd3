"""Take an application back, throw a draft away, and have a thrown draft back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application
from idesluss.funding.rules import may_discard, may_leave, may_restore, may_withdraw
from idesluss.funding.usecases.held import held
from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.models import OWN
from idesluss.ideas.usecases.involve import end_part
from idesluss.ideas.usecases.step import step
from idesluss.ideas.vocab import ANSWER_LENGTH, Part
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import TooLong, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


@transaction.atomic
def withdraw(application_id: int, *, reason: str, by: Person, at: datetime) -> Application:
    """Take back what is handed in; ``reason`` may be empty. Nothing can undo it.

    It stays in the register with everything written, and its outcome is ``withdrawn``. A second
    time is the first one. Notes ``funding.withdrawn``.

    Raises:
        NotAllowed: ``by`` is not the owner, or the outcome has been told.
        TooLong: a reason of more than ``ANSWER_LENGTH`` characters.
    """
    application = held(application_id)
    idea = application.idea
    reason = reason.replace("\0", "").replace("\r\n", "\n").strip()
    if application.outcome == OutcomeName.WITHDRAWN.value and _owner(application) == by.pk:
        return application
    require(may_withdraw(by, application))
    require(len(reason) <= ANSWER_LENGTH, TooLong(field="reason", limit=ANSWER_LENGTH))
    idea.paused_at = None
    idea.save(update_fields=["paused_at"])
    step(idea, Stage.WITHDRAWN, by=by, at=at)
    application.outcome = OutcomeName.WITHDRAWN.value
    application.reason = reason
    application.decided_at = at
    application.save(update_fields=["outcome", "reason", "decided_at"])
    note("funding.withdrawn", about=application, by=by, at=at, reason=reason)
    return application


@transaction.atomic
def discard(application_id: int, *, by: Person, at: datetime) -> None:
    """Throw a draft away: it is nobody's from then on. Notes ``funding.discarded``.

    ``restore`` brings it back to everybody who had it. A second time changes nothing.

    Raises:
        NotAllowed: ``by`` is not the owner, or it is handed in.
    """
    application = held(application_id)
    if may_restore(by, application):
        return
    require(may_discard(by, application))
    application.idea.involvements.filter(part__in=OWN, ended_at=None).update(ended_at=at)
    note("funding.discarded", about=application, by=by, at=at)


@transaction.atomic
def restore(application_id: int, *, by: Person, at: datetime) -> Application:
    """Have a draft back that was thrown away, with those who wrote it. Notes ``funding.restored``.

    Raises:
        NotAllowed: ``by`` did not own it, or it was not thrown away.
    """
    application = held(application_id)
    if may_discard(by, application):
        return application  # back already
    require(may_restore(by, application))
    parts = application.idea.involvements.filter(part__in=OWN)
    thrown_at = parts.get(part=Part.OWNER.value, person=by).ended_at
    parts.filter(ended_at=thrown_at).update(ended_at=None)
    note("funding.restored", about=application, by=by, at=at)
    return application


@transaction.atomic
def leave(application_id: int, *, by: Person, at: datetime) -> None:
    """Step out of an application as co-applicant. Notes ``ideas.part_ended``.

    Raises:
        NotAllowed: ``by`` is not a co-applicant, or the case has ended.
    """
    application = held(application_id)
    require(may_leave(by, application))
    part = application.idea.involvements.get(person=by, part=Part.CO_APPLICANT.value, ended_at=None)
    end_part(part, by=by, at=at)


def _owner(application: Application) -> int | None:
    owners = application.idea.involvements.filter(part=Part.OWNER.value, ended_at=None)
    return owners.values_list("person_id", flat=True).first()
