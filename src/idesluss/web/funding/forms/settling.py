"""What a typed row means: as much as anybody in the room would understand without being told.

Only what nobody could mean otherwise is settled; the rest is left to the cellar to refuse. What
was settled is shown in the row, so it is seen before it is saved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from idesluss.funding.reads.agenda import Choice
from idesluss.logic.outcomes import GIVES_MONEY, Outcome

WHOLE_IS_MEANT = (
    Outcome.GRANTED,
    Outcome.GRANTED_WITH_CONDITIONS,
    Outcome.GRANTED_LATER_POT,
)


def settled(typed: Choice, saved: Choice, *, asked_minor: int | None, project_year: int) -> Choice:
    """Return ``typed`` with its gaps filled in; sums in minor units.

    - A sum without an outcome is a grant, in full or in part.
    - A full grant without a sum is the sum that was asked for.
    - A full grant of less is a partial one, and a partial grant of all a full one.
    - A sum, conditions, year or reason for going over the cap that belong to another outcome and
      were only left standing when the outcome was changed, go.
    - A later pot without a year is next year's.
    """
    return _with_year(_with_sum(_cleared(typed, saved), asked_minor), project_year)


def _cleared(typed: Choice, saved: Choice) -> Choice:
    """Without what was left standing from another outcome."""
    if typed.outcome == saved.outcome:
        return typed
    gone: dict[str, Any] = {}
    if typed.outcome not in GIVES_MONEY:
        if typed.granted_minor == saved.granted_minor:
            gone["granted_minor"] = 0
        if typed.over_cap_reason == saved.over_cap_reason:
            gone["over_cap_reason"] = ""
    with_conditions = typed.outcome == Outcome.GRANTED_WITH_CONDITIONS
    if not with_conditions and typed.conditions == saved.conditions:
        gone["conditions"] = ""
    if typed.outcome != Outcome.GRANTED_LATER_POT and typed.later_year == saved.later_year:
        gone["later_year"] = None
    return replace(typed, **gone)


def _with_sum(choice: Choice, asked_minor: int | None) -> Choice:
    """With outcome and sum in step."""
    granted = choice.granted_minor
    if not choice.outcome and granted:
        return _with_sum(replace(choice, outcome=Outcome.GRANTED.value), asked_minor)
    if asked_minor is None:
        return choice
    if choice.outcome in WHOLE_IS_MEANT and not granted:
        return replace(choice, granted_minor=asked_minor)
    if choice.outcome == Outcome.GRANTED and 0 < granted < asked_minor:
        return replace(choice, outcome=Outcome.PARTLY_GRANTED.value)
    if choice.outcome == Outcome.PARTLY_GRANTED and granted == asked_minor:
        return replace(choice, outcome=Outcome.GRANTED.value)
    return choice


def _with_year(choice: Choice, project_year: int) -> Choice:
    if choice.outcome == Outcome.GRANTED_LATER_POT and choice.later_year is None:
        return replace(choice, later_year=project_year + 1)
    return choice
