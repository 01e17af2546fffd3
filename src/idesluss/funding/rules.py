"""Who may do what with rounds, applications and meetings; asked on objects already loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from idesluss.funding.models import Application, Endorsement, Meeting
from idesluss.ideas.models import OWN
from idesluss.ideas.rules import COMPLETABLE
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage, is_ended, ways_out
from idesluss.people.models import standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.vocab import Applicants

# --- The applicant ---------------------------------------------------------------------------


def may_apply(person: Any, round: Round, *, at: datetime) -> bool:
    """Those whom the round is for, once it is announced inside.

    Whether its window is open is a question of time, not of right: ``round.window`` tells.
    """
    return sees_call(person, round, at=at) and is_for(person, round, at=at)


def sees_call(person: Any, round: Round, *, at: datetime) -> bool:
    """Everybody with a role or a seat in the organisation, once the round is announced inside."""
    announced = round.announced_at is not None and round.announced_at <= at
    in_use = round.archived_at is None and round.programme.archived_at is None
    return announced and in_use and _belongs(person, round, at)


def is_for(person: Any, round: Round, *, at: datetime) -> bool:
    """Whether the round is for ``person``, who belongs to the organisation.

    For everybody or for managers only, and perhaps only for those who work in some units or in a
    unit below one of them. Reads the units, and where the person works if there are any.
    """
    managers = standing_of(person, at).organisations_as(Role.MANAGER)
    if round.applicants == Applicants.MANAGERS.value and round.organisation_id not in managers:
        return False
    units = {unit.pk for unit in round.units.all()}
    if not units:
        return True
    works = person.appointments.valid(at.date()).filter(organisation=round.organisation_id)
    found = works.filter(unit__isnull=False).values_list("unit", "unit__parent")
    return any(units & set(pair) for pair in found)


def is_writable(application: Application, *, at: datetime) -> bool:
    """Whether its content may change at all.

    A draft always: it is nobody's but its writers', and may wait for another round. What is
    handed in: until the round closes, while nobody has begun to work on it; later only while a
    request for completion is open.
    """
    idea = application.idea
    if idea.stage == Stage.DRAFT.value:
        return True
    if idea.stage == Stage.RECEIVED.value and application.round.window.is_open(at):
        return True
    if idea.stage not in COMPLETABLE or idea.paused_at is None:
        return False  # an open request has stopped the clock
    return any(one.answered_at is None for one in idea.completions.all())


def hands_in(person: Any, application: Application, *, at: datetime) -> bool:
    """Whether ``person`` hands it in, alone or with others, and still belongs here."""
    return _belongs(person, application.round, at) and bool(_parts(person, application) & set(OWN))


def may_write(person: Any, application: Application, *, at: datetime) -> bool:
    """Owner and co-applicants write, and attach files."""
    return hands_in(person, application, at=at) and is_writable(application, at=at)


def may_submit(person: Any, application: Application, *, at: datetime) -> bool:
    """Owner and co-applicants hand in a draft: the owner may be ill on the last day."""
    return application.idea.stage == Stage.DRAFT.value and hands_in(person, application, at=at)


def may_invite(person: Any, application: Application, *, at: datetime) -> bool:
    """The owner says who else hands it in, while it may be written."""
    return may_write(person, application, at=at) and _owns(person, application)


def may_leave(person: Any, application: Application) -> bool:
    """A co-applicant may step out of what has not ended, also after leaving the organisation."""
    ended = is_ended(application.idea.stage)
    return not ended and Part.CO_APPLICANT.value in _parts(person, application)


def may_withdraw(person: Any, application: Application) -> bool:
    """The owner takes back what is handed in, until the outcome is told; employed or not."""
    way = Stage.WITHDRAWN in ways_out(application.idea.stage)
    handed_in = application.idea.stage != Stage.DRAFT.value
    return way and handed_in and not application.outcome and _owns(person, application)


def may_discard(person: Any, application: Application) -> bool:
    """The owner throws a draft away; employed or not."""
    return application.idea.stage == Stage.DRAFT.value and _owns(person, application)


def may_restore(person: Any, application: Application) -> bool:
    """Whoever owned a draft that was thrown away may have it back."""
    own = [one for one in application.idea.involvements.all() if one.part in OWN]
    return (
        application.idea.stage == Stage.DRAFT.value
        and all(one.ended_at is not None for one in own)
        and any(one.part == Part.OWNER.value and one.person_id == _number(person) for one in own)
    )


def _number(person: Any) -> int | None:
    return getattr(person, "pk", None)


def _belongs(person: Any, round: Round, at: datetime) -> bool:
    return round.organisation_id in standing_of(person, at).organisations()


def _owns(person: Any, application: Application) -> bool:
    return Part.OWNER.value in _parts(person, application)


def _parts(person: Any, application: Application) -> set[str]:
    """The parts that ``person`` plays now; reads what is loaded of the idea's involvements."""
    return {
        one.part
        for one in application.idea.involvements.all()
        if one.person_id == _number(person) and one.ended_at is None
    }


# --- The manager -------------------------------------------------------------------------------


def is_asked_about(application: Application) -> bool:
    """Whether its managers are asked, or their answers still count: from in hand to decided."""
    return application.idea.stage in COMPLETABLE and not application.outcome


def may_endorse(person: Any, endorsement: Endorsement, *, at: datetime) -> bool:
    """Whoever is asked answers; never to their own application, nor where the case is shut."""
    application = endorsement.application
    asked = Endorsement.objects.asked_of(person, at=at).live().filter(pk=endorsement.pk)
    applies = bool(_parts(person, application) & set(OWN))
    return is_asked_about(application) and not applies and asked.exists()


def may_change_answer(endorsement: Endorsement, *, at: datetime) -> bool:
    """Whether the answer may be given, or another one: until the day for it, or the closing."""
    closes_at = endorsement.application.round.closes_at
    ends = max(endorsement.due_at, closes_at) if closes_at else endorsement.due_at
    return endorsement.answered_at is None or endorsement.by_silence or at < ends


# --- Rounds in and out -------------------------------------------------------------------------


def may_import(person: Any, programme: Programme, *, at: datetime) -> bool:
    """Fund administrators take rounds of other years into their own fund."""
    return programme.archived_at is None and _administers(person, programme.organisation_id, at)


# --- The meeting -------------------------------------------------------------------------------


def may_open_meeting(person: Any, round: Round, *, at: datetime) -> bool:
    """Fund administrators of the round's organisation call its deciding body together."""
    return _administers(person, round.organisation_id, at)


def may_prepare(person: Any, meeting: Meeting, *, at: datetime) -> bool:
    """Date, place, chair and what is on the agenda: administrators and the meeting's secretary."""
    return _open(meeting) and (
        _administers(person, meeting.organisation_id, at) or _writes(person, meeting, at)
    )


def may_decide(person: Any, meeting: Meeting, *, at: datetime) -> bool:
    """Members of the body decide; the administrator and the secretary write down what they say.

    Who is shut out from a case by a conflict of interest is told by ``visible_to`` per case.
    """
    return may_prepare(person, meeting, at=at) or (
        _open(meeting) and meeting.body_id in standing_of(person, at).bodies
    )


def may_release(person: Any, meeting: Meeting, *, at: datetime) -> bool:
    """Administrators, the secretary, and the chair while holding a seat in the body.

    Whether every case is open to them (it must be) is told by the agenda, not here.
    """
    chairs = getattr(person, "pk", None) == meeting.chair_id is not None
    return may_prepare(person, meeting, at=at) or (
        _open(meeting) and chairs and meeting.body_id in standing_of(person, at).bodies
    )


# --- After the decision ------------------------------------------------------------------------


def may_celebrate(person: Any, round: Round, *, at: datetime) -> bool:
    """Fund administrators print cheques, invite, write the news and run the screen."""
    return round.archived_at is None and _administers(person, round.organisation_id, at)


def sees_results(person: Any, round: Round, *, at: datetime) -> bool:
    """Everybody once they are public; before that the offices and the body that decides.

    There is nothing to see before the decisions are released.
    """
    if round.results_at is None:
        return False
    standing = standing_of(person, at)
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    decides = round.programme.body_id in standing.bodies
    return round.results_at <= at or round.organisation_id in offices or decides


def _open(meeting: Meeting) -> bool:
    return meeting.released_at is None


def _administers(person: Any, organisation_id: int, at: datetime) -> bool:
    return organisation_id in standing_of(person, at).organisations_as(Role.ADMINISTRATOR)


def _writes(person: Any, meeting: Meeting, at: datetime) -> bool:
    """Whether ``person`` is the secretary and still belongs to the organisation."""
    return (
        meeting.secretary_id is not None
        and getattr(person, "pk", None) == meeting.secretary_id
        and meeting.organisation_id in standing_of(person, at).organisations()
    )


# --- The ledger --------------------------------------------------------------------------------

BOOKKEEPING = (Role.ADMINISTRATOR, Role.REGISTRAR)
"""Offices that read the books; administrators also write in them."""


def may_keep_books(person: Any, programme: Programme, *, at: datetime) -> bool:
    """Fund administrators write in the ledger; whether a case is open to them is asked of it."""
    return _administers(person, programme.organisation_id, at)


def may_read_books(person: Any, programme: Programme, *, at: datetime) -> bool:
    """Administrators, registrars, and those with a seat in a body that decides in the fund."""
    standing = standing_of(person, at)
    if programme.organisation_id in standing.organisations_as(*BOOKKEEPING):
        return True
    bodies = standing.bodies
    return bool(bodies) and Programme.objects.decided_by(bodies).filter(pk=programme.pk).exists()


def with_books_for(person: Any, *, at: datetime) -> QuerySet[Programme]:
    """The programmes whose books ``person`` may read, as ``may_read_books`` says of one."""
    standing = standing_of(person, at)
    offices = Q(organisation__in=standing.organisations_as(*BOOKKEEPING))
    decided = Q(pk__in=Programme.objects.decided_by(standing.bodies).values("pk"))
    return Programme.objects.funds().filter(offices | decided)
