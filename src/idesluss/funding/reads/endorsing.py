"""What managers have said to an application, and where their questions rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, JSONField, OuterRef, Prefetch, Q, QuerySet, Sum, Value
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Application, Endorsement
from idesluss.funding.rules import is_asked_about
from idesluss.funding.vocab import Answer, Cost
from idesluss.ideas.models import Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import Refusal, gettext_noop
from idesluss.people.models import Appointment, Organisation, Person, Seat
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import Silence
from idesluss.records.listed import Listed
from idesluss.records.models import Entry

CHANGES = ("funding.changed", "ideas.attached", "ideas.detached", "ideas.put_back")
"""Acts after which an application says something else."""


class NobodyCalled(Refusal):
    """Nobody here goes by that. Needs ``text`` and ``organisation``."""

    sentence = gettext_noop(
        "We find nobody at %(organisation)s with “%(text)s”. Check the spelling, or write the "
        "e-mail address."
    )
    field = "who"


class SeveralCalled(Refusal):
    """A name that several go by. Needs ``text``."""

    sentence = gettext_noop(
        "Several people are called “%(text)s”. Write the e-mail address of the one you mean."
    )
    field = "who"


SILENCE_MEANS = {
    Silence.ESCALATE.value: _("If there is no answer by then, the manager above is asked."),
    Silence.YES.value: _("If there is no answer by then, it counts as a yes."),
    Silence.NO.value: _("If there is no answer by then, it counts as a no."),
    Silence.WAIT.value: _(
        "If there is no answer by then, the case waits, and the fund administrator is told."
    ),
}
"""What follows when nobody answers, by the round's rule."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who was asked before, until ``at``; ``why`` they passed it on, or empty."""

    name: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one department says. Without a ``name`` there is nobody to ask.

    ``waits`` while an answer is awaited; ``silent`` when the day for it has passed.
    """

    pk: int | None
    unit_id: int | None
    unit: str
    name: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    answer: str = ""
    words: str = ""
    hours: int | None = None
    money_minor: int | None = None
    answered_at: datetime | None = None
    by_silence: bool = False
    silent: bool = False
    silent_at: datetime | None = None  # the round's rule was followed then
    waits: bool = False
    changed_after: bool = False  # the application says something else since
    before: tuple[Turn, ...] = field(default=())

    @property
    def is_no(self) -> bool:
        return self.answer == Answer.NO


@dataclass(frozen=True, slots=True)
class Asks:
    """What an application asks of those who take part: time, money, until when.

    Sums in minor units of the application's currency.
    """

    hours: int
    work_minor: int
    cofinanced_minor: int
    cofinanced_by: str
    asked_minor: int | None
    year: int
    ends_on: date | None
    partners: Sequence[str]


def asks_of(application: Application) -> Asks:
    """What ``application`` asks of its departments; two queries."""
    work = application.budget_lines.aggregate(
        hours=Sum("hours"), minor=Sum("amount_minor", filter=Q(kind=Cost.WORK.value))
    )
    return Asks(
        hours=work["hours"] or 0,
        work_minor=work["minor"] or 0,
        cofinanced_minor=application.cofinanced_minor,
        cofinanced_by=application.cofinanced_by,
        asked_minor=application.asked_minor,
        year=application.round.project_year,
        ends_on=application.ends_on,
        partners=list(application.partners.order_by("name").values_list("name", flat=True)),
    )


def said_of(
    application: Application, *, changed_at: datetime | None = None, at: datetime
) -> list[Said]:
    """What each department says to ``application``, its own first; two queries.

    One where the departments that take part are read already. ``changed_at`` is when its text
    last changed (``changed_at``). Empty unless the round asks.
    """
    if not application.round.endorsed or application.submitted_at is None:
        return []
    known = list(
        Endorsement.objects.filter(application=application)
        .select_related("manager", "unit")
        .order_by("pk")
    )
    last = {one.unit_id: one for one in known if one.passed_to_id is None and not one.ended_at}
    asking = is_asked_about(application)
    idea = application.idea
    own = {idea.unit_id: idea.unit.name if idea.unit else ""}
    units = own | {unit.pk: unit.name for unit in application.partners.all()}
    told = []
    for unit_id, name in units.items():
        if one := last.get(unit_id):
            way = _way_to(one, known)
            told.append(_said(one, name, way, changed_at, asking=asking, at=at))
        elif asking:
            told.append(Said(pk=None, unit_id=unit_id, unit=name))
    return told


def _said(
    one: Endorsement,
    unit: str,
    way: tuple[Turn, ...],
    changed_at: datetime | None,
    *,
    asking: bool,
    at: datetime,
) -> Said:
    answered = one.answered_at
    return Said(
        pk=one.pk,
        unit_id=one.unit_id,
        unit=unit,
        name=one.manager.name,
        since=one.asked_at,
        due_at=one.due_at,
        answer=one.answer,
        words=one.words,
        hours=one.hours,
        money_minor=one.money_minor,
        answered_at=answered,
        by_silence=one.by_silence,
        silent=answered is None and one.due_at <= at,
        silent_at=one.silent_at,
        waits=answered is None and asking,
        changed_after=bool(answered and changed_at and changed_at > answered),
        before=way,
    )


def _way_to(one: Endorsement, known: Iterable[Endorsement]) -> tuple[Turn, ...]:
    """Who was asked before, the first one first."""
    came_from = {it.passed_to_id: it for it in known}
    turns: list[Turn] = []
    while (earlier := came_from.get(one.pk)) and earlier.passed_at:
        turns.insert(0, Turn(earlier.manager.name, earlier.passed_at, earlier.passed_why))
        one = earlier
    return tuple(turns)


def last_change(entries: Iterable[Entry]) -> datetime | None:
    """When the text or the files of an application last changed; ``entries``: all lines of it."""
    return max((entry.at for entry in entries if entry.verb in CHANGES), default=None)


def changed_at(application: Application) -> datetime | None:
    """When the text or the files of an application were last changed; one query."""
    about = Q(about_kind="funding.application", about_id=application.pk)
    about |= Q(about_kind="ideas.idea", about_id=application.idea_id)
    last = Entry.objects.filter(about, verb__in=CHANGES).order_by("-pk")
    return last.values_list("at", flat=True).first()


def answers_listed(round: Round) -> Any:
    """What managers have answered, in one column of a query over decisions; None: nobody asked."""
    if not round.endorsed:
        return Value(None, JSONField())
    answered = Endorsement.objects.filter(application=OuterRef("application")).live()
    return Listed(
        answered.exclude(answer="").order_by("pk"),
        answer="answer",
        words="words",
        name="manager__name",
        by_silence="by_silence",
    )


def is_against(application: Application) -> bool:
    """Whether going on needs a reason: a manager has said no, or the case waits for a silent one.

    The latter only where the round says that silence means waiting.
    """
    if not application.round.endorsed:
        return False
    live = Endorsement.objects.filter(application=application).live()
    against = Q(answer=Answer.NO.value)
    if application.round.silence == Silence.WAIT:
        against |= Q(answered_at=None, silent_at__isnull=False)
    return live.filter(against).exists()


def says_against(said: Iterable[Said], silence: str) -> bool:
    """The same of what ``said_of`` has found; ``silence`` is the round's rule."""
    waits = silence == Silence.WAIT
    return any(one.is_no or (waits and one.waits and one.silent_at) for one in said)


def asked_of(person: Person, organisation: Organisation, *, at: datetime) -> QuerySet[Endorsement]:
    """What ``person`` is asked here: what waits first, by its day; then what is answered."""
    mine = Endorsement.objects.asked_of(person, at=at).live()
    return (
        mine.filter(application__round__programme__organisation=organisation)
        .select_related("application__idea", "application__round", "unit")
        .order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")
    )


def asks(person: Person) -> Exists:
    """Whether ``person`` is asked anything, or has answered, in the organisation outside.

    A column of the query that reads the organisation, so that every page may ask it.
    """
    part = Involvement.objects.filter(
        person=person.pk,
        part=Part.ENDORSER.value,
        ended_at=None,
        idea__programme__organisation=OuterRef("pk"),
    )
    return Exists(part)


def with_application(endorsements: QuerySet[Endorsement]) -> QuerySet[Endorsement]:
    """``endorsements`` with what the page of one reads of its application."""
    involvements = Involvement.objects.select_related("person").order_by("id")
    return endorsements.select_related(
        "manager",
        "unit",
        "passed_to__manager",
        "application__idea__contact",
        "application__round__programme__organisation",
        "application__round__contact",
    ).prefetch_related(Prefetch("application__idea__involvements", involvements))


def colleague_called(organisation: Organisation, text: str, *, at: datetime) -> Person:
    """The one person of ``organisation`` whose name, or whose e-mail address, is ``text``.

    Raises:
        NobodyCalled, SeveralCalled: none, or several.
    """
    text = " ".join(text.split())
    appointments = Appointment.objects.valid(at.date()).filter(organisation=organisation)
    seats = Seat.objects.valid(at.date()).filter(body__organisation=organisation)
    here = Q(pk__in=appointments.values("person")) | Q(pk__in=seats.values("person"))
    # SQLite's LIKE knows no å of two sizes.
    called = Q(name__iregex=f"^{re.escape(text)}$") | Q(email__iexact=text)
    found = list(Person.objects.filter(here, called, is_active=True).order_by("pk")[:2])
    if not found:
        raise NobodyCalled(text=text, organisation=organisation.name)
    if len(found) > 1:
        raise SeveralCalled(text=text)
    return found[0]
