"""Read it in my language, as pages offer it: a button, and what a machine has made of the text."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from idesluss.calls.translating import Service
from idesluss.ideas.models import Challenge, TranslationService
from idesluss.ideas.sealing import unseal
from idesluss.insight.reading import Reading, kind_of, reading_of
from idesluss.logic.text.folding import Lang, language
from idesluss.people.models import Organisation
from idesluss.web.frame.request import Request

READ_IN: dict[Lang, Any] = {
    "sv": _("Read in Swedish"),
    "da": _("Read in Danish"),
    "en": _("Read in English"),
}
"""What the button says, by the language of the page."""
TRANSLATED: dict[Lang, Any] = {
    "sv": _("In Swedish, by a machine"),
    "da": _("In Danish, by a machine"),
    "en": _("In English, by a machine"),
}


class Offer:
    """A button that sends a text to be translated, or what came of it before."""

    def __init__(self, reading: Reading, org: str) -> None:
        self.reading, self.made, self.host = reading, reading.kept, reading.host
        self.words, self.heading = READ_IN[reading.target], TRANSLATED[reading.target]
        self.language = reading.target
        self.address = read_address_of(org, reading.kind, reading.thing.pk)


def offer_of(request: Request, thing: Any) -> Offer | None:
    """What the page of ``thing``, which the reader may see, offers; None: nothing."""
    reading = reading_of(thing, request.user, page_language(), at=request.at)
    return Offer(reading, request.organisation.slug) if reading else None


def spoken_to(service: TranslationService) -> Service:
    """A service as it is called."""
    return Service(
        speaks=service.speaks,
        address=service.address,
        model=service.model,
        key=unseal(service.key_sealed),
        local=settings.TRANSLATE_LOCAL,
    )


def page_language() -> Lang:
    """The language of the page."""
    return language(get_language() or "en")


def read_address_of(org: str, kind: str, number: int) -> str:
    """Where a thing is read in another language than its own."""
    return reverse("insight:read", args=[org, kind, number])


def page_of(thing: Any, place: Organisation) -> str:
    """The page of a thing itself."""
    if isinstance(thing, Challenge):
        return reverse("ideas:challenge", args=[place.slug, thing.slug])
    name = "ideas:case" if kind_of(thing) == "idea" else "pilots:project"
    return reverse(name, args=[place.slug, thing.pk])
