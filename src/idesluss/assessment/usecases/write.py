"""An assessor writes: a draft that is saved as it grows, locked when it is done, opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from idesluss.assessment.models import Assessment, Score
from idesluss.assessment.reads.sheet import mark_field, marks_and_reasons, sheet, why_field
from idesluss.assessment.reads.standings import cellar, criteria_of
from idesluss.assessment.rules import may_assess, may_reopen
from idesluss.assessment.vocab import WHY_LENGTH, Advice
from idesluss.logic import scoring
from idesluss.logic.merging import Merged, Value, merge
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.programmes.models import Criterion
from idesluss.records.usecases import note


class Locked(AlreadyDone):
    """What is locked is not changed."""

    sentence = gettext_noop(
        "Your assessment is locked. Ask the fund administrator to open it if you need to change it."
    )


class NotLocked(AlreadyDone):
    """There is nothing to open."""

    sentence = gettext_noop("The assessment is not locked.")


class AdviceMissing(Missing):
    """The assessor's own conclusion."""

    sentence = gettext_noop("Choose what you advise those who decide.")
    field = "advice"


class Unfinished(Refusal):
    """Something is missing before the assessment can be locked: ``problems``, one for each."""

    sentence = gettext_noop("Something is missing before the assessment can be locked.")

    def __init__(self, problems: Sequence[Refusal]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@transaction.atomic
def save_draft(
    assessment_id: int,
    *,
    wanted: Mapping[str, Value],
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Merged:
    """Save what an assessor has written so far, and return what was saved and what clashes.

    ``wanted`` holds fields of ``reads.sheet``; ``seen`` the fingerprints of what lay there when
    the page was opened. A field that was changed elsewhere meanwhile is not overwritten: it comes
    back as a clash. A draft is the assessor's own paper, so nothing is noted.

    Raises:
        NotAllowed: not the assessor of the case, or it is not (or no longer) assessed.
        Locked: the assessment is locked.
        OutOfScale, TooLong: a mark or a text that cannot be used; ``field`` is the sheet's.
    """
    assessment = _own(assessment_id, by=by, at=at)
    criteria = list(assessment.round.criteria.all())
    _usable(wanted, criteria)
    merged = merge(sheet(assessment, criteria), wanted, seen)
    if not merged.changes:
        return merged
    for criterion in criteria:
        names = {"value": mark_field(criterion.key), "reason": why_field(criterion.key)}
        changed = {column: merged.changes[n] for column, n in names.items() if n in merged.changes}
        if changed:
            Score.objects.update_or_create(
                assessment=assessment, criterion=criterion, defaults=changed
            )
    columns = [name for name in ("advice", "summary") if name in merged.changes]
    for name in columns:
        setattr(assessment, name, merged.changes[name])
    assessment.version = F("version") + 1
    assessment.save(update_fields=[*columns, "version"])
    return merged


@transaction.atomic
def lock(assessment_id: int, *, version: int, by: Person, at: datetime) -> None:
    """Lock an assessment: it counts from now on, and the others' can be read.

    ``version`` is the one that the assessor has before them. Notes ``assessment.locked``.

    Raises:
        NotAllowed: not the assessor of the case, or it is not (or no longer) assessed.
        Locked: locked already.
        ChangedMeanwhile: another version is saved.
        Unfinished: a mark, a reason or the advice is missing.
    """
    assessment = _own(assessment_id, by=by, at=at)
    require(assessment.version == version, ChangedMeanwhile)
    found = unfinished(assessment)
    require(not found, Unfinished(found))
    assessment.locked_at = at
    assessment.version = F("version") + 1
    assessment.save(update_fields=["locked_at", "version"])
    note("assessment.locked", about=assessment, by=by, at=at)


def unfinished(assessment: Assessment) -> list[Refusal]:
    """What is missing before ``assessment`` can be locked; ``field`` is that of the sheet."""
    criteria = list(assessment.round.criteria.all())
    marks, reasons = marks_and_reasons(sheet(assessment, criteria), criteria)
    found: list[Refusal] = []
    for problem in scoring.unfinished(criteria_of(assessment.round), marks, reasons):
        is_why = isinstance(problem, scoring.WhyMissing)
        name = why_field if is_why else mark_field
        problem.field = name(problem.field or "")
        found.append(problem)
    if not assessment.advice:
        found.append(AdviceMissing())
    return found


@transaction.atomic
def reopen(assessment_id: int, *, reason: str, by: Person, at: datetime) -> None:
    """Open a locked assessment again, so that its assessor can change it.

    Notes ``assessment.reopened`` with the reason and everything that was locked, so that it can
    be seen what was changed.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator, or it is decided.
        NotLocked: it is a draft.
        Missing, TooLong: the reason.
    """
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    require(may_reopen(by, assessment, at=at))
    require(assessment.locked_at is not None, NotLocked)
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= WHY_LENGTH, TooLong(field="reason", limit=WHY_LENGTH))
    was = sheet(assessment, assessment.round.criteria.all())
    locked_at = assessment.locked_at.isoformat() if assessment.locked_at else None
    assessment.locked_at = None
    assessment.version = F("version") + 1
    assessment.save(update_fields=["locked_at", "version"])
    note(
        "assessment.reopened",
        about=assessment,
        by=by,
        at=at,
        reason=reason,
        locked_at=locked_at,
        was=was,
    )


def _own(assessment_id: int, *, by: Person, at: datetime) -> Assessment:
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    require(may_assess(by, assessment, at=at))
    require(assessment.locked_at is None, Locked)
    return assessment


def _usable(wanted: Mapping[str, Value], criteria: Sequence[Criterion]) -> None:
    scales = {mark_field(c.key): (c.low, c.high) for c in map(cellar, criteria)}
    for name, value in wanted.items():
        if name in scales and isinstance(value, int):
            low, high = scales[name]
            require(low <= value <= high, scoring.OutOfScale(field=name, low=low, high=high))
        elif name == "advice":
            require(value in ("", *Advice.values), scoring.BadScore(field=name))
        elif isinstance(value, str):
            require(len(value) <= WHY_LENGTH, TooLong(field=name, limit=WHY_LENGTH))
