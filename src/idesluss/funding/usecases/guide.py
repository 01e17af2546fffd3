"""The first set-up, step by step: a fund from a ready set with its pot, and who decides in it.

Nothing here that the ordinary set-up does not do; each step does several things of it at once.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.usecases.pot import set_pot
from idesluss.logic.refusals import require
from idesluss.people.models import Body, Organisation, Person
from idesluss.people.names import find_person
from idesluss.people.refusals import AlreadySeated, NoMembers, UnknownPerson
from idesluss.people.usecases import Row, add_body, add_person, read_rows
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.sets import SETS
from idesluss.programmes.usecases import (
    RoundFacts,
    add_programme,
    add_round,
    change_programme,
    set_goals,
)


@transaction.atomic
def found_fund(
    organisation_id: int,
    *,
    ready: str,
    name: str,
    year: int,
    amount_minor: int | None,
    cap_minor: int | None = None,
    by: Person,
    at: datetime,
) -> Programme:
    """Add a fund that works like the ready set ``ready``, and its pot for ``year``.

    Sums are minor units in the organisation's currency.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a name or a sum that cannot be used, naming its field.
    """
    fund = add_programme(organisation_id, name=name, by=by, at=at)
    chosen = SETS[ready]
    for field, value in chosen.fund.items():
        setattr(fund, field, value)
    fund.save(update_fields=[*chosen.fund])
    if chosen.goals:
        set_goals(fund.pk, "\n".join(chosen.goals), by=by, at=at)
    set_pot(fund.pk, year=year, amount_minor=amount_minor, cap_minor=cap_minor, by=by, at=at)
    return fund


@transaction.atomic
def seat_deciders(
    programme_id: int,
    *,
    name: str,
    members: str,
    quorum: int | None = None,
    delegation: str = "",
    by: Person,
    at: datetime,
) -> Body:
    """Let a new body with ``members`` decide in the programme.

    ``members`` has one on each line: a name, an address, or both as a sheet has them. The first
    is the chair. Somebody who is not here yet is added as an employee and told how to sign in.
    Without ``quorum`` more than half must take part.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a line or a number that cannot be used, naming its field.
    """
    programme = Programme.objects.select_related("organisation").get(pk=programme_id)
    require(may_set_up(by, programme, at))
    seated: list[Person] = []
    for row in read_rows(members, units=(), shown={role.value: role.value for role in Role}):
        person = _known_or_added(row, programme.organisation, by=by, at=at)
        require(person not in seated, AlreadySeated(name=person.name, field="members"))
        seated.append(person)
    require(bool(seated), NoMembers)
    body = add_body(
        programme.organisation_id,
        name=name,
        members=seated,
        quorum=len(seated) // 2 + 1 if quorum is None else quorum,
        delegation=delegation,
        by=by,
        at=at,
    )
    change_programme(
        programme_id,
        name=programme.name,
        purpose=programme.purpose,
        body_id=body.pk,
        by=by,
        at=at,
    )
    return body


def _known_or_added(row: Row, organisation: Organisation, *, by: Person, at: datetime) -> Person:
    if row.problem is not None:
        row.problem.field = "members"
        raise row.problem
    try:
        return find_person(
            row.email or row.name, organisation_id=organisation.pk, at=at, field="members"
        )
    except UnknownPerson:
        return add_person(
            organisation.pk,
            name=row.name,
            email=row.email,
            roles=[Role.EMPLOYEE.value],
            by=by,
            at=at,
        )


@transaction.atomic
def first_round(
    programme_id: int,
    facts: RoundFacts,
    *,
    ready: str,
    endorsed: bool,
    by: Person,
    at: datetime,
) -> Round:
    """Add a round that asks, judges and demands as the ready set ``ready`` does.

    ``endorsed``: the manager of whoever applies is asked.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a fact that cannot be used, naming its field.
    """
    round = add_round(programme_id, facts, start=ready, by=by, at=at)
    round.endorsed = endorsed
    round.save(update_fields=["endorsed"])
    return round
