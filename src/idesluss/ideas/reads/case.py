"""One case as its page shows it: joined, counted, and cut to what its reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from idesluss.ideas.models import (
    LIVE,
    SHUT,
    Attachment,
    Finding,
    Follow,
    Idea,
    Involvement,
    Message,
    Passage,
    Support,
    declared,
    handled,
    own,
)
from idesluss.ideas.reads.names import (
    Called,
    Names,
    Reader,
    givers_of,
    may_know,
    names_for,
)
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step

MESSAGES = 50  # the latest ones; the others stand behind a link
NEAR = 30  # other cases that a page names


@dataclass(frozen=True, slots=True)
class Said:
    """One message, and what to call whoever wrote it."""

    message: Message
    by: Called


@dataclass(frozen=True, slots=True)
class Chamber:
    """One step of the case's edition; ``entered_at``: when the case last came to it."""

    step: Step
    entered_at: datetime | None


@dataclass(frozen=True)
class CasePage:
    """What the page of ``idea`` says to one reader at one moment."""

    idea: Any  # an Idea, with what ``seen_by`` has counted beside it
    person: Any
    at: datetime
    names: Names
    givers: Sequence[Involvement]
    chambers: Sequence[Chamber]
    said: Sequence[Said]
    earlier: bool  # there are more messages than ``said``
    findings: Sequence[Finding]  # those that were taken away too, for who may bring them back
    files: Sequence[Attachment]
    near: Sequence[Idea]

    @property
    def reader(self) -> Reader:
        return self.names.reader

    @property
    def office(self) -> bool:
        """Whether the reader handles the case."""
        return self.reader is Reader.OFFICE

    @property
    def gives(self) -> bool:
        """Whether the reader hands it in."""
        return self.reader is Reader.GIVER

    @property
    def owns(self) -> bool:
        """Whether the reader handed it in first."""
        parts = [it for it in self.givers if it.part == Part.OWNER.value and it.ended_at is None]
        theirs = [it for it in parts if it.idea_id == self.idea.pk]
        return self.gives and self.person.pk in {it.person_id for it in theirs}

    @property
    def whole(self) -> bool:
        """Whether the reader sees the whole case, not its open page only."""
        return self.office or self.gives

    @cached_property
    def works(self) -> bool:
        """Whether the reader takes the case on its way; as ``rules.may_work``, without asking."""
        roles = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
        return self.office and self.person.has_role(self.idea.organisation_id, *roles, at=self.at)

    @property
    def live(self) -> bool:
        """Whether something is owed."""
        return self.idea.stage in LIVE

    @cached_property
    def finds(self) -> bool:
        """Whether the reader writes down what is found out; as ``rules.may_find``."""
        return self.works or (self.gives and self.live)

    @property
    def gone(self) -> list[Finding]:
        """Findings that were taken away and that the reader may bring back."""
        return [it for it in self.findings if it.removed_at] if self.finds else []

    @cached_property
    def today(self) -> date:
        """The day in the case's municipality."""
        return self.at.astimezone(self.idea.programme.organisation.timezone).date()

    @property
    def seen(self) -> int:
        """Number of the latest message that is shown: what whoever answers has read."""
        return self.said[-1].message.pk if self.said else 0

    @cached_property
    def given_by(self) -> list[Called]:
        """Those who hand it in now, as the reader may call them."""
        now = [it for it in self.givers if it.idea_id == self.idea.pk and it.ended_at is None]
        return [self.names.of(it.person) for it in now]

    @property
    def knows_giver(self) -> bool:
        """Whether the reader is told whose case it is: the association's or company's name too."""
        return self.gives or may_know(self.reader, self.idea.name_shown)

    @property
    def reached(self) -> list[str]:
        """How those who hand it in can be reached, for those who handle it; a line for each way."""
        people = [it.person for it in self.givers if it.ended_at is None]
        ways = [(it.reach_mail or it.email or "", it.reach_phone) for it in people]
        return ["\n".join(filter(None, way)) for way in ways if any(way)] if self.office else []

    def linked(self, how: str) -> list[Idea]:
        """Other cases that the reader may see; ``how`` is the field that leads from them here."""
        return [it for it in self.near if getattr(it, f"{how}_id") == self.idea.pk]

    def towards(self, how: str) -> Idea | None:
        """The case that the field ``how`` leads to, when the reader may see it."""
        to = getattr(self.idea, f"{how}_id")
        return next((it for it in self.near if it.pk == to), None)


def seen_by(person: Any, organisation: Organisation, *, at: datetime) -> Any:
    """Cases of the organisation's sluices that ``person`` may read, with how they read them.

    Adds ``by_office``, ``as_giver``, ``shut`` (bool), ``supporters`` (a number), ``supported`` and
    ``followed`` (bool, by ``person``).
    """
    me = person.pk if isinstance(person, Person) else None
    count = Support.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    shut = declared(person, *SHUT) if me else Q(pk__in=[])
    return (
        Idea.objects.shown_to(person, at=at)
        .sluiced()
        .exclude(stage=Stage.DRAFT.value)
        .filter(programme__organisation=organisation)
        .select_related("programme__organisation", "unit__parent", "at_step", "responsible")
        .select_related("challenge", "rating", "door", "entered_by")
        .annotate(
            by_office=_whether(handled(person, at=at)),
            as_giver=_whether(own(person)),
            shut=_whether(shut),
            supporters=Coalesce(
                Subquery(count.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
            ),
            supported=Exists(Support.objects.filter(idea=OuterRef("pk"), person=me)),
            followed=Exists(Follow.objects.filter(idea=OuterRef("pk"), person=me)),
        )
    )


def _whether(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def reader_of(idea: Any, person: Any, *, at: datetime) -> Reader:
    """How ``person`` reads a case that ``seen_by`` found. Asks the database nothing."""
    if idea.by_office:
        return Reader.OFFICE
    if idea.as_giver:
        return Reader.GIVER
    inside = idea.organisation_id in standing_of(person, at).organisations()
    return Reader.INSIDE if inside and not idea.shut else Reader.OUTSIDE


def case_page(
    idea: Any, person: Any, *, at: datetime, every: bool = False, reader: Reader | None = None
) -> CasePage:
    """What the page of a case that ``seen_by`` found says to ``person``; at most six queries.

    ``every``: all messages, not the latest ones only. ``reader``: show it as such a reader sees
    it, who is somebody else than ``person`` (None then).
    """
    reader = reader or reader_of(idea, person, at=at)
    givers = givers_of(idea)
    names = names_for(reader, getattr(person, "pk", None), idea, givers)
    near = _near(idea, person, at=at)
    messages = _messages(idea, reader, near, person, at=at, every=every)
    shown = messages if every else messages[-MESSAGES:]
    whole = reader in (Reader.OFFICE, Reader.GIVER)
    findings = idea.findings.all() if whole else idea.findings.filter(removed_at=None)
    if reader is not Reader.OFFICE:
        findings = findings.filter(inside=False)
    files = idea.attachments.filter(removed_at=None).order_by("added_at") if whole else ()
    return CasePage(
        idea=idea,
        person=person,
        at=at,
        names=names,
        givers=givers,
        chambers=_chambers(idea),
        said=[Said(it, names.of(it.by)) for it in shown],
        earlier=len(shown) < len(messages),
        findings=list(findings.select_related("by")),
        files=list(files),
        near=near,
    )


def _messages(
    idea: Idea, reader: Reader, near: Sequence[Idea], person: Any, *, at: datetime, every: bool
) -> list[Message]:
    """The conversation, oldest first: the latest ones, and one more if there are more.

    With it what was said in cases that were merged into this one: whoever hands it in reads it
    all, everybody else that of the cases that they may read;
    notes only where they handle the case too.
    """
    joined = Q(idea__merged_into=idea.pk, idea__stage=Stage.MERGED.value)
    if reader is not Reader.GIVER:
        joined &= Q(idea__in=[it.pk for it in near if it.merged_into_id == idea.pk])
    found = Message.objects.filter(Q(idea=idea.pk) | joined, removed_at=None)
    notes = Q(pk__in=[])
    if reader is Reader.OFFICE:
        notes = Q(idea=idea.pk) | handled(person, at=at, idea="idea__")
    newest = found.filter(Q(inside=False) | notes).select_related("by", "idea").order_by("-id")
    return list(newest if every else newest[: MESSAGES + 1])[::-1]


def _chambers(idea: Idea) -> list[Chamber]:
    """The steps of the case's edition in order, with when it came to each; one query."""
    # By key: a stay in an earlier edition counts for the step that has taken its place.
    stays = Passage.objects.filter(idea=idea.pk, step__key=OuterRef("key")).order_by("-id")
    steps = Step.objects.filter(edition=idea.edition_id).order_by("position", "id")
    dated = steps.annotate(entered_at=Subquery(stays.values("entered_at")[:1]))
    return [Chamber(step, step.entered_at) for step in dated]


def _near(idea: Idea, person: Any, *, at: datetime) -> list[Idea]:
    """The cases that this one is bound up with, and that ``person`` may see too."""
    ways = ("answers_to", "merged_into", "split_from", "grown_from")
    to = [getattr(idea, f"{way}_id") for way in ways]
    near = Idea.objects.filter(pk__in=[it for it in to if it]).values("pk")
    here = [Idea.objects.filter(**{way: idea.pk}).values("pk") for way in ways]
    seen = Idea.objects.shown_to(person, at=at).exclude(stage=Stage.DRAFT.value)
    found = seen.filter(pk__in=near.union(*here, all=True)).order_by("-id")
    return list(found[:NEAR])
