"""What came in but is held back: kept whole, then let in as a case or thrown away, by somebody.

General over the way it came: a form that was sent too fast or too often, or a mail. ``fields`` of
an arrival holds what the giver said (``as_fields``) and ``giver``, the number of the person, when
they are known; a mail without them is read from its subject, text and sender.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from idesluss.ideas.models import Arrival, Challenge, Idea
from idesluss.ideas.usecases.enclosing import enclose
from idesluss.ideas.usecases.guests import Guest, make_guest
from idesluss.ideas.usecases.hand_in import Given, hand_in
from idesluss.ideas.usecases.mail_in import giver_in
from idesluss.ideas.usecases.talking import say
from idesluss.ideas.vocab import (
    MESSAGE_LENGTH,
    NEED_LENGTH,
    TITLE_LENGTH,
    ArrivalState,
    Channel,
    IdeaKind,
)
from idesluss.logic.incoming import Enclosed, Incoming, read
from idesluss.logic.refusals import AlreadyDone, Missing, TooLong, require
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Visibility
from idesluss.records.usecases import note

REASON_LENGTH = 300
SORTERS = (Role.COACH, Role.ADMINISTRATOR)
_TEXTS = ("need", "title", "for_whom", "evidence", "on_behalf_of", "secret", "language", "aside")


def may_sort(person: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` lets in and throws away what is held back in the organisation."""
    return person.has_role(organisation_id, *SORTERS, at=at)


def as_fields(given: Given) -> dict[str, Any]:
    """What the giver said, as an arrival keeps it (JSON)."""
    return {name: getattr(given, name) for name in _TEXTS} | {
        "kind": given.kind.value,
        "how_many": given.how_many,
        "unit": given.unit.pk if given.unit else None,
        "challenge": given.challenge.pk if given.challenge else None,
        "visibility": given.visibility.value if given.visibility else None,
        "name_shown": given.name_shown.value,
    }


def as_given(arrival: Arrival) -> Given:
    """What the giver said, from what the arrival keeps, or from the words of a mail."""
    kept = arrival.fields
    here = arrival.organisation_id
    texts = {name: kept[name] for name in _TEXTS if kept.get(name)}
    texts.setdefault("need", arrival.text[:NEED_LENGTH])
    texts.setdefault("title", arrival.subject[:TITLE_LENGTH])
    width = kept.get("visibility")
    challenges = Challenge.objects.filter(programme__organisation=here)
    return Given(
        **texts,
        kind=IdeaKind(kept.get("kind") or IdeaKind.IDEA),
        how_many=kept.get("how_many"),
        unit=Unit.objects.filter(organisation=here, pk=kept.get("unit")).first(),
        challenge=challenges.filter(pk=kept.get("challenge")).first(),
        visibility=Visibility(width) if width else None,
        name_shown=Visibility(kept.get("name_shown") or Visibility.CLOSED),
    )


def hold_back(
    door: Door,
    given: Given,
    *,
    giver: Person,
    channel: Channel,
    reason: str,
    digest: str,
    at: datetime,
) -> Arrival:
    """Keep what somebody hands in until somebody has looked at it. For use cases only.

    ``digest`` keeps the same form from coming twice. Notes ``ideas.held_back``.
    """
    arrival = Arrival.objects.create(
        organisation=door.organisation,
        door=door,
        channel=channel.value,
        state=ArrivalState.WAITING.value,
        reason=reason,
        arrived_at=at,
        digest=digest,
        sender=giver.reach_mail or giver.reach_phone or giver.email or "",
        subject=given.title,
        text=given.need,
        fields={**as_fields(given), "giver": giver.pk},
    )
    note("ideas.held_back", about=arrival, by=giver, at=at, reason=reason, channel=channel.value)
    return arrival


@transaction.atomic
def release(
    arrival_id: int, *, why: str, by: Person, at: datetime, door: Door | None = None
) -> Idea:
    """Let in what was held back: a case of its giver's, received when it came.

    An answer about a case is a word on that case instead (``_answer``). ``door`` is needed where
    it came to none and is no answer. Notes ``ideas.let_in``, beside ``ideas.handed_in`` or
    ``ideas.said``.

    Raises:
        NotAllowed: ``by`` is neither coach nor administrator there.
        AlreadyDone: somebody has decided about it.
        Missing, TooLong: the reason, the door, or what was written.
        DoorShut, NoModelYet: as ``hand_in``.
    """
    arrival = _decided(arrival_id, why=why, by=by, at=at)
    if arrival.idea:
        idea = _answer(arrival, arrival.idea, by=by, at=at)
    else:
        idea = _new_case(arrival, door or arrival.door, at=at)
    arrival.state, arrival.idea = ArrivalState.TAKEN.value, idea
    arrival.save(update_fields=["state", "door", "idea", "handled_by", "handled_at"])
    note("ideas.let_in", about=arrival, by=by, at=at, why=why.strip(), idea=idea.pk)
    return idea


def _new_case(arrival: Arrival, door: Door | None, *, at: datetime) -> Idea:
    """A case of its giver's, with the files that came with the mail."""
    if door is None or door.organisation_id != arrival.organisation_id:
        raise Missing(field="door")
    giver = giver_of(arrival)
    idea = hand_in(
        door,
        as_given(arrival),
        by=giver,
        at=at,
        arrived_at=arrival.arrived_at,
        channel=Channel(arrival.channel),
    )
    if mail := _mail_of(arrival):
        enclose(idea, mail.files, by=giver, at=at)
    arrival.door = door
    return idea


def _answer(arrival: Arrival, idea: Idea, *, by: Person, at: datetime) -> Idea:
    """The giver's word on the case that it answers; anybody else's is a note inside it, by ``by``.

    Nobody has proved who sent a mail, so a stranger's words are told, never spoken.
    """
    mail = _mail_of(arrival)
    with translation.override(idea.programme.organisation.language):  # not that of who lets it in
        silent = gettext("(Only files came with this mail.)")
        told = gettext("Mail from %(sender)s:") % {"sender": arrival.sender}
        name = gettext("the whole mail") + ".txt"
    words = (mail and mail.words) or arrival.text or silent
    speaker = giver_in(idea, arrival.sender)
    if speaker is None:
        words = f"{told}\n\n{words}"
    inside, rest = speaker is None, words[MESSAGE_LENGTH:]
    by = speaker or by
    said = words[:MESSAGE_LENGTH]
    idea = say(idea.pk, said, by=by, at=at, inside=inside, channel=Channel.MAIL).idea
    whole = [Enclosed(name, words.encode())] if rest else []
    enclose(idea, [*whole, *(mail.files if mail else ())], by=by, at=at)
    return idea


def _mail_of(arrival: Arrival) -> Incoming | None:
    """The mail that it was, read again."""
    if not arrival.raw:
        return None
    with arrival.raw.open() as file:
        return read(file.read())


@transaction.atomic
def throw_away(arrival_id: int, *, why: str, by: Person, at: datetime) -> Arrival:
    """Throw away what was held back; it is kept, with the reason. Notes ``ideas.thrown_away``.

    Raises:
        NotAllowed: ``by`` is neither coach nor administrator there.
        AlreadyDone: somebody has decided about it.
        Missing, TooLong: the reason.
    """
    arrival = _decided(arrival_id, why=why, by=by, at=at)
    arrival.state, arrival.reason = ArrivalState.REFUSED.value, why.strip()
    arrival.save(update_fields=["state", "reason", "handled_by", "handled_at"])
    note("ideas.thrown_away", about=arrival, by=by, at=at, why=arrival.reason)
    return arrival


def giver_of(arrival: Arrival) -> Person:
    """Whose it is: the person who is known, else a new guest, reached at the sender's address."""
    known = Person.objects.filter(pk=arrival.fields.get("giver")).first()
    language = arrival.organisation.language
    sender = arrival.sender if "@" in arrival.sender else ""
    return known or make_guest(Guest(mail=sender.lower()[:254]), language=language)


def _decided(arrival_id: int, *, why: str, by: Person, at: datetime) -> Arrival:
    """The locked arrival, for whoever may decide about it now."""
    found = Arrival.objects.select_for_update(of=("self",))
    arrival = found.select_related("organisation", "door", "idea").get(pk=arrival_id)
    require(may_sort(by, arrival.organisation_id, at=at))
    require(arrival.state == ArrivalState.WAITING.value, AlreadyDone)
    require(bool(why.strip()), Missing(field="why"))
    require(len(why.strip()) <= REASON_LENGTH, TooLong(field="why", limit=REASON_LENGTH))
    arrival.handled_by, arrival.handled_at = by, at
    return arrival
