"""A sluice's promise board: which share was answered on time, what waits, how far ideas come.

Everybody who may see the start page of a sluice sees its board, so it tells of no case. Months
with few promises are hidden, and others from which they could be computed (``logic.disclosure``).
Three queries, however many cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, DateTimeField, F, Min, Q, Value, When
from django.db.models.functions import Cast, TruncDate

from idesluss.ideas.models import LIVE, Idea, Passage, Rating
from idesluss.logic.disclosure import hidden, small
from idesluss.logic.lifecycle import Stage
from idesluss.logic.waiting import working_days_between
from idesluss.programmes.models import Programme

MONTHS = 12  # the running one and those before it
UNANSWERED = (Stage.WITHDRAWN.value, Stage.MERGED.value)
"""Endings that nobody was answered with: taken back by the giver, or gone on in another case."""
YES = (Stage.TESTING.value, Stage.ADOPTING.value, Stage.PERMANENT.value)
TRIED = (Stage.TESTING.value, Stage.ADOPTING.value)
DEVELOPED = (Stage.EXPLORING.value, Stage.ASSESSING.value, Stage.DECIDING.value)
WELL = 4  # a score of this or more: the giver was well answered


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises that fell due, and how many of them were kept; None where that is hidden."""

    due: int | None
    kept: int | None

    @property
    def share(self) -> float | None:
        """Kept of due, 0 to 1; None when nothing fell due, or it is hidden."""
        return self.kept / self.due if self.due and self.kept is not None else None


@dataclass(frozen=True, slots=True)
class Month:
    """One month by its first day: promises whose day lay in it."""

    first_day: date
    first: Kept
    decision: Kept


@dataclass(frozen=True, slots=True)
class Rated:
    """What givers thought of a yes, or of a no; ``well`` and ``mean`` are None for a few."""

    ratings: int | None
    well: float | None  # share of those who said 4 or 5
    mean: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many cases came at least so far, by canonical stage, so that sluices compare."""

    received: int
    answered: int
    developed: int
    tested: int
    introduced: int
    permanent: int

    def steps(self) -> list[tuple[str, int]]:
        """Each with its name, from the widest."""
        return [(name, getattr(self, name)) for name in self.__slots__]


@dataclass(frozen=True)
class Board:
    """The whole board of one sluice on one day."""

    programme: Programme
    day: date
    months: Sequence[Month]
    first: Kept
    decision: Kept
    waiting: int  # live cases without a decision
    late: int  # of them past a promise of an answer
    oldest: int | None  # working days that the oldest has waited
    funnel: Funnel
    yes: Rated
    no: Rated


def board_of(programme: Programme, *, at: datetime) -> Board:
    """The board of a sluice as it is at ``at`` (aware)."""
    there = programme.organisation
    day = at.astimezone(there.timezone).date()
    tally = _Tally(programme, day)
    firsts, decisions = tally.by_month("first"), tally.by_month("decision")
    months = [Month(*row) for row in zip(tally.months, firsts, decisions, strict=True)]
    oldest = tally.oldest and tally.oldest.astimezone(there.timezone).date()
    ratings = _ratings(programme)
    return Board(
        programme=programme,
        day=day,
        months=months,
        first=tally.sum("first"),
        decision=tally.sum("decision"),
        waiting=tally.waiting,
        late=tally.late,
        oldest=working_days_between(oldest, day, there.country) if oldest else None,
        funnel=_funnel(programme),
        yes=ratings[True],
        no=ratings[False],
    )


class _Tally:
    """What fell due in the latest months, and what waits now; one query."""

    def __init__(self, programme: Programme, day: date) -> None:
        self.programme, self.day = programme, day
        self.months = months_until(day, MONTHS)
        self.due: dict[str, Counter[date]] = {"first": Counter(), "decision": Counter()}
        self.kept: dict[str, Counter[date]] = {"first": Counter(), "decision": Counter()}
        self.waiting, self.late, self.oldest = 0, 0, None
        first = self._due("first", "first_by", "first_at")
        decision = self._due("decision", "answer_by", "answered_at")
        for what, by, due, kept, oldest in first.union(decision, self._waiting(), all=True):
            if what == "waiting":
                self.waiting, self.late, self.oldest = due, kept, oldest
            else:
                month = by.replace(day=1)
                self.due[what][month] += due
                self.kept[what][month] += kept

    def _due(self, what: str, by: str, done: str) -> Any:
        """Promises whose day has passed, by day. Those that stand still are not due."""
        cases = Idea.objects.sluiced().filter(programme=self.programme)
        passed = {f"{by}__gte": self.months[0], f"{by}__lt": self.day}
        zone = self.programme.organisation.timezone
        # What the giver took back, or what went on elsewhere, was never answered: closing such a
        # case marks both promises with the same moment.
        closed = Q(stage__in=UNANSWERED)
        closed &= Q(first_at__gte=F("answered_at")) if what == "first" else Q()
        owed = Q(**{f"{done}__isnull": False}) | Q(stage__in=LIVE, waits_for_giver=False)
        return (
            cases.filter(owed, **passed)
            .exclude(closed)
            .annotate(done_on=TruncDate(done, tzinfo=zone))
            .order_by()
            .values(by)
            .annotate(due_=Count("pk"), kept_=Count("pk", filter=Q(done_on__lte=F(by))))
            .values_list(Value(what), by, "due_", "kept_", _no_moment())
        )

    def _waiting(self) -> Any:
        """Live cases without a decision, in one row."""
        waits = Q(waits_for_giver=False)
        first = Q(first_at=None, first_by__lt=self.day)
        late = waits & (first | Q(answer_by__lt=self.day))
        cases = Idea.objects.sluiced().live().filter(programme=self.programme, answered_at=None)
        return (
            cases.order_by()
            .values("programme")
            .annotate(due_=Count("pk"), kept_=Count("pk", filter=late), oldest_=Min("received_at"))
            .values_list(Value("waiting"), _no_day(), "due_", "kept_", "oldest_")
        )

    def by_month(self, what: str) -> list[Kept]:
        """Every month, the hidden ones without figures."""
        due = [self.due[what][month] for month in self.months]
        shut = hidden(due)
        return [
            Kept(None, None) if place in shut else Kept(number, self.kept[what][month])
            for place, (month, number) in enumerate(zip(self.months, due, strict=True))
        ]

    def sum(self, what: str) -> Kept:
        """All months together."""
        due = self.due[what].total()
        return Kept(None, None) if small(due) else Kept(due, self.kept[what].total())


def _no_day() -> Cast:
    """Nothing, of a type: PostgreSQL joins no column of texts with one of days."""
    return Cast(Value(None), DateField())


def _no_moment() -> Cast:
    return Cast(Value(None), DateTimeField())


def months_until(day: date, number: int) -> list[date]:
    """The first days of the ``number`` latest months, the month of ``day`` last."""
    first = day.replace(day=1)
    found = [first]
    while len(found) < number:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _funnel(programme: Programme) -> Funnel:
    """Counted over the steps that cases have been in; one query."""
    permanent = Q(idea__stage=Stage.PERMANENT.value)
    introduced = permanent | Q(step__stage=Stage.ADOPTING.value)
    tested = introduced | Q(step__stage=Stage.TESTING.value)
    developed = tested | Q(step__stage__in=DEVELOPED)
    answered = Q(idea__first_at__isnull=False) & ~(
        Q(idea__stage__in=UNANSWERED) & Q(idea__first_at__gte=F("idea__answered_at"))
    )
    passages = Passage.objects.filter(idea__programme=programme, idea__edition__isnull=False)
    counted: Mapping[str, int] = passages.aggregate(
        received=Count("idea", distinct=True),
        **{
            name: Count("idea", distinct=True, filter=condition)
            for name, condition in (
                ("answered", answered | developed),
                ("developed", developed),
                ("tested", tested),
                ("introduced", introduced),
                ("permanent", permanent),
            )
        },
    )
    return Funnel(**counted)


def _ratings(programme: Programme) -> dict[bool, Rated]:
    """What givers thought, of a yes (True) and of a no (False); one query."""
    rows = (
        Rating.objects.filter(idea__programme=programme)
        .annotate(is_yes=Case(When(stage__in=YES, then=Value(True)), default=Value(False)))
        .order_by()
        .values_list("is_yes", "score")
        .annotate(n=Count("pk"))
    )
    spread: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for is_yes, score, number in rows:
        spread[bool(is_yes)][score] += number
    return {is_yes: _rated(scores) for is_yes, scores in spread.items()}


def _rated(scores: Counter[int]) -> Rated:
    """A mean and a share over few people, or of which only a few say otherwise, is hidden."""
    number = scores.total()
    if small(number):
        return Rated(None, None, None)
    if not number:
        return Rated(0, None, None)
    well = sum(count for score, count in scores.items() if score >= WELL)
    mean = sum(score * count for score, count in scores.items()) / number
    if hidden([well, number - well]):
        return Rated(number, None, None)
    return Rated(number, well / number, round(mean, 1))
