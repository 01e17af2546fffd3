"""The promise clock over a sluice of many open cases: ``python -m bench --promises``."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from idesluss.ideas.models import Idea, Involvement, Passage
from idesluss.ideas.vocab import Part
from idesluss.insight.reads.promises import board_of
from idesluss.jobs.deliver import deliver
from idesluss.jobs.promises import keep_promises
from idesluss.logic.windows import latest_working_morning, working_days_after
from idesluss.people.models import Appointment, Organisation, Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition, Programme, Step
from idesluss.programmes.vocab import Audience, ProgrammeKind

LIMIT = 60.0  # seconds, for 100 000 open cases on SQLite
COACHES, MANAGERS, UNITS = 60, 12, 12
DUE = 5  # every fifth case is due: half of them soon, half past
BATCH = 5_000
STAGES = ("received", "exploring", "testing", "adopting")


def run(sizes: list[int]) -> int:
    """Seed each size anew, let the clock come by twice, print, and return 1 if it is too slow."""
    slow = 0
    for n in sorted(sizes):
        there, at = seed(n, timezone.now())
        began = time.monotonic()
        told = keep_promises(at)
        first = time.monotonic() - began
        began = time.monotonic()
        again = keep_promises(at)
        second = time.monotonic() - began
        began = time.monotonic()
        lines = deliver(at)
        letters = time.monotonic() - began
        print(
            f"promises: {n} open cases, {told} told of in {first:.1f} s on {connection.vendor}; "
            f"a second time {again} in {second:.2f} s; {lines} lines delivered in {letters:.1f} s"
        )
        began = time.monotonic()
        board_of(Programme.objects.get(organisation=there), at=at)
        print(f"the promise board of them: {time.monotonic() - began:.2f} s")
        slow += first > LIMIT
        Organisation.objects.filter(pk=there.pk).update(archived_at=at)
    return 1 if slow else 0


@transaction.atomic
def seed(n: int, now: datetime) -> tuple[Organisation, datetime]:
    """A sluice with ``n`` open cases, and the moment of a working morning there."""
    there = Organisation.objects.create(name=f"Slusstad {n}", slug=f"sluss-{n}")
    at = latest_working_morning(now, 6, there.country, there.timezone)
    units = [Unit.objects.create(organisation=there, name=f"Enhet {k}") for k in range(UNITS)]
    coaches = _people(there, Role.COACH, COACHES)
    for manager, unit in zip(_people(there, Role.MANAGER, MANAGERS), units, strict=True):
        Appointment.objects.filter(person=manager).update(unit=unit)
    _people(there, Role.ADMINISTRATOR, 2)
    door, edition, steps = _sluice(there, coaches[0], at)
    today = at.astimezone(there.timezone).date()
    soon, far = working_days_after(today, 2, there.country), today + timedelta(days=90)
    giver = Person.objects.create(name="", guest=True)
    for start in range(0, n, BATCH):
        rows = Idea.objects.bulk_create(
            Idea(
                programme=door.programme,
                door=door,
                edition=edition,
                unit=units[k % UNITS],
                title=f"Behov {k}",
                need="Vi springer efter lyften.",
                stage=STAGES[k % 4],
                at_step=steps[k % 4],
                responsible=coaches[k % COACHES],
                contact=coaches[k % COACHES],
                register_number=f"S {k}",
                received_at=at - timedelta(days=k % 300),
                stage_at=at,
                created_at=at,
                first_by=today - timedelta(days=k % 300),
                first_at=at - timedelta(days=k % 300 - k % 3 + 1),
                answer_by=far,
                next_on=far
                if k % DUE
                else (soon if k % (2 * DUE) else today - timedelta(days=1 + k % 40)),
            )
            for k in range(start, min(n, start + BATCH))
        )
        Passage.objects.bulk_create(
            Passage(idea=one, step=one.at_step, entered_at=at, promised_by=far) for one in rows
        )
        Involvement.objects.bulk_create(
            Involvement(idea=one, person=giver, part=Part.OWNER.value, since=at) for one in rows
        )
    return there, at


def _people(there: Organisation, role: Role, number: int) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(name=f"{role.value} {k}", email=f"{role.value}{k}@{there.slug}.example")
        for k in range(number)
    )
    Appointment.objects.bulk_create(
        Appointment(organisation=there, person=one, role=role.value) for one in people
    )
    return people


def _sluice(
    there: Organisation, receiver: Person, at: datetime
) -> tuple[Door, Edition, list[Step]]:
    programme = Programme.objects.create(
        organisation=there, name="Idéslussen", kind=ProgrammeKind.SLUICE.value, slug="ideslussen"
    )
    edition = Edition.objects.create(
        programme=programme, number=1, made_by=receiver, made_at=at, opened_at=at
    )
    steps = [
        Step.objects.create(
            programme=programme, edition=edition, key=stage, stage=stage, name=stage, position=k
        )
        for k, stage in enumerate(STAGES)
    ]
    door = Door.objects.create(
        organisation=there,
        programme=programme,
        audience=Audience.STAFF.value,
        slug="in",
        receiver=receiver,
        opened_at=at,
    )
    return door, edition, steps
