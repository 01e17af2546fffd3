"""The office proposes a sum for each case on the agenda, for the body to decide about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Agenda, Case, agenda_of
from idesluss.funding.rules import may_prepare
from idesluss.funding.usecases.meeting import locked
from idesluss.logic.outcomes import MoreThanAsked
from idesluss.logic.refusals import ChangedMeanwhile, NotAllowed, Refusal, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sum written for one case where ``was_minor`` stood; None: nothing is proposed."""

    decision_id: int
    minor: int | None
    was_minor: int | None


@dataclass(slots=True)
class Recommended:
    """What became of it: numbers of the decisions that were changed, and refusals by number."""

    saved: list[int] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)


@transaction.atomic
def recommend(
    meeting_id: int, *, proposed: Sequence[Proposed], by: Person, at: datetime
) -> Recommended:
    """Write down what is proposed, in minor units of the case's currency; 0 proposes a refusal.

    Each case by itself: what somebody else has changed since, is more than was asked for or than
    the body may grant, or is not open to ``by``, is refused and told; the others are saved.
    What the body has chosen is never touched. Notes ``funding.recommended`` per case.

    Raises:
        NotAllowed: ``by`` does not prepare the meeting.
        AlreadyReleased: it is too late.
    """
    meeting = locked(meeting_id)
    require(may_prepare(by, meeting, at=at))
    agenda = agenda_of(meeting, by, at=at, judged=False)
    cases: Mapping[int, Case] = {case.decision.pk: case for case in agenda.cases}
    result = Recommended()
    for one in proposed:
        case = cases.get(one.decision_id)
        if case is None:
            result.refused[one.decision_id] = NotAllowed()
        elif one.minor == case.decision.recommended_minor:
            continue
        elif refusal := _refused(one, case, agenda):
            result.refused[one.decision_id] = refusal
        else:
            _write(one, case, meeting, by=by, at=at)
            result.saved.append(one.decision_id)
    return result


def _refused(one: Proposed, case: Case, agenda: Agenda) -> Refusal | None:
    application = case.decision.application
    if one.was_minor != case.decision.recommended_minor:
        return ChangedMeanwhile()
    if one.minor is None:
        return None
    if application.asked_minor is not None and one.minor > application.asked_minor:
        return MoreThanAsked()
    return agenda.mandate.problem(one.minor, application.currency)


def _write(one: Proposed, case: Case, meeting: Meeting, *, by: Person, at: datetime) -> None:
    decision = case.decision
    decision.recommended_minor = one.minor
    decision.save(update_fields=["recommended_minor"])
    note(
        "funding.recommended",
        about=decision,
        by=by,
        at=at,
        organisation_id=meeting.organisation_id,
        recommended_minor=one.minor,
        currency=decision.application.currency,
    )
