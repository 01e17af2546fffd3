"""Hand in an application: numbered, received, promised an answer, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from idesluss.funding.models import Application
from idesluss.funding.reads.sheet import Gap, gaps_in, with_sheet
from idesluss.funding.rules import hands_in, is_for, may_submit
from idesluss.funding.usecases.endorse import ask_managers
from idesluss.funding.usecases.held import held, whole
from idesluss.ideas.models import OWN
from idesluss.ideas.usecases.register import register_number
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage, is_open
from idesluss.logic.refusals import NotAllowed, Refusal, gettext_noop, require
from idesluss.logic.windows import promised_by
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import Applicants
from idesluss.records.usecases import note


class NotForYou(NotAllowed):
    """The round is for others than those who hand it in."""

    sentence = gettext_noop(
        "This round is not for everybody, and none of you who hand it in is among those whom it is "
        "for. The page of the round says who they are. Your draft is kept."
    )


class NotComplete(Refusal):
    """Something is missing; ``gaps`` says what."""

    sentence = gettext_noop("Something is missing before the application can be handed in.")

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__()
        self.gaps = tuple(gaps)


@transaction.atomic
def submit(
    application_id: int, *, by: Person, at: datetime, within: int | None = None
) -> Application:
    """Hand in a draft and return it with register number, contact and promised date.

    ``within`` is the number of the organisation where ``by`` looks for it; None: any.

    What counts is when it came, ``at``: one moment before closing is inside, the closing itself
    is not. Handed in already: the same application again, one number. Notes
    ``funding.submitted`` with what the receipt says.

    Raises:
        Idea.DoesNotExist: there is none.
        NotAllowed: ``by`` does not hand it in, it is somebody else's, or it has gone on.
        NotForYou: the round is for others than those who hand it in.
        NotOpenYet, Closed: outside the window; the draft is kept.
        NotComplete: with everything that is missing.
    """
    found: Any = held(application_id, _with_sheet())
    application: Application = found
    idea, round = application.idea, application.round
    require(within in (None, round.organisation_id))
    if is_open(idea.stage) and hands_in(by, application, at=at):
        return application
    require(may_submit(by, application, at=at))
    if found.for_units or round.applicants != Applicants.EVERYBODY.value:
        people = [it.person for it in idea.involvements.filter(part__in=OWN, ended_at=None)]
        require(any(is_for(person, round, at=at) for person in people), NotForYou)
    round.window.require_open(at)
    if missing := gaps_in(application):
        raise NotComplete(missing)
    idea.register_number = register_number(round.programme.organisation, at=at)
    idea.received_at = at
    idea.contact_id = round.contact_id
    idea.answer_by = promised(round, at)
    application.submitted_at = at
    application.save(update_fields=["submitted_at"])
    came = ("register_number", "received_at", "contact", "answer_by")
    step(idea, Stage.RECEIVED, by=by, at=at, saving=came)
    note(
        "funding.submitted",
        about=application,
        by=by,
        at=at,
        register_number=idea.register_number,
        title=idea.title,
        asked_minor=application.asked_minor,
        currency=application.currency,
        contact=round.contact.name if round.contact else "",
        answer_by=idea.answer_by.isoformat(),
    )
    ask_managers(application, by=by, at=at)
    return application


@cache
def _with_sheet() -> QuerySet[Any]:
    return with_sheet(whole())


def promised(round: Round, at: datetime) -> date:
    """The date of an answer that a round promises to what is handed in ``at``.

    Its own fixed date; else so many working days from the last day of the round, or from the
    day it is handed in when the round never closes. The day is read in the organisation's zone.
    """
    if round.answer_by is not None:
        return round.answer_by
    organisation = round.programme.organisation
    # Closing at midnight belongs to the day that ends.
    begins = round.closes_at - timedelta(microseconds=1) if round.closes_at else at
    return promised_by(begins, round.answer_days, organisation.country, organisation.timezone)
