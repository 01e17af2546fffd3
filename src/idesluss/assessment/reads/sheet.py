"""What is written in an assessment, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from idesluss.assessment.models import Assessment
from idesluss.logic.merging import Value
from idesluss.programmes.models import Criterion


def mark_field(key: str) -> str:
    """The name of the field that holds the mark on the criterion ``key``."""
    return f"mark-{key}"


def why_field(key: str) -> str:
    """The name of the field that holds the reason for it."""
    return f"why-{key}"


def sheet(assessment: Assessment, criteria: Iterable[Criterion]) -> dict[str, Value]:
    """Every field of ``assessment`` as it is saved; marks are whole numbers or None."""
    given = {score.criterion_id: score for score in assessment.scores.all()}
    fields: dict[str, Value] = {}
    for criterion in criteria:
        score = given.get(criterion.pk)
        fields[mark_field(criterion.key)] = score.value if score else None
        fields[why_field(criterion.key)] = score.reason if score else ""
    return {**fields, "advice": assessment.advice, "summary": assessment.summary}


def marks_and_reasons(
    fields: Mapping[str, Value], criteria: Iterable[Criterion]
) -> tuple[dict[str, int | None], dict[str, str]]:
    """The marks and the reasons of a sheet, by criterion key."""
    marks: dict[str, int | None] = {}
    reasons: dict[str, str] = {}
    for criterion in criteria:
        mark = fields[mark_field(criterion.key)]
        marks[criterion.key] = mark if isinstance(mark, int) else None
        reasons[criterion.key] = str(fields[why_field(criterion.key)])
    return marks, reasons
