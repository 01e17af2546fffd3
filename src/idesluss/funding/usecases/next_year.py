"""A round goes on to next year: everything that it asks, and a pot for that year."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from idesluss.funding.models import Pot
from idesluss.funding.usecases.pot import set_pot
from idesluss.funding.usecases.pot_fits import fit_rounds
from idesluss.logic.refusals import require
from idesluss.logic.years import next_years_name, weeks_later, weeks_to_next_year
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.usecases import RoundFacts, add_round
from idesluss.programmes.usecases.starting import COPY


def facts_of_next_year(round: Round) -> RoundFacts:
    """What next year's round says of itself: ``round``'s own, a year later, to be looked through.

    Dates move by whole weeks and keep their weekdays, all by the same number, counted from the
    closing; years in the name become one later. Nothing is read or written.
    """
    zone = round.programme.organisation.timezone
    anchor = round.closes_at or round.opens_at
    weeks = weeks_to_next_year(anchor.astimezone(zone).date()) if anchor else 52

    def later(when: datetime | None) -> datetime | None:
        return weeks_later(when, weeks, zone) if when else None

    year = round.project_year + 1
    return RoundFacts(
        name=next_years_name(round.name, year),
        project_year=year,
        introduction=round.introduction,
        opens_at=later(round.opens_at),
        closes_at=later(round.closes_at),
        contact_id=round.contact_id,
        answer_by=round.answer_by + timedelta(weeks=weeks) if round.answer_by else None,
        answer_days=round.answer_days,
        blind=round.blind,
        assessors_wanted=round.assessors_wanted,
        public=round.public,
        flows_on=round.flows_on,
    )


@transaction.atomic
def copy_to_next_year(
    round_id: int,
    facts: RoundFacts,
    *,
    amount_minor: int | None = None,
    cap_minor: int | None = None,
    by: Person,
    at: datetime,
) -> Round:
    """Add a round that asks and judges as ``round_id`` does, and says ``facts`` of itself.

    With ``amount_minor`` the year's pot is set too, if there is none, in the currency of the
    pot before it. Nothing is announced.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a fact or a sum that cannot be used, naming its field; nothing is added.
    """
    earlier = Round.objects.select_related("programme__organisation").get(pk=round_id)
    programme = earlier.programme
    require(may_set_up(by, earlier, at))
    facts = facts.checked()
    pots = Pot.objects.filter(programme=programme)
    if amount_minor is not None and not pots.filter(year=facts.project_year).exists():
        before = pots.filter(year=earlier.project_year).first()
        set_pot(
            programme.pk,
            year=facts.project_year,
            amount_minor=amount_minor,
            cap_minor=cap_minor,
            currency=before.currency if before else earlier.currency,
            by=by,
            at=at,
        )
    made = add_round(programme.pk, facts, start=f"{COPY}{round_id}", by=by, at=at)
    if pot := pots.filter(year=made.project_year).first():
        fit_rounds(
            programme,
            year=pot.year,
            currency=pot.currency,
            cap_minor=pot.cap_minor,
            before=pot,
        )
    return made
