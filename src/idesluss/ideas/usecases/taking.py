"""Take in what somebody sends from a door's form: once, whoever it is, suspicious or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from idesluss.ideas.models import Arrival, FollowUpCode, Idea, Involvement
from idesluss.ideas.usecases.arriving import hold_back
from idesluss.ideas.usecases.codes import digest_of, give_code
from idesluss.ideas.usecases.drafting import locked_draft, save_draft, throw_draft
from idesluss.ideas.usecases.guests import NOBODY, Guest, make_guest
from idesluss.ideas.usecases.hand_in import DoorShut, Given, hand_in, written
from idesluss.ideas.vocab import ArrivalState, Channel
from idesluss.logic import codes
from idesluss.logic.refusals import AlreadyDone, require
from idesluss.people.models import Person
from idesluss.programmes.models import Door

TWICE_WITHIN = timedelta(minutes=10)
"""The same form sent again so soon is the same act; later somebody else may sit there."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: ``token`` is the secret of that one form, in the giver's hands only.

    ``giver`` is who is signed in, None for ``guest``, who gets a follow-up code. ``suspicion``
    says why somebody should look at it first, "" when nothing speaks for that.
    """

    token: str
    giver: Person | None = None
    guest: Guest = NOBODY
    suspicion: str = ""
    channel: Channel = Channel.WEB
    draft_id: int | None = None
    entered_by: Person | None = None  # who wrote it down for the giver


def take_in(door: Door, given: Given, sent: Sent, *, at: datetime) -> Arrival:
    """Hand in what was sent, or hold it back if it is suspicious; sent twice it is one case.

    Returns the arrival: its ``idea`` is the case, None while somebody has to look at it. A guest
    has the code ``code_of(sent.token)``, which nothing keeps.

    Raises:
        AlreadyDone: that form was sent long ago, or by somebody else.
        DoorShut, NoModelYet, Missing, TooLong, NotChoosable: as ``hand_in``.
        Idea.DoesNotExist: ``draft_id`` is no draft of the giver's.
    """
    earlier = _earlier(door, sent, at=at)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            return _take(door, given, sent, at=at)
    except IntegrityError:  # the same form, sent at the same moment, was faster
        earlier = _earlier(door, sent, at=at)
        if earlier is None:
            raise
        return earlier


@transaction.atomic
def keep_draft(door: Door, given: Given, sent: Sent, *, at: datetime) -> Idea:
    """Keep what was sent as a draft; a guest gets the code ``code_of(sent.token)`` for it.

    Raises:
        Missing, TooLong, NotChoosable, Idea.DoesNotExist: as ``save_draft``.
        IntegrityError: that form was sent before.
    """
    giver = sent.giver or _guest(door, given, sent, at=at)
    return save_draft(door, given, by=giver, at=at, draft_id=sent.draft_id)


def secret_of(token: str) -> bytes:
    """The 16 bytes of the code that a guest gets for the form ``token``.

    Made of the token and the installation's secret key, so the same form twice means the same
    code, though the code is kept nowhere.
    """
    made = salted_hmac("idesluss.ideas.code", token, algorithm="sha256").digest()
    return made[: codes.SECRET_BYTES]


def code_of(token: str) -> str:
    """The code that a guest gets for the form ``token``, as it is shown."""
    return codes.write(secret_of(token))


def _earlier(door: Door, sent: Sent, *, at: datetime) -> Arrival | None:
    found = Arrival.objects.filter(organisation=door.organisation_id, digest=_digest(sent))
    earlier = found.select_related("idea").first()
    if earlier is not None:
        giver = sent.giver.pk if sent.giver else None
        require(at - earlier.arrived_at < TWICE_WITHIN, AlreadyDone)
        require(giver is None or earlier.fields.get("giver") == giver, AlreadyDone)
    return earlier


def _take(door: Door, given: Given, sent: Sent, *, at: datetime) -> Arrival:
    if sent.suspicion:  # what hand_in would refuse is refused here, too
        require(Door.objects.open(at).filter(pk=door.pk).exists(), DoorShut)
        written(given, door, onto=Idea())
    giver = sent.giver or _guest(door, given, sent, at=at)
    draft_id = sent.draft_id
    if sent.suspicion:
        if draft_id is not None:
            throw_draft(draft_id, by=giver, at=at)
        return hold_back(
            door,
            given,
            giver=giver,
            channel=sent.channel,
            reason=sent.suspicion,
            digest=_digest(sent),
            at=at,
        )
    draft = locked_draft(draft_id, door, by=giver) if draft_id is not None else None
    idea = hand_in(
        door,
        given,
        by=giver,
        at=at,
        channel=sent.channel,
        draft=draft,
        entered_by=sent.entered_by,
    )
    return Arrival.objects.create(
        organisation=door.organisation,
        door=door,
        channel=sent.channel.value,
        state=ArrivalState.TAKEN.value,
        arrived_at=at,
        digest=_digest(sent),
        fields={"giver": giver.pk},
        idea=idea,
    )


def guest_of(sent: Sent, *, at: datetime) -> Person | None:
    """The guest who got the code of the form ``sent`` a moment ago, if anybody did.

    Raises:
        AlreadyDone: that was long ago; perhaps somebody else sits there now.
    """
    given = FollowUpCode.objects.filter(digest=digest_of(secret_of(sent.token)))
    code = given.select_related("person").first()
    require(code is None or at - code.made_at < TWICE_WITHIN, AlreadyDone)
    return code.person if code else None


def _guest(door: Door, given: Given, sent: Sent, *, at: datetime) -> Person:
    """The giver without account: a new guest, or who has just said “me too” by this form."""
    known = guest_of(sent, at=at)
    if known and not Involvement.objects.filter(person=known).exists():
        return known
    guest = make_guest(sent.guest, language=given.language)
    here = door.organisation_id
    give_code(guest, by=guest, at=at, organisation_id=here, secret=secret_of(sent.token))
    return guest


def _digest(sent: Sent) -> str:
    return sha256(f"form {sent.token}".encode()).hexdigest()
