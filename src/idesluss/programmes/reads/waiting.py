"""Rounds that nobody but their administrators has seen yet."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef

from idesluss.people.models import Unit
from idesluss.programmes.models import Criterion, Level, Programme, Question, Round
from idesluss.records.listed import Listed, fill, moment_of


def unannounced(programme: Programme) -> list[Round]:
    """The rounds of ``programme`` that wait to be announced, the first to open first. One query.

    Each has what ``usecases.check_round`` looks at.
    """
    of_it: dict[str, Any] = {"round": OuterRef("pk")}
    units = Unit.objects.filter(rounds=OuterRef("pk"))
    found: Any = Round.objects.filter(programme=programme, announced_at=None, archived_at=None)
    found = found.annotate(
        judged_by=Listed(Criterion.objects.filter(**of_it), pk="pk", kind="kind", weight="weight"),
        asks=Listed(Question.objects.filter(**of_it), pk="pk"),
        steps=Listed(
            Level.objects.filter(**of_it),
            pk="pk",
            name="name",
            low_minor="low_minor",
            high_minor="high_minor",
        ),
        only=Listed(units, pk="pk", name="name", archived_at="archived_at"),
    ).order_by(F("opens_at").asc(nulls_last=True), "name")
    rounds = list(found)
    for one in rounds:
        one.programme = programme
        fill(one, "criteria", [Criterion(**it) for it in one.judged_by])
        fill(one, "questions", [Question(**it) for it in one.asks])
        fill(one, "levels", [Level(**it) for it in one.steps])
        fill(one, "units", [_unit(**it) for it in one.only])
    return rounds


def _unit(*, pk: int, name: str, archived_at: str | None) -> Unit:
    return Unit(pk=pk, name=name, archived_at=moment_of(archived_at) if archived_at else None)
