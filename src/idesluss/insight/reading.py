"""Reading what is written in another language: what may be sent where, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from idesluss.ideas.models import Challenge, Translation, TranslationService
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
class Reading:
    """A thing in another language, the service that may be asked, and what it has made of it."""

    thing: Any
    kind: str
    told: Told
    source: Lang
    target: Lang
    service: TranslationService
    kept: Translation | None  # of these very words

    @property
    def host(self) -> str:
        """Of the service."""
        return read_address(self.service.address).host

    @property
    def digest(self) -> str:
        """Of the original."""
        return digest_of(self.told.title, self.told.text)


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
    service = _service(_askable([thing], person, at=at), thing, person, at=at)
    if service is None:
        return None
    made = Translation.objects.filter(
        organisation=service.organisation_id,
        about_kind=thing._meta.label_lower,
        about_id=thing.pk,
        language=target,
        digest=digest_of(told.title, told.text),
    )
    return Reading(thing, kind, told, source, target, service, made.first())


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
    services = _askable([it for _, it in foreign], person, at=at)
    return {(kind, it.pk) for kind, it in foreign if _service(services, it, person, at=at)}


def _askable(things: Iterable[Any], person: Any, *, at: datetime) -> list[TranslationService]:
    """Connected services of the places of ``things`` and of the reader's organisations."""
    places = {place_of(it) for it in things if width_of(it, at=at) is not Visibility.CLOSED}
    if not places:
        return []
    here = {*places, *standing_of(person, at).organisations()}
    connected = TranslationService.objects.connected().filter(organisation__in=here)
    return list(connected.order_by("organisation_id"))


def _service(
    services: Sequence[TranslationService], thing: Any, person: Any, *, at: datetime
) -> TranslationService | None:
    """The service that ``thing`` may be sent to: the reader's own, else that of its place.

    What is not public goes to nobody but the service of its own place, and only if that is allowed.
    """
    width, place = width_of(thing, at=at), place_of(thing)
    if width is Visibility.PUBLIC:
        own = standing_of(person, at).organisations()
        mine = [it for it in services if it.organisation_id in own]
        there = [it for it in services if it.organisation_id == place]
        return next(iter((*mine, *there)), None)
    if width is Visibility.INSIDE:
        fits = (it for it in services if it.organisation_id == place and it.inside)
        return next(fits, None)
    return None
