"""The promise clock: who is reminded of what is owed, and to whom it goes when the day has passed.

Once each working morning of an organisation, in one transaction: either everybody's line is noted
and every case remembers for which day it was told, or nothing has happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from idesluss.ideas.models import OWN, SHUT, Coach, Declaration, Idea, Involvement
from idesluss.ideas.reads.owed import running, with_due
from idesluss.ideas.reads.receivers import away
from idesluss.logic.promises import near_until
from idesluss.logic.windows import end_of, latest_working_morning, working_days_before
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from idesluss.records.usecases import note

HOUR = 5  # in the organisation's zone: before the daily letter, which tells it
SILENT_DAYS = 10  # working days that a giver who is asked may be silent, until somebody is told
SHOWN = 20  # cases that a line names; of the others it says the number
AT_ONCE = 500  # rows of one statement


@dataclass(frozen=True, slots=True)
class Owed:
    """One case in which something is near, or has passed, or whose giver is silent."""

    pk: int
    number: str
    title: str
    responsible: int
    unit: int | None
    above: int | None  # the department of the unit
    due: date

    def told(self) -> list[object]:
        """What a line says of it."""
        return [self.pk, self.number, self.title, self.due.isoformat()]


@dataclass(slots=True)
class Line:
    """What one person is told on one day."""

    near: list[Owed] = field(default_factory=list)  # one's own, soon due
    late: list[Owed] = field(default_factory=list)  # one's own, past
    silent: list[Owed] = field(default_factory=list)  # one's own, whose giver does not answer
    raised: list[Owed] = field(default_factory=list)  # another's, past: for deputy and manager

    def data(self) -> dict[str, object]:
        """For the records: every case by number, the most urgent of them by name."""
        said: dict[str, object] = {}
        for name in ("near", "late", "silent", "raised"):
            cases = sorted(getattr(self, name), key=lambda one: (one.due, one.pk))
            said[name] = [one.told() for one in cases[:SHOWN]]
            said[f"all_{name}"] = [one.pk for one in cases]
        return said


@transaction.atomic
def tell_promises(organisation_id: int, *, at: datetime) -> int:
    """Tell everybody in one organisation what is due; returns how many cases were told of.

    Does nothing when it has been done since the latest working morning. A case is reminded of
    once for each day that it owes something on, and goes to deputy and manager once. Notes
    ``ideas.promises_told`` about each person who is told, and ``ideas.promises_looked_at``.
    """
    there = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    morning = latest_working_morning(at, HOUR, there.country, there.timezone)
    day = morning.astimezone(there.timezone).date()
    if _done(there, day):
        return 0
    clock = _Clock(there, day)
    near, late, silent = clock.near(), clock.late(), clock.silent()
    lines = clock.lines(near, late, silent)
    people = Person.objects.in_bulk(lines)
    for number, line in sorted(lines.items()):
        note(
            "ideas.promises_told",
            about=people[number],
            by=None,
            at=at,
            organisation_id=there.pk,
            day=day.isoformat(),
            **line.data(),
        )
    _remember(near, "warned_for")
    _remember(late, "raised_for")
    _remember(silent, "raised_for", day)
    counts = {"near": len(near), "late": len(late), "silent": len(silent)}
    note("ideas.promises_looked_at", about=there, by=None, at=at, day=day.isoformat(), **counts)
    return sum(counts.values())


def _done(there: Organisation, day: date) -> bool:
    """Whether somebody has looked since the morning of ``day``."""
    looked = Entry.objects.about(there).filter(verb="ideas.promises_looked_at").last()
    return looked is not None and str(looked.data["day"]) >= day.isoformat()


class _Clock:
    """One organisation on one working day: what is due, and who is to be told."""

    def __init__(self, there: Organisation, day: date) -> None:
        self.there, self.day = there, day
        live = Idea.objects.sluiced().live().filter(programme__organisation=there)
        self.live = with_due(live.select_for_update(of=("self",)))

    def near(self) -> list[Owed]:
        """Soon due, and not told for that day."""
        until = near_until(self.day, self.there.country)
        untold = Q(warned_for=None) | ~Q(warned_for=F("due"))
        return self._owed(running(), untold, due__range=(self.day, until))

    def late(self) -> list[Owed]:
        """Past, and not raised for that day."""
        untold = Q(raised_for=None) | ~Q(raised_for=F("due"))
        return self._owed(running(), untold, due__lt=self.day)

    def silent(self) -> list[Owed]:
        """Waiting so long for the giver that somebody should get in touch in another way."""
        since = working_days_before(self.day, SILENT_DAYS, self.there.country)
        asked = end_of(since - timedelta(days=1), self.there.timezone)
        asked_on = TruncDate("paused_at", tzinfo=self.there.timezone)
        untold = Q(raised_for=None) | Q(raised_for__lt=asked_on)
        return self._owed(untold, waits_for_giver=True, paused_at__lt=asked)

    def _owed(self, *conditions: Q, **more: object) -> list[Owed]:
        columns = ("pk", "register_number", "title", "responsible", "unit", "unit__parent", "due")
        rows = self.live.filter(*conditions, **more).order_by("pk")
        return [Owed(*row) for row in rows.values_list(*columns)]

    def lines(
        self, near: Iterable[Owed], late: Iterable[Owed], silent: Iterable[Owed]
    ) -> dict[int, Line]:
        """What is told to whom, by the number of the person."""
        lines: dict[int, Line] = defaultdict(Line)
        upwards = _Upwards(self.there, self.day)
        for name, cases in (("near", near), ("late", late), ("silent", silent)):
            for one in cases:
                if one.responsible in upwards.able:
                    getattr(lines[one.responsible], name).append(one)
                if name == "late" or upwards.is_absent(one.responsible):
                    for number in upwards.of(one):
                        lines[number].raised.append(one)
        return lines


class _Upwards:
    """To whom a case goes beside its responsible person: deputy, and manager of the unit.

    Nobody to whom a case is shut, or who hands it in, is told of it. Where no manager is left,
    the administrators are told.
    """

    def __init__(self, there: Organisation, day: date) -> None:
        roles = (Role.COACH.value, Role.MANAGER.value, Role.ADMINISTRATOR.value)
        here = Appointment.objects.valid(day).filter(
            organisation=there, role__in=roles, person__is_active=True
        )
        self.able: set[int] = set()
        self.managers: dict[int, set[int]] = defaultdict(set)
        self.administrators: set[int] = set()
        for person, role, unit in here.values_list("person", "role", "unit"):
            self.able.add(person)
            if role == Role.ADMINISTRATOR.value:
                self.administrators.add(person)
            elif role == Role.MANAGER.value and unit is not None:
                self.managers[unit].add(person)
        cards = Coach.objects.filter(organisation=there)
        self.deputies = dict(cards.exclude(deputy=None).values_list("person", "deputy"))
        self.away = set(cards.filter(away(day)).values_list("person", flat=True))
        self.shut = self._shut(there)

    def _shut(self, there: Organisation) -> set[tuple[int, int]]:
        """Pairs of person and case that must not meet."""
        sluiced = {"idea__edition__isnull": False, "idea__programme__organisation": there}
        known = Declaration.objects.filter(**sluiced, state__in=SHUT, person__in=self.able)
        parts = Involvement.objects.filter(
            **sluiced, part__in=OWN, person__in=self.able, ended_at=None
        )
        return {*known.values_list("person", "idea"), *parts.values_list("person", "idea")}

    def is_absent(self, person: int) -> bool:
        """Whether the responsible person is away, or has no such role any more."""
        return person in self.away or person not in self.able

    def of(self, case: Owed) -> Sequence[int]:
        """Whom the case goes to, by number, without its responsible person."""
        deputy = {self.deputies.get(case.responsible, 0)} & self.able
        unit = case.unit or 0
        managers = self.managers.get(unit) or self.managers.get(case.above or 0) or set()
        managers = self._open(managers, case)
        office = managers or self._open(self.administrators, case)
        return sorted(self._open(deputy, case) | office)

    def _open(self, people: set[int], case: Owed) -> set[int]:
        return {
            one for one in people if one != case.responsible and (one, case.pk) not in self.shut
        }


def _remember(cases: Sequence[Owed], field: str, day: date | None = None) -> None:
    """Keep in each case for which day it was told: its own, or ``day``."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in cases:
        by_day[day or one.due].append(one.pk)
    for told_for, numbers in by_day.items():
        for start in range(0, len(numbers), AT_ONCE):
            some = Idea.objects.filter(pk__in=numbers[start : start + AT_ONCE])
            some.update(**{field: told_for})
