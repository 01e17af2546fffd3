"""Requests to complete an application: one at a time, and the clock stands still meanwhile."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Completion, Idea
from idesluss.ideas.rules import COMPLETABLE
from idesluss.ideas.usecases.locked import locked
from idesluss.ideas.usecases.pause import pause, resume
from idesluss.logic.refusals import AlreadyDone, Missing, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

WHAT_LENGTH = 3000  # characters


class DueTooEarly(Refusal):
    """A day that leaves no time to answer."""

    sentence = gettext_noop("Choose a day after today, so that there is time to answer.")
    field = "due"


class AlreadyAsked(AlreadyDone):
    """One request at a time."""

    sentence = gettext_noop(
        "The applicant has already been asked to complete the application. Wait for the answer, "
        "or go on without it."
    )


class NothingAsked(Refusal):
    """There is no request to end."""

    sentence = gettext_noop("The request has been answered or ended meanwhile.")


@transaction.atomic
def ask_completion(idea_id: int, *, what: str, due: date, by: Person, at: datetime) -> Completion:
    """Ask the applicant to complete the application by ``due``, the last day; stop the clock.

    Notes ``ideas.completion_asked`` with ``what`` and ``due`` (ISO).

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case is closed, or decided.
        AlreadyAsked: a request is open.
        Missing, TooLong: ``what`` is empty, or more than ``WHAT_LENGTH`` characters.
        DueTooEarly: ``due`` is today or earlier, in the organisation's zone.
    """
    idea = locked(idea_id, *COMPLETABLE, by=by, at=at)
    require(not idea.completions.filter(answered_at=None).exists(), AlreadyAsked)
    what = what.strip()
    require(bool(what), Missing(field="what"))
    require(len(what) <= WHAT_LENGTH, TooLong(field="what", limit=WHAT_LENGTH))
    today = at.astimezone(idea.programme.organisation.timezone).date()
    require(due > today, DueTooEarly)
    asked = idea.completions.create(what=what, due=due, asked_by=by, asked_at=at)
    pause(idea, at=at)
    note("ideas.completion_asked", about=idea, by=by, at=at, what=what, due=due.isoformat())
    return asked


@transaction.atomic
def go_on_without(idea_id: int, *, by: Person, at: datetime) -> None:
    """End the open request without an answer; the clock runs again.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case is closed, or decided.
        NothingAsked: no request is open.
    """
    idea = locked(idea_id, *COMPLETABLE, by=by, at=at)
    require(end_request(idea, by=by, at=at), NothingAsked)


def end_request(idea: Idea, *, by: Person, at: datetime) -> bool:
    """End the open request of the locked ``idea`` without an answer; whether there was one.

    For use cases only. The clock runs again. Notes ``ideas.completion_ended``.
    """
    ended = idea.completions.filter(answered_at=None).update(answered_at=at)
    if ended:
        resume(idea, at=at)
        note("ideas.completion_ended", about=idea, by=by, at=at)
    return bool(ended)
