"""The promised dates of a case, and the clock towards them, which a request may stop."""

from __future__ import annotations

from datetime import date, datetime

from idesluss.ideas.models import Idea, Passage
from idesluss.logic.windows import Window, moved_day


def pause(idea: Idea, *, at: datetime) -> None:
    """Stop the clock of ``idea`` at ``at`` (aware); one that stands still already stays so."""
    if idea.paused_at is None:
        idea.paused_at = at
        idea.save(update_fields=["paused_at"])


def resume(idea: Idea, *, at: datetime) -> None:
    """Let the clock of ``idea`` run again: what is promised moves by the time it stood still.

    That is the decision, in a sluice also the first answer while it is owed, the next date, and
    the promise of the step that the case is in. Each new date is a working day of the
    organisation's country, and never earlier than before. What had passed already stays late.
    """
    if idea.paused_at is None:
        return
    if at > idea.paused_at:
        stood_still = Window(idea.paused_at, at)
        idea.answer_by = _moved(idea, idea.answer_by, stood_still, at)
        idea.next_on = _moved(idea, idea.next_on, stood_still, at)
        if idea.first_at is None:
            idea.first_by = _moved(idea, idea.first_by, stood_still, at)
        if idea.edition_id is not None:
            _move_step(idea, stood_still, at)
    idea.paused_at = None
    idea.save(update_fields=["answer_by", "next_on", "first_by", "paused_at"])


def _moved(idea: Idea, day: date | None, stood_still: Window, at: datetime) -> date | None:
    there = idea.programme.organisation
    return day and moved_day(day, [stood_still], at, there.country, there.timezone)


def _move_step(idea: Idea, stood_still: Window, at: datetime) -> None:
    passage = Passage.objects.filter(idea=idea, left_at=None, promised_by__isnull=False).first()
    if passage:
        passage.promised_by = _moved(idea, passage.promised_by, stood_still, at)
        passage.save(update_fields=["promised_by"])
