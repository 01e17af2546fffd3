"""Reading what is written in another language: what may be sent where, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from idesluss.ideas.models import Challenge, TranslationService
from idesluss.ideas.models.access import NEVER_SHOWN
from idesluss.ideas.usecases.translating import digest_of
from idesluss.insight.search.things import SHELVES, Shelf, Told
from idesluss.logic.addresses import read_address
from idesluss.logic.text.folding import Lang, language
from idesluss.people.models import standing_of
from idesluss.pilots.models import Project
from idesluss.programmes.vocab import Visibility

KINDS: dict[str, Shelf] = dict(zip(("idea", "challenge", "project"), SHELVES, strict=True))
"""The things that are read, as their addresses call them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a service has made of a text: at which host, when, and what it says."""

    host: str
    title: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A thing in another language, the service that may be asked, and what it has made of it."""

    thing: Any
    kind: str
    told: Told
    source: Lang
    target: Lang
    service: TranslationService
    kept: Kept | None  # of these very words

    @property
    def host(self) -> str:
        """Of the service."""
        return read_address(self.service.address).host

    @property
    def digest(self) -> str:
        """Of the original."""
        return digest_of(self.told.title, self.told.whole)


def kind_of(thing: Any) -> str:
    """How addresses call the kind of ``thing``."""
    return next(name for name, shelf in KINDS.items() if isinstance(thing, shelf.model))


def width_of(thing: Any, *, at: datetime) -> Visibility:
    """Who may read the page of a thing at most. CLOSED: it is never sent anywhere."""
    if isinstance(thing, Project):
        shown = thing.published_at is not None and thing.published_at <= at
        return Visibility.PUBLIC if shown else Visibility.CLOSED
    if isinstance(thing, Challenge):
        if thing.opens_at is None or thing.opens_at > at:
            return Visibility.CLOSED
        return Visibility.PUBLIC if thing.public else Visibility.INSIDE
    if thing.edition_id is None or thing.stage in NEVER_SHOWN:
        return Visibility.CLOSED
    return Visibility(thing.visibility)


def place_of(thing: Any) -> int:
    """The organisation whose page it is on."""
    programme = thing.idea.programme if isinstance(thing, Project) else thing.programme
    return int(programme.organisation_id)


def reading_of(thing: Any, person: Any, target: Lang, *, at: datetime) -> Reading | None:
    """How ``person``, who may see the page of ``thing``, can read it in ``target``.

    None: it is in that language, may not be sent anywhere, or nobody has connected a service.
    """
    kind = kind_of(thing)
    told = KINDS[kind].words(thing)
    source = language(told.language)
    if source == target or not told.title:
        return None
    services = list(_with_kept(_askable([thing], person, at=at), thing, told, target))
    may_be_asked = _services(services, thing, person, at=at)
    if not may_be_asked:
        return None
    made = (it for it in may_be_asked if it.kept_at)  # what one of them has made need not be sent
    service = next(made, may_be_asked[0])
    return Reading(thing, kind, told, source, target, service, _kept(service))


def readable(
    things: Sequence[Any], person: Any, target: Lang, *, at: datetime
) -> set[tuple[str, int]]:
    """Those of ``things``, by kind and number, that can be read in ``target``; one query at most.

    ``person`` may see the page of each of them.
    """
    foreign = [(kind_of(it), it) for it in things]
    foreign = [
        (kind, it)
        for kind, it in foreign
        if language(KINDS[kind].words(it).language) != target
        and width_of(it, at=at) is not Visibility.CLOSED
    ]
    if not foreign:
        return set()
    services = list(_askable([it for _, it in foreign], person, at=at))
    return {(kind, it.pk) for kind, it in foreign if _services(services, it, person, at=at)}


def _with_kept(
    services: QuerySet[TranslationService], thing: Any, told: Told, target: Lang
) -> QuerySet[Any]:
    """The services, each with what it has made of these very words, in the same query."""
    way = "organisation__translations"
    same = {
        "about_kind": thing._meta.label_lower,
        "about_id": thing.pk,
        "language": target,
        "digest": digest_of(told.title, told.whole),
    }
    condition = Q(**{f"{way}__{name}": value for name, value in same.items()})
    joined = services.alias(kept=FilteredRelation(way, condition=condition))
    return joined.annotate(**{f"kept_{name}": F(f"kept__{name}") for name in Kept.__slots__})


def _kept(service: Any) -> Kept | None:
    if service.kept_at is None:
        return None
    return Kept(**{name: getattr(service, f"kept_{name}") for name in Kept.__slots__})


def _askable(things: Iterable[Any], person: Any, *, at: datetime) -> QuerySet[TranslationService]:
    """Connected services of the places of ``things`` and of the reader's organisations."""
    places = {place_of(it) for it in things if width_of(it, at=at) is not Visibility.CLOSED}
    if not places:
        return TranslationService.objects.none()
    here = {*places, *standing_of(person, at).organisations()}
    connected = TranslationService.objects.connected().filter(organisation__in=here)
    return connected.order_by("organisation_id")


def _services(services: Sequence[Any], thing: Any, person: Any, *, at: datetime) -> list[Any]:
    """The services that ``thing`` may be sent to, the reader's own before that of its place.

    What is not public goes to nobody but the service of its own place, and only if that is allowed.
    """
    width, place = width_of(thing, at=at), place_of(thing)
    if width is Visibility.PUBLIC:
        own = standing_of(person, at).organisations()
        mine = [it for it in services if it.organisation_id in own]
        there = [it for it in services if it.organisation_id == place and it not in mine]
        return [*mine, *there]
    if width is Visibility.INSIDE:
        return [it for it in services if it.organisation_id == place and it.inside]
    return []
