"""Follow-up codes: given, used, lost, revoked; and a case that its giver takes into an account.

Only the digest of a code is kept. It also stands, marked as unusable, where Django keeps
passwords, because sessions are bound to that: the moment a code is revoked or replaced, every
session that was signed in with it is over.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing
from django.db import transaction

from idesluss.ideas.models import LIVE, OWN, Arrival, FollowUpCode, Idea, Involvement
from idesluss.ideas.rules import may_work
from idesluss.ideas.vocab import ArrivalState
from idesluss.logic import codes
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.people.models import Organisation, Person
from idesluss.people.refusals import BadLink, LinkTooOld
from idesluss.records.usecases import note

SALT = "idesluss.ideas.new_code"
LINK_HOLDS = timedelta(hours=1)


class WrongCode(Refusal):
    """Not a code that works: mistyped, never given, or revoked. Nobody is told which."""

    sentence = gettext_noop(
        "This code does not work. Look at it once more; if it is lost or was replaced, ask for a "
        "new one."
    )
    field = "code"


class NotAGuest(Refusal):
    """The giver has an account."""

    sentence = gettext_noop("The giver has an account and signs in with it, so no code is needed.")


class ResponsibleForIt(Refusal):
    """Whoever has the case cannot also be the one who handed it in. Needs ``number``."""

    sentence = gettext_noop(
        "You are responsible for %(number)s, and nobody handles what they handed in themselves. "
        "Let somebody else have the case first."
    )
    field = "code"


@transaction.atomic
def give_code(
    person: Person,
    *,
    by: Person | None,
    at: datetime,
    organisation_id: int | None = None,
    secret: bytes | None = None,
) -> str:
    """Give a guest a code and return its text, which is kept nowhere; earlier ones stop working.

    ``secret`` is 16 bytes, drawn here unless given. Notes ``ideas.code_given``.

    Raises:
        NotAGuest: the person signs in otherwise.
        IntegrityError: the given secret has been used.
    """
    guest = _locked(person)
    secret = secret or secrets.token_bytes(codes.SECRET_BYTES)
    _revoke(guest, at)
    digest = digest_of(secret)
    FollowUpCode.objects.create(person=guest, digest=digest, made_at=at)
    _bind(guest, digest)
    note("ideas.code_given", about=guest, by=by, at=at, organisation_id=organisation_id)
    return codes.write(secret)


@transaction.atomic
def sign_in_with(text: str, *, at: datetime) -> Person:
    """The guest whom the code in ``text`` belongs to. Notes ``ideas.code_used``.

    A code that cannot be right takes the same way as a wrong one, so that time tells nothing.

    Raises:
        WrongCode: no such code, or one that is revoked.
    """
    code = _find(text)
    code.used_at = at
    code.save(update_fields=["used_at"])
    note("ideas.code_used", about=code.person, by=code.person, at=at)
    return code.person


@transaction.atomic
def revoke_codes(person: Person, *, by: Person | None, at: datetime) -> None:
    """Let no code of the guest's work any more; their sessions are over.

    For use cases and the guest themselves. Notes ``ideas.code_revoked``.
    """
    guest = _locked(person)
    _revoke(guest, at)
    _bind(guest, "")
    note("ideas.code_revoked", about=guest, by=by, at=at)


@transaction.atomic
def renew_code(idea_id: int, *, by: Person, at: datetime) -> str:
    """A new code for the giver of a case, told to them by whoever works the case.

    Raises:
        NotAllowed: ``by`` does not work it.
        NotAGuest: the giver has an account.
    """
    idea = Idea.objects.select_related("programme").get(pk=idea_id)
    require(may_work(by, idea, at=at))
    theirs = idea.involvements.filter(part__in=OWN, ended_at=None, person__guest=True)
    giver = theirs.select_related("person").order_by("id").first()
    if giver is None:
        raise NotAGuest
    return give_code(giver.person, by=by, at=at, organisation_id=idea.organisation_id)


@transaction.atomic
def ask_code(register_number: str, mail: str, *, at: datetime) -> None:
    """Ask for a new code by mail: ``ideas.code_asked`` sends the link, if number and mail fit.

    Whether they do is not told. The mail goes to the address that the giver gave at hand-in, and
    nothing changes before the link in it is used.
    """
    number, address = register_number.strip(), mail.strip().lower()
    parts = Involvement.objects.filter(
        person__guest=True,
        person__reach_mail=address,
        part__in=OWN,
        ended_at=None,
        idea__register_number__iexact=number,
    )
    for part in parts.select_related("person", "idea__programme") if number and address else ():
        newest = part.person.follow_up_codes.order_by("-id").first()
        note(
            "ideas.code_asked",
            about=part.person,
            by=None,
            at=at,
            organisation_id=part.idea.organisation_id,
            code=newest.pk if newest else 0,
            register_number=part.idea.register_number,
        )


def code_link(guest_id: int, code_id: int, *, asked_at: datetime) -> str:
    """The secret part of the link that gives a guest a new code once, for an hour."""
    said = {"guest": guest_id, "code": code_id, "until": (asked_at + LINK_HOLDS).isoformat()}
    return signing.dumps(said, salt=SALT, compress=True)


def read_code_link(link: str, *, at: datetime) -> Person:
    """The guest whom the link is for.

    Raises:
        BadLink: not a link of ours, or used already.
        LinkTooOld: more than an hour old.
    """
    try:
        said = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        raise BadLink from None
    require(at < datetime.fromisoformat(said["until"]), LinkTooOld)
    guest = Person.objects.filter(pk=said["guest"], guest=True, is_active=True).first()
    if guest is None:
        raise BadLink
    newest = guest.follow_up_codes.order_by("-id").first()
    require((newest.pk if newest else 0) == said["code"], BadLink)
    return guest


@transaction.atomic
def new_code_by_link(link: str, *, at: datetime) -> str:
    """A new code for the guest of the link, which then has been used.

    Raises:
        BadLink, LinkTooOld: it does not work (any more).
    """
    guest = read_code_link(link, at=at)
    _locked(guest)
    read_code_link(link, at=at)  # nobody used it while we waited
    return give_code(guest, by=guest, at=at)


@transaction.atomic
def take_over(text: str, *, by: Person, at: datetime) -> list[Idea]:
    """Take what was handed in with the code in ``text`` into the account of ``by``.

    The code stops working. Notes ``ideas.taken_over`` for each case, and returns them.

    Raises:
        NotAllowed: ``by`` is a guest too.
        WrongCode: no such code, or one that is revoked.
        ResponsibleForIt: ``by`` has one of the cases.
    """
    require(not by.guest)
    guest = _locked(_find(text).person)
    parts = Involvement.objects.filter(person=guest, part__in=OWN, ended_at=None)
    theirs = list(parts.select_for_update(of=("self",)).select_related("idea__programme"))
    for part in theirs:
        idea = part.idea
        has_it = idea.responsible_id == by.pk and idea.stage in LIVE
        require(not has_it, ResponsibleForIt(number=idea.register_number))
        part.ended_at = at
        part.save(update_fields=["ended_at"])
        own = {"idea": idea, "person": by, "ended_at": None}
        if not Involvement.objects.filter(**own, part__in=OWN).exists():
            Involvement.objects.create(**own, part=part.part, since=at)
        note("ideas.taken_over", about=idea, by=by, at=at, guest=guest.pk)
    _follow_arrivals(guest, by)
    revoke_codes(guest, by=by, at=at)
    return [part.idea for part in theirs]


def digest_of(secret: bytes) -> str:
    """What is kept of a code: 64 hexadecimal digits."""
    return sha256(secret).hexdigest()


def waiting_of(person: Person) -> list[Arrival]:
    """What a guest handed in that somebody has to look at first, and what was thrown away."""
    return _arrivals_of(person, ArrivalState.WAITING, ArrivalState.REFUSED)


def _arrivals_of(person: Person, *states: ArrivalState) -> list[Arrival]:
    # The few organisations are named, so that the index of states is used and nothing is scanned.
    places = list(Organisation.objects.values_list("pk", flat=True))
    there = Arrival.objects.filter(organisation__in=places, state__in=[it.value for it in states])
    mine = there.filter(fields__giver=person.pk).select_related("organisation", "door")
    return list(mine.order_by("id"))


def _follow_arrivals(guest: Person, by: Person) -> None:
    for arrival in _arrivals_of(guest, ArrivalState.WAITING):
        arrival.fields = {**arrival.fields, "giver": by.pk}
        arrival.save(update_fields=["fields"])


def _find(text: str) -> FollowUpCode:
    secret = codes.read(text) or secrets.token_bytes(codes.SECRET_BYTES)
    digest = digest_of(secret)
    working = FollowUpCode.objects.filter(revoked_at=None, person__guest=True)
    found = working.filter(digest=digest, person__is_active=True).select_related("person").first()
    if found is None or not hmac.compare_digest(found.digest, digest):
        raise WrongCode
    return found


def _locked(person: Person) -> Person:
    guest = Person.objects.select_for_update().get(pk=person.pk)
    require(guest.guest, NotAGuest)
    return guest


def _revoke(guest: Person, at: datetime) -> None:
    guest.follow_up_codes.filter(revoked_at=None).update(revoked_at=at)


def _bind(guest: Person, digest: str) -> None:
    guest.password = f"!{digest}"
    guest.save(update_fields=["password"])
