"""Organisations: made by those who install, arranged by their own fund administrators."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, require
from idesluss.logic.registers import check_pattern
from idesluss.people.models import Organisation, Person
from idesluss.people.names import read_address, read_name
from idesluss.people.refusals import BadColour, BadSlug, BadZone, ReservedSlug, SlugTaken
from idesluss.people.rules import may_install, may_set_up
from idesluss.people.vocab import RESERVED_SLUGS
from idesluss.records.usecases import note

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an organisation says of itself; ``colour`` is ``#rrggbb``."""

    name: str
    slug: str
    country: str
    language: str
    currency: str
    zone: str
    colour: str
    register_pattern: str
    contact_mail: str = ""

    @classmethod
    def of(cls, organisation: Organisation) -> Facts:
        """As they are now."""
        return cls(**{name: getattr(organisation, name) for name in cls.__slots__})

    def checked(self) -> Facts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        facts = Facts(
            name=read_name(self.name),
            slug=check_slug(self.slug),
            country=self.country,
            language=self.language,
            currency=self.currency,
            zone=check_zone(self.zone),
            colour=check_colour(self.colour),
            register_pattern=self.register_pattern.strip(),
            contact_mail=read_address(self.contact_mail, field="contact_mail") or "",
        )
        check_pattern(facts.register_pattern)
        return facts


def check_slug(text: str) -> str:
    """The first part of an organisation's addresses.

    Raises:
        BadSlug: something else than a to z, digits and single hyphens, or too long.
        ReservedSlug: an address of the service itself.
    """
    slug = text.strip().lower()
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise BadSlug
    if slug in RESERVED_SLUGS:
        raise ReservedSlug(slug=slug)
    return slug


def check_zone(zone: str) -> str:
    """The name of a time zone that exists.

    Raises:
        BadZone: it does not.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadZone(zone=zone) from None
    return zone


def check_colour(text: str) -> str:
    """A colour as ``#rrggbb``, lower case.

    Raises:
        BadColour: something else.
    """
    colour = text.strip().lower()
    if not COLOUR.fullmatch(colour):
        raise BadColour(colour=text.strip())
    return colour


def make_organisation(facts: Facts, *, by: Person, at: datetime) -> Organisation:
    """Write a new organisation and note it. For use cases that have asked their own rule.

    Raises:
        Refusal: a fact that cannot be used, or a slug that is taken.
    """
    facts = facts.checked()
    if Organisation.objects.filter(slug=facts.slug).exists():
        raise SlugTaken(slug=facts.slug)
    organisation = Organisation.objects.create(**asdict(facts))
    note("people.organisation_added", about=organisation, by=by, at=at, **asdict(facts))
    return organisation


@transaction.atomic
def change_organisation(
    organisation_id: int, facts: Facts, *, by: Person, at: datetime
) -> Organisation:
    """Change what the organisation says of itself; notes only what changed.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a fact that cannot be used, or a slug that is taken.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_set_up(by, organisation_id, at))
    before, after = asdict(Facts.of(organisation)), asdict(facts.checked())
    changed = {name: value for name, value in after.items() if value != before[name]}
    if "slug" in changed and Organisation.objects.filter(slug=changed["slug"]).exists():
        raise SlugTaken(slug=changed["slug"])
    if changed:
        for name, value in changed.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(changed))
        note("people.organisation_changed", about=organisation, by=by, at=at, **changed)
    return organisation


@transaction.atomic
def archive_organisation(organisation_id: int, *, by: Person, at: datetime) -> None:
    """Lay the organisation aside: nothing of it is shown until it is brought back.

    Raises:
        NotAllowed: ``by`` does not install.
        AlreadyDone: it lies aside already.
    """
    _move(organisation_id, archived=True, by=by, at=at)


@transaction.atomic
def restore_organisation(organisation_id: int, *, by: Person, at: datetime) -> None:
    """Bring the organisation back.

    Raises:
        NotAllowed: ``by`` does not install.
        AlreadyDone: it does not lie aside.
    """
    _move(organisation_id, archived=False, by=by, at=at)


def _move(organisation_id: int, *, archived: bool, by: Person, at: datetime) -> None:
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_install(by))
    require((organisation.archived_at is None) == archived, AlreadyDone)
    organisation.archived_at = at if archived else None
    organisation.save(update_fields=["archived_at"])
    verb = "people.organisation_archived" if archived else "people.organisation_restored"
    note(verb, about=organisation, by=by, at=at)


def lock_organisation(organisation_id: int) -> Organisation:
    """The organisation, locked: whatever must be unique or enough within it is checked after.

    Raises:
        ChangedMeanwhile: it has been archived.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(organisation.archived_at is None, ChangedMeanwhile)
    return organisation
