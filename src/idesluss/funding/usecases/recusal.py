"""A member steps aside at the meeting itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application
from idesluss.funding.rules import may_decide
from idesluss.funding.usecases.meeting import NotAMember, locked, seated
from idesluss.ideas.models import Declaration
from idesluss.ideas.usecases.conflict import decide_conflict, declare, suspect
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import Missing, NotAllowed, require
from idesluss.people.models import Person


@transaction.atomic
def recuse(
    meeting_id: int,
    *,
    application_id: int,
    person_id: int,
    ground: str,
    note: str,
    by: Person,
    at: datetime,
) -> None:
    """Let a member step aside in one case of the meeting: it is shut to them from now on.

    For oneself it is a declaration. For somebody else it is a decision, which takes a fund
    administrator and a ``note`` of what was said. ``ground`` is one of ``ideas.vocab.Ground``.
    What is then known of the conflict is what the agenda reads; the release writes it down.

    Raises:
        NotAllowed: ``by`` does not take part, or the case is shut to them.
        AlreadyReleased: it is too late.
        NotAMember: the person has no seat on the meeting's day.
        Missing, TooLong: ground or note.
    """
    meeting = locked(meeting_id)
    require(may_decide(by, meeting, at=at))
    require(person_id in seated(meeting, at), NotAMember(field="person"))
    cases = Application.objects.filter(decisions__meeting=meeting, pk=application_id)
    if person_id != by.pk:
        cases = cases.handled_by(by, at=at)
    case = cases.first()
    if case is None:
        raise NotAllowed
    if person_id == by.pk:
        declare(case.idea_id, conflict=True, ground=ground, note=note, by=by, at=at)
        return
    require(bool(note.strip()), Missing(field="note"))
    known = Declaration.objects.filter(idea=case.idea_id, person=person_id).first()
    if known is None or known.state in (ConflictState.CLEAR, ConflictState.DISMISSED):
        suspect(case.idea_id, person_id=person_id, ground=ground, note=note, by=by, at=at)
    decide_conflict(case.idea_id, person_id=person_id, conflict=True, reason=note, by=by, at=at)
