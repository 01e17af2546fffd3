"""The year's pot: what a programme may share out, and the most for one project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Pot
from idesluss.funding.reads.accounts import YearClosed, purse_of
from idesluss.funding.usecases.pot_fits import fit_rounds
from idesluss.logic.ledger import PotTooSmall
from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes import rules
from idesluss.programmes.models import Programme
from idesluss.programmes.refusals import BadYear
from idesluss.records.usecases import note


class CapTooHigh(Refusal):
    """A cap that caps nothing."""

    sentence = gettext_noop("The most for one project cannot be more than the whole pot.")
    field = "cap_minor"


class CapZero(Refusal):
    """A cap that lets nobody have anything."""

    sentence = gettext_noop(
        "The most for one project must be more than 0. Leave it empty if there is no limit."
    )
    field = "cap_minor"


@transaction.atomic
def set_pot(
    programme_id: int,
    *,
    year: int,
    amount_minor: int | None,
    cap_minor: int | None = None,
    currency: str = "",
    by: Person,
    at: datetime,
) -> Pot:
    """Say what the programme may share out in ``year``; the same year again changes it.

    Sums are minor units of ``currency``; without one of the organisation's, or of the pot's own
    when there is one. Rounds of that year in which no sum is written follow it. Notes
    ``funding.pot_set`` with what it was before.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing: no sum.
        BadYear, CapTooHigh, CapZero: naming the field.
        Refusal: the pot would contradict a round of that year, see ``fit_rounds``.
        YearClosed: the year's accounts are closed.
        PotTooSmall: more than that is carried over or handed back already.
    """
    programmes = Programme.objects.select_for_update(of=("self",)).select_related("organisation")
    programme = programmes.get(pk=programme_id)
    require(rules.may_set_up(by, programme, at))
    require(2000 <= year <= 2199, BadYear(year=year, field="year"))
    if amount_minor is None:
        raise Missing(field="amount_minor")
    require(cap_minor is None or cap_minor > 0, CapZero)
    require(cap_minor is None or cap_minor <= amount_minor, CapTooHigh)
    pots = Pot.objects.select_for_update(of=("self",))
    before = pots.filter(programme=programme, year=year).first()
    if before:
        require(before.closed_at is None, YearClosed(year=year, field="year"))
        moved = purse_of(before).total - before.amount_minor
        small = PotTooSmall(total=Money(amount_minor, before.currency), field="amount_minor")
        require(amount_minor + moved >= 0, small)
    told = [before.amount_minor, before.cap_minor] if before else None
    currency = currency or (before or programme.organisation).currency
    fit_rounds(programme, year=year, currency=currency, cap_minor=cap_minor, before=before)
    pot = before or Pot(programme=programme, year=year)
    pot.amount_minor, pot.cap_minor, pot.currency = amount_minor, cap_minor, currency
    pot.save(update_fields=["amount_minor", "cap_minor", "currency"] if before else None)
    note(
        "funding.pot_set",
        about=programme,
        by=by,
        at=at,
        organisation_id=programme.organisation_id,
        year=year,
        amount_minor=amount_minor,
        cap_minor=cap_minor,
        currency=pot.currency,
        before=told,
    )
    return pot
