"""What is written in an application, field by field, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from idesluss.funding.models import Application, Pot
from idesluss.funding.vocab import FARTHEST_YEARS
from idesluss.ideas.reads.sheet import answer_field, texts
from idesluss.ideas.reads.sheet import sheet as sheet_of_idea
from idesluss.logic.merging import Value
from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop
from idesluss.people.models import Unit
from idesluss.programmes.models import Question, Round


class OverTheCap(Refusal):
    """More than one project may have. Needs ``cap`` and ``asked``, Money."""

    sentence = gettext_noop(
        "You ask for %(asked)s, but one project can get at most %(cap)s. Lower the sum."
    )
    field = "asked"


class EndsOutside(Refusal):
    """A last day before the money is there, or absurdly late. Needs ``year`` and ``last``."""

    sentence = gettext_noop(
        "The money is for %(year)s. Write a last day between %(year)s and %(last)s."
    )
    field = "ends_on"


class LineUnfinished(Refusal):
    """A budget line without words or without its sum."""

    sentence = gettext_noop(
        "A line of the budget lacks its words or its sum. Fill it in, or remove the line."
    )
    field = "lines"


@dataclass(frozen=True, slots=True)
class Gap:
    """What must be mended before an application can be handed in; the question, if it is one."""

    field: str
    refusal: Refusal
    question: Question | None = None


def questions_of(round: Round) -> list[Question]:
    """The round's questions, in their order."""
    return list(round.questions.all())


def pot_of_round(round: Round) -> Pot | None:
    """The pot of the round's project year, with the cap for one project."""
    pots = Pot.objects.filter(programme=round.programme_id, year=round.project_year)
    return pots.first()


def lines_of(application: Application) -> tuple[tuple[str, int], ...]:
    """The budget lines: what for, and minor units (0: not said yet)."""
    return tuple((line.what, line.amount_minor) for line in application.budget_lines.all())


def sheet(application: Application, questions: Iterable[Question]) -> dict[str, Value]:
    """Every field as it is saved: those of the idea, the last day, budget lines and sum.

    The sum is only a field of its own while there are no lines; else it is their sum.
    """
    lines = lines_of(application)
    return {
        **sheet_of_idea(application.idea, questions),
        "ends_on": application.ends_on,
        "lines": lines,
        "asked": None if lines else application.asked_minor,
    }


def money_problem(asked_minor: int | None, currency: str, pot: Pot | None) -> Refusal | None:
    """Return why the sum cannot be asked for, None when it can or is not said."""
    if asked_minor is None or pot is None or pot.cap_minor is None:
        return None
    if asked_minor <= pot.cap_minor:
        return None
    asked, cap = Money(asked_minor, currency), Money(pot.cap_minor, pot.currency)
    return OverTheCap(asked=asked, cap=cap)


def ends_on_problem(application: Application) -> Refusal | None:
    """Return why the project cannot end on its last day, None when it can or is not said."""
    first = application.round.project_year
    last = first + FARTHEST_YEARS
    if application.ends_on is None or first <= application.ends_on.year <= last:
        return None
    return EndsOutside(year=first, last=last)


def gaps(application: Application, questions: Sequence[Question]) -> list[Gap]:
    """Return everything that keeps the application from being handed in, in the steps' order.

    Titles, answers and sums that were valid when they were saved are looked at again: the round
    may have changed since.
    """
    written = texts(application.idea, questions)
    found = [Gap(name, Missing(field=name)) for name in ("title", "need") if not written[name]]
    for question in questions:
        name = answer_field(question)
        length = len(str(written[name]))
        if question.required and not length:
            found.append(Gap(name, Missing(field=name), question))
        elif length > question.max_length:
            found.append(Gap(name, TooLong(field=name, limit=question.max_length), question))
    found += [Gap(str(refusal.field), refusal) for refusal in _plan_gaps(application)]
    units = Unit.objects.current().filter(organisation=application.organisation_id)
    if application.idea.unit_id is None and units.exists():
        found.append(Gap("unit", Missing(field="unit")))
    return found


def _plan_gaps(application: Application) -> list[Refusal]:
    found: list[Refusal] = []
    if application.ends_on is None:
        found.append(Missing(field="ends_on"))
    elif outside := ends_on_problem(application):
        found.append(outside)
    if any(not what or not minor for what, minor in lines_of(application)):
        found.append(LineUnfinished())
    elif not application.asked_minor:
        found.append(Missing(field="asked"))
    pot = pot_of_round(application.round)
    if over := money_problem(application.asked_minor, application.currency, pot):
        found.append(over)
    return found
