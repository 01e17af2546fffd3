"""What sluices owe when, for the database: the earliest day that is owed in each live case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Coalesce, Least

from idesluss.ideas.models import Idea, Passage

NO_DAY = Value(date.max, output_field=DateField())


def with_due(ideas: QuerySet[Idea]) -> QuerySet[Any]:
    """``ideas`` with ``due``: the day of what is owed first, as ``logic.promises.due`` has it.

    For live cases of a sluice, which always have one. Whether the clock stands still is another
    question: see ``running``.
    """
    step = Passage.objects.filter(idea=OuterRef("pk"), left_at=None).values("promised_by")[:1]
    first = Case(When(first_at=None, then=F("first_by")), default=NO_DAY)
    decision = Case(When(answered_at=None, then=F("answer_by")), default=NO_DAY)
    return ideas.annotate(
        due=Least(
            Coalesce(first, NO_DAY),
            Coalesce(decision, NO_DAY),
            Coalesce(Subquery(step), NO_DAY),
            Coalesce(F("next_on"), NO_DAY),
            output_field=DateField(),
        )
    )


def running() -> Q:
    """Cases whose clock runs: it is not the giver whom we wait for."""
    return Q(waits_for_giver=False, paused_at=None)
