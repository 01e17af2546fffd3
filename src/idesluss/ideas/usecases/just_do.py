"""What a workplace can fix itself: marked, followed to done without any gate."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.answering import close
from idesluss.ideas.usecases.owning import WHAT_LENGTH
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.worked import NextDatePassed, NotAtWork, today, worked
from idesluss.ideas.vocab import REASON_LENGTH
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

CAN_JUST_DO = (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING, Stage.TESTING, Stage.ADOPTING)
"""Stages from which nobody has to decide anything first."""
TO_DONE = (Stage.TESTING, Stage.ADOPTING)


@transaction.atomic
def just_do(idea_id: int, *, next_on: date, what: str = "", by: Person, at: datetime) -> Idea:
    """Mark a live case as something that the workplace does by itself, until ``next_on``.

    It stays where it is in the model, but no gate holds it. Notes ``ideas.just_do``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``; or it awaits a decision.
        AlreadyDone: it is marked.
        NextDatePassed, TooLong: the date, or what is to happen then.
    """
    idea = worked(idea_id, by=by, at=at)
    require(idea.just_do_at is None, AlreadyDone)
    require(idea.stage in CAN_JUST_DO, NotAtWork)
    what = what.strip()
    require(next_on >= today(idea, at), NextDatePassed)
    require(len(what) <= WHAT_LENGTH, TooLong(field="next_what", limit=WHAT_LENGTH))
    idea.just_do_at, idea.next_on, idea.next_what = at, next_on, what
    idea.save(update_fields=["just_do_at", "next_on", "next_what"])
    told: dict[str, Any] = {"next_on": next_on.isoformat(), "what": what, "title": idea.title}
    note("ideas.just_do", about=idea, by=by, at=at, **told)
    return idea


@transaction.atomic
def just_done(idea_id: int, *, answer: str, by: Person, at: datetime) -> Idea:
    """Say that the workplace has done it: the case ends as permanent, with a short ``answer``.

    Notes ``ideas.just_done``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``; or it is not marked.
        Missing, TooLong: the answer.
    """
    idea = _marked(idea_id, by=by, at=at)
    answer = answer.strip()
    require(bool(answer), Missing(field="answer"))
    require(len(answer) <= REASON_LENGTH, TooLong(field="answer", limit=REASON_LENGTH))
    if idea.stage not in TO_DONE:
        step(idea, Stage.ADOPTING, by=by, at=at, past_the_model=True)
    close(idea, Stage.PERMANENT, answer=answer, by=by, at=at, past_the_model=True)
    note("ideas.just_done", about=idea, by=by, at=at, answer=answer, title=idea.title)
    return idea


@transaction.atomic
def turned_out_bigger(idea_id: int, *, why: str, next_on: date, by: Person, at: datetime) -> Idea:
    """Take a marked case back into the model, where it stands. Notes ``ideas.turned_out_bigger``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``just_done``.
        Missing, TooLong: the reason. NextDatePassed: the date.
    """
    idea = _marked(idea_id, by=by, at=at)
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= REASON_LENGTH, TooLong(field="why", limit=REASON_LENGTH))
    require(next_on >= today(idea, at), NextDatePassed)
    idea.just_do_at, idea.next_on, idea.next_what = None, next_on, ""
    idea.save(update_fields=["just_do_at", "next_on", "next_what"])
    told: dict[str, Any] = {"why": why, "next_on": next_on.isoformat(), "title": idea.title}
    note("ideas.turned_out_bigger", about=idea, by=by, at=at, **told)
    return idea


def _marked(idea_id: int, *, by: Person, at: datetime) -> Idea:
    idea = worked(idea_id, by=by, at=at)
    require(idea.just_do_at is not None, NotAtWork)
    return idea
