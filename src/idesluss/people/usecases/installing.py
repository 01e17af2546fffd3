"""The first administrator: a link that works once, shown only to whoever has the server."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from idesluss.logic.refusals import Missing, require
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.names import read_address, read_name
from idesluss.people.refusals import BadLink, LinkTooOld, LinkUsed
from idesluss.people.rules import may_install
from idesluss.people.usecases.organisations import Facts, make_organisation
from idesluss.people.vocab import Role
from idesluss.records.models import Series
from idesluss.records.usecases import next_number, note

SALT = "idesluss.people.install"
LINK_HOLDS = timedelta(hours=24)
INSTALLATION = 0  # the series' owner: no organisation has that number
LINKS = "installer"  # one number for each link that was used


def installer_link(*, at: datetime) -> str:
    """The secret part of a link that makes whoever opens it an installer; works once, for a day.

    Every link made before one of them is used is the same one: none works after that. For
    whoever has the server itself: the first start, and the command ``idesluss admin-link``.
    """
    said = {"after": _used(), "until": (at + LINK_HOLDS).isoformat()}
    return signing.dumps(said, salt=SALT, compress=True)


def first_link(*, at: datetime) -> str | None:
    """The link for the very first installer, or None when there is one already."""
    if Person.objects.filter(is_installer=True, is_active=True).exists():
        return None
    return installer_link(at=at)


def check_link(link: str, *, at: datetime) -> int:
    """How many links had been used when this one was made.

    Raises:
        BadLink: not a link of ours.
        LinkTooOld: more than a day old.
        LinkUsed: it, or another one made meanwhile, has been used.
    """
    try:
        said = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        raise BadLink from None
    require(at < datetime.fromisoformat(said["until"]), LinkTooOld)
    after = int(said["after"])
    require(after == _used(), LinkUsed)
    return after


@transaction.atomic
def redeem(
    link: str, *, name: str, email: str | None, organisation: Facts | None, at: datetime
) -> Person:
    """Use the link: make the installer, and the first organisation with its fund administrator.

    Somebody who has that address already becomes installer and keeps their name.
    ``organisation`` is None when the installation has one already.

    Raises:
        BadLink, LinkTooOld, LinkUsed: the link does not work (any more).
        Refusal: a name, address or fact that cannot be used, naming its field.
    """
    after = check_link(link, at=at)
    # Locks the series: of two who use the link at once, one gets the number that was next.
    number = next_number(organisation_id=INSTALLATION, key=LINKS)
    require(number == after + 1, LinkUsed)
    name, address = read_name(name), read_address(email)
    if address is None:
        raise Missing(field="email")
    person, _ = Person.objects.get_or_create(email=address, defaults={"name": name})
    person.is_installer = person.is_active = True
    person.save(update_fields=["is_installer", "is_active"])
    note("people.installer_made", about=person, by=person, at=at, email=address, name=person.name)
    if organisation is not None:
        made = make_organisation(organisation, by=person, at=at)
        _administer(person, made, by=person, at=at)
    return person


@transaction.atomic
def add_organisation(facts: Facts, *, by: Person, at: datetime) -> Organisation:
    """Add one more organisation; ``by`` is its fund administrator until somebody else is.

    Raises:
        NotAllowed: ``by`` does not install.
        Refusal: a fact that cannot be used, naming its field.
    """
    require(may_install(by))
    organisation = make_organisation(facts, by=by, at=at)
    _administer(by, organisation, by=by, at=at)
    return organisation


def _administer(person: Person, organisation: Organisation, *, by: Person, at: datetime) -> None:
    Appointment.objects.create(
        organisation=organisation, person=person, role=Role.ADMINISTRATOR.value
    )
    note(
        "people.appointed",
        about=person,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        role=Role.ADMINISTRATOR.value,
    )


def _used() -> int:
    """How many links have been used."""
    series = Series.objects.filter(organisation_id=INSTALLATION, key=LINKS).first()
    return series.last if series else 0
