"""End a case with a reasoned answer; let the giver take it back; wake it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Idea, Passage
from idesluss.ideas.rules import has_own_part, is_shut, may_be_responsible
from idesluss.ideas.usecases.moving import WHY_LENGTH
from idesluss.ideas.usecases.owning import CannotHaveIt
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.worked import NextDatePassed, NotAtWork, today, worked
from idesluss.ideas.vocab import ANSWERS, REASON_LENGTH, Offer
from idesluss.logic.lifecycle import NoSuchStep, Stage, is_open, ways_out
from idesluss.logic.reading import BlankLeft, blanks
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.records.usecases import note

SLEEPING = (Stage.PARKED.value, Stage.REDIRECTED.value)
"""Endings that a case is taken up again from."""


@transaction.atomic
def end(
    idea_id: int,
    to: Stage,
    *,
    answer: str,
    by: Person,
    at: datetime,
    offer: Offer = Offer.NONE,
) -> Idea:
    """End a live case in ``to`` (one of ``ANSWERS``) with a reasoned ``answer`` and an offer.

    Notes ``ideas.answered`` with the answer as it was given.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        Missing, TooLong, BlankLeft: the answer.
        NoSuchStep: a case cannot end so from where it is.
        ValueError: ``to`` is not an ending that answers.
    """
    if to not in ANSWERS:
        raise ValueError(f"{to} is not an answer")
    idea = worked(idea_id, by=by, at=at)
    answer = answer.strip()
    require(bool(answer), Missing(field="answer"))
    require(len(answer) <= REASON_LENGTH, TooLong(field="answer", limit=REASON_LENGTH))
    for blank in blanks(answer)[:1]:
        raise BlankLeft(blank=blank)
    idea.offer = offer.value
    close(idea, to, answer=answer, by=by, at=at, saving=("offer",))
    note(
        "ideas.answered",
        about=idea,
        by=by,
        at=at,
        stage=to.value,
        answer=answer,
        offer=offer.value,
        title=idea.title,
        register_number=idea.register_number,
    )
    return idea


def endings(idea: Idea) -> list[Stage]:
    """The endings that answer, and that a case can come to from where it is; one query."""
    steps = Step.objects.filter(programme=idea.programme_id, edition=idea.edition_id)
    used = frozenset(map(Stage, steps.values_list("stage", flat=True))) or None
    return [stage for stage in ways_out(idea.stage, used) if stage in ANSWERS]


@transaction.atomic
def withdraw(idea_id: int, *, why: str, by: Person, at: datetime) -> Idea:
    """Let a giver take a live case back, saying why. Notes ``ideas.withdrawn``.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        NotAtWork: it has ended.
        Missing, TooLong: the reason.
        NoSuchStep: it has gone too far to be taken back.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    require(idea.edition_id is not None and has_own_part(by, idea))
    require(is_open(idea.stage), NotAtWork)
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= REASON_LENGTH, TooLong(field="why", limit=REASON_LENGTH))
    close(idea, Stage.WITHDRAWN, answer=why, by=by, at=at)
    note("ideas.withdrawn", about=idea, by=by, at=at, why=why, title=idea.title)
    return idea


@transaction.atomic
def wake(
    idea_id: int, *, responsible: Person, next_on: date, why: str, by: Person, at: datetime
) -> Idea:
    """Take up a case that was parked or sent on again, in its edition's first step.

    It is promised a decision anew, as the door promises one to what comes in. What was answered
    before stays in the records. Notes ``ideas.woken``.

    Raises:
        NotAllowed, Disqualified: as ``worked``.
        CannotHaveIt: ``responsible`` cannot have it.
        NextDatePassed: the next date lies in the past.
        Missing, TooLong: the reason.
        NoSuchStep: it is neither parked nor sent on, or it is sealed.
    """
    idea = worked(idea_id, by=by, at=at, live=False)
    wake_up(idea, responsible=responsible, next_on=next_on, why=why, by=by, at=at)
    return idea


def wake_up(
    idea: Idea,
    *,
    responsible: Person,
    next_on: date,
    why: str,
    by: Person,
    at: datetime,
    saving: Sequence[str] = (),
) -> None:
    """As ``wake``, for a locked case. For use cases only, which ask their own rule first.

    ``saving`` are further fields that were set.
    """
    sealed = idea.at_step_id is None  # what told of wrongdoing: see ``access.unsealed``
    if idea.stage not in SLEEPING or sealed:
        raise NoSuchStep(stage=idea.stage, to=Stage.RECEIVED)
    able = may_be_responsible(responsible, idea.organisation_id, at=at)
    require(able and not is_shut(responsible, idea), CannotHaveIt(name=responsible.name))
    require(next_on >= today(idea, at), NextDatePassed)
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    first = Step.objects.filter(edition=idea.edition_id, stage=Stage.RECEIVED.value)[:1].get()
    idea.at_step, idea.next_on, idea.next_what = first, next_on, ""
    idea.responsible = idea.contact = responsible
    idea.answer_by = _promised_anew(idea, at)
    idea.answer, idea.answered_at, idea.offer, idea.merged_into = "", None, "", None
    fields = ("at_step", "next_on", "next_what", "responsible", "contact", "answer_by", "answer")
    saving = (*fields, "answered_at", "offer", "merged_into", *saving)
    step(idea, Stage.RECEIVED, by=by, at=at, saving=saving)
    Passage.objects.create(
        idea=idea,
        step=first,
        entered_at=at,
        promised_by=_after(idea, first.promise_days, at) if first.promise_days else None,
        why=why,
        by=by,
    )
    note(
        "ideas.woken",
        about=idea,
        by=by,
        at=at,
        why=why,
        next_on=next_on.isoformat(),
        answer_by=idea.answer_by.isoformat() if idea.answer_by else "",
        responsible=responsible.pk,
        name=responsible.name,
        title=idea.title,
    )


def _promised_anew(idea: Idea, at: datetime) -> date | None:
    """The promised day of a decision on a case that begins again; never earlier than before."""
    if idea.door is None:
        return idea.answer_by
    anew = _after(idea, idea.door.decision_days, at)
    return max(anew, idea.answer_by or anew)


def _after(idea: Idea, days: int, at: datetime) -> date:
    return working_days_after(today(idea, at), days, idea.programme.organisation.country)


def close(
    idea: Idea,
    to: Stage,
    *,
    answer: str,
    by: Person | None,
    at: datetime,
    saving: Sequence[str] = (),
    past_the_model: bool = False,
) -> None:
    """End a locked case in ``to``: nothing more is owed. For use cases only, which note why.

    ``past_the_model``: as ``step``.
    """
    idea.answer = answer
    idea.answered_at = idea.answered_at or at
    idea.first_at = idea.first_at or at
    idea.next_on, idea.next_what = None, ""
    idea.waits_for_giver, idea.paused_at = False, None
    Passage.objects.filter(idea=idea, left_at=None).update(left_at=at)
    fields = ("answer", "answered_at", "first_at", "next_on", "next_what", "waits_for_giver")
    saving = (*fields, "paused_at", *saving)
    step(idea, to, by=by, at=at, saving=saving, past_the_model=past_the_model)
