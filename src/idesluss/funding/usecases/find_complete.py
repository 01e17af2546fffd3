"""The formal check of an application that its managers have something to say about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.reads.endorsing import is_against
from idesluss.funding.usecases.held import held
from idesluss.funding.usecases.incomplete import REASON_LENGTH
from idesluss.ideas.usecases import accept
from idesluss.logic.refusals import Missing, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class ReasonAgainstManager(Missing):
    """A manager has said no, or the case waits for one who is silent."""

    sentence = gettext_noop(
        "A manager has said no, or has not answered. Write why the case goes on all the same."
    )
    field = "reason"


@transaction.atomic
def find_complete(application_id: int, *, reason: str = "", by: Person, at: datetime) -> None:
    """Find an application complete, as ``ideas.accept``; against a manager only with a ``reason``.

    Notes ``funding.accepted_against`` with the reason, where one is needed.

    Raises:
        ReasonAgainstManager: a manager is against it, and no reason is given.
        TooLong: more than ``REASON_LENGTH`` characters.
        Refusal: what ``ideas.accept`` raises.
    """
    application = held(application_id)
    reason = reason.replace("\0", "").replace("\r\n", "\n").strip()
    against = is_against(application)
    accept(application.idea_id, by=by, at=at)
    require(bool(reason) or not against, ReasonAgainstManager)
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    if against:
        note("funding.accepted_against", about=application, by=by, at=at, reason=reason)
