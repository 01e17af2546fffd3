"""What is like what somebody writes, told to them; and what they have been shown of it already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import get_language, gettext

from idesluss.ideas.models import LIVE, Challenge, Idea
from idesluss.ideas.reads.challenges import When, when_of
from idesluss.ideas.usecases.supporting import SUPPORTABLE
from idesluss.insight.search.alike import look_alikes
from idesluss.insight.search.finding import Found
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.things import BY_PLACE, code_of
from idesluss.logic.text.folding import Lang, language
from idesluss.logic.text.gist import gist, sentences
from idesluss.logic.text.marking import excerpt
from idesluss.people.models import Organisation
from idesluss.pilots.models import Project
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience
from idesluss.web.insight.shown import Show, Shown

CAME = 220  # letters of what came of one
SALT = "idesluss.ideas.alike"
_SIGNS, _ESCAPED = re.compile(r"([\\`*_{}\[\]()#!<>|~&])"), r"\\\1"  # of Markdown


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One thing that is like what is written.

    ``way`` says what whoever writes can do with it: "join" it, hand in an "answer" to it, "refer"
    to it, or nothing, because it is their "own".
    """

    shown: Shown
    thing: Any
    code: int  # its number in the index
    came: str  # the first sentence of what came of it
    way: str = "refer"

    @property
    def asleep(self) -> bool:
        """Whether it is a case that has ended without becoming anything."""
        return isinstance(self.thing, Idea) and self.thing.stage not in LIVE


def page_language() -> Lang:
    """The language of the page, which is that of what is written on it."""
    return language(get_language() or "")


def alike(
    title: str, text: str, person: Any, *, at: datetime, without: Any = None
) -> tuple[Found, ...]:
    """What is like it among what ``person`` may see; asked in the page's language."""
    return look_alikes(title, text, page_language(), person, at=at, without=without)


def told(
    found: Sequence[Found],
    person: Any,
    here: Organisation,
    *,
    at: datetime,
    door: Door | None = None,
) -> list[LookAlike]:
    """What was found with where it leads, and what whoever writes at ``door`` can do with it.

    ``here`` is the organisation that is at hand. At most four queries, whatever their number; none
    for nothing, one for cases of ``here``.
    """
    if not found:
        return []
    elsewhere = {it.thing.organisation_id for it in found} - {here.pk}
    places = Organisation.objects.in_bulk(elsewhere) | {here.pk: here}
    shown = Show(places, person, page_language(), at=at)(found)
    cases = [it.thing.pk for it in found if door and isinstance(it.thing, Idea)]
    theirs = set(Idea.objects.owned_by(person).filter(pk__in=cases).values_list("pk", flat=True))
    return [
        LookAlike(
            shown=words,
            thing=it.thing,
            code=code_of(it.thing),
            came=first_sentence(_came_of(it.thing)),
            way=_way(it.thing, door, theirs, at),
        )
        for it, words in zip(found, shown, strict=True)
    ]


def _way(thing: Any, door: Door | None, theirs: Collection[int], at: datetime) -> str:
    """What whoever writes at ``door`` can do with it.

    They join a case that is here and goes on, answer an open challenge that is put to them, and
    refer to anything else.
    """
    if isinstance(thing, Challenge):
        here = door is not None and thing.programme_id == door.programme_id
        asked = door is not None and Audience(door.audience) in thing.asked
        return "answer" if here and asked and when_of(thing, at) is When.OPEN else "refer"
    if not isinstance(thing, Idea):
        return "refer"
    if thing.pk in theirs:
        return "own"
    here = door is not None and thing.organisation_id == door.organisation_id
    goes_on = thing.stage in LIVE or thing.stage in SUPPORTABLE
    return "join" if here and goes_on and thing.edition_id is not None else "refer"


def first_sentence(text: str) -> str:
    """The first sentence of a text in Markdown, in plain words; at most about ``CAME`` letters."""
    first = next(iter(sentences(text)), "")
    return "".join(piece.text for piece in excerpt(first, (), CAME))


def _came_of(thing: Any) -> str:
    """What came of it, as its page says it; "" while it goes on."""
    if isinstance(thing, Project):
        return thing.results or thing.learned
    if isinstance(thing, Challenge):
        return thing.result
    return "" if thing.stage in LIVE else str(thing.answer)


# ── What they have been shown ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever writes has been shown, by its numbers in the index, and for which words."""

    codes: frozenset[int] = frozenset()
    now: tuple[int, ...] = ()  # what the page shows now
    words: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """From the form; nothing if it is not ours."""
        try:
            said = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return cls()
        return cls(frozenset(said["codes"]), tuple(said["now"]), said["words"])

    def write(self) -> str:
        """For the form."""
        said = {"codes": sorted(self.codes), "now": self.now, "words": self.words}
        return signing.dumps(said, salt=SALT, compress=True)

    def shown(self, found: Iterable[Found], title: str, text: str) -> Self:
        """With what was found for these words."""
        now = tuple(code_of(it.thing) for it in found)
        return type(self)(self.codes.union(now), now, words_of(title, text))

    def settles(self, found: Iterable[Found], title: str, text: str) -> bool:
        """Whether they have been shown it all, or been asked about these words."""
        if self.words and self.words == words_of(title, text):
            return True
        return self.codes.issuperset(code_of(it.thing) for it in found)


def words_of(title: str, text: str) -> str:
    """The words that look-alikes are asked with, as a digest."""
    return sha256(gist(title, text, page_language()).encode()).hexdigest()[:16]


# ── What they say of it ─────────────────────────────────────────────────────────────────────────


def aside(differs: str, refers: int | None, seen: Seen, door: Door, *, at: datetime) -> str:
    """The note (Markdown) to those who handle the case; "" if nothing was said.

    In the language of the organisation. Things are named only if everybody may see them: what
    whoever writes may read elsewhere is no business of those who read the note.
    """
    differs = differs.strip()
    if not differs and refers is None:
        return ""
    with translation.override(door.organisation.language):
        if refers is not None:
            first = gettext("Whoever handed it in refers to what there is already:")
        else:
            first = gettext("Whoever handed it in was shown what is like it:")
        here, codes = door.organisation, [refers] if refers is not None else seen.now
        named = [_named(code, here, at=at) for code in codes]
        public = "\n".join(f"- {it}" for it in named if it)
        parts = [first, public or gettext("(It cannot be named here: not everybody may read it.)")]
        if differs:
            parts += [gettext("What differs, in their own words:"), differs]
    return "\n\n".join(parts)


def _named(code: int, here: Organisation, *, at: datetime) -> str:
    """A thing that everybody may see, as Markdown; else ""."""
    shelf = BY_PLACE.get(code % KINDS)
    if shelf is None:
        return ""
    row = shelf.rows().filter(pk__in=shelf.shown(None, at).filter(pk=code // KINDS)).first()
    if row is None:
        return ""
    [one] = told([Found(row, shelf.tell(row), 0.0, ())], None, here, at=at)
    name = f"{shelf.tell(row).title}, {one.shown.organisation.name}"
    return f"{_SIGNS.sub(_ESCAPED, name)} – <{settings.URL}{one.shown.address}>"
