"""What a round has to celebrate: the granted projects with their people, and who is invited.

Every sum is what was decided (``Grant.amount_minor``), added per currency for each project; what
the ledger changed afterwards is another story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q

from idesluss.funding.models import Application, Celebration, Decision, Meeting
from idesluss.funding.reads.results import GRANTED
from idesluss.funding.rules import may_celebrate
from idesluss.funding.vocab import Invited
from idesluss.ideas.models import OWN, Involvement
from idesluss.logic.money import Money, totals
from idesluss.people.models import Appointment, Organisation, Person, Seat, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry

INVITED, CALLED_OFF = "funding.celebration_invited", "funding.celebration_called_off"


@dataclass(frozen=True, slots=True)
class Celebrated:
    """One granted project. ``sums`` in minor units by currency, none of them zero.

    ``people`` hand it in, the owner first; empty where the case is shut to the reader.
    """

    application_id: int
    title: str
    register_number: str
    department: str
    people: tuple[str, ...]
    sums: Mapping[str, int]
    decided_on: date | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """What there is to celebrate; ``hidden`` projects are shut to the reader until all see them."""

    projects: tuple[Celebrated, ...]
    hidden: int = 0

    @property
    def totals(self) -> dict[str, int]:
        """Minor units by currency, of all the projects."""
        sums = (Money(minor, cur) for one in self.projects for cur, minor in one.sums.items())
        return totals(sums)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited, on which grounds, and whether they have been told."""

    person: Person
    grounds: tuple[Invited, ...]
    told: bool


def occasion_of(round: Round, *, person: Any, at: datetime) -> Occasion:
    """The granted projects with a sum, in the order they came in; five queries at most.

    Names are left out of a case that is shut to ``person``, which before the results are public
    is hidden whole.
    """
    own = Involvement.objects.filter(part__in=OWN, ended_at=None).select_related("person")
    decisions = Decision.objects.filter(meeting__released_at__isnull=False)
    readable = Application.objects.visible_to(person, at=at).filter(pk=OuterRef("pk"))
    granted: Any = (
        Application.objects.filter(round=round, outcome__in=GRANTED)
        .annotate(is_open=Exists(readable.order_by()))
        .select_related("idea__unit")
        .prefetch_related(
            "grants",
            Prefetch("idea__involvements", own.order_by("id"), to_attr="own_parts"),
            Prefetch("decisions", decisions.select_related("meeting"), to_attr="released"),
        )
        .order_by("submitted_at", "pk")
    )
    public = round.results_at is not None and round.results_at <= at
    shown = [one for one in granted if public or one.is_open]
    imported = None
    if any(not one.released for one in shown):
        imported = round.imports.order_by("-pk").values_list("decided_on", flat=True).first()
    zone = round.programme.organisation.timezone
    found = (_celebrated(one, zone, imported, is_open=one.is_open) for one in shown)
    return Occasion(tuple(one for one in found if one.sums), len(granted) - len(shown))


def _celebrated(
    application: Any, zone: ZoneInfo, imported: date | None, *, is_open: bool
) -> Celebrated:
    idea = application.idea
    names = [one.person.name for one in idea.own_parts] or [idea.applicant_name]
    held = [one.meeting.held_at for one in application.released if one.meeting.held_at]
    decided = max(held, default=application.decided_at)
    day = decided.astimezone(zone).date() if decided else None
    sums = totals(Money(it.amount_minor, it.currency) for it in application.grants.all())
    return Celebrated(
        application_id=application.pk,
        title=idea.title,
        register_number=idea.register_number,
        department=idea.unit.name if idea.unit else "",
        people=tuple(filter(None, names)) if is_open else (),
        sums={currency: minor for currency, minor in sums.items() if minor},
        decided_on=day if held or not imported else imported,
        invented=idea.invented,
    )


def celebration_of(round: Round) -> Celebration | None:
    """The round's gathering, if somebody has planned one."""
    return Celebration.objects.filter(round=round).first()


def invitation_of(
    organisation: Organisation | None, slug: str, person: Any, *, at: datetime
) -> Celebration | None:
    """The gathering of that round, for somebody who was ever invited to it or who plans it.

    A guest need not see the round itself, nor have a role anywhere.
    """
    found = (
        Celebration.objects.filter(round__programme__organisation=organisation, round__slug=slug)
        .select_related("round__programme__organisation", "round__contact")
        .first()
    )
    if found is None or person.pk in told_of(found, ever=True):
        return found
    return found if may_celebrate(person, found.round, at=at) else None


def guests_of(round: Round, celebration: Celebration | None, *, at: datetime) -> list[Guest]:
    """Exactly who is invited, by name: those who are to be told, and those who have been.

    The people behind granted projects, those with a seat in the fund's body or in one that
    decided by mandate, and managers of the units that carry the projects out or take part in
    them, or of a unit above. Six queries.
    """
    grounds: dict[int, set[Invited]] = defaultdict(set)
    people: dict[int, Person] = {}

    def add(person: Person, ground: Invited) -> None:
        people[person.pk] = person
        grounds[person.pk].add(ground)

    granted = Application.objects.filter(round=round, outcome__in=GRANTED)
    parts = Involvement.objects.filter(
        idea__applications__in=granted, part__in=OWN, ended_at=None, person__is_active=True
    )
    for part in parts.select_related("person"):
        add(part.person, Invited.APPLICANT)
    decided = Meeting.objects.filter(round=round, released_at__isnull=False)
    seats = Seat.objects.valid(at.date()).filter(
        Q(body=round.programme.body_id) | Q(body__in=decided.values("body")),
        person__is_active=True,
    )
    for seat in seats.select_related("person"):
        add(seat.person, Invited.MEMBER)
    managers = Appointment.objects.valid(at.date()).filter(
        organisation=round.programme.organisation_id,
        role=Role.MANAGER.value,
        unit__in=_units_of(round, granted),
        person__is_active=True,
    )
    for manager in managers.select_related("person"):
        add(manager.person, Invited.MANAGER)
    told = told_of(celebration)
    for person in Person.objects.filter(pk__in=told - people.keys()):
        add(person, Invited.BEFORE)
    guests = (
        Guest(person, tuple(it for it in Invited if it in grounds[pk]), told=pk in told)
        for pk, person in people.items()
    )
    return sorted(guests, key=lambda one: (one.person.name.casefold(), one.person.pk))


def told_of(celebration: Celebration | None, *, ever: bool = False) -> set[int]:
    """Numbers of those who have been invited since it was last called off, or ``ever``."""
    told: set[int] = set()
    if celebration is None:
        return told
    entries = Entry.objects.about(celebration).filter(verb__in=(INVITED, CALLED_OFF))
    for verb, data in entries.values_list("verb", "data"):
        if verb == INVITED or ever:
            told.update(data["people"])
        else:
            told.clear()
    return told


def _units_of(round: Round, granted: Any) -> set[int]:
    """Units that carry out granted projects or take part in them, and every unit above them.

    Three queries.
    """
    parents = dict(
        Unit.objects.filter(organisation=round.programme.organisation_id).values_list(
            "pk", "parent_id"
        )
    )
    found: set[int] = set()
    partners = granted.order_by().values_list("partners", flat=True)
    for takes_part in (*granted.values_list("idea__unit_id", flat=True), *partners):
        unit = takes_part
        while unit is not None and unit not in found:
            found.add(unit)
            unit = parents.get(unit)
    return found
