"""The money of one project: its grants, what they come to, their parts and every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from idesluss.funding.models import Application, Decision, Grant, Instalment, Posting, Pot
from idesluss.funding.reads.accounts import account_of
from idesluss.funding.reads.ledger import DECIDED, Line, line_of
from idesluss.funding.rules import may_read_books
from idesluss.funding.vocab import After
from idesluss.logic.ledger import Account, total


@dataclass(frozen=True, slots=True)
class Part:
    """A planned part of a grant, and whether the project has it."""

    instalment: Instalment
    is_out: bool


@dataclass(frozen=True, slots=True)
class GrantMoney:
    """One grant; ``is_closed``: the accounts of its year are, so that nothing more moves."""

    grant: Any
    account: Account
    parts: tuple[Part, ...]
    is_closed: bool

    @property
    def planned(self) -> int:
        """Minor units in parts that wait."""
        return sum(part.instalment.amount_minor for part in self.parts if not part.is_out)


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """Everything about a project's money. ``version`` is the number of its last row, 0 without.

    ``lines`` are the rows with the decided sums among them, the newest first.
    """

    application: Application
    grants: tuple[GrantMoney, ...]
    lines: tuple[Line, ...]
    recommended_minor: int | None
    version: int

    @property
    def totals(self) -> Sequence[Account]:
        """All grants added up, one for each currency."""
        codes = sorted({one.account.currency for one in self.grants})
        return [
            total((it.account for it in self.grants if it.account.currency == code), code)
            for code in codes
        ]

    @property
    def is_known(self) -> bool:
        """Whether anything is known of what became of the money."""
        return any(one.account.is_known for one in self.grants)


def next_part(idea_id: int) -> Instalment | None:
    """The part of an idea's grants that the next accepted report releases, with its grant."""
    waiting = Instalment.objects.filter(
        grant__application__idea=idea_id, after=After.REPORT.value, postings=None
    )
    in_turn = waiting.order_by("grant__year", "grant_id", "position", "pk")
    return in_turn.select_related("grant__application__round").first()


def part_to_release(idea_id: int) -> Instalment | None:
    """The same, unless the accounts of its year are closed, so that nothing is released."""
    part = next_part(idea_id)
    if part is None:
        return None
    grant = part.grant
    closed = Pot.objects.filter(
        programme=grant.application.round.programme_id,
        year=grant.year,
        currency=grant.currency,
        closed_at__isnull=False,
    )
    return None if closed.exists() else part


def money_cases(person: Any, *, at: datetime) -> QuerySet[Application]:
    """Granted applications, with what their pages of money show, that ``person`` may ask for.

    Own ones, and those open by office; of the offices only those that read the books, which
    ``reads_money`` tells.
    """
    seen = Application.objects.owned_by(person) | Application.objects.handled_by(person, at=at)
    return (
        seen.filter(grants__isnull=False)
        .distinct()
        .select_related("idea__unit", "round__programme__organisation")
    )


def reads_money(person: Any, application: Application, *, at: datetime) -> bool:
    """Whether ``person`` may read the project's books, given one of ``money_cases``."""
    own = Application.objects.owned_by(person).filter(pk=application.pk)
    return may_read_books(person, application.round.programme, at=at) or own.exists()


def money_of(application: Application) -> ProjectMoney:
    """The money of the application's project, in all rounds; five queries."""
    theirs = Grant.objects.filter(application__idea=application.idea_id)
    grants = list(
        theirs.with_account()
        .select_related("application__round", "application__idea")
        .order_by("year", "pk")
    )
    out = Coalesce(Sum("postings__amount_minor"), 0)
    parts: dict[int, list[Part]] = {}
    for part in Instalment.objects.filter(grant__in=theirs).annotate(out=out):
        parts.setdefault(part.grant_id, []).append(Part(part, bool(part.out)))
    rows = Posting.objects.filter(grant__in=theirs).select_related("grant__application__idea", "by")
    lines = [line_of(row) for row in rows.order_by("-pk")]
    decided = [
        Line(
            DECIDED,
            one.amount_minor,
            one.year,
            at=one.application.decided_at,
            application=one.application,
            implementer=one.implementer,
            currency=one.currency,
        )
        for one in grants
        if one.amount_minor
    ]
    closed = _closed(grants)
    return ProjectMoney(
        application=application,
        grants=tuple(
            GrantMoney(one, account_of(one), tuple(parts.get(one.pk, ())), key_of(one) in closed)
            for one in grants
        ),
        lines=(*lines, *decided),
        recommended_minor=_recommended(application),
        version=lines[0].number if lines else 0,
    )


def key_of(grant: Any) -> tuple[int, int]:
    """The pot's programme and year, from a grant that was read with its round."""
    return (grant.application.round.programme_id, grant.year)


def _closed(grants: Sequence[Any]) -> set[tuple[int, int]]:
    """The programmes and years whose accounts are closed."""
    pots = Pot.objects.filter(
        programme__in={one.application.round.programme_id for one in grants},
        year__in={one.year for one in grants},
        closed_at__isnull=False,
    )
    return set(pots.values_list("programme_id", "year"))


def _recommended(application: Application) -> int | None:
    last = Decision.objects.filter(application=application).order_by("-pk")
    return last.values_list("recommended_minor", flat=True).first()
