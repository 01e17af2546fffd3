"""Letters about signing in. They belong to no organisation, so no administrator reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.timezone import get_default_timezone, localtime

from idesluss.mail.letters import compose
from idesluss.people.models import Person
from idesluss.people.usecases import address_link
from idesluss.records.models import Entry
from idesluss.records.usecases import write_letter


def send_code(person: Person, code: str, *, language: str, at: datetime) -> None:
    """Queue the code that signs ``person`` in; the clock sends it within a second or two.

    The page that asked answers at once, known address or not, so it tells nothing by its time.
    """
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    _write("people.code", person, person.email or "", language, at, code=code, minutes=minutes)


def address_asked(entry: Entry, at: datetime) -> None:
    """To the new address: the link that proves that it arrives."""
    person = Person.objects.get(pk=entry.about_id)
    link = address_link(person.pk, entry.data["email"], asked_at=entry.at)
    path = reverse("people:address", args=[link])
    to = entry.data["email"]
    _write("people.address", person, to, _language(person), at, entry=entry, path=path)


def address_changed(entry: Entry, at: datetime) -> None:
    """To the old address: that it no longer signs in."""
    if entry.data["before"]:
        person = Person.objects.get(pk=entry.about_id)
        facts = {"new": entry.data["email"]}
        to = entry.data["before"]
        _write("people.address_changed", person, to, _language(person), at, entry=entry, **facts)


def passkey_changed(entry: Entry, at: datetime) -> None:
    """To its owner: a passkey came or went, in case it was somebody else."""
    person = Person.objects.get(pk=entry.about_id)
    if person.email:
        kind, language = entry.verb, _language(person)
        with translation.override(language):
            when = formats.date_format(localtime(entry.at, get_default_timezone()), "j F Y H:i")
        facts = {"passkey": entry.data["passkey"], "when": when}
        path = reverse("mfa_list_webauthn")
        _write(kind, person, person.email, language, at, entry=entry, path=path, **facts)


def _language(person: Person) -> str:
    """The person's own choice, else that of an organisation they belong to."""
    first = person.appointments.select_related("organisation").first()
    theirs = first.organisation.language if first else settings.LANGUAGE_CODE
    return person.language or theirs


def _write(
    kind: str,
    person: Person,
    to: str,
    language: str,
    at: datetime,
    *,
    entry: Entry | None = None,
    **facts: Any,
) -> None:
    letter = compose(kind, name=person.name, language=language, organisation=None, **facts)
    write_letter(
        kind=kind,
        person_id=person.pk,
        to=to,
        subject=letter.subject,
        text=letter.text,
        language=language,
        at=at,
        entry=entry,
    )
