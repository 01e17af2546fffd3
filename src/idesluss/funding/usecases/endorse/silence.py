"""What the clock does about managers who have not answered: remind them, then follow the rule.

Each question has a transaction of its own, and says itself how far it has come, so the work may
be done twice or be cut off anywhere.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from idesluss.funding.models import Endorsement
from idesluss.funding.rules import is_asked_about
from idesluss.funding.usecases.endorse.answering import note_answer
from idesluss.funding.usecases.endorse.asking import (
    ask,
    ask_managers,
    departments,
    due,
    nearest,
    unasked,
)
from idesluss.funding.usecases.held import held
from idesluss.funding.vocab import Answer, How
from idesluss.ideas.models import OWN, SHUT, Declaration, Involvement
from idesluss.logic import endorsing
from idesluss.logic.endorsing import Outcome
from idesluss.people.models import Appointment, Person, Seat
from idesluss.programmes.vocab import Silence
from idesluss.records.usecases import note


def remind(*, at: datetime) -> int:
    """Remind those who have not answered, halfway and shortly before the day; how many.

    Notes ``funding.endorsement_reminded``, which leads to the letter.
    """
    open_ones = Endorsement.objects.waiting().filter(due_at__gt=at)
    rows = open_ones.order_by("pk").values_list(
        "pk",
        "asked_at",
        "due_at",
        "reminded_at",
        "application__round__programme__organisation__country",
        "application__round__programme__organisation__zone",
    )
    return sum(
        _remind_one(pk, at=at)
        for pk, asked_at, due_at, reminded_at, country, zone in rows
        if _is_time(asked_at, due_at, reminded_at, country, zone, at=at)
    )


def _is_time(
    asked_at: datetime,
    due_at: datetime,
    reminded_at: datetime | None,
    country: str,
    zone: str,
    *,
    at: datetime,
) -> bool:
    moments = endorsing.reminders(asked_at, due_at, country=country, zone=ZoneInfo(zone))
    return endorsing.is_to_be_reminded(at, moments, reminded_at, due_at)


@transaction.atomic
def _remind_one(endorsement_id: int, *, at: datetime) -> int:
    one = _held(endorsement_id)
    application = one.application
    there = application.round.programme.organisation
    if one not in Endorsement.objects.waiting() or not is_asked_about(application):
        return 0
    if not _is_time(one.asked_at, one.due_at, one.reminded_at, there.country, there.zone, at=at):
        return 0  # another process was faster
    one.reminded_at = at
    one.save(update_fields=["reminded_at"])
    note(
        "funding.endorsement_reminded",
        about=application,
        by=None,
        at=at,
        endorsement=one.pk,
        person=one.manager_id,
        name=one.manager.name,
        unit=one.unit.name if one.unit else "",
    )
    return 1


def settle(*, at: datetime) -> int:
    """Follow each round's rule where the day has passed in silence; returns how many.

    The manager above is asked at once when whoever is asked cannot answer at all: applies
    themself now, has a conflict of interest in the case, or has left.
    """
    silent = Endorsement.objects.waiting().filter(silent_at=None)
    late = silent.filter(Q(due_at__lte=at) | _cannot_answer(at)).order_by("pk")
    return sum(_settle_one(pk, at=at) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _settle_one(endorsement_id: int, *, at: datetime) -> int:
    one = _held(endorsement_id)
    application = one.application
    if one not in Endorsement.objects.waiting().filter(silent_at=None):
        return 0  # answered, passed on or settled meanwhile
    if not is_asked_about(application):
        ask_managers(application, by=None, at=at)
        return 1
    cannot = Endorsement.objects.filter(_cannot_answer(at), pk=one.pk).exists()
    if one.due_at > at and not cannot:
        return 0
    rule = Silence.ESCALATE.value if cannot else application.round.silence
    above = None
    if rule == Silence.ESCALATE:
        above = nearest(application, one.unit_id, at=at, asked=_asked_before(one))
    match endorsing.after_silence(rule, somebody_above=above is not None):
        case Outcome.ASK_ABOVE if above is not None:
            _ask_instead(one, above, How.CANNOT if cannot else How.SILENCE, at=at)
        case Outcome.COUNT_AS_YES:
            _count_as(one, Answer.YES, at=at)
        case Outcome.COUNT_AS_NO:
            _count_as(one, Answer.NO, at=at)
        case _:
            _leave_waiting(one, nobody_above=rule == Silence.ESCALATE, at=at)
    return 1


def _ask_instead(one: Endorsement, above: Person, how: How, *, at: datetime) -> None:
    """The manager above is asked; whoever was asked before no longer is."""
    until = due(one.application, at=at, by=one.due_at)
    ask(one.application, one.unit_id, above, until=until, how=how, instead_of=one, by=None, at=at)


def _count_as(one: Endorsement, answer: Answer, *, at: datetime) -> None:
    """Silence is an answer; it says that nobody gave it."""
    one.answer, one.answered_at, one.by_silence, one.silent_at = answer.value, at, True, at
    one.version += 1
    one.save(update_fields=["answer", "answered_at", "by_silence", "silent_at", "version"])
    note_answer(one, changed=False, by=None, at=at)


def _leave_waiting(one: Endorsement, *, nobody_above: bool, at: datetime) -> None:
    """The case waits on; the office is told."""
    one.silent_at = at
    one.save(update_fields=["silent_at"])
    name = departments(one.application).get(one.unit_id, "")
    cause = "nobody_above" if nobody_above else "silence"
    unasked(one.application, one.unit_id, name, cause=cause, by=None, at=at)


def _asked_before(one: Endorsement) -> list[int]:
    """Everybody who has been asked on behalf of the same department, the last one included."""
    theirs = Endorsement.objects.filter(application=one.application, unit=one.unit_id)
    return list(theirs.values_list("manager", flat=True))


def _cannot_answer(at: datetime) -> Q:
    """Questions to somebody who applies, to whom the case is shut, or who has left."""
    whom = {"person": OuterRef("manager")}
    of_case = {"idea": OuterRef("application__idea"), **whom}
    here = OuterRef("application__round__programme__organisation")
    applies = Involvement.objects.filter(**of_case, part__in=OWN, ended_at=None)
    shut = Declaration.objects.filter(**of_case, state__in=SHUT)
    employed = Appointment.objects.valid(at.date()).filter(**whom, organisation=here)
    seated = Seat.objects.valid(at.date()).filter(**whom, body__organisation=here)
    return Exists(applies) | Exists(shut) | ~(Exists(employed) | Exists(seated))


def _held(endorsement_id: int) -> Endorsement:
    """The endorsement, its case locked first, as everybody locks."""
    there = Endorsement.objects.values_list("application", flat=True).get(pk=endorsement_id)
    application = held(there)
    one = Endorsement.objects.select_related("manager", "unit").get(pk=endorsement_id)
    one.application = application
    return one
