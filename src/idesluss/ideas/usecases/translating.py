"""The translation service of an organisation: connected, turned off; and what it made, kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Model

from idesluss.ideas.models import Translation, TranslationService
from idesluss.ideas.models.translating import ADDRESS_LENGTH, KEY_LENGTH, MODEL_LENGTH
from idesluss.ideas.sealing import seal
from idesluss.ideas.vocab import Speaks
from idesluss.logic.addresses import read_address
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Organisation, Person
from idesluss.people.rules import may_set_up
from idesluss.records.usecases import note

MOST_AN_HOUR = 200
"""Translations that an organisation has made in an hour: nobody empties its purse by pressing."""


class BadKey(Refusal):
    """A key with characters that no key has."""

    sentence = gettext_noop(
        "A key has only letters, digits and signs, and no spaces. Copy it again."
    )
    field = "api_key"


class NotConnected(Refusal):
    """There is no service, or it was turned off."""

    sentence = gettext_noop("No translation service is connected here any more.")


class EnoughForNow(Refusal):
    """As many as an organisation has made in an hour."""

    sentence = gettext_noop(
        "So much has been translated in the last hour that there is a pause. Try again later."
    )


@dataclass(frozen=True, slots=True)
class Connection:
    """How a service is reached, and what it may be sent. ``api_key`` "": the one that is kept."""

    speaks: str  # of Speaks
    address: str
    model: str = ""
    api_key: str = field(default="", repr=False)
    inside: bool = False


@transaction.atomic
def connect_service(
    organisation_id: int, wish: Connection, *, seen: int, by: Person, at: datetime
) -> TranslationService:
    """Connect a translation service, or change how it is reached; from now on it may be asked.

    A key that was kept is forgotten when another host is named without one. ``seen`` is the
    version that ``by`` had before them, 0 for none. Notes ``ideas.translation_connected`` with the
    host and what may be sent there, never the key.

    Raises:
        NotAllowed: ``by`` does not administer the organisation.
        ChangedMeanwhile: somebody else has changed it since.
        BadAddress, Missing, TooLong, BadKey: with the field.
    """
    service = _locked(organisation_id, by=by, at=at)
    require(seen == service.version, ChangedMeanwhile)
    address, model, key = wish.address.strip().rstrip("/"), wish.model.strip(), wish.api_key.strip()
    require(bool(address), Missing(field="address"))
    require(len(address) <= ADDRESS_LENGTH, TooLong(field="address", limit=ADDRESS_LENGTH))
    place = read_address(address)
    require(wish.speaks in Speaks.values, Missing(field="speaks"))
    is_model = wish.speaks == Speaks.OPENAI.value
    require(bool(model) or not is_model, Missing(field="model"))
    require(len(model) <= MODEL_LENGTH, TooLong(field="model", limit=MODEL_LENGTH))
    require(len(key) <= KEY_LENGTH, TooLong(field="api_key", limit=KEY_LENGTH))
    require(key.isascii() and (not key or key.isprintable()) and " " not in key, BadKey)
    moved = not service.address or read_address(service.address).origin != place.origin
    if key or moved:
        service.key_sealed = seal(key)
    service.speaks, service.address = wish.speaks, address
    service.model = model if is_model else ""
    service.inside = wish.inside
    service.connected_by, service.connected_at, service.off_at = by, at, None
    service.version += 1
    service.save()
    note(
        "ideas.translation_connected",
        about=service,
        by=by,
        at=at,
        host=place.host,
        speaks=wish.speaks,
        inside=wish.inside,
        with_key=bool(service.key_sealed),
    )
    return service


@transaction.atomic
def turn_off_service(organisation_id: int, *, by: Person, at: datetime) -> TranslationService:
    """Turn the service off and forget its key. Notes ``ideas.translation_turned_off``.

    Raises:
        NotAllowed: as ``connect_service``.
        AlreadyDone: none is connected.
    """
    service = _locked(organisation_id, by=by, at=at)
    require(bool(service.address) and service.off_at is None, AlreadyDone)
    service.off_at, service.key_sealed = at, ""
    service.version += 1
    service.save(update_fields=["off_at", "key_sealed", "version"])
    note("ideas.translation_turned_off", about=service, by=by, at=at)
    return service


@dataclass(frozen=True, slots=True)
class Made:
    """A translation: into which language, of which words, by whom, and what it says."""

    language: str
    digest: str
    host: str
    title: str
    text: str


@transaction.atomic
def keep_translation(
    organisation_id: int, about: Model, made: Made, *, by: Person | None, at: datetime
) -> Translation:
    """Keep what a service made of a thing, in place of what it made of it before.

    Notes ``ideas.translated``: what was sent where, and who asked (None: somebody who is not
    signed in).

    Raises:
        NotConnected: the service was turned off meanwhile.
    """
    service = TranslationService.objects.select_for_update().filter(organisation=organisation_id)
    connected = service.filter(off_at=None).first()
    if connected is None:
        raise NotConnected
    kind = about._meta.label_lower
    kept, _ = Translation.objects.update_or_create(
        organisation_id=organisation_id,
        about_kind=kind,
        about_id=about.pk,
        language=made.language,
        defaults={
            "digest": made.digest,
            "host": made.host,
            "title": made.title,
            "text": made.text,
            "at": at,
        },
    )
    told = {"kind": kind, "number": about.pk, "language": made.language, "host": made.host}
    note("ideas.translated", about=connected, by=by, at=at, **told)
    return kept


def forget_translations(things: Sequence[Model]) -> None:
    """Forget what was made of ``things``; for use cases that take words out of them."""
    for thing in things:
        made = Translation.objects.filter(about_kind=thing._meta.label_lower, about_id=thing.pk)
        made.delete()


def may_ask(organisation_id: int, *, at: datetime) -> None:
    """Raise ``EnoughForNow`` when an organisation has had too much translated lately."""
    lately = Translation.objects.filter(
        organisation=organisation_id, at__gt=at - timedelta(hours=1)
    )
    require(lately.count() < MOST_AN_HOUR, EnoughForNow)


def digest_of(title: str, text: str) -> str:
    """What tells whether a translation was made of these very words (SHA-256, in hex)."""
    return sha256(f"{title}\0{text}".encode()).hexdigest()


def _locked(organisation_id: int, *, by: Person, at: datetime) -> TranslationService:
    """The organisation's service, or one that is not saved yet; the organisation is locked."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    require(may_set_up(by, organisation_id, at))
    found = TranslationService.objects.filter(organisation=organisation).first()
    return found or TranslationService(organisation=organisation)
