"""Posters: a sheet with a QR code for one workplace, which opens a door with the rest filled in."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import Challenge, Poster
from idesluss.logic.codes import ALPHABET
from idesluss.logic.refusals import AlreadyDone, TooLong, require
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door
from idesluss.records.usecases import note

WORDS_LENGTH = 160
KEY_LENGTH = 6
MAKERS = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)


def may_make_posters(person: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` makes posters: coaches, managers and administrators."""
    return person.has_role(organisation_id, *MAKERS, at=at)


@transaction.atomic
def make_poster(
    door: Door,
    *,
    unit: Unit | None,
    challenge: Challenge | None,
    words: str,
    by: Person,
    at: datetime,
) -> Poster:
    """Make a poster whose link opens ``door`` and fills in ``unit`` and ``challenge``.

    Notes ``ideas.poster_made``.

    Raises:
        NotAllowed: ``by`` makes none there, or unit or challenge are of somewhere else.
        TooLong: the words.
    """
    require(may_make_posters(by, door.organisation_id, at=at))
    require(unit is None or unit.organisation_id == door.organisation_id)
    require(challenge is None or challenge.programme_id == door.programme_id)
    words = " ".join(words.split())
    require(len(words) <= WORDS_LENGTH, TooLong(field="words", limit=WORDS_LENGTH))
    poster = Poster.objects.create(
        organisation=door.organisation,
        door=door,
        unit=unit,
        challenge=challenge,
        key="".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH)).lower(),
        words=words,
        made_by=by,
        made_at=at,
    )
    note("ideas.poster_made", about=poster, by=by, at=at, key=poster.key)
    return poster


@transaction.atomic
def retire_poster(poster_id: int, *, by: Person, at: datetime) -> Poster:
    """Take a poster out of use: what hangs on a wall leads to the door, with nothing filled in.

    Notes ``ideas.poster_retired``.

    Raises:
        NotAllowed: ``by`` makes none there.
        AlreadyDone: it is out of use.
    """
    poster = Poster.objects.select_for_update(of=("self",)).get(pk=poster_id)
    require(may_make_posters(by, poster.organisation_id, at=at))
    require(poster.retired_at is None, AlreadyDone)
    poster.retired_at = at
    poster.save(update_fields=["retired_at"])
    note("ideas.poster_retired", about=poster, by=by, at=at, key=poster.key)
    return poster
