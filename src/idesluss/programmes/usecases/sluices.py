"""Sluices: an idea sluice of one organisation, open all year, and its start page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.logic.refusals import TooLong, require
from idesluss.people import rules as people
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.programmes.local import check_slug, slug_of
from idesluss.programmes.models import Programme
from idesluss.programmes.refusals import NameTaken, SluiceSlugTaken
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.vocab import ProgrammeKind
from idesluss.records.usecases import note

LONGEST_SLUICE_SLUG = 40
LONGEST_WELCOME = 4000


@transaction.atomic
def add_sluice(
    organisation_id: int,
    *,
    name: str,
    slug: str = "",
    purpose: str = "",
    welcome: str = "",
    public: bool = False,
    by: Person,
    at: datetime,
) -> Programme:
    """Add an idea sluice, without steps and doors; an empty ``slug`` is made of the name.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        Missing, TooLong, NameTaken, BadSlug, SluiceSlugTaken: naming the field.
    """
    organisation = lock_organisation(organisation_id)
    require(people.may_set_up(by, organisation_id, at))
    sluice = Programme(organisation=organisation, kind=ProgrammeKind.SLUICE.value)
    _fill(sluice, name=name, slug=slug, purpose=purpose, welcome=welcome, public=public)
    sluice.save()
    note("programmes.sluice_added", about=sluice, by=by, at=at, name=sluice.name, slug=sluice.slug)
    return sluice


@transaction.atomic
def change_sluice(
    programme_id: int,
    *,
    name: str,
    slug: str,
    purpose: str,
    welcome: str,
    public: bool,
    by: Person,
    at: datetime,
) -> Programme:
    """Change what a sluice is called, where its start page is, what that says and to whom.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        Missing, TooLong, NameTaken, BadSlug, SluiceSlugTaken: naming the field.
    """
    sluices = Programme.objects.select_for_update(of=("self",))
    sluice = sluices.get(pk=programme_id, kind=ProgrammeKind.SLUICE.value)
    require(may_set_up(by, sluice, at))
    _fill(sluice, name=name, slug=slug, purpose=purpose, welcome=welcome, public=public)
    sluice.save(update_fields=["name", "slug", "purpose", "welcome", "public"])
    told: dict[str, Any] = {"name": sluice.name, "slug": sluice.slug, "public": sluice.public}
    note("programmes.sluice_changed", about=sluice, by=by, at=at, **told)
    return sluice


def _fill(
    sluice: Programme, *, name: str, slug: str, purpose: str, welcome: str, public: bool
) -> None:
    sluice.name = read_name(name)
    sluice.slug = check_slug(slug or slug_of(sluice.name)[:LONGEST_SLUICE_SLUG].strip("-"))
    sluice.purpose, sluice.welcome, sluice.public = purpose.strip(), welcome.strip(), public
    require(
        len(sluice.slug) <= LONGEST_SLUICE_SLUG, TooLong(field="slug", limit=LONGEST_SLUICE_SLUG)
    )
    for field in ("purpose", "welcome"):
        fits = len(getattr(sluice, field)) <= LONGEST_WELCOME
        require(fits, TooLong(field=field, limit=LONGEST_WELCOME))
    others = Programme.objects.filter(organisation=sluice.organisation_id).exclude(pk=sluice.pk)
    require(not others.filter(name=sluice.name).exists(), NameTaken(name=sluice.name))
    require(not others.filter(slug=sluice.slug).exists(), SluiceSlugTaken(slug=sluice.slug))
