"""The promised date of an answer, and the clock towards it, which a request may stop."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import Idea
from idesluss.logic.windows import Window, moved_day


def pause(idea: Idea, *, at: datetime) -> None:
    """Stop the clock of ``idea`` at ``at`` (aware); one that stands still already stays so."""
    if idea.paused_at is None:
        idea.paused_at = at
        idea.save(update_fields=["paused_at"])


def resume(idea: Idea, *, at: datetime) -> None:
    """Let the clock of ``idea`` run again: the promised date moves by the time it stood still.

    The new date is a working day of the organisation's country, and never earlier than before.
    """
    if idea.paused_at is None:
        return
    if idea.answer_by is not None and at > idea.paused_at:
        there = idea.programme.organisation
        stood_still = [Window(idea.paused_at, at)]
        idea.answer_by = moved_day(idea.answer_by, stood_still, at, there.country, there.timezone)
    idea.paused_at = None
    idea.save(update_fields=["answer_by", "paused_at"])
