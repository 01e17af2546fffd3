"""Write an application, saved as it goes: what is valid is kept, the rest comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from idesluss.funding.models import Application, BudgetLine
from idesluss.funding.reads.earlier import to_go_on_from
from idesluss.funding.reads.rulebook import lines_of, terms_of
from idesluss.funding.reads.sheet import by_the_hour, ends_on_problem, questions_of, sheet
from idesluss.funding.usecases.held import held_for_writing
from idesluss.funding.vocab import (
    LINE_LENGTH,
    MOST_HOURS,
    MOST_LINES,
    OTHERWISE_LENGTH,
    PAYER_LENGTH,
    Cost,
)
from idesluss.ideas.usecases.write import NotChoosable, put, tidy
from idesluss.ideas.usecases.write import problems as idea_problems
from idesluss.logic.lifecycle import Stage
from idesluss.logic.merging import Clash, Value, merge
from idesluss.logic.refusals import Refusal, TooLong, gettext_noop
from idesluss.logic.terms import (
    NEW,
    WORK,
    Line,
    NotThisKind,
    Terms,
    over_the_cap,
    work_minor,
)
from idesluss.people.models import Person, Unit
from idesluss.records.usecases import note

MONEY = ("lines", "asked")
COLUMNS = ("kind", "continues", "ends_on", "otherwise", "cofinanced", "cofinanced_by")
"""Fields that are one column of the application each."""
OWN = (*MONEY, *COLUMNS, "partners")
"""Fields of the application; the others are the idea's."""
LIMITS = {"otherwise": OTHERWISE_LENGTH, "cofinanced_by": PAYER_LENGTH}


class TooManyLines(Refusal):
    """More lines than a budget needs. Needs ``limit``."""

    sentence = gettext_noop("There is room for %(limit)s lines. Join some of them.")
    field = "lines"


class TooManyHours(Refusal):
    """More hours in a line than anybody works. Needs ``limit``."""

    sentence = gettext_noop("A line can hold at most %(limit)s hours. Check the number.")
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
    budget lines go before a sum of its own, and own work at a fixed rate is computed of its hours.
    A draft may lack anything and break the round's other rules, which are told when it is handed
    in; but nothing invalid is ever saved. Once it is handed in, ``funding.changed`` is noted with
    what stood there before.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        NoLongerChangeable: it is handed in, and neither the round nor a request is open.
    """
    application = held_for_writing(application_id, by=by, at=at)
    questions, terms = questions_of(application.round), terms_of(application.round)
    now = sheet(application, questions)
    wanted = {name: _tidy(name, value, terms) for name, value in values.items()}
    if wanted.get("lines", now["lines"]):
        wanted.pop("asked", None)
    merged = merge(now, wanted, seen)
    in_idea = {k: v for k, v in merged.changes.items() if k not in OWN}
    problems = {
        **idea_problems(application.idea, in_idea, questions),
        **_problems(application, merged.changes, terms),
        **_choosing(application, merged.changes, terms, by=by, at=at),
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


def _tidy(name: str, value: Value, terms: Terms) -> Value:
    """As ``ideas.usecases.write.tidy``; the budget as ``_line`` has it, empty lines dropped."""
    if name == "cofinanced":
        return value or 0
    if name == "cofinanced_by":
        return " ".join(str(value).replace("\0", "").split())
    if name != "lines":
        return tidy(name, value)
    given = cast("tuple[Line, ...]", value)
    tidied = (_line(Line(*line), terms) for line in given)
    return tuple(line for line in tidied if line.what or line.amount_minor or line.hours)


def _line(line: Line, terms: Terms) -> Line:
    """The line on one line; hours only where own work is paid by the hour, and then its sum."""
    what = " ".join(line.what.replace("\0", "").split())
    if not by_the_hour(line, terms):
        return Line(what, line.amount_minor, line.cost)
    return Line(what, work_minor(line.hours, terms.work_rate_minor or 0), WORK, line.hours)


def _problems(
    application: Application, changes: Mapping[str, Value], terms: Terms
) -> dict[str, Refusal]:
    """What keeps texts, lines, sum and last day from being saved, by field."""
    found: dict[str, Refusal] = {
        name: TooLong(field=name, limit=limit)
        for name, limit in LIMITS.items()
        if len(str(changes.get(name, ""))) > limit
    }
    if "ends_on" in changes:
        application.ends_on = cast("date | None", changes["ends_on"])
        if outside := ends_on_problem(application):
            found["ends_on"] = outside
    for name in MONEY:
        if name in changes and (problem := _money_problem(name, changes[name], terms)):
            found[name] = problem
    return found


def _money_problem(name: str, value: Value, terms: Terms) -> Refusal | None:
    if name == "asked":
        return over_the_cap(terms, cast("int | None", value))
    lines = cast("tuple[Line, ...]", value)
    if len(lines) > MOST_LINES:
        return TooManyLines(limit=MOST_LINES)
    if any(len(line.what) > LINE_LENGTH for line in lines):
        return TooLong(field=name, limit=LINE_LENGTH)
    if any((line.hours or 0) > MOST_HOURS for line in lines):
        return TooManyHours(limit=MOST_HOURS)
    if any(line.cost not in Cost.values for line in lines):
        return NotChoosable(field=name)
    return over_the_cap(terms, sum(line.amount_minor for line in lines))


def _choosing(
    application: Application,
    changes: Mapping[str, Value],
    terms: Terms,
    *,
    by: Person,
    at: datetime,
) -> dict[str, Refusal]:
    """What is chosen and is not among what can be chosen, by field."""
    found: dict[str, Refusal] = {}
    if "kind" in changes and changes["kind"] not in terms.kinds:
        found["kind"] = NotThisKind()
    earlier = cast("int | None", changes.get("continues"))
    if earlier is not None:
        able = to_go_on_from(application, by, at=at)
        if not able.filter(pk=earlier).exists():
            found["continues"] = NotChoosable(field="continues")
    wished = set(cast("tuple[int, ...]", changes.get("partners", ())))
    if wished:
        departments = Unit.objects.current().filter(
            organisation=application.organisation_id, parent=None, pk__in=wished
        )
        # A department that has gone out of use stays.
        if wished - {unit.pk for unit in (*departments, *application.partners.all())}:
            found["partners"] = NotChoosable(field="partners")
    return found


def _put(application: Application, changes: Mapping[str, Value]) -> None:
    """Save the application's own fields; its sum is that of the lines, when there are any."""
    fields = []
    for name in COLUMNS:
        if name in changes:
            column = {"continues": "continues_id", "cofinanced": "cofinanced_minor"}.get(name, name)
            setattr(application, column, changes[name])
            fields.append(column.removesuffix("_id"))
    if application.kind == NEW and application.continues_id is not None:
        application.continues = None  # nothing before it
        fields.append("continues")
    if "partners" in changes:
        application.partners.set(cast("tuple[int, ...]", changes["partners"]))
    if "lines" in changes:
        _put_lines(application, cast("tuple[Line, ...]", changes["lines"]))
    if "lines" in changes or "asked" in changes:
        lines = lines_of(application)
        alone = cast("int | None", changes.get("asked"))
        application.asked_minor = sum(line.amount_minor for line in lines) if lines else alone
        fields.append("asked_minor")
    if fields:
        application.save(update_fields=fields)


def _put_lines(application: Application, lines: tuple[Line, ...]) -> None:
    application.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=application,
            what=line.what,
            amount_minor=line.amount_minor,
            kind=line.cost,
            hours=line.hours,
            position=position,
        )
        for position, line in enumerate(lines)
    )


def _plain(value: Value) -> Any:
    """The value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value
