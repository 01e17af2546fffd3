"""What the applicant's pages show: one's own applications, their way and their history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from idesluss.funding.models import Application
from idesluss.ideas.models import OWN, Completion, Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Appointment, Organisation, Person, Seat
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from idesluss.records.listed import Listed
from idesluss.records.models import Entry

LONGEST_LIST = 10  # colleagues found at a time
SHORTEST_SEARCH = 2  # characters


# --- One's own ---------------------------------------------------------------------------------


def mine(person: Person, organisation: Organisation) -> QuerySet[Application]:
    """The applications that ``person`` hands in here; drafts first, then the latest.

    Each with ``due``: the last day of an open request for completion, or None.
    """
    asked = Completion.objects.filter(idea=OuterRef("idea"), answered_at=None).values("due")[:1]
    return (
        Application.objects.owned_by(person)
        .filter(round__programme__organisation=organisation)
        .select_related("idea", "round__programme")
        .annotate(due=asked, is_draft=Q(idea__stage=Stage.DRAFT.value))
        .order_by("-is_draft", "-pk")
    )


def thrown_away(person: Person, organisation: Organisation) -> QuerySet[Application]:
    """The drafts that ``person`` owned and threw away, the latest first."""
    own = Involvement.objects.filter(idea=OuterRef("idea"), part__in=OWN, ended_at=None)
    owned = Involvement.objects.filter(person=person, part=Part.OWNER.value, ended_at__isnull=False)
    return (
        Application.objects.filter(
            ~Exists(own),
            idea__in=owned.values("idea"),
            round__programme__organisation=organisation,
            idea__stage=Stage.DRAFT.value,
        )
        .select_related("idea", "round")
        .order_by("-pk")
    )


# --- Colleagues --------------------------------------------------------------------------------


def colleagues(organisation: Organisation, text: str, *, at: datetime) -> list[Person]:
    """People of ``organisation`` whose name holds ``text``, or whose e-mail address it is.

    At most ``LONGEST_LIST``, by name; none for fewer than ``SHORTEST_SEARCH`` characters. Nobody
    of another organisation is ever among them, nor anybody who has not said yes to a role here.
    """
    text = " ".join(text.split())
    if len(text) < SHORTEST_SEARCH:
        return []
    # SQLite's LIKE knows no å of two sizes.
    called = Q(name__iregex=re.escape(text)) | Q(email__iexact=text)
    appointments = Appointment.objects.valid(at.date()).filter(organisation=organisation)
    seats = Seat.objects.valid(at.date()).filter(body__organisation=organisation)
    here = Q(pk__in=appointments.values("person")) | Q(pk__in=seats.values("person"))
    found = Person.objects.filter(here, called, is_active=True)
    return list(found.order_by("name", "pk")[:LONGEST_LIST])


def coaches(organisation: Organisation, *, at: datetime) -> list[Person]:
    """The innovation coaches of ``organisation``, by name. One query."""
    appointed = Appointment.objects.valid(at.date()).filter(
        organisation=organisation, role=Role.COACH.value
    )
    return list(Person.objects.filter(pk__in=appointed.values("person")).order_by("name", "pk"))


# --- The way -----------------------------------------------------------------------------------

WAY = (Stage.DRAFT, Stage.RECEIVED, Stage.ASSESSING, Stage.DECIDING, Stage.TESTING)
"""The way of an application in a programme that has no steps of its own."""


@dataclass(frozen=True, slots=True)
class Chamber:
    """One step of the way; ``name`` is the programme's own word, or empty."""

    stage: Stage
    name: str
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of a case, and which one it is at: ``now`` from 0."""

    chambers: Sequence[Chamber]
    now: int
    ended: bool  # it stopped there


def with_steps(applications: QuerySet[Application]) -> QuerySet[Any]:
    """``applications`` with the ``steps`` of their programme, which ``way_of`` reads."""
    steps = Step.objects.filter(programme=OuterRef("round__programme"))
    return applications.annotate(
        steps=Listed(steps, stage="stage", name="name", guidance="guidance")
    )


def way_of(application: Any, entries: Sequence[Entry]) -> Way:
    """The steps of the programme, and where the application (``with_steps``) is.

    ``entries`` (oldest first) tell where a case that has ended was when it did.
    """
    if application.steps:
        chambers = [
            Chamber(Stage(it["stage"]), it["name"], it["guidance"]) for it in application.steps
        ]
        if chambers[0].stage is not Stage.DRAFT:
            chambers.insert(0, Chamber(Stage.DRAFT, ""))
    else:
        chambers = [Chamber(stage, "") for stage in WAY]
    stages = [it.stage for it in chambers]
    stage = Stage(application.idea.stage)
    if stage in stages:
        return Way(chambers, stages.index(stage), ended=False)
    steps = [it.data for it in reversed(entries) if it.verb == "ideas.stepped"]
    passed = [Stage(name) for it in steps for name in (it["to"], it["stage"])]
    reached = next((it for it in passed if it in stages), stages[0])
    return Way(chambers, stages.index(reached), ended=True)


# --- The history -------------------------------------------------------------------------------

TOLD = {
    "ideas.started",
    "ideas.attached",
    "ideas.detached",
    "ideas.put_back",
    "ideas.involved",
    "ideas.part_ended",
    "ideas.accepted",
    "ideas.accept_undone",
    "ideas.redirected",
    "ideas.came_back",
    "ideas.completion_asked",
    "ideas.completion_ended",
    "ideas.completed",
    "ideas.stepped",
    "funding.submitted",
    "funding.endorsement_asked",
    "funding.endorsed",
    "funding.changed",
    "funding.incomplete",
    "funding.decided",
    "funding.withdrawn",
}
"""What the applicant may know of; conflicts of interest and assessments are never among it."""
TOLD_STEPS = {Stage.EXPLORING, Stage.DECIDING, Stage.ADOPTING, Stage.PERMANENT, Stage.STOPPED}
"""Steps that no other line tells of."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; ``by`` is named when it is one of those who hand in."""

    verb: str
    at: datetime
    by: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def entries_of(application: Application) -> list[Entry]:
    """Every line about the application and its idea, oldest first. One query."""
    about = Q(about_kind="funding.application", about_id=application.pk)
    about |= Q(about_kind="ideas.idea", about_id=application.idea_id)
    return list(Entry.objects.filter(about).order_by("id"))


def history(application: Application, entries: Sequence[Entry]) -> list[Event]:
    """What has happened as the applicant may know it, the latest first. Reads nothing more.

    ``application`` has its idea's involvements with their people loaded.
    """
    names = {it.person_id: it.person.name for it in application.idea.involvements.all()}
    told: list[Event] = []
    for entry in entries:
        if entry.verb not in TOLD:
            continue
        if entry.verb == "ideas.stepped" and Stage(entry.data["to"]) not in TOLD_STEPS:
            continue
        if entry.verb == "ideas.accept_undone":  # nobody was told of either
            told = [it for it in told if it.verb != "ideas.accepted"]
            continue
        told.append(Event(entry.verb, entry.at, names.get(entry.by_id or 0, ""), entry.data))
    return told[::-1]


def open_request(application: Application) -> Completion | None:
    """The open request for completion, if there is one; asks only when the clock stands still."""
    if application.idea.paused_at is None:
        return None
    return next((it for it in application.idea.completions.all() if it.answered_at is None), None)


def next_date(application: Application, asked: Completion | None) -> date | None:
    """The next date that something is awaited or promised: the open request's, or the answer's."""
    if asked is not None:
        return asked.due
    return None if application.outcome else application.idea.answer_by
