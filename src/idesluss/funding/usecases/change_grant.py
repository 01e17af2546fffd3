"""A grant is changed later, or moved to the next year; what it was stays to be read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from idesluss.funding.models import Grant, Pot
from idesluss.funding.usecases.books import (
    Books,
    books_of,
    open_pot_after,
    pour,
    reason_of,
    sums_of,
    told_of,
)
from idesluss.funding.usecases.instalments import trim_plan
from idesluss.logic.ledger import BelowZero, Kind, Settled, moving
from idesluss.logic.money import Money
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class NoPotToMoveFrom(Refusal):
    """The year has no pot that the money could leave. Needs ``year``."""

    sentence = gettext_noop(
        "There is no pot for %(year)s, so its money cannot be moved. Set its sum first."
    )


@transaction.atomic
def change_grant(
    grant_id: int,
    *,
    to_minor: int,
    reason: str,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Say what a grant is from now on. What was decided and every change stay as rows.

    Notes ``funding.grant_changed`` with the sums before and after, and the reason.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        Missing, TooLong: about the reason.
        YearClosed: too late.
        LessThanReleased, BelowZero, NothingToWrite: about the sum.
    """
    why = reason_of(reason)
    application_id = Grant.objects.values_list("application_id", flat=True).get(pk=grant_id)
    books = books_of(application_id, by=by, at=at, version=version)
    grant = books.grant(grant_id)
    books.require_open(grant)
    before = books.account(grant)
    below = BelowZero(sum=Money(-to_minor, grant.currency), booked=Money(0, grant.currency))
    require(to_minor >= 0, below)
    books.write(grant, Kind.CHANGED, to_minor - before.granted, reason=why)
    trim_plan(books, grant)
    note(
        "funding.grant_changed",
        about=books.application,
        by=by,
        at=at,
        year=grant.year,
        before_minor=before.granted,
        after_minor=to_minor,
        currency=grant.currency,
        reason=why,
        **told_of(books.application),
    )


@transaction.atomic
def transfer_to_next_year(
    grant_id: int,
    *,
    amount_minor: int,
    reason: str,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Move what a project has not used to the next year whose accounts are open.

    The grant is lowered and that of the later year raised (made if there is none), and the same
    goes from pot to pot. What the project has already stays with it. All rows share one ``move``.
    Notes ``funding.money_moved``.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        Missing, TooLong: about the reason.
        YearClosed: too late.
        NoPotToMoveFrom, MixedCurrencies: about the pots.
        MoreThanReleased, NothingToWrite: about the sum.
    """
    why = reason_of(reason)
    application_id = Grant.objects.values_list("application_id", flat=True).get(pk=grant_id)
    books = books_of(application_id, by=by, at=at, version=version, following=True)
    grant = books.grant(grant_id)
    books.require_open(grant)
    pot = books.pot(grant)
    if pot is None:
        raise NoPotToMoveFrom(year=grant.year)
    into = open_pot_after(pot)
    settled = moving(books.account(grant), amount_minor)
    move = uuid4()
    carry(books, grant, settled, into, reason=why, move=move)
    pour_over(pot, into, settled.carried, books, reason=why, move=move)


def carry(
    books: Books, grant: Grant, settled: Settled, into: Pot, *, reason: str, move: UUID
) -> None:
    """Write the rows of a move about the grant and the later one, and note it; not the pots'."""
    before = books.account(grant)
    for kind, minor in settled.rows:
        books.write(grant, kind, minor, reason=reason, move=move)
    later = books.new_year(grant, into)
    before_later = books.account(later)
    for kind, minor in settled.moved:
        books.write(later, kind, minor, reason=reason, move=move)
    trim_plan(books, grant, into=later)
    note(
        "funding.money_moved",
        about=books.application,
        by=books.by,
        at=books.at,
        year=grant.year,
        into_year=into.year,
        amount_minor=settled.carried,
        currency=grant.currency,
        reason=reason,
        before=sums_of([before, before_later]),
        after=sums_of([books.account(grant), books.account(later)]),
        **told_of(books.application),
    )


def pour_over(
    pot: Pot, into: Pot, minor: int, books: Books, *, reason: str, move: UUID | None
) -> None:
    """Write what goes with a move from pot to pot."""
    pour(pot, Kind.CARRIED_OUT, -minor, by=books.by, at=books.at, reason=reason, move=move)
    pour(into, Kind.CARRIED_IN, minor, by=books.by, at=books.at, reason=reason, move=move)
