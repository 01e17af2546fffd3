"""All that was judged about one case: each mark with its reason, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from idesluss.assessment.models import Assessment, Score
from idesluss.assessment.reads.standings import cellar
from idesluss.ideas.models import Idea
from idesluss.logic import scoring
from idesluss.programmes.models import Criterion, Round
from idesluss.programmes.vocab import CriterionKind


@dataclass(frozen=True, slots=True)
class Said:
    """One assessor's mark on one criterion, with the reason."""

    assessor: str
    own: bool
    mark: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion and what everybody said of it; ``vote`` for met and not met."""

    criterion: Criterion
    said: Sequence[Said]
    marks: Sequence[int]
    own_mark: int | None
    vote: scoring.Vote | None

    @property
    def is_additional(self) -> bool:
        """Whether it may add weight."""
        return self.criterion.kind == CriterionKind.ADDITIONAL


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessor's locked judgement as a whole, and how its points come about."""

    assessment: Assessment
    own: bool
    total: scoring.Total
    counts: bool  # False: taken back, or shut by a conflict of interest


@dataclass(frozen=True, slots=True)
class Row:
    """One line of how the points come about: a part of every total, in the order of the sheets."""

    name: str
    weight: int
    parts: Sequence[scoring.Part]


@dataclass(frozen=True, slots=True)
class Scores:
    """All of it. ``waiting`` names those who have the case and have not locked."""

    criteria: Sequence[Judged]
    sheets: Sequence[Sheet]
    dropped: Sequence[Sheet]
    waiting: Sequence[str]
    hidden: int  # locked judgements that the reader may not see yet
    summary: scoring.Summary

    @property
    def parts(self) -> list[Row]:
        """What each criterion gives to each assessor's total: the total, taken apart."""
        counting = [it.criterion for it in self.criteria if it.vote is None or it.is_additional]
        return [
            Row(criterion.name, criterion.weight, [sheet.total.parts[at] for sheet in self.sheets])
            for at, criterion in enumerate(counting)
        ]


def scores_of(idea: Idea, round: Round, person: Any, *, at: datetime) -> Scores:
    """What ``person`` may read of the judgements of ``idea`` in ``round``; four queries."""
    criteria = list(round.criteria.all())
    known = [cellar(criterion) for criterion in criteria]
    of_case = Assessment.objects.filter(idea=idea, round=round)
    counted = list(of_case.counted().select_related("assessor").order_by("assessor__name", "pk"))
    serving = {one.pk for one in counted}
    locked = (
        Assessment.objects.visible_to(person, at=at)
        .filter(idea=idea, round=round)
        .exclude(locked_at=None)
        .select_related("assessor")
        .prefetch_related("scores")
        .order_by("assessor__name", "pk")
    )
    sheets = [_sheet(one, criteria, known, person, counts=one.pk in serving) for one in locked]
    heard = [sheet for sheet in sheets if sheet.counts]
    marks = [_marks(sheet.assessment, criteria) for sheet in heard]
    summary = scoring.summary(known, marks, round.qualifying_needed)
    return Scores(
        criteria=[_judged(criterion, heard, summary) for criterion in criteria],
        sheets=heard,
        dropped=[sheet for sheet in sheets if not sheet.counts],
        waiting=[one.assessor.name for one in counted if one.locked_at is None],
        hidden=sum(one.locked_at is not None for one in counted) - len(heard),
        summary=summary,
    )


def _scores(assessment: Assessment) -> dict[int, Score]:
    return {score.criterion_id: score for score in assessment.scores.all()}


def _marks(assessment: Assessment, criteria: Sequence[Criterion]) -> dict[str, int | None]:
    given = _scores(assessment)
    return {it.key: given[it.pk].value for it in criteria if it.pk in given}


def _sheet(
    assessment: Assessment,
    criteria: Sequence[Criterion],
    known: Sequence[scoring.Criterion],
    person: Any,
    *,
    counts: bool,
) -> Sheet:
    return Sheet(
        assessment,
        own=assessment.assessor_id == person.pk,
        total=scoring.total(known, _marks(assessment, criteria)),
        counts=counts,
    )


def _judged(criterion: Criterion, heard: Sequence[Sheet], summary: scoring.Summary) -> Judged:
    said = []
    for sheet in heard:
        score = _scores(sheet.assessment).get(criterion.pk)
        said.append(
            Said(
                sheet.assessment.assessor.name,
                sheet.own,
                score.value if score else None,
                score.reason if score else "",
            )
        )
    votes = {vote.key: vote for vote in (*summary.qualification.votes, *summary.additional)}
    return Judged(
        criterion,
        said,
        marks=[one.mark for one in said if one.mark is not None],
        own_mark=next((one.mark for one in said if one.own), None),
        vote=None if criterion.kind == CriterionKind.SCORED else votes[criterion.key],
    )
