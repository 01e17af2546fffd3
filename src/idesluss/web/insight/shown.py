"""What was found, ready for a page: where it leads, how it stands, and why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import LIVE, Challenge, Idea
from idesluss.ideas.reads.challenges import When, when_of
from idesluss.ideas.vocab import IdeaKind, StageName
from idesluss.insight.reading import kind_of, readable
from idesluss.insight.reads.searching import applications
from idesluss.insight.search.finding import Found
from idesluss.insight.search.things import Kind
from idesluss.logic.text.folding import Lang, language
from idesluss.logic.text.marking import Piece, excerpt, pieces
from idesluss.logic.text.meeting import Met
from idesluss.logic.text.stopwords import STOPWORDS
from idesluss.people.models import Organisation
from idesluss.pilots.models import Project
from idesluss.pilots.vocab import Status
from idesluss.web.insight.reading import READ_IN
from idesluss.web.insight.wish import LANGUAGES

CAME = 160  # letters of what came of it
WHEN: Mapping[When, Any] = {
    When.DRAFT: _("Not opened yet"),
    When.COMING: _("Opens soon"),
    When.OPEN: _("Open now"),
    When.CLOSED: _("Closed, the answers are looked at"),
    When.ENDED: pgettext_lazy("challenge", "Ended"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that was found, as a page or a program is told of it."""

    kind: Kind
    title: tuple[Piece, ...]
    address: str  # "" if it has no page of its own for this person
    organisation: Organisation
    unit: str
    stage: str
    stage_words: str
    canonical: str  # the stage that gives the tag its colour; "" for a challenge
    year: int
    language: str
    language_name: str  # "" if it is the page's
    excerpt: tuple[Piece, ...]
    came: tuple[Piece, ...]  # what came of it
    why: tuple[Met, ...]
    score: float
    near: bool  # not much worse than the best
    invented: bool
    reading: str = ""  # where it can be read in the page's language; "" if it cannot
    read_words: str = ""

    @property
    def reasons(self) -> str:
        """Why it was found, in words: “genbrug” for “återbruk”, “møbler”."""
        return ", ".join(map(reason, self.why))


def reason(met: Met) -> str:
    """One word that was asked with, and those it met, its own first."""
    own = [it for it in met.words if it == met.asked]
    quoted = [gettext("“%(word)s”") % {"word": it} for it in own or met.words]
    told = ", ".join(quoted)
    if own or not told:
        return told
    return gettext("%(words)s for “%(asked)s”") % {"words": told, "asked": met.asked}


def telling(why: Iterable[Met], spoken: Lang) -> Iterator[Met]:
    """The reasons without the words that stand in every text."""
    for one in why:
        words = tuple(it for it in one.words if it not in STOPWORDS[spoken])
        if words:
            yield Met(one.asked, words)


class Show:
    """Shows what was found to one person; ``reads``: offers it in the page's language too."""

    def __init__(
        self,
        places: Mapping[int, Organisation],
        person: Any,
        page_language: Lang,
        *,
        at: datetime,
        reads: bool = False,
    ) -> None:
        self.places, self.person, self.at = places, person, at
        self.page_language, self.reads = page_language, reads

    def __call__(self, found: Sequence[Found]) -> list[Shown]:
        """Show all of ``found``; at most two queries, whatever their number."""
        things = [it.thing for it in found]
        self.readable: set[tuple[str, int]] = set()
        if self.reads:
            self.readable = readable(things, self.person, self.page_language, at=self.at)
        asking = [it.pk for it in things if isinstance(it, Idea) and it.edition_id is None]
        self.applications = applications(asking, self.person, at=self.at)
        return [self._one(it) for it in found]

    def _one(self, found: Found) -> Shown:
        thing, told = found.thing, found.told
        spoken = language(told.language)
        why = tuple(telling(found.why, spoken))
        met = {word for one in why for word in one.words}
        if isinstance(thing, Idea):
            mine = self._idea(thing)
        elif isinstance(thing, Project):
            mine = self._project(thing)
        else:
            mine = self._challenge(thing)
        body, came = mine.pop("body"), mine.pop("came")
        return Shown(
            title=pieces(told.title, met),
            language=told.language,
            language_name="" if spoken == self.page_language else LANGUAGES[spoken],
            excerpt=excerpt(body, met),
            came=excerpt(came, met, CAME),
            why=why,
            score=round(found.score, 3),
            near=found.near,
            **self._reading(thing, mine["organisation"]),
            **mine,
        )

    def _reading(self, thing: Any, place: Organisation) -> dict[str, Any]:
        """Where, and in which words, it is offered in the page's language."""
        kind = kind_of(thing)
        if (kind, thing.pk) not in self.readable:
            return {}
        address = reverse("insight:read", args=[place.slug, kind, thing.pk])
        return {"reading": address, "read_words": str(READ_IN[self.page_language])}

    def _idea(self, idea: Idea) -> dict[str, Any]:
        place = self.places[idea.programme.organisation_id]
        address = ""
        if idea.edition_id is not None:
            address = reverse("ideas:case", args=[place.slug, idea.pk])
        elif number := self.applications.get(idea.pk):
            address = reverse("funding:application", args=[place.slug, number])
        goes_on = idea.stage in LIVE
        return {
            "kind": Kind.NEED if idea.kind == IdeaKind.NEED.value else Kind.IDEA,
            "address": address,
            "organisation": place,
            "unit": idea.unit.name if idea.unit else "",
            "stage": idea.stage,
            "stage_words": capfirst(str(StageName(idea.stage).label)),
            "canonical": idea.stage,
            "body": f"{idea.need}\n{idea.answer}" if goes_on else idea.need,
            "came": "" if goes_on else idea.answer,
            "year": (idea.received_at or idea.created_at).year,
            "invented": idea.invented or place.invented,
        }

    def _project(self, project: Project) -> dict[str, Any]:
        idea = project.idea
        place = self.places[idea.programme.organisation_id]
        status = Status(project.status)  # type: ignore[attr-defined]  # annotated by the search
        return {
            "kind": Kind.PROJECT,
            "address": reverse("pilots:project", args=[place.slug, project.pk]),
            "organisation": place,
            "unit": idea.unit.name if idea.unit else "",
            "stage": status.value,
            "stage_words": capfirst(str(status.label)),
            "canonical": idea.stage,
            "body": project.purpose,
            "came": f"{project.results}\n{project.learned}",
            "year": (idea.received_at or idea.created_at).year,
            "invented": idea.invented or place.invented,
        }

    def _challenge(self, challenge: Challenge) -> dict[str, Any]:
        place = self.places[challenge.programme.organisation_id]
        when = when_of(challenge, self.at)
        return {
            "kind": Kind.CHALLENGE,
            "address": reverse("ideas:challenge", args=[place.slug, challenge.slug]),
            "organisation": place,
            "unit": "",
            "stage": when.value,
            "stage_words": str(WHEN[when]),
            "canonical": "",
            "body": f"{challenge.text}\n{challenge.for_whom}",
            "came": challenge.result,
            "year": (challenge.opens_at or challenge.posed_at).year,
            "invented": challenge.invented or place.invented,
        }
