"""An organisation's own words, the translation service, and what is read translated."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from playwright.sync_api import Page

from idesluss.ideas.models import Idea, TermRow, TranslationService
from idesluss.ideas.usecases.terms import add_term, remove_term
from idesluss.ideas.usecases.translating import (
    Connection,
    Made,
    connect_service,
    keep_translation,
)
from idesluss.insight.reading import reading_of
from tests.stories.stops import NOBODY, OFFICE, TOWN, Stop, office, person, town
from tests.stories.tour_ties import LIFT, TOOLS, sluiced

ROW = {"sv": "Valvet, allaktivitetshus", "da": "kulturhus", "en": "arts centre"}
OTHER = {"sv": "fixartjänst, fixare", "nb": "vaktmestertjeneste"}


def row() -> int:
    """The number of a row of Slusstad's, which is added if there is none; another was removed."""
    found = TermRow.objects.filter(organisation=town(), removed_at=None).first()
    if found is None:
        how = {"by": person(OFFICE), "at": timezone.now()}
        found = add_term(town().pk, ROW, **how)
        remove_term(add_term(town().pk, OTHER, **how).pk, **how)
    return found.pk


def has_words(_page: Page) -> None:
    """Slusstad has words of its own."""
    row()


def connected(_page: Page | None = None) -> None:
    """Slusstad has a translation service, and some of its cases are written in Danish."""
    if not TranslationService.objects.filter(organisation=town()).exists():
        wish = Connection("libre", "https://translate.example.org", inside=True)
        connect_service(town().pk, wish, seen=0, by=person(OFFICE), at=timezone.now())
    numbers = [sluiced(TOOLS)(), sluiced(LIFT)()]
    Idea.objects.filter(pk__in=numbers).update(language="da", visibility="public")


def asked() -> int:
    """The number of a case that can be translated."""
    connected()
    return sluiced(TOOLS)()


def made() -> int:
    """The number of a case that is translated."""
    connected()
    case = Idea.objects.get(pk=sluiced(LIFT)())
    reading = reading_of(case, None, "sv", at=timezone.now())
    assert reading
    words = Made("sv", reading.digest, reading.host, case.title, case.need)
    keep_translation(town().pk, case, words, by=None, at=timezone.now())
    return case.pk


WORDS: Mapping[str, tuple[Stop, ...]] = {
    "ideas:words": (office(), Stop(OFFICE, (TOWN,), before=has_words)),
    "ideas:word_add": (office(sv="ensam"),),
    "ideas:word_change": (office(row, sv="", da="", en=""),),
    "ideas:words_in": (office(text="bara · två"),),
    "ideas:translation": (
        office(address="ftp://"),
        Stop(OFFICE, (TOWN,), before=connected),
    ),
    "insight:read": (
        Stop(NOBODY, (TOWN, "idea", asked)),
        Stop(NOBODY, (TOWN, "idea", made)),
    ),
}
WORDS_NOT_A_PAGE = {
    "ideas:words_file": "a file",
    "ideas:word_remove": "a button",
    "ideas:word_back": "a button",
    "ideas:translation_try": "a button",
    "ideas:translation_off": "a button",
}
