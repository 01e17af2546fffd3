"""What can be found: cases, challenges and projects, and by whom each.

A thing is put into the index with marks that say who may find it at most, and with nothing but
what everybody who may see its page can read there. Who really may is asked of the rows again
before anything is shown (``finding``): the index may be some seconds old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.utils.translation import pgettext_lazy

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.models.access import NEVER_SHOWN
from idesluss.ideas.vocab import IdeaKind
from idesluss.insight.search.index import KINDS, Entry
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.folding import language
from idesluss.people.models import Appointment, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.pilots.reads.listed import with_status
from idesluss.programmes.models import Goal, Programme
from idesluss.programmes.vocab import Visibility

PUBLIC = "public"


class Kind(models.TextChoices):
    """What a thing that is found is."""

    IDEA = "idea", pgettext_lazy("found", "Idea")
    NEED = "need", pgettext_lazy("found", "Need")
    CHALLENGE = "challenge", pgettext_lazy("found", "Challenge")
    PROJECT = "project", pgettext_lazy("found", "Project")


@dataclass(frozen=True, slots=True)
class Told:
    """What is searched of one thing: its words, and the marks it is chosen by, if asked for.

    ``came`` is what came of it: it is found by that too, but it says little of what it is about,
    as many things are answered in the same words.
    """

    title: str
    text: str
    language: str
    came: str = ""
    tags: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All that it says under its title."""
        return f"{self.text}\n{self.came}" if self.came else self.text


@dataclass(frozen=True, slots=True)
class Shelf:
    """One model of things: where they are, who may see them, and how they are told.

    ``place`` is the shelf's number in the index; ``number`` of a row in it is ``pk * KINDS +
    place``.
    """

    place: int
    model: type[models.Model]
    all: Callable[[], QuerySet[Any]]  # everything that belongs in the index
    goals: str  # the way to the goals, which are among the marks
    shown: Callable[[Any, datetime], QuerySet[Any]]  # what somebody may see the page of
    words: Callable[[Any], Told]  # without the marks
    tags: Callable[[Any], Iterable[str]]

    def rows(self) -> QuerySet[Any]:
        """Everything that belongs in the index, ready to be told."""
        return self.all().prefetch_related(Prefetch(self.goals, Goal.objects.only("pk")))

    def tell(self, row: Any) -> Told:
        """What is searched of a row of ``rows``."""
        return replace(self.words(row), tags=tuple(self.tags(row)))

    def code(self, pk: int) -> int:
        """The number of a row in the index."""
        return pk * KINDS + self.place

    def entries(self, rows: Iterable[Any], lexicon: Lexicon) -> Iterator[Entry]:
        """The rows as the index holds them."""
        for row in rows:
            told, code = self.tell(row), self.code(row.pk)
            lang = language(told.language)
            about = lexicon.analyse(told.title, told.text, lang)
            came = lexicon.analyse("", told.came, lang) if told.came else None
            yield Entry(code, about, (*told.tags, f"id:{code}"), came)


# ── Cases ───────────────────────────────────────────────────────────────────────────────────────


def _ideas() -> QuerySet[Idea]:
    handed_in = Idea.objects.exclude(stage=Stage.DRAFT.value)
    return handed_in.select_related("programme", "unit")


def _shown_ideas(person: Any, at: datetime) -> QuerySet[Idea]:
    return Idea.objects.shown_to(person, at=at).filter(programme__organisation__archived_at=None)


def _words_of_idea(idea: Idea) -> Told:
    return Told(idea.title, idea.need, idea.language, idea.answer)


def _tags_of_idea(idea: Idea) -> Iterator[str]:
    kind = Kind.NEED if idea.kind == IdeaKind.NEED.value else Kind.IDEA
    yield f"kind:{kind.value}"
    yield from _tags_of_case(idea)
    yield from _seen_by(idea)


def _tags_of_case(idea: Idea) -> Iterator[str]:
    yield f"org:{idea.programme.organisation_id}"
    yield f"prog:{idea.programme_id}"
    yield f"stage:{idea.stage}"
    yield f"lang:{idea.language}"
    yield f"year:{(idea.received_at or idea.created_at).year}"
    yield from (f"goal:{goal.pk}" for goal in idea.goals.all())
    if idea.unit:
        yield f"unit:{idea.unit_id}"
        if idea.unit.parent_id:
            yield f"unit:{idea.unit.parent_id}"


def _seen_by(idea: Idea) -> Iterator[str]:
    """Who may find a case at most, beside those who are named in it."""
    there = idea.programme.organisation_id
    yield f"office:{there}"
    if idea.edition_id and idea.stage not in NEVER_SHOWN:
        if idea.visibility == Visibility.PUBLIC.value:
            yield PUBLIC
        elif idea.visibility == Visibility.INSIDE.value:
            yield f"in:{there}"
    if idea.responsible_id:
        yield f"person:{idea.responsible_id}"


# ── Challenges ──────────────────────────────────────────────────────────────────────────────────


def _challenges() -> QuerySet[Challenge]:
    return Challenge.objects.select_related("programme__organisation")


def _shown_challenges(person: Any, at: datetime) -> QuerySet[Challenge]:
    seen = Challenge.objects.visible_to(person, at=at)
    return seen.filter(programme__organisation__archived_at=None)


def _words_of_challenge(challenge: Challenge) -> Told:
    text = f"{challenge.text}\n{challenge.for_whom}"
    spoken = challenge.programme.organisation.language
    return Told(challenge.title, text, spoken, challenge.result)


def _tags_of_challenge(challenge: Challenge) -> Iterator[str]:
    there = challenge.programme.organisation
    opened = challenge.opens_at
    yield f"kind:{Kind.CHALLENGE.value}"
    yield f"org:{there.pk}"
    yield f"prog:{challenge.programme_id}"
    yield f"lang:{there.language}"
    yield f"year:{(opened or challenge.posed_at).year}"
    yield f"office:{there.pk}"
    yield f"person:{challenge.owner_id}"
    yield f"person:{challenge.posed_by_id}"
    yield from (f"goal:{goal.pk}" for goal in challenge.goals.all())
    if opened:  # on a day to come, it is the rows that keep it back until then
        yield PUBLIC if challenge.public else f"in:{there.pk}"


# ── Projects ────────────────────────────────────────────────────────────────────────────────────


def _projects() -> QuerySet[Project]:
    return with_status(Project.objects.select_related("idea__programme", "idea__unit"))


def _shown_projects(person: Any, at: datetime) -> QuerySet[Project]:
    seen = Project.objects.visible_to(person, at=at)
    return seen.filter(idea__programme__organisation__archived_at=None)


def _words_of_project(project: Project) -> Told:
    text = f"{project.purpose}\n{project.results}\n{project.learned}"
    return Told(project.idea.title, text, project.idea.language)


def _tags_of_project(project: Project) -> Iterator[str]:
    yield f"kind:{Kind.PROJECT.value}"
    yield from _tags_of_case(project.idea)
    yield f"office:{project.idea.programme.organisation_id}"
    if project.published_at:
        yield PUBLIC


SHELVES: Sequence[Shelf] = (
    Shelf(0, Idea, _ideas, "goals", _shown_ideas, _words_of_idea, _tags_of_idea),
    Shelf(
        1,
        Challenge,
        _challenges,
        "goals",
        _shown_challenges,
        _words_of_challenge,
        _tags_of_challenge,
    ),
    Shelf(
        2,
        Project,
        _projects,
        "idea__goals",
        _shown_projects,
        _words_of_project,
        _tags_of_project,
    ),
)
BY_PLACE: Mapping[int, Shelf] = {it.place: it for it in SHELVES}
BY_MODEL: Mapping[type[models.Model], Shelf] = {it.model: it for it in SHELVES}


def code_of(thing: models.Model) -> int:
    """The number of a thing in the index."""
    return BY_MODEL[type(thing)].code(thing.pk)


# ── Who asks ────────────────────────────────────────────────────────────────────────────────────


def may_find(person: Any, *, at: datetime) -> list[str]:
    """The marks of everything that ``person`` may possibly see; the rows are asked afterwards."""
    if not isinstance(person, Person):
        return [PUBLIC]
    standing = standing_of(person, at)
    here = standing.organisations()
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR, Role.COACH)
    marks = [PUBLIC, f"person:{person.pk}"]
    marks += [f"in:{number}" for number in here]
    marks += [f"office:{number}" for number in offices]
    if standing.bodies:
        decided = Programme.objects.decided_by(standing.bodies)
        marks += [f"prog:{number}" for number in decided.values_list("pk", flat=True)]
    if standing.organisations_as(Role.MANAGER):
        managed = Appointment.objects.valid(at.date()).filter(
            person=person, role=Role.MANAGER.value, unit__isnull=False
        )
        marks += [f"unit:{number}" for number in managed.values_list("unit", flat=True)]
    parts = person.involvements.filter(ended_at=None).values_list("idea", "idea__project")
    for idea, project in parts:
        marks.append(f"id:{SHELVES[0].code(idea)}")
        if project:
            marks.append(f"id:{SHELVES[2].code(project)}")
    return marks
