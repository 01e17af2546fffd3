"""What a round asks and who decides in it, as the cellar reads it; and what an application says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from idesluss.funding.models import Application, Meeting, Pot
from idesluss.logic import terms as logic
from idesluss.logic.mandates import Mandate, falls_under
from idesluss.logic.terms import Level, Line, Said, Terms
from idesluss.people.models import Unit
from idesluss.programmes.models import Level as LevelRow
from idesluss.programmes.models import Mandate as MandateRow
from idesluss.programmes.models import Programme, Round
from idesluss.records.listed import Listed

CAP, LEVEL, MANDATE, BODY = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a round asks, and the rights to decide in it, the smallest first."""

    terms: Terms
    mandates: tuple[Mandate, ...]

    def level(self, application: Application) -> Level | None:
        """The level of what is asked for."""
        return logic.level_of(self.terms.levels, application.asked_minor)

    def mandate(self, application: Application) -> Mandate | None:
        """The right that the case falls under."""
        return falls_under(application.asked_minor, self.mandates)


def terms_of(round: Round) -> Terms:
    """What ``round`` asks of an application. One query."""
    return _terms(round, list(_cap(round).union(_levels(round), all=True)))


def with_terms(applications: QuerySet[Application]) -> QuerySet[Any]:
    """``applications`` with what their rounds ask of them, for ``terms_for``."""
    where = ("round__programme", "round__project_year", "round__currency")
    pots = _capped(*(OuterRef(name) for name in where))
    levels = LevelRow.objects.filter(round=OuterRef("round")).order_by()
    said = {name: name for name in ("name", "low_minor", "high_minor", "asks")}
    return applications.annotate(
        cap_minor=Subquery(pots.values("cap_minor")[:1]), levels=Listed(levels, **said)
    )


def terms_for(application: Any) -> Terms:
    """What its round asks of an application that was read ``with_terms``."""
    levels = [Level(**level) for level in application.levels]
    return _terms_of(application.round, application.cap_minor, levels)


def rulebook_of(round: Round) -> Rulebook:
    """The same, and who decides. One query."""
    rows = list(_cap(round).union(_levels(round), *_rights(round.programme_id), all=True))
    return Rulebook(_terms(round, rows), _mandates(rows))


def mandates_of(programme: Programme) -> tuple[Mandate, ...]:
    """The rights to decide in ``programme``, the smallest first; its own body last. One query."""
    first, *others = _rights(programme.pk)
    return _mandates(list(first.union(*others, all=True)))


def mandate_of(meeting: Meeting) -> Mandate:
    """The right of the body that meets; one query, none for the programme's own body.

    Nothing up to 0 for a body whose right has been taken back while it meets.
    """
    programme, body = meeting.round.programme, meeting.body
    if programme.body_id == body.pk:
        return Mandate(body.pk, body.name, None, body.delegation)
    row = MandateRow.objects.filter(programme=programme, body=body).first()
    up_to, reference = (row.up_to_minor, row.reference) if row else (0, "")
    return Mandate(body.pk, body.name, up_to, reference or body.delegation)


def said_in(application: Application, lines: Sequence[Line] | None = None) -> Said:
    """What ``application`` says, as the terms read it.

    Reads the lines of its budget if they are not given, and the departments when the round wants
    several.
    """
    return Said(
        asked_minor=application.asked_minor,
        lines=lines_of(application) if lines is None else lines,
        cofinanced_minor=application.cofinanced_minor,
        kind=application.kind,
        continues=application.continues_id is not None,
        ends_on=application.ends_on,
        otherwise=application.otherwise,
        departments=len(_departments(application)),
    )


def lines_of(application: Application) -> tuple[Line, ...]:
    """The lines of the budget."""
    return tuple(
        Line(line.what, line.amount_minor, line.kind, line.hours)
        for line in application.budget_lines.all()
    )


def _departments(application: Application) -> set[int]:
    """Numbers of the departments that take part, its own counted."""
    if application.round.units_needed <= 1:
        return set()
    unit: Unit | None = application.idea.unit
    taking_part = [*application.partners.all(), *([unit] if unit else [])]
    return {it.parent_id or it.pk for it in taking_part}


# Four plain kinds of rows in one query: this is asked for every page of a case. What each holds;
# what is in brackets is only there because every kind has as many columns:
#     CAP       (currency)  the most for one project     (the pot)         (currency)
#     LEVEL     its name    the lowest sum               the highest sum   what it asks for
#     MANDATE   the body    up to                        the body          by what decision
#     BODY      the body    (share)                      the body          by what decision

_by = Coalesce(NullIf("reference", Value("")), "body__delegation")
_cap_kind, _level_kind, _mandate_kind, _body_kind = (
    Value(number, output_field=IntegerField()) for number in (CAP, LEVEL, MANDATE, BODY)
)


def _capped(programme: Any, year: Any, currency: Any) -> QuerySet[Pot]:
    pots = Pot.objects.filter(programme=programme, year=year, currency=currency)
    return pots.exclude(cap_minor=None).order_by()


def _cap(round: Round) -> QuerySet[Any, Any]:
    return _capped(round.programme_id, round.project_year, round.currency).values_list(
        _cap_kind, "currency", "cap_minor", "amount_minor", "currency"
    )


def _levels(round: Round) -> QuerySet[Any, Any]:
    levels = LevelRow.objects.filter(round=round.pk).order_by()
    return levels.values_list(_level_kind, "name", "low_minor", "high_minor", "asks")


def _rights(programme_id: int) -> list[QuerySet[Any, Any]]:
    mandates = MandateRow.objects.filter(programme=programme_id).order_by()
    own = Programme.objects.filter(pk=programme_id, body__isnull=False).order_by()
    return [
        mandates.values_list(_mandate_kind, "body__name", "up_to_minor", "body_id", _by),
        own.values_list(_body_kind, "body__name", "first_share", "body_id", "body__delegation"),
    ]


def _terms(round: Round, rows: list[Any]) -> Terms:
    levels = [Level(name, low, high, asks) for kind, name, low, high, asks in rows if kind == LEVEL]
    cap_minor = next((most for kind, _, most, *_ in rows if kind == CAP), None)
    return _terms_of(round, cap_minor, levels)


def _terms_of(round: Round, cap_minor: int | None, levels: Sequence[Level]) -> Terms:
    return Terms(
        currency=round.currency,
        project_year=round.project_year,
        floor_minor=round.floor_minor,
        cap_minor=cap_minor,
        levels=tuple(sorted(levels, key=lambda it: (it.low_minor, it.high_minor, it.name))),
        kinds=frozenset(kind.value for kind in round.offered),
        must_end_in_year=round.must_end_in_year,
        asks_otherwise=round.asks_otherwise,
        cofinancing_percent=round.cofinancing_percent,
        material_percent=round.material_percent,
        work_rate_minor=round.work_rate_minor,
        departments_needed=round.units_needed,
    )


def _mandates(rows: list[Any]) -> tuple[Mandate, ...]:
    rights = [
        Mandate(body, name, up_to if kind == MANDATE else None, reference)
        for kind, name, up_to, body, reference in rows
        if kind in (MANDATE, BODY)
    ]
    return tuple(sorted(rights, key=lambda it: (it.up_to_minor is None, it.up_to_minor or 0)))
