"""What a project has used, and what it gives back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from idesluss.funding.models import Application, Grant, Posting
from idesluss.funding.usecases.books import (
    Books,
    books_of,
    open_pot_after,
    pour,
    reason_of,
    sums_of,
    told_of,
)
from idesluss.logic.ledger import Kind, spread
from idesluss.logic.refusals import Refusal, gettext_noop
from idesluss.people.models import Person
from idesluss.records.usecases import note


class NothingGranted(Refusal):
    """Nothing to use."""

    sentence = gettext_noop("No money was granted to this project, so none can be booked as used.")


@transaction.atomic
def book_used(
    idea_id: int,
    *,
    total_spent_minor: int,
    currency: str | None = None,
    reason: str = "",
    version: int | None = None,
    by: Person | None,
    at: datetime,
) -> list[Posting]:
    """Book what a project has spent since its start, all its grants together.

    Writes the difference to what is booked, over the idea's grants in ``currency`` (that of its
    last application unless told) in the order of their years; less than before takes the latest
    off first. The same total again writes nothing. A closed year still takes it: it only settles
    what was left open there, and nothing of the pot moves. Notes ``funding.money_used`` with
    before and after.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        NothingGranted: the idea was never granted money.
        MoreThanReleased: more than was released to the project.
        BelowZero: less than nothing.
    """
    granted = Application.objects.filter(idea=idea_id, grants__isnull=False)
    application = granted.order_by("-pk").first()
    if application is None:
        raise NothingGranted
    books = books_of(application.pk, by=by, at=at, version=version)
    code = currency or books.application.currency
    grants = [one for one in books.grants if one.currency == code]
    accounts = [books.account(one) for one in grants]
    parts = spread(accounts, total_spent_minor)
    for grant, minor in zip(grants, parts, strict=True):
        if minor:
            books.write(grant, Kind.USED, minor, reason=reason.strip())
    if books.written:
        note(
            "funding.money_used",
            about=books.application,
            by=by,
            at=at,
            currency=code,
            before_minor=sum(one.used for one in accounts),
            after_minor=total_spent_minor,
            reason=reason.strip(),
            before=sums_of(accounts),
            after=sums_of([books.account(one) for one in grants]),
            **told_of(books.application),
        )
    return books.written


@transaction.atomic
def return_unused(
    grant_id: int,
    *,
    amount_minor: int,
    reason: str,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Take in what a project gives back of a grant; its pot has it again.

    When the accounts of that year are closed, the pot of the first open year after it has it
    instead. Notes ``funding.money_returned``.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        Missing, TooLong: about the reason.
        MoreThanReleased, BelowZero, NothingToWrite: about the sum.
    """
    why = reason_of(reason)
    application_id = Grant.objects.values_list("application_id", flat=True).get(pk=grant_id)
    books = books_of(application_id, by=by, at=at, version=version, following=True)
    grant = books.grant(grant_id)
    before = books.account(grant)
    into = _take_back(books, grant, amount_minor, why)
    note(
        "funding.money_returned",
        about=books.application,
        by=by,
        at=at,
        year=grant.year,
        into_year=into,
        amount_minor=amount_minor,
        currency=grant.currency,
        reason=why,
        before=sums_of([before]),
        after=sums_of([books.account(grant)]),
        **told_of(books.application),
    )


def _take_back(books: Books, grant: Grant, minor: int, why: str) -> int:
    """Write the return; returns the year whose pot has it."""
    pot = books.pot(grant)
    if pot is None or pot.closed_at is None:
        books.write(grant, Kind.RETURNED, minor, reason=why)
        return grant.year
    move = uuid4()
    books.write(grant, Kind.RETURNED, minor, reason=why, move=move)
    open_pot = open_pot_after(pot)
    told: dict[str, Any] = {"by": books.by, "at": books.at, "reason": why, "move": move}
    pour(pot, Kind.CARRIED_OUT, -minor, **told)
    pour(open_pot, Kind.CARRIED_IN, minor, **told)
    return open_pot.year
