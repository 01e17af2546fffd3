"""A pot becomes larger or smaller in the middle of its year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Pot
from idesluss.funding.reads.accounts import YearClosed, purse_of
from idesluss.funding.rules import may_keep_books
from idesluss.funding.usecases.books import pour, reason_of
from idesluss.logic.ledger import Kind
from idesluss.logic.refusals import require
from idesluss.people.models import Person
from idesluss.programmes.models import Programme
from idesluss.records.usecases import note


@transaction.atomic
def add_to_pot(
    programme_id: int, *, year: int, amount_minor: int, reason: str, by: Person, at: datetime
) -> None:
    """Add to the pot of a year, or take off it with a sum below zero; what was set aside stays.

    Notes ``funding.pot_changed`` with the total before and after.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing, TooLong: about the reason.
        YearClosed, NothingToWrite, PotTooSmall.
    """
    why = reason_of(reason)
    programme = Programme.objects.select_related("organisation").get(pk=programme_id)
    require(may_keep_books(by, programme, at=at))
    pot = Pot.objects.select_for_update(of=("self",)).get(programme=programme, year=year)
    require(pot.closed_at is None, YearClosed(year=year))
    before = purse_of(pot).total
    pour(pot, Kind.ADDED, amount_minor, by=by, at=at, reason=why)
    note(
        "funding.pot_changed",
        about=programme,
        by=by,
        at=at,
        year=year,
        amount_minor=amount_minor,
        currency=pot.currency,
        before_minor=before,
        after_minor=before + amount_minor,
        reason=why,
    )
