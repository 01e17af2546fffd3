"""What assessors say of each case of a round, and how the cases rank. Advice, never a decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from idesluss.assessment.models import Assessment, Score
from idesluss.ideas.models import Idea
from idesluss.logic import scoring
from idesluss.programmes.models import Criterion, Round


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


def standings(round: Round, person: Any, *, at: datetime) -> dict[int, Tally]:
    """What the assessors say of each case of ``round`` that ``person`` handles, best mean first.

    Keys are numbers of ideas; cases without points come last. A constant number of queries.
    """
    cases = Idea.objects.handled_by(person, at=at).filter(applications__round=round)
    order = list(cases.order_by("id").values_list("id", flat=True))
    counts = counts_of(Assessment.objects.filter(round=round))
    visible = Assessment.objects.visible_to(person, at=at).filter(round=round)
    voices, sheets = _heard(visible)
    criteria = criteria_of(round)
    said = {
        idea: scoring.summary(criteria, sheets.get(idea, ()), round.qualifying_needed)
        for idea in order
    }
    places = scoring.ranking((idea, said[idea].points) for idea in order)
    return {
        place.case: _tally(round, place, said[place.case], counts, voices.get(place.case, ()))
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


def counts_of(assessments: QuerySet[Assessment]) -> dict[int, tuple[int, int]]:
    """For each idea: how many judge it, and how many of them have locked."""
    counted = Assessment.objects.counted().filter(pk__in=assessments.values("pk"))
    rows = counted.values("idea").annotate(
        assigned=Count("pk"), locked=Count("pk", filter=~Q(locked_at=None))
    )
    return {row["idea"]: (row["assigned"], row["locked"]) for row in rows.order_by()}


Facts = tuple[int, int, str, str, str]


def _heard(
    visible: QuerySet[Assessment],
) -> tuple[Mapping[int, list[Facts]], Mapping[int, list[scoring.Marks]]]:
    """The locked judgements that count, and their marks by criterion key, by idea."""
    locked = visible.filter(pk__in=Assessment.objects.counted().values("pk"))
    locked = locked.exclude(locked_at=None).order_by("assessor__name", "pk")
    rows = locked.values_list("idea", "pk", "assessor", "assessor__name", "advice", "summary")
    marks: dict[int, dict[str, int | None]] = defaultdict(dict)
    scores = Score.objects.filter(assessment__in=locked.order_by().values("pk"))
    for assessment, key, value in scores.values_list("assessment", "criterion__key", "value"):
        marks[assessment][key] = value
    voices: dict[int, list[Facts]] = defaultdict(list)
    sheets: dict[int, list[scoring.Marks]] = defaultdict(list)
    for idea, assessment, assessor, name, advice, summary in rows:
        voices[idea].append((assessment, assessor, name, advice, summary))
        sheets[idea].append(marks[assessment])
    return voices, sheets


def _tally(
    round: Round,
    place: scoring.Place[int],
    said: scoring.Summary,
    counts: Mapping[int, tuple[int, int]],
    voices: Sequence[Facts],
) -> Tally:
    assigned, locked = counts.get(place.case, (0, 0))
    heard = (Voice(*facts, total.points) for facts, total in zip(voices, said.totals, strict=True))
    return Tally(
        idea_id=place.case,
        wanted=round.assessors_wanted,
        assigned=assigned,
        locked=locked,
        voices=tuple(heard),
        summary=said,
        place=place,
    )
