"""The gathering for the granted projects: planned, invited to once, changed, called off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict
from uuid import uuid4

from django.db import transaction

from idesluss.funding.models import Application, Celebration
from idesluss.funding.reads.celebrating import (
    CALLED_OFF,
    INVITED,
    celebration_of,
    guests_of,
    told_of,
)
from idesluss.funding.reads.results import GRANTED
from idesluss.funding.rules import may_celebrate
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    NotInTime,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.records.usecases import note

PLACE_LENGTH, WORDS_LENGTH, REASON_LENGTH = 160, 3000, 500  # characters
CHANGED = "funding.celebration_changed"


class NothingToCelebrate(Refusal):
    """No project has been granted money."""

    sentence = gettext_noop(
        "No project in this round has been granted money yet, so there is nothing to celebrate."
    )


class InThePast(NotInTime):
    """A gathering that has begun."""

    sentence = gettext_noop("That time has passed. Choose a later one.")
    field = "starts_at"


class EndsTooEarly(Refusal):
    """Over before it has begun."""

    sentence = gettext_noop("It must end after it begins.")
    field = "ends_at"


class AlreadyInvited(AlreadyDone):
    """Everybody has the invitation."""

    sentence = gettext_noop("Everybody has been invited already. Nothing was sent again.")


class IsCalledOff(Refusal):
    """Nobody is invited to what does not take place."""

    sentence = gettext_noop("The gathering is called off. Save a new time first.")


@dataclass(frozen=True, slots=True)
class Gathering:
    """When (aware), where, and the words of the invitation."""

    starts_at: datetime
    ends_at: datetime
    place: str
    words: str = ""


class EventFacts(TypedDict):
    """The event as it was when its guests were told; noted with each ``funding.celebration_…``."""

    people: list[int]  # who is told
    number: str  # of the event (RFC 5545 UID), the same for ever
    sequence: int
    starts_at: str  # ISO, UTC
    ends_at: str
    place: str
    words: str


def event_facts(celebration: Celebration, people: Collection[int]) -> EventFacts:
    """The event as it is now, told to ``people`` (numbers)."""
    return EventFacts(
        people=sorted(people),
        number=str(celebration.number),
        sequence=celebration.sequence,
        starts_at=celebration.starts_at.astimezone(UTC).isoformat(),
        ends_at=celebration.ends_at.astimezone(UTC).isoformat(),
        place=celebration.place,
        words=celebration.words,
    )


@transaction.atomic
def plan_celebration(
    round_id: int, *, gathering: Gathering, version: int, by: Person, at: datetime
) -> Celebration:
    """Say when and where the granted projects are celebrated; nobody is told by that alone.

    ``version`` is the one that ``by`` looked at, 0 when there was none. Those who have been
    invited already are told of the change: notes ``funding.celebration_changed``, else
    ``funding.celebration_planned``. The same facts again change nothing. What was called off is
    planned anew and can be invited to again.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        NothingToCelebrate: no granted project.
        Missing, TooLong, EndsTooEarly, InThePast: about the gathering.
        ChangedMeanwhile: somebody else has changed it since.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require(may_celebrate(by, round, at=at))
    granted = Application.objects.filter(round=round, outcome__in=GRANTED)
    require(granted.exists(), NothingToCelebrate)
    celebration = celebration_of(round)
    if celebration and celebration.called_off_at is None and gathering == _gathering(celebration):
        return celebration
    require((celebration.version if celebration else 0) == version, ChangedMeanwhile)
    _check(gathering, at=at)
    if celebration is None:
        celebration = Celebration(round=round, number=uuid4())
    told = celebration.invited_at is not None and celebration.called_off_at is None
    _put(celebration, gathering)
    if celebration.invited_at is not None:
        celebration.sequence += 1
    if celebration.called_off_at is not None:
        celebration.invited_at = celebration.called_off_at = None
    celebration.save()
    people = told_of(celebration) if told else set()
    verb = CHANGED if told else "funding.celebration_planned"
    note(verb, about=celebration, by=by, at=at, **event_facts(celebration, people))
    return celebration


@transaction.atomic
def invite(
    round_id: int, *, people: Collection[int], version: int, by: Person, at: datetime
) -> int:
    """Invite those who are to come and have not been told; returns how many that were.

    ``people`` are the numbers that ``by`` saw in the preview, ``version`` that of the gathering.
    Notes ``funding.celebration_invited``. A second click finds nobody left and sends nothing.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        Missing: nothing is planned.
        AlreadyInvited: everybody has been told.
        IsCalledOff, InThePast: there is nothing to come to.
        ChangedMeanwhile: the gathering, or who is to come, is not as it was previewed.
    """
    round, celebration = _held(round_id, by=by, at=at)
    require(celebration.called_off_at is None, IsCalledOff)
    new = {one.person.pk for one in guests_of(round, celebration, at=at) if not one.told}
    require(bool(new), AlreadyInvited)
    require(celebration.starts_at > at, InThePast)
    require(celebration.version == version and new == set(people), ChangedMeanwhile)
    celebration.invited_at = celebration.invited_at or at
    celebration.save(update_fields=["invited_at"])
    note(INVITED, about=celebration, by=by, at=at, **event_facts(celebration, new))
    return len(new)


@transaction.atomic
def call_off(round_id: int, *, reason: str, by: Person, at: datetime) -> None:
    """Tell everybody who was invited that it does not take place.

    Notes ``funding.celebration_called_off`` with the ``reason``.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        Missing: nothing is planned.
        AlreadyDone: nobody was invited, or it is called off.
        TooLong: the reason.
    """
    _, celebration = _held(round_id, by=by, at=at)
    require(celebration.invited_at is not None and celebration.called_off_at is None, AlreadyDone)
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    people = told_of(celebration)
    celebration.called_off_at = at
    celebration.sequence += 1
    celebration.version += 1
    celebration.save(update_fields=["called_off_at", "sequence", "version"])
    facts = event_facts(celebration, people)
    note(CALLED_OFF, about=celebration, by=by, at=at, **facts, reason=reason)


def _held(round_id: int, *, by: Person, at: datetime) -> tuple[Round, Celebration]:
    """The round, locked, and its gathering, for somebody who may invite to it."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require(may_celebrate(by, round, at=at))
    celebration = celebration_of(round)
    if celebration is None:
        raise Missing
    return round, celebration


def _check(gathering: Gathering, *, at: datetime) -> None:
    require(bool(gathering.place), Missing(field="place"))
    for field, text, limit in (
        ("place", gathering.place, PLACE_LENGTH),
        ("words", gathering.words, WORDS_LENGTH),
    ):
        require(len(text) <= limit, TooLong(field=field, limit=limit))
    require(gathering.starts_at > at, InThePast)
    require(gathering.ends_at > gathering.starts_at, EndsTooEarly)


def _gathering(celebration: Celebration) -> Gathering:
    return Gathering(
        celebration.starts_at, celebration.ends_at, celebration.place, celebration.words
    )


def _put(celebration: Celebration, gathering: Gathering) -> None:
    celebration.starts_at, celebration.ends_at = gathering.starts_at, gathering.ends_at
    celebration.place, celebration.words = gathering.place, gathering.words
    celebration.version += 1
