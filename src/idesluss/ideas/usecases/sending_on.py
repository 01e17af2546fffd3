"""Send a case on through another door than ours, and say where; what was said stays readable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.answering import close
from idesluss.ideas.usecases.worked import worked
from idesluss.ideas.vocab import REASON_LENGTH, OtherDoor
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.programmes.vocab import Visibility
from idesluss.records.usecases import note

TO_LENGTH = 200


@transaction.atomic
def send_on(
    idea_id: int, kind: OtherDoor, *, to: str, answer: str, by: Person, at: datetime
) -> Idea:
    """End a live case as sent on ``to`` somebody, with an ``answer`` to those who gave it.

    What tells of wrongdoing is sealed: from then on nobody of the organisation reads it but its
    registrars and whoever sends it, who becomes responsible for it (``access.unsealed``). Notes
    ``ideas.sent_on``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        Missing, TooLong: where it is sent, or the answer.
        NoSuchStep: the case has come too far for that.
    """
    idea = worked(idea_id, by=by, at=at)
    to, answer = " ".join(to.split()), answer.strip()
    for field, text, limit in (("to", to, TO_LENGTH), ("answer", answer, REASON_LENGTH)):
        require(bool(text), Missing(field=field))
        require(len(text) <= limit, TooLong(field=field, limit=limit))
    sealed = kind is OtherDoor.WHISTLE
    saving: tuple[str, ...] = ()
    if sealed:
        idea.at_step, idea.responsible, idea.contact = None, by, by
        idea.visibility = idea.name_shown = Visibility.CLOSED.value
        saving = ("at_step", "responsible", "contact", "visibility", "name_shown")
    close(idea, Stage.REDIRECTED, answer=answer, by=by, at=at, saving=saving)
    told: dict[str, Any] = {"kind": kind.value, "to": to, "answer": answer, "title": idea.title}
    note("ideas.sent_on", about=idea, by=by, at=at, sealed=sealed, **told)
    return idea
