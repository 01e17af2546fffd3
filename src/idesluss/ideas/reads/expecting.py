"""What is expected of the reader of a case, and how it stands with what the case is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from idesluss.ideas.models import Message
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.vocab import ANSWERS
from idesluss.logic.promises import Held, Promised, held


class Turn(StrEnum):
    """What the next thing is that somebody is to do."""

    ANSWER = "answer"  # the giver is asked something
    RATE = "rate"  # the giver may say how the case was answered
    FIRST = "first"  # the first human answer is owed
    REPLY = "reply"  # the giver has had the last word
    NEXT = "next"  # what was planned for the next date


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that is expected of the reader; ``by`` and ``late`` where there is a day."""

    turn: Turn
    by: date | None = None
    late: bool = False
    questions: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a case: its day, when it was fulfilled, and how it stands."""

    what: Promised
    by: date
    on: datetime | None
    state: Held


def promises_of(page: CasePage) -> list[Promise]:
    """The first answer and the decision; none that was never given."""
    idea = page.idea
    there = idea.programme.organisation
    found = []
    for what, by, on in (
        (Promised.FIRST, idea.first_by, idea.first_at),
        (Promised.DECISION, idea.answer_by, idea.answered_at),
    ):
        done = on and on.astimezone(there.timezone).date()
        waits = idea.waits_for_giver or idea.paused_at is not None
        state = held(by, done, waits=waits, today=page.today, country=there.country)
        if state:
            found.append(Promise(what, by, on, state))
    return found


def expected_of(page: CasePage) -> list[Expected]:
    """What is expected of the reader now, the most pressing first; nothing of most readers."""
    if page.gives:
        return _of_giver(page)
    if page.works and page.live and page.idea.responsible_id == page.person.pk:
        return _of_responsible(page)
    return []


def _of_giver(page: CasePage) -> list[Expected]:
    idea = page.idea
    if page.live and idea.waits_for_giver:
        return [Expected(Turn.ANSWER, questions=_unanswered(page))]
    rated = getattr(idea, "rating", None)
    if idea.stage in ANSWERS and (rated is None or rated.stage != idea.stage):
        return [Expected(Turn.RATE)]
    return []


def _unanswered(page: CasePage) -> list[Message]:
    """What the giver was asked after their own latest word."""
    asked: list[Message] = []
    for said in page.said:
        if said.by.gives:
            asked = []
        elif said.message.asks_giver:
            asked.append(said.message)
    return asked


def _of_responsible(page: CasePage) -> list[Expected]:
    idea, today = page.idea, page.today
    found = []
    if idea.first_at is None and idea.first_by:
        found.append(Expected(Turn.FIRST, idea.first_by, late=idea.first_by < today))
    spoken = [said for said in page.said if not said.message.inside]
    # What the giver of a merged case says is no answer while the giver of this one is asked.
    if idea.first_at and not idea.waits_for_giver and spoken and spoken[-1].by.gives:
        found.append(Expected(Turn.REPLY))
    if not idea.waits_for_giver and idea.next_on and not (found and found[0].by == idea.next_on):
        found.append(Expected(Turn.NEXT, idea.next_on, late=idea.next_on < today))
    return found
