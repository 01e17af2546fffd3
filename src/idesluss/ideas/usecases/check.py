"""The formal check: complete, or at the wrong door; and both taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.rules import CHECKABLE
from idesluss.ideas.usecases.completion import end_request
from idesluss.ideas.usecases.locked import CheckOver, locked
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from idesluss.records.usecases import note

PLACE_LENGTH = 160  # characters of where a case is sent on to
MESSAGE_LENGTH = 3000


class AlreadyTold(Refusal):
    """News that has gone out cannot be taken back."""

    sentence = gettext_noop(
        "The applicant has already been told, so this can no longer be undone. You can still ask "
        "for completion, close the case as incomplete or send it on."
    )


class AlreadyAssessed(Refusal):
    """Work that others have begun is not thrown away."""

    sentence = gettext_noop(
        "Somebody has already begun to assess the case, so this can no longer be undone."
    )


@transaction.atomic
def accept(idea_id: int, *, by: Person, at: datetime) -> None:
    """Find the case complete: it goes on to assessment, or to decision where none is made.

    An open request for completion ends without an answer. Notes ``ideas.accepted``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case is not being checked.
    """
    idea = locked(idea_id, Stage.RECEIVED, Stage.EXPLORING, by=by, at=at)
    end_request(idea, by=by, at=at)
    used = set(Step.objects.filter(programme=idea.programme_id).values_list("stage", flat=True))
    assessed = not used or Stage.ASSESSING.value in used
    step(idea, Stage.ASSESSING if assessed else Stage.DECIDING, by=by, at=at)
    note("ideas.accepted", about=idea, by=by, at=at, stage=idea.stage)


@transaction.atomic
def undo_accept(idea_id: int, *, by: Person, at: datetime) -> None:
    """Take back that the case was found complete, while nobody has been told.

    The news is taken out of the outbox, so no letter follows. Notes ``ideas.accept_undone``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case is not being assessed.
        AlreadyTold: the applicant has been told.
        AlreadyAssessed: somebody has begun to assess.
    """
    idea = locked(idea_id, Stage.ASSESSING, by=by, at=at)
    accepted = Entry.objects.about(idea).filter(verb="ideas.accepted").select_for_update().last()
    if accepted is None:
        raise CheckOver
    require(not accepted.letters.exists(), AlreadyTold)
    require(not idea.assessments.filter(version__gt=0).exists(), AlreadyAssessed)
    if accepted.delivered_at is None:
        accepted.delivered_at = at
        accepted.save(update_fields=["delivered_at"])
    step(idea, Stage.RECEIVED, by=by, at=at)
    note("ideas.accept_undone", about=idea, by=by, at=at)


@transaction.atomic
def redirect(idea_id: int, *, to: str, message: str, by: Person, at: datetime) -> None:
    """Send a case that came to the wrong door on to ``to``, with a message to the applicant.

    Everything written stays with the case, and the applicant can go on reading it. An open
    request for completion ends without an answer. Notes ``ideas.redirected``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case has gone too far.
        Missing: no place, or no message.
        TooLong: more characters than there is room for.
    """
    idea = locked(idea_id, *CHECKABLE, by=by, at=at)
    to, message = to.strip(), message.strip()
    for field, text, limit in (("to", to, PLACE_LENGTH), ("message", message, MESSAGE_LENGTH)):
        require(bool(text), Missing(field=field))
        require(len(text) <= limit, TooLong(field=field, limit=limit))
    end_request(idea, by=by, at=at)
    step(idea, Stage.REDIRECTED, by=by, at=at)
    note("ideas.redirected", about=idea, by=by, at=at, to=to, message=message)


@transaction.atomic
def take_back(idea_id: int, *, by: Person, at: datetime) -> None:
    """Let a case that was sent on come back to the formal check. Notes ``ideas.came_back``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case was not sent on.
    """
    idea = locked(idea_id, Stage.REDIRECTED, by=by, at=at)
    step(idea, Stage.RECEIVED, by=by, at=at)
    note("ideas.came_back", about=idea, by=by, at=at)
