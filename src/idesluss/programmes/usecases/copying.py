"""Everything that a round takes over from an earlier one. The only place that copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from idesluss.logic.years import same_distance
from idesluss.programmes.limits import PotCurrency
from idesluss.programmes.models import Criterion, Level, Question, Round
from idesluss.programmes.rules import has_sums
from idesluss.programmes.usecases.round_rules import RoundRules, write_rules

CRITERION = ("key", "kind", "name", "description", "weight", "low", "high", "position")
QUESTION = ("key", "part", "text", "help", "required", "max_length", "position")
LEVEL = ("name", "low_minor", "high_minor", "asks")


def copy_from(earlier: Round, round: Round) -> None:
    """Give the new ``round`` what ``earlier`` asks, judges by and lets ask. For use cases only.

    Rules, levels, criteria with their weights, how many must be met, questions; the introduction
    where it has none. Units that lie aside stay behind. The managers' last day to answer keeps
    its distance from the closing.

    Raises:
        PotCurrency: sums are written in another currency than the round's.
    """
    if earlier.currency != round.currency and has_sums(earlier):
        year = round.project_year
        raise PotCurrency(pot=round.currency, round=earlier.currency, year=year)
    units = earlier.units.current().values_list("pk", flat=True)
    rules = replace(
        RoundRules.of(earlier),
        currency=round.currency,
        unit_ids=tuple(units),
        endorse_by=_endorse_by(earlier, round),
    )
    write_rules(round, rules)
    Criterion.objects.bulk_create(
        Criterion(round=round, **facts) for facts in earlier.criteria.values(*CRITERION)
    )
    Question.objects.bulk_create(
        Question(round=round, **facts) for facts in earlier.questions.values(*QUESTION)
    )
    Level.objects.bulk_create(
        Level(round=round, **facts) for facts in earlier.levels.values(*LEVEL)
    )
    round.qualifying_needed = earlier.qualifying_needed
    round.introduction = round.introduction or earlier.introduction
    round.save(update_fields=["qualifying_needed", "introduction"])


def _endorse_by(earlier: Round, round: Round) -> datetime | None:
    if earlier.endorse_by is None or earlier.closes_at is None or round.closes_at is None:
        return None
    zone = round.programme.organisation.timezone
    was, now = earlier.closes_at, round.closes_at
    return same_distance(earlier.endorse_by, was=was, now=now, zone=zone)
