"""What a release would do, before it does it: who is told what, the minutes, and what stops it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Agenda, Case, agenda_of
from idesluss.funding.reads.minutes import Minutes, minutes_of
from idesluss.funding.reads.news import news_of
from idesluss.ideas.models import OWN, Involvement
from idesluss.logic import outcomes
from idesluss.logic.outcomes import GIVES_MONEY, Outcome
from idesluss.logic.refusals import Refusal, gettext_noop
from idesluss.people.models import Person


class SomethingShut(Refusal):
    """A case of the meeting is shut to the person, who therefore cannot release it."""

    sentence = gettext_noop(
        "Some cases of this meeting are closed to you, so somebody else has to release it: "
        "a fund administrator, the secretary or the chair without a conflict of interest."
    )


class NoDate(Refusal):
    """When was it decided?"""

    sentence = gettext_noop("Say on which day the meeting was held.")
    field = "held_at"


class NotHeldYet(Refusal):
    """Decisions of a meeting to come."""

    sentence = gettext_noop(
        "The meeting has not been held yet. Release its decisions afterwards, or correct the day."
    )
    field = "held_at"


class NobodyPresent(Refusal):
    """Decided by whom?"""

    sentence = gettext_noop("Say which members were present.")
    field = "present"


class NothingDecided(Refusal):
    """A release of nothing."""

    sentence = gettext_noop("Nothing is decided yet, so there is nothing to release.")


class CasesLeft(Refusal):
    """Open cases with something that stops them. Needs ``count`` and ``numbers``."""

    sentence = gettext_noop("Not ready to be released: § %(numbers)s. Go back and complete them.")


@dataclass(frozen=True, slots=True)
class Told:
    """One application and the facts of the letter about it."""

    case: Case
    news: dict[str, Any]
    decided_at: datetime | None  # when the body decided; None while no day is set


@dataclass(frozen=True, slots=True)
class Plan:
    """A release as it would be made now.

    ``told`` are those who get a letter; ``silent`` the cases that were withdrawn (their own act)
    or that too few could decide (they wait for another meeting). ``fingerprint`` changes
    whenever anything of it changes.
    """

    agenda: Agenda
    told: tuple[Told, ...]
    silent: tuple[Case, ...]
    minutes: Minutes | None  # None when some case is shut to the reader
    problems: tuple[Refusal, ...]
    fingerprint: str

    @property
    def granted(self) -> int:
        """How many cases get money."""
        return sum(Outcome(told.case.choice.outcome) in GIVES_MONEY for told in self.told)


def plan_of(meeting: Meeting, person: Any, *, at: datetime) -> Plan:
    """What ``person`` would release at ``at``; nothing is written."""
    agenda = agenda_of(meeting, person, at=at)
    if not agenda.whole:
        return Plan(agenda, (), (), None, (SomethingShut(),), "")
    decided = [case for case in agenda.cases if case.choice.outcome and not case.withdrawn]
    prefetch_related_objects([case.decision.application.idea for case in decided], "contact")
    told = tuple(Told(case, news_of(agenda, case), meeting.held_at) for case in decided)
    minutes = minutes_of(agenda, at=at)
    if meeting.held_at is None:
        minutes["held_at"] = ""
    return Plan(
        agenda=agenda,
        told=told,
        silent=tuple(case for case in agenda.cases if case not in decided),
        minutes=minutes,
        problems=tuple(_problems(agenda, told, at)),
        fingerprint=_fingerprint(minutes, told),
    )


def _problems(agenda: Agenda, told: tuple[Told, ...], at: datetime) -> Iterator[Refusal]:
    meeting = agenda.meeting
    if meeting.held_at is None:
        yield NoDate()
    elif meeting.held_at > at:
        yield NotHeldYet()
    if not agenda.counted:
        yield NobodyPresent()
    unready = [case for case in agenda.cases if case.problems]
    if unready:
        numbers = ", ".join(str(case.number) for case in unready)
        yield CasesLeft(numbers=numbers, count=len(unready))
    elif not told:
        yield NothingDecided()
    over_pot = outcomes.overshoot_problem(agenda.meter.balance, meeting.overshoot_reason)
    if over_pot:
        yield over_pot


def _fingerprint(minutes: Minutes, told: tuple[Told, ...]) -> str:
    """A short word for everything that the preview shows."""
    shown = {"minutes": minutes, "letters": [one.news for one in told]}
    text = json.dumps(shown, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def applicants_of(plan: Plan) -> dict[int, list[Person]]:
    """Who hands in each case that the plan tells about, by number of the idea; the owner first."""
    ideas = [told.case.decision.application.idea_id for told in plan.told]
    parts = Involvement.objects.filter(idea__in=ideas, part__in=OWN, ended_at=None)
    found: dict[int, list[Person]] = {}
    for part in parts.select_related("person").order_by("id"):
        found.setdefault(part.idea_id, []).append(part.person)
    return found
