"""Several rounds at once: back to back, each opening the moment the one before it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from idesluss.logic.windows import Window
from idesluss.people.models import Person
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.usecases.rounds import RoundFacts, add_round
from idesluss.programmes.usecases.starting import COPY


@transaction.atomic
def add_rounds(
    programme_id: int,
    facts: RoundFacts,
    windows: Sequence[Window],
    *,
    start: str = "",
    by: Person,
    at: datetime,
) -> list[Round]:
    """Add a round for each of ``windows``, named "2027:1", "2027:2" … after ``facts.name``.

    Numbers go on after those that the fund has. A draft that is not handed in when one closes
    goes on into the next. The first starts as ``start`` says, the others as the first.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a fact that cannot be used, or a name or address that is taken; none is added.
    """
    programme = Programme.objects.get(pk=programme_id)
    names = set(programme.rounds.values_list("name", flat=True))
    number, made = 1, list[Round]()
    for window in windows:
        while f"{facts.name}:{number}" in names:
            number += 1
        name = f"{facts.name}:{number}"
        names.add(name)
        one = replace(
            facts, name=name, slug="", opens_at=window.opens, closes_at=window.closes, flows_on=True
        )
        first = f"{COPY}{made[0].pk}" if made else start
        made.append(add_round(programme_id, one, start=first, by=by, at=at))
    return made
