"""What is like a text that somebody writes for the first time: asked with its beginning only."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime
from typing import Any

from idesluss.ideas.models import Idea
from idesluss.insight.search.finding import WARNS, Asked, Found, find
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.folding import Lang
from idesluss.logic.text.gist import gist
from idesluss.pilots.models import Project

# The share of the best one's score that the others need, to be told of beside it; and how sure the
# best must be. Whoever looks at a case asks for it, and is told of more than one who only writes.
BESIDE, BESIDE_A_CASE = 0.4, 0.2
TELLS = 0.7
SPARE = 10  # further ones, in place of those that are about the same thing


def look_alikes(
    title: str,
    text: str,
    lang: Lang,
    person: Any,
    *,
    at: datetime,
    without: Any = None,
    most: int = 5,
) -> tuple[Found, ...]:
    """Return at most ``most`` things that ``person`` may see and that are like what is written.

    Asked with the title and the first sentence or two, and silent where these say too little, or
    nothing is near enough to be worth an interruption. ``without``: the thing that is written
    itself. A case is told once: as the project that came of it, else as what it was joined to.
    """
    asked = gist(title, text, lang)
    if not asked:
        return ()
    least, share = (WARNS, BESIDE) if without is None else (TELLS, BESIDE_A_CASE)
    page = find(
        Asked(asked, lang),
        person,
        at=at,
        limit=most + SPARE,
        least=least,
        share=share,
        without=without,
    )
    found = [it for it in page.found if it.why]
    return tuple(_each_once(found, without))[:most]


def _each_once(found: Iterable[Found], without: Any) -> Iterator[Found]:
    """Each matter where the best of its things stood, told as what says most of it."""
    best: dict[Hashable, Found] = {}
    for one in found:
        matter = _matter(one.thing)
        if matter not in best or _tells_more(one.thing, best[matter].thing):
            best[matter] = one
    best.pop(_matter(without), None)
    yield from best.values()


def _matter(thing: Any) -> Hashable:
    """What a thing is about: a case, its project and what was joined to it are one matter."""
    if isinstance(thing, Project):
        return _matter(thing.idea)
    if isinstance(thing, Idea):
        return Idea, thing.merged_into_id or thing.grown_from_id or thing.pk
    return type(thing), getattr(thing, "pk", None)


def _tells_more(one: Any, other: Any) -> bool:
    merged = Stage.MERGED.value
    return isinstance(one, Project) or (isinstance(other, Idea) and other.stage == merged)
