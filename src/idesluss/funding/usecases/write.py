"""Write an application, saved as it goes: what is valid is kept, the rest comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from idesluss.funding.models import Application, BudgetLine, Pot
from idesluss.funding.reads.sheet import (
    ends_on_problem,
    lines_of,
    money_problem,
    pot_of_round,
    questions_of,
    sheet,
)
from idesluss.funding.usecases.held import held_for_writing
from idesluss.funding.vocab import LINE_LENGTH, MOST_LINES
from idesluss.ideas.usecases.write import problems as idea_problems
from idesluss.ideas.usecases.write import put, tidy
from idesluss.logic.lifecycle import Stage
from idesluss.logic.merging import Clash, Value, merge
from idesluss.logic.refusals import Refusal, TooLong, gettext_noop
from idesluss.people.models import Person
from idesluss.records.usecases import note

MONEY = ("lines", "asked")
Lines = tuple[tuple[str, int], ...]


class TooManyLines(Refusal):
    """More lines than a budget needs. Needs ``limit``."""

    sentence = gettext_noop("There is room for %(limit)s lines. Join some of them.")
    field = "lines"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of what was sent, by field: saved, refused, or changed by others meanwhile.

    ``behind`` are the fields where something else lies there than what was sent: those refused,
    those that clash, and those that only others changed. Their fingerprints are not the writer's.
    """

    saved: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    problems: Mapping[str, Refusal] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)


@transaction.atomic
def write(
    application_id: int,
    *,
    values: Mapping[str, Value],
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Written:
    """Save the fields in ``values`` that are valid and that nobody else changed meanwhile.

    Fields are named as in ``reads.sheet``; those not named stay. ``seen`` holds the fingerprints
    (``logic.merging``) of what ``by`` had before them. Sums are whole minor units, not negative;
    budget lines go before a sum of its own. A draft may lack anything, but nothing invalid is
    ever saved. Once it is handed in, ``funding.changed`` is noted with what stood there before.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        NoLongerChangeable: it is handed in, and neither the round nor a request is open.
    """
    application = held_for_writing(application_id, by=by, at=at)
    questions = questions_of(application.round)
    now = sheet(application, questions)
    wanted = {name: _tidy(name, value) for name, value in values.items()}
    if wanted.get("lines", now["lines"]):
        wanted.pop("asked", None)
    merged = merge(now, wanted, seen)
    in_idea = {k: v for k, v in merged.changes.items() if k not in (*MONEY, "ends_on")}
    problems = {
        **idea_problems(application.idea, in_idea, questions),
        **_problems(application, merged.changes),
    }
    valid = {k: v for k, v in merged.changes.items() if k not in problems}
    if valid:
        put(application.idea, {k: v for k, v in valid.items() if k in in_idea}, questions)
        _put(application, valid)
        if application.idea.stage != Stage.DRAFT.value:
            was = {name: _plain(now[name]) for name in sorted(valid)}
            note("funding.changed", about=application, by=by, at=at, was=was)
    behind = {name for name in wanted if name not in valid and wanted[name] != now[name]}
    return Written(frozenset(valid), frozenset(behind), problems, merged.clashes)


def _tidy(name: str, value: Value) -> Value:
    """As ``ideas.usecases.write.tidy``; budget lines on one line each, empty ones dropped."""
    if name != "lines":
        return tidy(name, value)
    lines = cast("Lines", value)
    return tuple(
        (" ".join(what.replace("\0", "").split()), minor)
        for what, minor in lines
        if what.strip() or minor
    )


def _problems(application: Application, changes: Mapping[str, Value]) -> dict[str, Refusal]:
    """What keeps lines, sum and last day from being saved, by field."""
    found: dict[str, Refusal] = {}
    if "ends_on" in changes:
        application.ends_on = cast("date | None", changes["ends_on"])
        if outside := ends_on_problem(application):
            found["ends_on"] = outside
    for name in MONEY:
        if name in changes:
            pot = pot_of_round(application.round)
            if problem := _money_problem(application, name, changes[name], pot):
                found[name] = problem
    return found


def _money_problem(
    application: Application, name: str, value: Value, pot: Pot | None
) -> Refusal | None:
    if name == "asked":
        return money_problem(cast("int | None", value), application.currency, pot)
    lines = cast("Lines", value)
    if len(lines) > MOST_LINES:
        return TooManyLines(limit=MOST_LINES)
    if any(len(what) > LINE_LENGTH for what, _ in lines):
        return TooLong(field=name, limit=LINE_LENGTH)
    return money_problem(sum(minor for _, minor in lines), application.currency, pot)


def _put(application: Application, changes: Mapping[str, Value]) -> None:
    """Save the last day, the lines and the sum: that of the lines, when there are any."""
    fields = []
    if "ends_on" in changes:
        application.ends_on = cast("date | None", changes["ends_on"])
        fields.append("ends_on")
    if "lines" in changes:
        lines = cast("Lines", changes["lines"])
        application.budget_lines.all().delete()
        BudgetLine.objects.bulk_create(
            BudgetLine(application=application, what=what, amount_minor=minor, position=position)
            for position, (what, minor) in enumerate(lines)
        )
    if "lines" in changes or "asked" in changes:
        lines = lines_of(application)
        alone = cast("int | None", changes.get("asked"))
        application.asked_minor = sum(minor for _, minor in lines) if lines else alone
        fields.append("asked_minor")
    if fields:
        application.save(update_fields=fields)


def _plain(value: Value) -> Any:
    """The value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value
