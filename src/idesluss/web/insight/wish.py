"""What somebody searches for, as it stands in the address: words, and what they are narrowed to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from idesluss.ideas.models import LIVE
from idesluss.ideas.vocab import StageName
from idesluss.insight.search.things import Kind
from idesluss.logic.text.asking import MOST_LETTERS

LANGUAGES: Mapping[str, str] = {
    "sv": "Svenska",
    "da": "Dansk",
    "nb": "Norsk",
    "fi": "Suomi",
    "en": "English",
}
NORWEGIAN = ("nb", "nn", "no")
STAGES = tuple(it for it in StageName if it.value in LIVE)
OUTCOMES = tuple(it for it in StageName if it.value not in LIVE and it is not StageName.DRAFT)
FIRST_YEAR, LAST_YEAR = 1990, 2199
PAGE = 20  # things
PAGES = 10
CHOSEN = (
    *("kind", "organisation", "department", "goal"),
    *("stage", "outcome", "year", "language"),
)
"""What can be narrowed, as it is called in the address."""
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """Words, and a choice for each of ``CHOSEN``; "" leaves everything in.

    ``near`` is the organisation on whose page the question was asked: its language is the
    question's when no other is chosen, and one can narrow the search to it.
    """

    text: str = ""
    kind: str = ""
    organisation: str = ""  # its slug
    department: str = ""  # its name
    goal: str = ""  # its name
    stage: str = ""
    outcome: str = ""
    year: str = ""
    language: str = ""
    near: str = ""  # a slug
    page: int = 1
    is_long: bool = False  # there were more words than are read; then ``text`` is the beginning

    @property
    def chosen(self) -> dict[str, str]:
        """What is narrowed."""
        return {name: getattr(self, name) for name in CHOSEN if getattr(self, name)}

    def without(self, *names: str, page: int = 1) -> Wish:
        """The wish without these choices, from its first page if nothing else is said."""
        gone: Any = {name: "" for name in names if name in CHOSEN}
        return replace(self, page=page, **gone)

    def query(self) -> dict[str, str]:
        """What the address holds: nothing that is empty."""
        told = {"q": self.text, **self.chosen, "from": self.near}
        if self.page > 1:
            told["page"] = str(self.page)
        return {name: value for name, value in told.items() if value}

    def address(self, view: str = "insight:search") -> str:
        """The address of this search, which can be shared."""
        query = urlencode(self.query())
        return f"{reverse(view)}?{query}" if query else reverse(view)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A choice in the address that there is not, and that was left out."""

    name: str
    value: str


def wish_of(query: Any) -> tuple[Wish, tuple[Unknown, ...]]:
    """Return what is wished in a query string, and what of it is not understood.

    Names of organisations, departments and goals are taken as they are.
    """
    text = plain(query.get("q", ""))
    told = {name: plain(query.get(name, ""))[:200] for name in (*CHOSEN, "from", "page")}
    wrong = tuple(_wrong(told))
    for one in wrong:
        told[one.name] = ""
    near, page = told.pop("from"), min(int(told.pop("page") or 1), PAGES)
    is_long = len(text) > MOST_LETTERS
    text = text[:MOST_LETTERS]
    return Wish(text=text, near=near, page=page, is_long=is_long, **told), wrong


def plain(text: str) -> str:
    """What was typed, without what cannot be printed, and without space around it."""
    return _UNPRINTED.sub(" ", text).strip()


def _wrong(told: Mapping[str, str]) -> Iterator[Unknown]:
    fits = {
        "kind": Kind.values,
        "stage": [it.value for it in STAGES],
        "outcome": [it.value for it in OUTCOMES],
        "year": range(FIRST_YEAR, LAST_YEAR + 1),
        "language": LANGUAGES,
        "page": range(1, 1_000_000),
    }
    for name, known in fits.items():
        value: Any = told[name]
        if isinstance(known, range) and value:
            value = int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None
        if value != "" and value not in known:
            yield Unknown(name, told[name])
