"""The pages of the coaches and of talks, and who goes there."""

from __future__ import annotations

from collections.abc import Mapping

from idesluss.ideas.models import Coach, Talk
from idesluss.people.models import Unit
from tests.stories.stops import APPLICANT, HERE, NOBODY, TOWN, Stop, first, office, person

COACH = "kalle.bro@slusstad.example"
CARD = first(Coach, person__email=COACH)
ASKED = first(Talk, state="asked", **HERE)
AGREED = first(Talk, state="agreed", **HERE)


def kalle() -> int:
    """The coach's number."""
    return person(COACH).pk


COACHES: Mapping[str, tuple[Stop, ...]] = {
    "ideas:coaches": (Stop(NOBODY, (TOWN,)), Stop(COACH, (TOWN,))),
    "ideas:book": (
        Stop(NOBODY, (TOWN, CARD), {"reach": "ring mig", "name": "Karin"}),
        Stop(APPLICANT, (TOWN, CARD), {"about": ""}),
    ),
    "ideas:talk": (
        Stop(COACH, (TOWN, ASKED), {"place": "Solrosen"}, button="[value=agree]"),
        Stop(APPLICANT, (TOWN, AGREED), {"off-words": ""}, button="[value=off]"),
    ),
    "ideas:desk": (Stop(COACH, (TOWN,)),),
    "ideas:coach_card": (Stop(COACH, (TOWN, kalle), {"room_for": "0"}),),
    "ideas:coach_away": (Stop(COACH, (TOWN, kalle), {"away_until": "2020-01-01"}),),
    "ideas:hand_over": (Stop(COACH, (TOWN, kalle), {"why": ""}),),
    "ideas:unit_cases": (office(first(Unit, **HERE)),),
}
