"""One case as its page shows it: joined, counted, and cut to what its reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from idesluss.ideas.models import (
    LIVE,
    SHUT,
    Attachment,
    Declaration,
    Finding,
    Idea,
    Involvement,
    Message,
    Passage,
    Support,
    handled,
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
from idesluss.records.listed import Listed

SHOWN: Mapping[str, Sequence[str]] = {
    "programme": ("name", "slug", "public", "organisation"),
    "unit": ("name", "parent"),
    "unit__parent": ("name",),
    "at_step": ("name", "stage"),
    "responsible": ("name", "email"),
    "entered_by": ("name",),
    "challenge": ("title", "slug", "public", "opens_at"),
    "rating": ("score", "words", "stage"),
}
"""What is joined to a case, and the columns that its page shows of it: a page of few columns is
read, and put together, in half the time."""
COLUMNS = [it.attname for it in Idea._meta.concrete_fields]
MERGED = Stage.MERGED.value
MESSAGES = 50  # the latest ones; the others stand behind a link
NEAR = 30  # other cases that lead here and that a page names, the newest


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

    idea: Any  # an Idea, with what ``_found`` has counted beside it
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


def case_page(
    pk: int, person: Any, organisation: Organisation, *, at: datetime, every: bool = False
) -> CasePage | None:
    """What the page of a case of the organisation's sluices says to ``person``; None: nothing.

    At most seven queries. ``every``: all messages, not the latest ones only.
    """
    found = _found(pk, person, organisation, at=at)
    idea = next((it for it in found if it.pk == pk), None)
    if idea is None or idea.edition_id is None or idea.organisation_id != organisation.pk:
        return None
    near = [it for it in found if it.pk != pk]
    givers = givers_of(idea)
    reader = reader_of(idea, person, givers, at=at)
    return _page(idea, person, reader, givers, near, at=at, every=every)


def as_others_see(page: CasePage, reader: Reader, *, at: datetime) -> CasePage:
    """The same case as somebody else sees it, who reads it as ``reader``; with what is public."""
    idea = page.idea
    found = _found(idea.pk, None, idea.programme.organisation, at=at)
    near = [it for it in found if it.pk != idea.pk]
    return _page(idea, None, reader, page.givers, near, at=at, every=False)


def reader_of(idea: Any, person: Any, givers: Iterable[Involvement], *, at: datetime) -> Reader:
    """How ``person`` reads a case that ``_found`` has found. Asks the database nothing."""
    me = person.pk if isinstance(person, Person) else None
    if any(it.person_id == me and it.idea_id == idea.pk and not it.ended_at for it in givers):
        return Reader.GIVER
    if idea.shut:
        return Reader.OUTSIDE
    by_office = _by_office(person, idea.organisation_id, at=at)
    if idea.handled if by_office is None else by_office:
        return Reader.OFFICE
    inside = idea.organisation_id in standing_of(person, at).organisations()
    return Reader.INSIDE if inside else Reader.OUTSIDE


def _by_office(person: Any, organisation: int, *, at: datetime) -> bool | None:
    """Whether ``person`` handles every case of the organisation's sluices, or none of them.

    But for those that are their own, or shut to them. None: it depends on the case (``handled``).
    """
    standing = standing_of(person, at)
    if organisation in standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR, Role.COACH):
        return True
    some = organisation in standing.organisations_as(Role.MANAGER, Role.ASSESSOR)
    return None if some or organisation in standing.body_organisations else False


def _found(pk: int, person: Any, organisation: Organisation, *, at: datetime) -> list[Any]:
    """The case and those that it is bound up with, as far as ``person`` may read them.

    Two queries. Adds ``asks_for_money`` (whether a case of a fund has grown from it), ``shut`` and
    ``handled`` (bool; the latter where it depends on the case), ``supporters`` (a number).
    """
    me = person.pk if isinstance(person, Person) else None
    ways = ("answers_to", "merged_into", "split_from", "grown_from")
    here = reduce(or_, (Q(**{way: pk}) for way in ways))
    newest = Listed(Idea.objects.filter(here).order_by("-id")[:NEAR], pk="pk")
    bound = Idea.objects.filter(pk=pk).order_by().annotate(newest=newest)[:1]
    *to, grown, leads_here = next(iter(bound.values_list(*ways, "grown", "newest")), (None, []))
    # By numbers that are known, whatever may be seen: these few rows are read, and no others.
    numbers = [pk, *filter(None, to), *(it["pk"] for it in leads_here)]
    supports = Support.objects.filter(idea=OuterRef("pk")).order_by()
    count = supports.annotate(n=Func(F("pk"), function="COUNT")).values("n")
    depends = me is not None and _by_office(person, organisation.pk, at=at) is None
    found: Any = (
        Idea.objects.sluiced_shown_to(person, at=at)
        .filter(pk__in=numbers)
        .select_related(*SHOWN)
        .only(*COLUMNS, *(f"{way}__{it}" for way, shown in SHOWN.items() for it in shown))
        .annotate(
            shut=_theirs(Declaration, me, state__in=SHUT),
            handled=_whether(handled(person, at=at)) if depends else Value(False),
            supporters=Subquery(count, output_field=IntegerField()),
        )
    )
    shown = [it for it in found if it.stage != Stage.DRAFT.value]
    rows = sorted(shown, key=lambda it: -it.pk)
    for row in rows:
        row.asks_for_money = row.pk == pk and grown is not None
        if row.programme.organisation_id == organisation.pk:
            row.programme.organisation = organisation
    return rows


def _theirs(table: Any, me: int | None, **which: Any) -> Any:
    """Whether there is such a row about the case of the person with the number ``me``."""
    if me is None:
        return Value(False)
    return Exists(table.objects.filter(idea=OuterRef("pk"), person=me, **which))


def _whether(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _page(
    idea: Any,
    person: Any,
    reader: Reader,
    givers: Sequence[Involvement],
    near: Sequence[Any],
    *,
    at: datetime,
    every: bool,
) -> CasePage:
    names = names_for(reader, getattr(person, "pk", None), idea, givers)
    merged = [it for it in near if it.merged_into_id == idea.pk and it.stage == MERGED]
    cases = {it.pk for it in merged}
    if reader is Reader.GIVER:
        cases = {it.idea_id for it in givers if it.idea_id != idea.pk and it.idea.stage == MERGED}
    offices = [it.pk for it in merged if reader_of(it, person, givers, at=at) is Reader.OFFICE]
    messages = _messages(idea, reader, cases, offices, every=every)
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
        findings=list(findings),
        files=list(files),
        near=near,
    )


def _messages(
    idea: Idea, reader: Reader, merged: Collection[int], offices: Sequence[int], *, every: bool
) -> list[Message]:
    """The conversation, oldest first: the latest ones, and one more if there are more.

    With it what was said in cases that were merged into this one (``merged``): whoever hands it in
    reads it all, everybody else that of the cases that they may read; notes only where they handle
    the case too (``offices`` of those).
    """
    found = Message.objects.filter(removed_at=None)
    if merged:
        notes = Q(idea__in=[idea.pk, *offices]) if reader is Reader.OFFICE else Q(pk__in=[])
        found = found.filter(Q(inside=False) | notes, idea__in=[idea.pk, *merged])
        found = found.select_related("by", "idea")
    else:
        found = found.filter(idea=idea.pk).select_related("by")
        if reader is not Reader.OFFICE:
            found = found.filter(inside=False)
    newest = found.order_by("-id")
    latest = list(newest if every else newest[: MESSAGES + 1])[::-1]
    for one in latest:
        if one.idea_id == idea.pk:
            one.idea = idea
    return latest


def _chambers(idea: Idea) -> list[Chamber]:
    """The steps of the case's edition in order, with when it came to each; one query."""
    # By key: a stay in an earlier edition counts for the step that has taken its place.
    stays = Passage.objects.filter(idea=idea.pk, step__key=OuterRef("key")).order_by("-id")
    steps = Step.objects.filter(edition=idea.edition_id).order_by("position", "id")
    dated = steps.annotate(entered_at=Subquery(stays.values("entered_at")[:1]))
    return [Chamber(step, step.entered_at) for step in dated]
