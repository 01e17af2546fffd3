"""What people change about themselves, and what administrators correct for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from idesluss.logic.refusals import AlreadyDone, Missing, require
from idesluss.people.models import Appointment, Person
from idesluss.people.names import read_address, read_name
from idesluss.people.refusals import AddressTaken, BadLink, LinkTooOld, LinkUsed, NotYours
from idesluss.people.rules import may_correct, may_set_up
from idesluss.people.usecases.adding import add_person
from idesluss.people.vocab import LANGUAGES
from idesluss.records.usecases import note

SALT = "idesluss.people.address"
LINK_HOLDS = timedelta(hours=24)


@transaction.atomic
def change_own(*, name: str, language: str, by: Person, at: datetime) -> None:
    """Change one's own name, and the language that pages and letters come in ("": as it comes).

    Raises:
        Missing, TooLong: no name, or one that does not fit.
    """
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.name = read_name(name)
    person.language = language if language in dict(LANGUAGES) else ""
    person.save(update_fields=["name", "language"])
    note(
        "people.person_changed",
        about=person,
        by=by,
        at=at,
        name=person.name,
        language=person.language,
    )


@transaction.atomic
def ask_address(email: str, *, by: Person, at: datetime) -> None:
    """Ask to sign in with another address: ``people.address_asked`` sends it a link.

    The link is ``address_link`` of what is noted. Nothing changes before it is opened, and
    whether somebody else has that address is not told.

    Raises:
        Missing, NotAnAddress: no address.
        AlreadyDone: it is the same.
    """
    address = read_address(email)
    if address is None:
        raise Missing(field="email")
    require(address != by.email, AlreadyDone)
    note("people.address_asked", about=by, by=by, at=at, email=address, name=by.name)


def address_link(person_id: int, email: str, *, asked_at: datetime) -> str:
    """The secret part of the link that proves that ``email`` reaches the person."""
    until = asked_at + LINK_HOLDS
    said = {"person": person_id, "email": email, "until": until.isoformat()}
    return signing.dumps(said, salt=SALT, compress=True)


def read_address_link(link: str, *, by: Person, at: datetime) -> str:
    """The address that the link is about.

    Raises:
        BadLink: not a link of ours, or somebody else's.
        LinkTooOld: more than a day old.
    """
    try:
        said = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        raise BadLink from None
    require(said["person"] == by.pk, BadLink)
    require(at < datetime.fromisoformat(said["until"]), LinkTooOld)
    return str(said["email"])


@transaction.atomic
def change_address(link: str, *, by: Person, at: datetime) -> str:
    """Sign in with the address of the link from now on; returns it.

    Notes ``people.address_changed``, which tells the old address.

    Raises:
        BadLink, LinkTooOld, LinkUsed: the link does not work (any more).
        AddressTaken: somebody else has it.
    """
    person = Person.objects.select_for_update().get(pk=by.pk)
    address = read_address_link(link, by=person, at=at)
    require(address != person.email, LinkUsed)
    _give(person, address, by=by, at=at)
    return address


@transaction.atomic
def correct_person(
    person_id: int,
    *,
    organisation_id: int,
    name: str,
    email: str | None,
    by: Person,
    at: datetime,
) -> Person:
    """Correct the name or address of somebody whom nobody else knows.

    For somebody who is asked to come (``Appointment.invited_as``) only what we call them
    changes; another address means that somebody else is asked instead.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        NotYours: other organisations know the person too.
        Missing, TooLong, NotAnAddress, AddressTaken: naming the field.
    """
    require(may_set_up(by, organisation_id, at))
    name, address = read_name(name), read_address(email)
    person = Person.objects.select_for_update().get(pk=person_id)
    here = Appointment.objects.filter(organisation=organisation_id, person=person)
    if not here.filter(invited_as="").exists():
        return _correct_asked(person, organisation_id, name=name, address=address, by=by, at=at)
    require(may_correct(by, person, at), NotYours)
    if name != person.name:
        person.name = name
        person.save(update_fields=["name"])
        note("people.person_changed", about=person, by=by, at=at, name=name)
    if address != person.email:
        _give(person, address, by=by, at=at)
    return person


def _correct_asked(
    person: Person,
    organisation_id: int,
    *,
    name: str,
    address: str | None,
    by: Person,
    at: datetime,
) -> Person:
    offered = Appointment.objects.filter(organisation=organisation_id, person=person)
    if address == person.email:
        offered.update(invited_as=name)
        return person
    other = person
    for role in offered.not_over(at.date()):
        other = add_person(
            organisation_id,
            name=name,
            email=address,
            roles=[role.role],
            unit_id=role.unit_id,
            starts=role.starts,
            ends=role.ends,
            by=by,
            at=at,
        )
        role.ends = max(at.date(), role.starts or at.date())
        role.save(update_fields=["ends"])
    return other


def _give(person: Person, address: str | None, *, by: Person, at: datetime) -> None:
    before, person.email = person.email, address
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        raise AddressTaken from None
    note(
        "people.address_changed",
        about=person,
        by=by,
        at=at,
        before=before or "",
        email=address or "",
        name=person.name,
    )


@transaction.atomic
def note_passkey(*, added: bool, name: str, by: Person, at: datetime) -> None:
    """Note that a passkey called ``name`` was added or removed; a letter tells its owner."""
    verb = "people.passkey_added" if added else "people.passkey_removed"
    note(verb, about=by, by=by, at=at, passkey=name, email=by.email or "", name=by.name)
