"""A mail that comes in: a new case, a word on a case that there is, or something held back.

What is taken in by itself: a person's mail to the address of an open door, and a giver's answer to
one of our letters. Everything else is held back for somebody to look at, or ignored when a program
has sent it: the sender of a mail is not proved, so nobody speaks for the municipality by mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import cast

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, override

from idesluss.ideas.models import OWN, Arrival, Idea, Involvement
from idesluss.ideas.usecases.enclosing import enclose
from idesluss.ideas.usecases.guests import NAME_LENGTH, Guest, make_guest
from idesluss.ideas.usecases.hand_in import Given, hand_in
from idesluss.ideas.usecases.talking import say
from idesluss.ideas.vocab import (
    MESSAGE_LENGTH,
    NEED_LENGTH,
    TITLE_LENGTH,
    ArrivalState,
    Channel,
)
from idesluss.logic.incoming import Enclosed, Incoming, Sender
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Letter
from idesluss.records.usecases import note

HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 20  # of one sender, where no door says another number


@transaction.atomic
def take_mail(mail: Incoming, raw: bytes, *, at: datetime) -> Arrival | None:
    """Take in one mail, ``raw`` as it came, and return what became of it.

    None: it is to no door of ours and answers nothing of ours, so nobody's record. The same mail a
    second time is the first one. Notes ``ideas.handed_in`` or ``ideas.said``, and
    ``ideas.arrived``; for a bounce ``ideas.bounced``.
    """
    thread, door = thread_of(mail), door_of(mail)
    if thread is not None:
        there = thread.programme.organisation
    elif door is not None:
        there = door.organisation
    else:
        return None
    digest = sha256(raw).hexdigest()
    if known := Arrival.objects.filter(organisation=there, digest=digest).first():
        return known
    arrival = Arrival(
        organisation=there,
        door=door if door and door.organisation_id == there.pk else None,
        channel=Channel.MAIL.value,
        state=ArrivalState.WAITING.value,
        arrived_at=at,
        message_id=mail.message_id[:300],
        digest=digest,
        sender=mail.address[:320],
        subject=mail.subject[:300],
        text=mail.text,
        fields={"name": mail.name[:NAME_LENGTH]},
        idea=thread,
    )
    with override(there.language):
        _judge(arrival, mail, at=at)
    arrival.raw.save(f"{digest}.eml", ContentFile(raw), save=False)
    arrival.save()
    note("ideas.arrived", about=arrival, by=None, at=at, state=arrival.state, reason=arrival.reason)
    return arrival


def _judge(arrival: Arrival, mail: Incoming, *, at: datetime) -> None:
    """Take it in, hold it back or ignore it; says so in ``arrival``."""
    if mail.sender is not Sender.PERSON:
        arrival.state, arrival.reason = ArrivalState.IGNORED.value, _why_ignored(mail.sender)
        if mail.sender is Sender.BOUNCE and arrival.idea:
            note("ideas.bounced", about=arrival.idea, by=None, at=at, subject=mail.subject)
        return
    speaker = giver_in(arrival.idea, mail.address) if arrival.idea else None
    if reason := _why_held(arrival, mail, speaker, at=at):
        arrival.reason = reason
        return
    try:
        with transaction.atomic():
            _let_in(arrival, mail, speaker, at=at)
    except Refusal as refusal:  # the door has shut, or the model is not there yet
        arrival.reason = refusal.message[:300]
        return
    # What it says stands in the case now, where it can be masked; the mail itself is kept whole.
    arrival.state, arrival.text = ArrivalState.TAKEN.value, ""


def _let_in(arrival: Arrival, mail: Incoming, speaker: Person | None, *, at: datetime) -> None:
    if speaker is not None:
        words = mail.words or gettext("(Only files came with this mail.)")
        idea = say(
            cast("Idea", arrival.idea).pk,
            words[:MESSAGE_LENGTH],
            by=speaker,
            at=at,
            channel=Channel.MAIL,
        ).idea
        giver, rest = speaker, words[MESSAGE_LENGTH:]
    else:
        words = mail.words or mail.text or mail.subject
        giver, rest = giver_by(mail, arrival.organisation), words[NEED_LENGTH:]
        given = Given(
            need=words[:NEED_LENGTH],
            title=mail.subject[:TITLE_LENGTH],
            visibility=Visibility.CLOSED,  # the sender has not been told what "open" means here
            language=arrival.organisation.language,
        )
        idea = hand_in(cast("Door", arrival.door), given, by=giver, at=at, channel=Channel.MAIL)
        arrival.idea = idea
    whole = [Enclosed(gettext("the whole mail") + ".txt", mail.text.encode())] if rest else []
    if left_out := enclose(idea, [*whole, *mail.files], by=giver, at=at):
        names = ", ".join(left_out)
        reason = gettext("These files could not be kept: %(names)s") % {"names": names}
        arrival.reason = reason[:300]


def _why_held(arrival: Arrival, mail: Incoming, speaker: Person | None, *, at: datetime) -> str:
    """Why somebody has to look at it first; "" if nobody has to."""
    if not mail.address:
        return gettext("It does not say who has sent it.")
    if arrival.idea and speaker is None:
        return gettext("It answers about a case, but comes from somebody who does not hand it in.")
    if not (mail.words or mail.files or (mail.subject and not arrival.idea)):
        return gettext("It says nothing: there are no words but a signature or a quotation.")
    door = arrival.door
    if arrival.idea is None and door and door.signed_in:
        here = Appointment.objects.valid(at.date()).filter(organisation=arrival.organisation)
        if not here.filter(person__email__iexact=mail.address).exists():
            return gettext("This way in is only for people of the organisation.")
    limit = door.hourly_limit if door else MOST_IN_AN_HOUR
    lately = Arrival.objects.filter(organisation=arrival.organisation, arrived_at__gt=at - HOUR)
    if lately.filter(sender=mail.address, channel=Channel.MAIL.value).count() >= limit:
        return gettext("Many mails from the same sender in a short time.")
    return ""


def _why_ignored(sender: Sender) -> str:
    return {
        Sender.AUTOMATIC: gettext("An automatic reply, or a mail that a program has sent."),
        Sender.BOUNCE: gettext("A report that one of our letters did not arrive."),
        Sender.LOOP: gettext("One of our own letters has come back."),
    }[sender]


# ── What it belongs to ──────────────────────────────────────────────────────────────────────────


def thread_of(mail: Incoming) -> Idea | None:
    """The case of a sluice that a mail answers: one of our letters about it is named in it."""
    numbers = [it.partition("@")[0] for it in mail.answers]
    letters = Letter.objects.filter(message_id__in=numbers, entry__about_kind="ideas.idea")
    found = dict(letters.values_list("message_id", "entry__about_id"))
    about = next((found[number] for number in numbers if number in found), None)
    cases = Idea.objects.sluiced().select_related("programme__organisation")
    return cases.filter(pk=about).first() if about else None


def door_of(mail: Incoming) -> Door | None:
    """The door that a mail was sent to."""
    doors = Door.objects.exclude(address="").select_related("organisation", "programme", "receiver")
    to = Q(pk__in=[])
    for address in mail.to:
        to |= Q(address__iexact=address)
    return doors.filter(to).first()


def giver_in(idea: Idea, address: str) -> Person | None:
    """Whoever hands in ``idea`` and is reached at ``address``."""
    mine = Q(person__email__iexact=address) | Q(person__reach_mail__iexact=address)
    parts = Involvement.objects.filter(mine, idea=idea, part__in=OWN, ended_at=None)
    found = parts.select_related("person").first()
    return found.person if found else None


def giver_by(mail: Incoming, there: Organisation) -> Person:
    """Whose a new mail is: a person of the organisation, a guest known there, or a new guest."""
    known = Person.objects.filter(email__iexact=mail.address, appointments__organisation=there)
    guests = Person.objects.filter(
        guest=True,
        reach_mail__iexact=mail.address,
        involvements__part__in=OWN,
        involvements__idea__programme__organisation=there,
    )
    found = known.first() or guests.order_by("id").first()
    name = " ".join(mail.name.split())[:NAME_LENGTH]
    return found or make_guest(Guest(name=name, mail=mail.address[:254]), language=there.language)
