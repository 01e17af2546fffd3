"""What the database counts: few rows, however many applications, in a constant number of queries.

Only cases that are handed in count; drafts are their writers' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from idesluss.funding.models import Application, Grant, Posting
from idesluss.funding.reads.members import shut_to
from idesluss.funding.reads.results import GRANTED
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.insight.reads.rounds import Chosen
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import Outcome
from idesluss.people.models import Unit
from idesluss.pilots.models import Project
from idesluss.pilots.vocab import ReportKind
from idesluss.programmes.models import Goal, Programme

NUMBER, TEXT = BigIntegerField(), CharField()
NOBODY = Value(None, output_field=NUMBER)
NOTHING = Value(0, output_field=NUMBER)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many cases of one kind.

    ``kind``: unit and goal (cases), grant and goal_grant, posted, after (of projects). ``key`` is
    the unit or the goal; ``minor`` asked or granted in ``currency``; ``known`` how many of ``n``
    said what they ask for, and ``invented`` how many were made up for a demonstration.
    """

    kind: str
    round: int
    key: int | None
    what: str  # the outcome, or the kind of posting
    currency: str
    n: int
    known: int
    minor: int
    invented: int


def tallies(chosen: Chosen, shut: Sequence[int], *, at: datetime) -> list[Tally]:
    """Everything that is counted over the chosen rounds, in one query.

    Made permanent and reported are counted where everybody may see the project, so that a report
    says the same whoever prints it.
    """
    rounds = [one.pk for one in chosen.within]
    first, *rest = (
        *_cases(chosen, rounds, shut),
        *_grants(chosen, rounds, shut),
        _after(rounds, at=at),
    )
    rows = first.union(*rest, all=True)
    return [
        Tally(kind, round, key, what, currency, int(n), int(known), int(minor or 0), int(invented))
        for kind, round, key, what, currency, n, known, minor, invented in rows
    ]


def open_to(
    rows: QuerySet[Any, Any], chosen: Chosen, shut: Sequence[int], case: str = ""
) -> QuerySet[Any, Any]:
    """``rows`` without those whose case is ``shut`` to the reader, until its results are public.

    ``case`` is the way from a row to its application: "" or "application__".
    """
    if not shut:
        return rows
    return rows.exclude(**{f"{case}round__in": chosen.unpublished, f"{case}idea__in": shut})


def handed_in(chosen: Chosen, rounds: Sequence[int], shut: Sequence[int]) -> QuerySet[Any, Any]:
    """The applications that count."""
    cases = Application.objects.filter(round__in=rounds).exclude(idea__stage=Stage.DRAFT.value)
    return open_to(cases, chosen, shut).order_by()


def _cases(
    chosen: Chosen, rounds: Sequence[int], shut: Sequence[int]
) -> Iterable[QuerySet[Any, Any]]:
    cases = handed_in(chosen, rounds, shut)
    for kind, key in (("unit", "idea__unit_id"), ("goal", "idea__goals")):
        yield (
            cases.values_list(_kind(kind), "round_id", key, "outcome", "currency").annotate(
                n=Count("pk"),
                known=Count("asked_minor"),
                minor=Sum("asked_minor"),
                invented=Count("pk", filter=Q(idea__invented=True)),
            )
        )


def _grants(
    chosen: Chosen, rounds: Sequence[int], shut: Sequence[int]
) -> Iterable[QuerySet[Any, Any]]:
    """Sums as decided; what was changed, released, used and returned since stands by itself."""
    case = "application__"
    decided = Grant.objects.filter(
        application__round__in=rounds, application__outcome__in=GRANTED
    ).order_by()
    granted = open_to(decided, chosen, shut, case)
    for kind, key in (("grant", f"{case}idea__unit_id"), ("goal_grant", f"{case}idea__goals")):
        yield (
            granted.values_list(
                _kind(kind), f"{case}round_id", key, Value("", output_field=TEXT), "currency"
            ).annotate(
                n=Count("application", distinct=True),
                known=NOTHING,
                minor=Sum("amount_minor"),
                invented=NOTHING,
            )
        )
    yield (
        open_to(
            Posting.objects.filter(grant__application__round__in=rounds),
            chosen,
            shut,
            "grant__application__",
        )
        .order_by()
        .values_list(
            _kind("posted"), "grant__application__round_id", NOBODY, "kind", "grant__currency"
        )
        .annotate(n=Count("pk"), known=NOTHING, minor=Sum("amount_minor"), invented=NOTHING)
    )


def _after(rounds: Sequence[int], *, at: datetime) -> QuerySet[Any, Any]:
    """What became of what was granted: ``n`` permanent, ``known`` with an accepted final report.

    Whoever may see a project may see whether it is permanent (``Adoption.visible_to``).
    """
    case = "idea__applications__"
    stays = Q(idea__adoption__isnull=False, idea__adoption__ended_at=None)
    told = Q(reports__kind=ReportKind.FINAL.value, reports__accepted_at__isnull=False)
    nothing = Value("", output_field=TEXT)
    return (
        Project.objects.visible_to(None, at=at)
        .filter(**{f"{case}round__in": rounds, f"{case}outcome__in": GRANTED})
        .order_by()
        .values_list(_kind("after"), f"{case}round_id", NOBODY, nothing, nothing)
        .annotate(
            n=Count("pk", distinct=True, filter=stays),
            known=Count("pk", distinct=True, filter=told),
            minor=NOTHING,
            invented=NOTHING,
        )
    )


def _kind(word: str) -> Value:
    return Value(word, output_field=TEXT)


@dataclass(frozen=True, slots=True)
class Answered:
    """So many answers of one round: told ``at``, handed in ``since`` (None: by the closing)."""

    round: int
    at: datetime
    since: datetime | None
    n: int


def answers(chosen: Chosen, shut: Sequence[int]) -> list[Answered]:
    """When the cases of the chosen rounds were answered. One query.

    What was withdrawn needs no answer.
    """
    since = Case(When(round__closes_at=None, then="submitted_at"), default=None)
    rows = (
        handed_in(chosen, [one.pk for one in chosen.within], shut)
        .filter(decided_at__isnull=False)
        .exclude(outcome=Outcome.WITHDRAWN.value)
        .annotate(since=since)
        .values_list("round_id", "decided_at", "since")
        .annotate(n=Count("pk"))
    )
    return [Answered(*row) for row in rows]


def applicants(chosen: Chosen, shut: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many people applied in each year, and how many of them never before.

    People are told apart by name: an account's, or the one that a table holds. "Before" is in an
    earlier project year of the fund, whatever is chosen. One query:
    ``{year: (people, first time)}``.
    """
    owner = FilteredRelation(
        "idea__involvements",
        condition=Q(idea__involvements__part=Part.OWNER.value, idea__involvements__ended_at=None),
    )
    name = Coalesce(F("owner__person__name"), "idea__applicant_name")
    pairs = (
        handed_in(chosen, [one.pk for one in chosen.rounds if one.year <= chosen.last], shut)
        .annotate(owner=owner)
        .values_list("round__project_year", name)
        .distinct()
    )
    people: dict[int, set[str]] = {}
    for year, who in pairs:
        if who:
            people.setdefault(year, set()).add(who)
    found: dict[int, tuple[int, int]] = {}
    before: set[str] = set()
    for year in sorted(people):
        found[year] = (len(people[year]), len(people[year] - before))
        before |= people[year]
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """The departments by number, what each unit belongs to, and the goals, in order."""

    departments: dict[int, str]
    department_of: dict[int, int]
    goals: dict[int, str]
    current: frozenset[tuple[str, int]]  # ("unit", …) and ("goal", …) in use
    shut: Sequence[int] = ()  # ideas that a conflict of interest shuts for the reader


def names(chosen: Chosen, fund: Programme) -> Named:
    """Departments are units that belong to no other; a smaller unit counts with its department.

    One query.
    """
    units = Unit.objects.filter(organisation=chosen.organisation).order_by()
    goals = Goal.objects.filter(programme=fund).order_by()
    rows = units.values_list(_kind("unit"), "pk", "parent_id", "name", "archived_at").union(
        goals.values_list(_kind("goal"), "pk", F("position"), "name", "archived_at"), all=True
    )
    if chosen.unpublished:
        shut = Idea.objects.filter(shut_to(chosen.reader, idea=""), programme=fund).order_by()
        nothing = (NOBODY, Value("", output_field=TEXT), Value(None, output_field=DateTimeField()))
        rows = rows.union(shut.values_list(_kind("shut"), "pk", *nothing), all=True)
    found = list(rows)
    parents = {pk: parent for kind, pk, parent, _, _ in found if kind == "unit"}
    named = {(kind, pk): name for kind, pk, _, name, _ in found}

    def top(pk: int) -> int:
        while parents.get(pk):
            pk = parents[pk]
        return pk

    tops = {pk: named["unit", pk] for pk, parent in parents.items() if parent is None}
    in_order = sorted((position or 0, pk) for kind, pk, position, _, _ in found if kind == "goal")
    return Named(
        departments=dict(sorted(tops.items(), key=lambda it: (it[1].casefold(), it[0]))),
        department_of={pk: top(pk) for pk in parents},
        goals={pk: named["goal", pk] for _, pk in in_order},
        current=frozenset((kind, pk) for kind, pk, _, _, archived in found if archived is None),
        shut=[pk for kind, pk, *_ in found if kind == "shut"],
    )
