"""A coach's card in the directory: about what one may ask, and how many cases there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import Coach
from idesluss.logic.refusals import ChangedMeanwhile, TooLong, require
from idesluss.people.models import Person, Unit
from idesluss.people.names import tidy
from idesluss.people.rules import may_set_up
from idesluss.people.vocab import Role
from idesluss.records.usecases import note

ABOUT_LENGTH = 2000  # characters


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; no ``units``: all of them. ``room_for`` live cases at once."""

    about: str = ""
    skills: Sequence[str] = ()
    units: Sequence[Unit] = ()
    room_for: int = 10
    bookable: bool = True


def may_keep_card(by: Person, coach: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``by`` writes the card of ``coach``: themselves, and administrators."""
    return by.pk == coach.pk or may_set_up(by, organisation_id, at)


@transaction.atomic
def write_card(
    organisation_id: int,
    person: Person,
    card: Card,
    *,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Coach:
    """Write the card of a coach, or write it anew. Notes ``ideas.card_written``.

    ``version`` is that of the card which was read, 0 if there was none; None: does not say.

    Raises:
        NotAllowed: ``person`` is no coach there, or ``by`` neither them nor an administrator.
        ChangedMeanwhile: somebody else has written it since.
        TooLong: what they say about themselves.
    """
    require(may_keep_card(by, person, organisation_id, at=at))
    require(person.has_role(organisation_id, Role.COACH, at=at))
    about = card.about.strip()
    require(len(about) <= ABOUT_LENGTH, TooLong(field="about", limit=ABOUT_LENGTH))
    one, _new = Coach.objects.select_for_update(of=("self",)).get_or_create(
        organisation_id=organisation_id, person=person
    )
    require(version in (None, one.version), ChangedMeanwhile)
    one.about, one.room_for, one.bookable = about, card.room_for, card.bookable
    one.skills = list(filter(None, map(tidy, card.skills)))
    one.version += 1
    one.save(update_fields=["about", "room_for", "bookable", "skills", "version"])
    one.units.set(unit for unit in card.units if unit.organisation_id == organisation_id)
    note("ideas.card_written", about=one, by=by, at=at, person=person.pk)
    return one
