"""How somebody is told: by mail, kind by kind, and in their own calendar."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core import signing
from django.db import transaction

from idesluss.people.models import MailPreference, Person
from idesluss.people.refusals import BadLink
from idesluss.people.vocab import MailWish
from idesluss.records.usecases import note

SALT = "idesluss.people.mail"


@transaction.atomic
def choose_mail(wishes: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """Be told news of each kind as wished (``vocab.MailWish``); other kinds stay as they are."""
    for kind, wish in sorted(wishes.items()):
        MailPreference.objects.update_or_create(
            person=by, kind=kind, defaults={"wish": MailWish(wish).value}
        )
    note("people.mail_chosen", about=by, by=by, at=at, wishes=dict(wishes))


def mail_off_link(person_id: int, kinds: Iterable[str]) -> str:
    """The secret part of the link that turns ``kinds`` off for the person; holds for ever.

    The same for the same letter: who can read the letter can turn it off, and nothing else.
    """
    return signing.Signer(salt=SALT).sign_object([person_id, *kinds], compress=True)


def read_mail_off_link(link: str) -> tuple[Person, list[str]]:
    """Whose mail the link turns off, and which kinds.

    Raises:
        BadLink: not a link of ours.
    """
    try:
        person_id, *kinds = signing.Signer(salt=SALT).unsign_object(link)
    except (signing.BadSignature, ValueError):
        raise BadLink from None
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise BadLink
    return person, kinds


def turn_mail_off(link: str, kinds: Iterable[str], *, at: datetime) -> None:
    """Turn off those of ``kinds`` that the link is about, for whom it was made.

    Raises:
        BadLink: not a link of ours.
    """
    person, mine = read_mail_off_link(link)
    choose_mail({kind: MailWish.NEVER for kind in kinds if kind in mine}, by=person, at=at)


@transaction.atomic
def give_calendar_key(*, by: Person, at: datetime) -> str:
    """Make the key to one's calendar, or a new one: the old address shows nothing any more."""
    key = secrets.token_urlsafe(32)
    Person.objects.filter(pk=by.pk).update(calendar_key=key)
    by.calendar_key = key
    note("people.calendar_opened", about=by, by=by, at=at)
    return key


@transaction.atomic
def take_calendar_key(*, by: Person, at: datetime) -> None:
    """End the subscription to one's calendar: its address shows nothing any more."""
    Person.objects.filter(pk=by.pk).update(calendar_key=None)
    by.calendar_key = None
    note("people.calendar_closed", about=by, by=by, at=at)
