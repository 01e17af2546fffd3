"""What assessors say of each case of a round, and how the cases rank. Advice, never a decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q

from idesluss.assessment.models import Assessment, Score, among_handled
from idesluss.ideas.models import Idea
from idesluss.logic import scoring
from idesluss.programmes.models import Criterion, Round
from idesluss.records.listed import Listed


@dataclass(frozen=True, slots=True)
class Voice:
    """One assessor's locked judgement; ``points`` 0..100, None when no criterion gives points."""

    assessment_id: int
    assessor_id: int
    assessor: str
    advice: str  # vocab.Advice
    summary: str
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the assessors say of one case, as far as the reader may know it.

    ``locked`` of ``assigned`` count everybody who judges the case; ``voices`` and ``summary``
    hold the locked judgements that the reader may see, in the order of the assessors' names.
    ``place`` is the case's place among all cases of the round that the reader handles.
    """

    idea_id: int
    wanted: int
    assigned: int
    locked: int
    voices: tuple[Voice, ...]
    summary: scoring.Summary
    place: scoring.Place[int]

    @property
    def mean(self) -> Fraction | None:
        """Mean of the assessors' points, 0..100; None before anybody has given points."""
        return self.summary.points.mean if self.summary.points else None

    @property
    def median(self) -> Fraction | None:
        """Median of the assessors' points."""
        return self.summary.points.median if self.summary.points else None

    @property
    def low(self) -> Fraction | None:
        """The lowest assessor's points."""
        return self.summary.points.low if self.summary.points else None

    @property
    def high(self) -> Fraction | None:
        """The highest assessor's points."""
        return self.summary.points.high if self.summary.points else None

    @property
    def qualifies(self) -> bool | None:
        """Whether enough qualifying criteria are met, by majority; None: nobody has answered."""
        return self.summary.qualification.qualifies

    @property
    def advice(self) -> Mapping[str, int]:
        """How many give each advice (vocab.Advice)."""
        return Counter(voice.advice for voice in self.voices if voice.advice)

    @property
    def hidden(self) -> int:
        """How many locked judgements the reader may not see yet."""
        return self.locked - len(self.voices)


def standings(
    round: Round, person: Any, *, at: datetime, cases: Iterable[int] | None = None
) -> dict[int, Tally]:
    """What the assessors say of each case of ``round`` that ``person`` handles, best mean first.

    Keys are numbers of ideas; cases without points come last. ``cases`` are those numbers when
    the caller has found out already which ones ``person`` handles, else one more query does. Two
    queries beside it.
    """
    if cases is None:
        handled = Idea.objects.handled_by(person, at=at).filter(applications__round=round)
        cases = handled.order_by("id").values_list("id", flat=True)
    heard, counts = _judged(round, person, at)
    criteria = criteria_of(round)
    said = {
        idea: scoring.summary(
            criteria, [one.marks for one in heard.get(idea, ())], round.qualifying_needed
        )
        for idea in cases
    }
    places = scoring.ranking((idea, said[idea].points) for idea in said)
    return {
        place.case: _tally(round, place, said[place.case], counts, heard.get(place.case, ()))
        for place in places
    }


def criteria_of(round: Round) -> list[scoring.Criterion]:
    """The criteria of ``round`` as the cellar knows them, in the order shown."""
    return [cellar(criterion) for criterion in round.criteria.all()]


def cellar(criterion: Criterion) -> scoring.Criterion:
    """A criterion as the cellar knows it."""
    return scoring.Criterion(
        criterion.key,
        scoring.Kind(criterion.kind),
        criterion.weight,
        criterion.low,
        criterion.high,
    )


class Heard(NamedTuple):
    """A locked judgement that the reader may see; ``marks`` by criterion key."""

    assessment_id: int
    assessor_id: int
    assessor: str
    advice: str
    summary: str
    marks: scoring.Marks


Counts = Mapping[int, tuple[int, int]]
"""For each idea: how many judge it, and how many of them have locked."""


def _judged(round: Round, person: Any, at: datetime) -> tuple[dict[int, list[Heard]], Counts]:
    """All that counts in ``round``: by idea what ``person`` may see of it, and how many judge.

    What it tells of cases that ``person`` does not handle is not for them.
    """
    is_heard = Q(among_handled(person, at=at), locked_at__isnull=False)
    scores = Score.objects.filter(assessment=OuterRef("pk"))
    marks = Listed(scores, key="criterion__key", value="value")
    judged = (
        Assessment.objects.filter(round=round)
        .counted()
        .annotate(is_heard=ExpressionWrapper(is_heard, BooleanField()), marks=marks)
        .order_by("assessor__name", "pk")
    )
    facts = ("pk", "assessor", "assessor__name", "advice", "summary")
    heard: dict[int, list[Heard]] = defaultdict(list)
    assigned: Counter[int] = Counter()
    locked: Counter[int] = Counter()
    for idea, locked_at, seen, given, *rest in judged.values_list(
        "idea", "locked_at", "is_heard", "marks", *facts
    ):
        assigned[idea] += 1
        locked[idea] += locked_at is not None
        if seen:
            given_marks = {one["key"]: one["value"] for one in given}
            heard[idea].append(Heard._make((*rest, given_marks)))
    return heard, {idea: (assigned[idea], locked[idea]) for idea in assigned}


def _tally(
    round: Round,
    place: scoring.Place[int],
    said: scoring.Summary,
    counts: Counts,
    heard: Sequence[Heard],
) -> Tally:
    assigned, locked = counts.get(place.case, (0, 0))
    voices = (Voice(*one[:5], total.points) for one, total in zip(heard, said.totals, strict=True))
    return Tally(
        idea_id=place.case,
        wanted=round.assessors_wanted,
        assigned=assigned,
        locked=locked,
        voices=tuple(voices),
        summary=said,
        place=place,
    )
