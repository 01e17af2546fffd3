"""Written down for somebody else: a paper form, a phone call, a workshop's notes, a table.

The giver stays the owner, with an account or a follow-up code; whoever wrote it down is kept
beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from idesluss.ideas.models import Arrival
from idesluss.ideas.usecases.guests import NOBODY, Guest
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, code_of, take_in
from idesluss.ideas.vocab import Channel
from idesluss.logic.refusals import Missing, Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Door

BY_PROXY = (Channel.PAPER, Channel.PHONE, Channel.TALK)
MOST_NOTES = 200  # at a time


class TooManyNotes(Refusal):
    """More than are taken at a time. Needs ``limit``."""

    sentence = gettext_noop("There is room for %(limit)s notes at a time. Divide them.")
    field = "notes"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that somebody said, and who it was, as far as they told."""

    given: Given
    guest: Guest = field(default=NOBODY)


@dataclass(frozen=True, slots=True)
class Slip:
    """What the giver takes along: the case and, for somebody without an account, the code."""

    arrival: Arrival
    code: str  # "" for somebody with an account


def may_enter(person: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` writes down for others: everybody who belongs to the organisation."""
    return organisation_id in person.standing(at).organisations()


@transaction.atomic
def enter(
    door: Door, note: Note, *, token: str, by: Person, at: datetime, channel: Channel
) -> Slip:
    """Hand in through ``door`` what somebody said, and return what they take along.

    The giver is the colleague who has that address, else a guest. ``token`` is the secret of the
    form: sent twice, it is one case. Notes ``ideas.handed_in`` by ``by``.

    Raises:
        NotAllowed: ``by`` does not belong to the organisation.
        AlreadyDone, DoorShut, NoModelYet, Missing, TooLong, NotChoosable: as ``take_in``.
    """
    require(may_enter(by, door.organisation_id, at=at))
    giver = colleague(door, note.guest.mail)
    sent = Sent(token=token, giver=giver, guest=note.guest, channel=channel, entered_by=by)
    arrival = take_in(door, note.given, sent, at=at)
    return Slip(arrival, "" if giver else code_of(token))


@transaction.atomic
def enter_all(
    door: Door,
    notes: Sequence[Note],
    *,
    token: str,
    by: Person,
    at: datetime,
    channel: Channel,
) -> list[Slip]:
    """Hand in several notes, all or none, and return a slip for each in their order.

    Raises:
        Missing, TooManyNotes: there is nothing, or more than is taken at a time.
        As ``enter``.
    """
    require(bool(notes), Missing(field="notes"))
    require(len(notes) <= MOST_NOTES, TooManyNotes(limit=MOST_NOTES))
    return [
        enter(door, note, token=f"{token} {number}", by=by, at=at, channel=channel)
        for number, note in enumerate(notes, start=1)
    ]


def colleague(door: Door, mail: str) -> Person | None:
    """Whoever has the address and belongs to the organisation of the door."""
    if not mail:
        return None
    known = Person.objects.filter(email__iexact=mail, is_active=True, guest=False)
    return known.filter(appointments__organisation=door.organisation_id).first()


def token_of(data: bytes) -> str:
    """The secret of a table: the same file twice is the same act."""
    return sha256(b"table " + data).hexdigest()
