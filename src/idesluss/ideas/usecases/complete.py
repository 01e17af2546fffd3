"""The applicant answers a request to complete the application."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import may_complete
from idesluss.ideas.usecases.pause import resume
from idesluss.ideas.vocab import ANSWER_LENGTH
from idesluss.logic.refusals import AlreadyDone, Missing, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class NothingToComplete(AlreadyDone):
    """No request is open: answered already, or ended by the administrator."""

    sentence = gettext_noop(
        "There is no open request to complete this application. It has been answered already, or "
        "the administrator has gone on without an answer."
    )


@transaction.atomic
def complete(idea_id: int, *, answer: str, by: Person, at: datetime) -> None:
    """Answer the open request for completion with a few words; the clock runs again.

    What was completed in the application itself is saved as it is written. Notes
    ``ideas.completed`` with ``answer`` and ``answer_by``, the promised date as it then is (ISO).

    Raises:
        NotAllowed: ``by`` does not hand in the case, or it is closed.
        NothingToComplete: no request is open.
        Missing, TooLong: no answer, or more than ``ANSWER_LENGTH`` characters.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    require(may_complete(by, idea, at=at))
    asked = idea.completions.filter(answered_at=None).first()
    if asked is None:
        raise NothingToComplete
    answer = answer.replace("\r\n", "\n").strip()
    require(bool(answer), Missing(field="answer"))
    require(len(answer) <= ANSWER_LENGTH, TooLong(field="answer", limit=ANSWER_LENGTH))
    asked.answer = answer
    asked.answered_at = at
    asked.save(update_fields=["answer", "answered_at"])
    resume(idea, at=at)
    promised = idea.answer_by.isoformat() if idea.answer_by else None
    note("ideas.completed", about=idea, by=by, at=at, answer=answer, answer_by=promised)
