"""The year's pot: what a programme may share out, and the most for one project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Pot
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
    by: Person,
    at: datetime,
) -> Pot:
    """Say what the programme may share out in ``year``; the same year again changes it.

    Sums are minor units in the organisation's currency; a pot that exists keeps its own.
    Notes ``funding.pot_set`` with what it was before.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Missing: no sum.
        BadYear, CapTooHigh, CapZero: naming the field.
    """
    programmes = Programme.objects.select_for_update(of=("self",)).select_related("organisation")
    programme = programmes.get(pk=programme_id)
    require(rules.may_set_up(by, programme, at))
    require(2000 <= year <= 2199, BadYear(year=year, field="year"))
    if amount_minor is None:
        raise Missing(field="amount_minor")
    require(cap_minor is None or cap_minor > 0, CapZero)
    require(cap_minor is None or cap_minor <= amount_minor, CapTooHigh)
    before = Pot.objects.filter(programme=programme, year=year).first()
    told = [before.amount_minor, before.cap_minor] if before else None
    pot = before or Pot(programme=programme, year=year, currency=programme.organisation.currency)
    pot.amount_minor, pot.cap_minor = amount_minor, cap_minor
    pot.save()
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
