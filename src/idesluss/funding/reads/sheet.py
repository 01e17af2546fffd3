"""What is written in an application, field by field, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from idesluss.funding.models import Application, BudgetLine
from idesluss.funding.reads.rulebook import lines_of, said_in, terms_for, with_terms
from idesluss.funding.vocab import FARTHEST_YEARS
from idesluss.ideas.models import Answer
from idesluss.ideas.reads.sheet import answer_field, texts
from idesluss.ideas.reads.sheet import sheet as sheet_of_idea
from idesluss.logic.merging import Value
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop
from idesluss.logic.terms import WORK, Line, Term, Terms, verdicts
from idesluss.people.models import Unit
from idesluss.programmes.models import Question, Round
from idesluss.records.listed import Listed


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


def sheet(application: Application, questions: Iterable[Question]) -> dict[str, Value]:
    """Every field as it is saved: those of the idea, and the application's own.

    The sum is only a field of its own while there are no lines; else it is their sum. The
    departments that take part are only there when the round wants several.
    """
    lines = lines_of(application)
    told: dict[str, Value] = {
        **sheet_of_idea(application.idea, questions),
        "kind": application.kind,
        "continues": application.continues_id,
        "ends_on": application.ends_on,
        "otherwise": application.otherwise,
        "lines": lines,
        "asked": None if lines else application.asked_minor,
        "cofinanced": application.cofinanced_minor,
        "cofinanced_by": application.cofinanced_by,
    }
    if application.round.units_needed > 1:
        told["partners"] = tuple(sorted(unit.pk for unit in application.partners.all()))
    return told


def ends_on_problem(application: Application) -> Refusal | None:
    """Return why the project cannot end on its last day, None when it can or is not said."""
    first = application.round.project_year
    last = first + FARTHEST_YEARS
    if application.ends_on is None or first <= application.ends_on.year <= last:
        return None
    return EndsOutside(year=first, last=last)


def gaps(
    application: Application,
    questions: Sequence[Question],
    terms: Terms,
    written: Mapping[str, Value] | None = None,
    lines: Sequence[Line] | None = None,
    *,
    units: Collection[Unit] | None = None,
) -> list[Gap]:
    """Return everything that keeps the application from being handed in, in the steps' order.

    What was valid when it was saved is looked at again: the round may have changed since.
    ``written`` are title, need and answers, ``lines`` the budget, ``units`` those that it can be
    of, where they are read already.
    """
    lines = lines_of(application) if lines is None else lines
    written = texts(application.idea, questions) if written is None else written
    broken = {it.term: it.breaches for it in verdicts(terms, said_in(application, lines))}
    found = [Gap(name, Missing(field=name)) for name in ("title", "need") if not written[name]]
    found += [_gap(one) for term in OF_THE_NEED for one in broken.pop(term, ())]
    for question in questions:
        name = answer_field(question)
        length = len(str(written[name]))
        if question.required and not length:
            found.append(Gap(name, Missing(field=name), question))
        elif length > question.max_length:
            found.append(Gap(name, TooLong(field=name, limit=question.max_length), question))
    apart = broken.pop(Term.DEPARTMENTS, ())
    found += [_gap(one) for one in _ends_gaps(application, broken.pop(Term.YEAR, ()))]
    found += [_gap(one) for one in _budget_gaps(application, lines, terms)]
    found += [_gap(one) for breaches in broken.values() for one in breaches]
    if application.idea.unit_id is None:
        if units is None:
            units = Unit.objects.current().filter(organisation=application.organisation_id)[:1]
        found += [Gap("unit", Missing(field="unit"))] if units else []
    return found + [_gap(one) for one in apart]


def with_sheet(applications: QuerySet[Application]) -> QuerySet[Any]:
    """``applications`` with all that ``gaps_in`` looks at."""
    own = Answer.objects.filter(question=OuterRef("pk"), idea=OuterRef(OuterRef("idea")))
    questions = Question.objects.filter(round=OuterRef("round"))
    lines = BudgetLine.objects.filter(application=OuterRef("pk"))
    return with_terms(applications).annotate(
        asked=Listed(
            questions,
            pk="pk",
            key="key",
            text="text",
            required="required",
            max_length="max_length",
            told=Subquery(own.values("text")[:1]),
        ),
        lines=Listed(lines, what="what", amount_minor="amount_minor", cost="kind", hours="hours"),
    )


def gaps_in(application: Any) -> list[Gap]:
    """The same of an application that was read ``with_sheet``, its idea loaded."""
    idea = application.idea
    written: dict[str, Value] = {"title": idea.title, "need": idea.need}
    questions = []
    for asked in application.asked:
        question = Question(**{name: fact for name, fact in asked.items() if name != "told"})
        questions.append(question)
        written[answer_field(question)] = asked["told"] or ""
    lines = [Line(**line) for line in application.lines]
    return gaps(application, questions, terms_for(application), written, lines)


OF_THE_NEED = (Term.KIND, Term.CONTINUES)
"""What is asked in the step of the need."""


def _gap(refusal: Refusal) -> Gap:
    return Gap(str(refusal.field), refusal)


def _ends_gaps(application: Application, breaches: Sequence[Refusal]) -> Sequence[Refusal]:
    """What is wrong with the last day: one thing, the plainest first."""
    if application.ends_on is None:
        return [Missing(field="ends_on")]
    outside = ends_on_problem(application)
    return [outside] if outside else breaches


def _budget_gaps(application: Application, lines: Sequence[Line], terms: Terms) -> list[Refusal]:
    """What the budget lacks. The sum of own work comes of its hours; the terms look at those."""
    if any(not line.what or not (line.amount_minor or by_the_hour(line, terms)) for line in lines):
        return [LineUnfinished()]
    return [] if application.asked_minor else [Missing(field="asked")]


def by_the_hour(line: Line, terms: Terms) -> bool:
    """Whether the line's sum is computed of its hours."""
    return line.cost == WORK and terms.work_rate_minor is not None
