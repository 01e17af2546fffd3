"""The meeting is opened and prepared: its cases, when and where it is, and who is in the room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application, Decision, Meeting, Presence
from idesluss.funding.reads.meetings import TO_TAKE_UP, Candidate, candidates_of
from idesluss.funding.reads.members import day_of
from idesluss.funding.reads.rulebook import mandates_of
from idesluss.funding.rules import may_decide, may_open_meeting, may_prepare
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.mandates import Mandate, falls_under
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Body, Person, Seat
from idesluss.programmes.models import Round
from idesluss.records.usecases import note

PLACE_LENGTH = 120  # characters, also of the adjuster's name


class AlreadyReleased(AlreadyDone):
    """Nothing of a released meeting changes any more."""

    sentence = gettext_noop(
        "The decisions of this meeting are released, so nothing about it can be changed any more."
    )


class AlreadyOpened(AlreadyDone):
    """One meeting at a time."""

    sentence = gettext_noop("The meeting of this round is already open.")


class NobodyDecides(Refusal):
    """A programme without a deciding body."""

    sentence = gettext_noop(
        "Nobody is set to decide in this fund. Choose a deciding body in the fund's settings."
    )


class NotItsToDecide(Refusal):
    """A body without the right to decide in the programme."""

    sentence = gettext_noop("That body does not decide in this fund. Choose one of those that do.")


class NothingToTakeUp(Refusal):
    """An empty agenda."""

    sentence = gettext_noop("Choose at least one case to take up.")
    field = "applications"


class NotAMember(Refusal):
    """Somebody without a seat on that day."""

    sentence = gettext_noop("That person has no seat in the deciding body on that day.")


class NotOfUs(Refusal):
    """A secretary from outside."""

    sentence = gettext_noop("That person does not belong to the organisation.")
    field = "secretary"


@dataclass(frozen=True, slots=True)
class Facts:
    """When and where, and who leads, writes and checks; ``held_at`` is aware."""

    held_at: datetime | None = None
    place: str = ""
    chair_id: int | None = None
    secretary_id: int | None = None
    adjuster: str = ""


@transaction.atomic
def open_meeting(
    round_id: int,
    *,
    applications: Collection[int],
    facts: Facts,
    body_id: int | None = None,
    by: Person,
    at: datetime,
) -> Meeting:
    """Call a body that decides in the round together: the chosen cases await its decision.

    ``body_id`` is its number; None: the one that may grant most, which is the programme's own.
    ``applications`` are numbers of cases that are open to ``by`` and done with checking. Cases
    shut to ``by`` come up too once they are assessed, if what they ask for falls under the body's
    mandate: nobody is left out because of who opens.
    Steps each to deciding. Notes ``funding.meeting_opened``.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        NobodyDecides: the fund has no deciding body.
        NotItsToDecide: the body has no right to decide in the fund.
        AlreadyOpened: the round has an open meeting.
        NothingToTakeUp: no case at all.
        ChangedMeanwhile: a chosen case can no longer come up.
        NotAMember, NotOfUs, TooLong: about the facts.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require(may_open_meeting(by, round, at=at))
    mandates = mandates_of(round.programme)
    require(bool(mandates), NobodyDecides)
    chosen = mandates[-1].body if body_id is None else body_id
    require(any(it.body == chosen for it in mandates), NotItsToDecide)
    body = Body.objects.get(pk=chosen)
    require(not round.meetings.filter(released_at=None).exists(), AlreadyOpened)
    meeting = Meeting(round=round, body=body)
    _set(meeting, facts, at=at)
    meeting.save()
    taken = _take_up(meeting, applications, mandates, by=by, at=at)
    require(taken > 0, NothingToTakeUp)
    note(
        "funding.meeting_opened",
        about=meeting,
        by=by,
        at=at,
        round=round.name,
        body=body.name,
        cases=taken,
    )
    return meeting


@transaction.atomic
def take_up(meeting_id: int, *, applications: Collection[int], by: Person, at: datetime) -> int:
    """Add cases to an open meeting, last on its agenda; returns how many came.

    Notes ``funding.cases_taken_up``.

    Raises:
        NotAllowed, AlreadyReleased, NothingToTakeUp, ChangedMeanwhile: as ``open_meeting``.
    """
    meeting = locked(meeting_id)
    require(may_prepare(by, meeting, at=at))
    mandates = mandates_of(meeting.round.programme)
    taken = _take_up(meeting, applications, mandates, by=by, at=at)
    require(taken > 0, NothingToTakeUp)
    note("funding.cases_taken_up", about=meeting, by=by, at=at, cases=taken)
    return taken


@transaction.atomic
def change_meeting(
    meeting_id: int, *, facts: Facts, version: int, by: Person, at: datetime
) -> None:
    """Change when and where the meeting is and who leads, writes and checks it.

    ``version`` is the one that ``by`` looked at. Notes ``funding.meeting_changed``; the same
    facts again change nothing.

    Raises:
        NotAllowed: ``by`` neither administers nor writes the minutes.
        AlreadyReleased: it is too late.
        ChangedMeanwhile: somebody else has changed it since.
        NotAMember, NotOfUs, TooLong: about the facts.
    """
    meeting = locked(meeting_id)
    require(may_prepare(by, meeting, at=at))
    if facts_of(meeting) == facts:
        return
    require(meeting.version == version, ChangedMeanwhile)
    _set(meeting, facts, at=at)
    meeting.version += 1
    meeting.save(update_fields=["held_at", "place", "chair", "secretary", "adjuster", "version"])
    note(
        "funding.meeting_changed",
        about=meeting,
        by=by,
        at=at,
        held_at=facts.held_at.isoformat() if facts.held_at else "",
        place=facts.place,
        chair=facts.chair_id,
        secretary=facts.secretary_id,
        adjuster=facts.adjuster,
    )


@transaction.atomic
def set_presence(meeting_id: int, *, people: Collection[int], by: Person, at: datetime) -> None:
    """Say which of those with a seat are in the room; the others are not.

    Notes ``funding.presence_noted``; the same people again change nothing.

    Raises:
        NotAllowed, AlreadyReleased.
        NotAMember: somebody without a seat on the meeting's day.
    """
    meeting = locked(meeting_id)
    require(may_decide(by, meeting, at=at))
    here = set(people)
    require(here <= seated(meeting, at), NotAMember(field="present"))
    before = set(meeting.presences.values_list("person_id", flat=True))
    if here == before:
        return
    meeting.presences.exclude(person__in=here).delete()
    Presence.objects.bulk_create(
        [Presence(meeting=meeting, person_id=pk) for pk in sorted(here - before)]
    )
    note("funding.presence_noted", about=meeting, by=by, at=at, present=sorted(here))


def locked(meeting_id: int) -> Meeting:
    """The meeting, locked while it is open. Raises AlreadyReleased."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("round__programme__organisation", "body")
        .get(pk=meeting_id)
    )
    require(meeting.released_at is None, AlreadyReleased)
    return meeting


def facts_of(meeting: Meeting) -> Facts:
    """The facts that are saved in ``meeting``."""
    return Facts(
        held_at=meeting.held_at,
        place=meeting.place,
        chair_id=meeting.chair_id,
        secretary_id=meeting.secretary_id,
        adjuster=meeting.adjuster,
    )


def _set(meeting: Meeting, facts: Facts, *, at: datetime) -> None:
    """Put ``facts`` into ``meeting`` when they hold together."""
    for field, text in (("place", facts.place), ("adjuster", facts.adjuster)):
        require(len(text) <= PLACE_LENGTH, TooLong(field=field, limit=PLACE_LENGTH))
    meeting.held_at = facts.held_at
    meeting.place, meeting.adjuster = facts.place, facts.adjuster
    meeting.chair_id, meeting.secretary_id = facts.chair_id, facts.secretary_id
    if facts.chair_id is not None:
        require(facts.chair_id in seated(meeting, at), NotAMember(field="chair"))
    if facts.secretary_id is not None:
        secretary = Person.objects.filter(pk=facts.secretary_id).first()
        ours = secretary and meeting.organisation_id in secretary.standing(at).organisations()
        require(bool(ours), NotOfUs)


def seated(meeting: Meeting, at: datetime) -> set[int]:
    """Numbers of those who have a seat on the meeting's day."""
    seats = Seat.objects.valid(day_of(meeting, at)).filter(body=meeting.body_id)
    return set(seats.values_list("person_id", flat=True))


def _take_up(
    meeting: Meeting,
    applications: Collection[int],
    mandates: Sequence[Mandate],
    *,
    by: Person,
    at: datetime,
) -> int:
    """Put cases on the agenda in the order they came in; returns how many."""
    wanted = meeting.round.assessors_wanted
    chosen = set(applications)
    taken = []
    for application in candidates_of(meeting.round, by, at=at):
        if application.is_visible:
            takes = application.pk in chosen and application.idea.stage in TO_TAKE_UP
        else:
            one = Candidate(application, application.assigned, application.locked, wanted)
            here = falls_under(application.asked_minor, mandates)
            takes = one.assessed and here is not None and here.body == meeting.body_id
        if takes:
            taken.append(application)
    require(chosen <= {one.pk for one in taken}, ChangedMeanwhile)
    return _bring(meeting, taken, by=by, at=at)


def _bring(
    meeting: Meeting, applications: Sequence[Application], *, by: Person, at: datetime
) -> int:
    """Lock the cases, step them to deciding and give each its row."""
    on_agenda = set(meeting.decisions.values_list("application_id", flat=True))
    cases = Idea.objects.filter(applications__in=applications).order_by("pk")
    locks = cases.select_for_update(of=("self",)).select_related("programme")
    ideas = {idea.pk: idea for idea in locks}
    for application in applications:
        idea = ideas[application.idea_id]
        require(idea.stage in TO_TAKE_UP, ChangedMeanwhile)  # withdrawn in this very moment
        if idea.stage != Stage.DECIDING:
            step(idea, Stage.DECIDING, by=by, at=at)
        if application.pk not in on_agenda:
            Decision.objects.create(meeting=meeting, application=application)
    return len(applications)
