"""A search as it is asked for: what it may be narrowed to, what it found, what to do with nothing.

The page, its pieces and the answer to programs are made of this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.ideas.vocab import StageName
from idesluss.insight.reads.searching import departments, goals, places
from idesluss.insight.search.finding import Asked, Page, engine_now, find
from idesluss.insight.search.things import Kind
from idesluss.logic.text.asking import HALF_LETTERS
from idesluss.logic.text.folding import Lang, language, words
from idesluss.people.models import Organisation, standing_of
from idesluss.programmes.models import Programme
from idesluss.web.frame.request import Request
from idesluss.web.insight.shown import Show, Shown
from idesluss.web.insight.wish import (
    LANGUAGES,
    NORWEGIAN,
    OUTCOMES,
    PAGE,
    STAGES,
    Unknown,
    wish_of,
)

YEARS = 12  # that can be chosen
ONLY_INSIDE = (StageName.WITHDRAWN, StageName.REDIRECTED)  # is never shown to everybody
NAMES = {
    "kind": _("What it is"),
    "organisation": _("Organisation"),
    "department": _("Department"),
    "goal": _("Goal"),
    "stage": _("Where it is"),
    "outcome": _("What came of it"),
    "year": _("Year"),
    "language": pgettext_lazy("written in", "Language"),
    "page": pgettext_lazy("number of a page", "Page"),
}
"""What can be narrowed, in words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice, in words, and the address without it."""

    name: Any
    words: str
    without: str


class Search:
    """What one person asks for now; everything is read when it is needed.

    The words are read in the language of the page (``spoken``): the reader's own, else that of the
    organisation they come from.
    """

    def __init__(self, request: Request, *, typing: bool = False) -> None:
        self.person, self.at, self.typing = request.user, request.at, typing
        self.asked, wrong = wish_of(request.GET)
        self.places = list(places(self.person, at=self.at))
        self.by_slug = {it.slug: it for it in self.places}
        if request.chosen_language is None and self.near is not None:
            translation.activate(self.near.language)
            request.LANGUAGE_CODE = translation.get_language()
        self.page_language: Lang = language(translation.get_language() or "")
        self.unknown = (*wrong, *self._not_there())
        self.wish = self.asked.without(*(it.name for it in self.unknown), page=self.asked.page)

    # What it is narrowed to

    @property
    def near(self) -> Organisation | None:
        """The organisation that the reader comes from."""
        return self.by_slug.get(self.asked.near)

    @property
    def organisation(self) -> Organisation | None:
        """The only organisation that is searched; None: all of them."""
        return self.by_slug.get(self.asked.organisation)

    @property
    def whose(self) -> Organisation | None:
        """Whose departments and goals can be chosen: the one that is searched, or the only one."""
        only = self.offered if len(self.offered) == 1 else [None]
        return self.organisation or only[0]

    @cached_property
    def departments(self) -> dict[str, list[int]]:
        return departments(self.whose) if self.whose else {}

    @cached_property
    def goals(self) -> dict[str, list[int]]:
        """The goals by name; of all organisations only if one is asked for, they are too many."""
        if self.whose is None and not self.asked.goal:
            return {}
        return goals(self.person, self.organisation, at=self.at)

    def _not_there(self) -> list[Unknown]:
        """Choices by name, where there is nothing of that name."""
        asked, found = self.asked, []
        if asked.organisation and self.organisation is None:
            found.append(Unknown("organisation", asked.organisation))
        if asked.department and asked.department not in self.departments:
            found.append(Unknown("department", asked.department))
        if asked.goal and asked.goal not in self.goals:
            found.append(Unknown("goal", asked.goal))
        return found

    @property
    def marks(self) -> list[list[str]]:
        """What a thing must have one of, for each choice."""
        wish, found = self.wish, []
        if wish.kind:
            found.append([f"kind:{wish.kind}"])
        if wish.organisation and self.organisation:
            found.append([f"org:{self.organisation.pk}"])
        if wish.department:
            found.append([f"unit:{it}" for it in self.departments[wish.department]])
        if wish.goal:
            found.append([f"goal:{it}" for it in self.goals[wish.goal]])
        if stages := [it for it in (wish.stage, wish.outcome) if it]:
            found.append([f"stage:{it}" for it in stages])
        if wish.year:
            found.append([f"year:{int(wish.year)}"])
        if wish.language:
            codes = NORWEGIAN if wish.language in NORWEGIAN else (wish.language,)
            found.append([f"lang:{it}" for it in codes])
        return found

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What can be chosen, as pairs of value and words; nothing that would tell of a secret."""
        this_year = self.at.year
        known = bool(standing_of(self.person, self.at).organisations())
        outcomes = [it for it in OUTCOMES if known or it not in ONLY_INSIDE]
        return {
            "kind": [(it.value, str(it.label)) for it in Kind],
            "organisation": [
                (it.slug, it.name)
                for it in self.places
                if it in self.offered or it == self.organisation
            ],
            "department": [(it, it) for it in self.departments],
            "goal": [(it, it) for it in self.goals],
            "stage": [(it.value, capfirst(str(it.label))) for it in STAGES],
            "outcome": [(it.value, capfirst(str(it.label))) for it in outcomes],
            "year": [(str(it), str(it)) for it in range(this_year, this_year - YEARS, -1)],
            "language": list(LANGUAGES.items()),
        }

    @property
    def chosen(self) -> list[Chosen]:
        """Each choice in words, and the address without it."""
        found = []
        for name, value in self.wish.chosen.items():
            gone = (name, "department") if name == "organisation" else (name,)
            words = self._words(name, value)
            found.append(Chosen(NAMES[name], words, self.wish.without(*gone).address()))
        return found

    def _words(self, name: str, value: str) -> str:
        if name == "kind":
            return str(Kind(value).label)
        if name in ("stage", "outcome"):
            return capfirst(str(StageName(value).label))
        if name == "language":
            return LANGUAGES[value]
        if name == "organisation" and self.organisation:
            return self.organisation.name
        return value

    @property
    def only_near(self) -> str:
        """The address of the same search in the organisation that the reader comes from, or ""."""
        if not self.wish.text or self.near is None or self.organisation is not None:
            return ""
        return replace(self.wish, organisation=self.wish.near, page=1).address()

    @property
    def wide(self) -> str:
        """The address of the same search with nothing narrowed."""
        return self.wish.without(*self.wish.chosen).address()

    @property
    def offered(self) -> list[Organisation]:
        """The organisations where something may be there for the person."""
        return [it for it in self.places if getattr(it, "offered", False)]

    # What is found

    @cached_property
    def is_ready(self) -> bool:
        """Whether there is an index to ask."""
        return engine_now() is not None

    @property
    def spoken(self) -> list[Lang]:
        """The languages that the words are read in, one after the other until something is found.

        That of the page; where no organisation writes it, then those in which they do write.
        """
        theirs = dict.fromkeys(language(it.language) for it in self.places)
        return [self.page_language, *(() if self.page_language in theirs else theirs)]

    def question(self, lang: Lang) -> Asked:
        """What is asked, read in ``lang``."""
        return Asked(self.wish.text, lang, self.marks, typing=self.typing)

    @cached_property
    def says_nothing(self) -> bool:
        """Whether only such words were asked with as stand in every text, or none at all."""
        engine = engine_now()
        return engine is None or not any(engine.ask(self.question(it)) for it in self.spoken)

    @cached_property
    def page(self) -> Page:
        """What answers, of the page that is asked for; of the last one if there are fewer."""
        if not self.wish.text or self.wish.is_long:
            return Page((), 0, more=False)
        for lang in self.spoken:
            found = self._found(lang, self.wish.page)
            if found.total:
                break
        if found.total and not found.found:
            last = (found.total + PAGE - 1) // PAGE
            self.wish = replace(self.wish, page=last)
            found = self._found(lang, last)
        return found

    def _found(self, lang: Lang, number: int) -> Page:
        first = (number - 1) * PAGE
        return find(self.question(lang), self.person, at=self.at, first=first, limit=PAGE)

    @cached_property
    def pages(self) -> Any:
        """The page for links to the others."""
        return Paginator(range(self.page.total), PAGE).get_page(self.wish.page)

    @cached_property
    def shown(self) -> list[Shown]:
        """What answers, ready to be shown."""
        places = {it.pk: it for it in self.places}
        show = Show(places, self.person, self.page_language, at=self.at, reads=True)
        return show(self.page.found)

    # When nothing is found

    @property
    def state(self) -> str:
        """Which answer the page gives.

        "found", or "nothing"; "empty" without a question, "begun" with so few letters of one that
        nothing can be said yet; "long"; "wordless"; "common" words only; "waiting" for the index.
        """
        if self.wish.is_long:
            return "long"
        if not self.wish.text:
            return "empty"
        if not self.is_ready:
            return "waiting"
        if self.page.found:
            return "found"
        if self.typing and len(self.wish.text) < HALF_LETTERS:
            return "begun"
        if not self.says_nothing:
            return "nothing"
        return "common" if words(self.wish.text) else "wordless"

    @cached_property
    def sluice(self) -> Any:
        """A sluice where the person may hand in what they did not find, the nearest; or None.

        Of the organisation that is searched or that they come from, else of their own.
        """
        near = self.organisation or self.near
        here = [near.pk] if near else standing_of(self.person, self.at).organisations()
        if not here:
            return None
        found = Programme.objects.sluices_for(self.person, at=self.at)
        return found.filter(organisation__in=here).select_related("organisation").first()
