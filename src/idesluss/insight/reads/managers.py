"""What waits for managers: what their unit says to an application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from idesluss.funding.models import Endorsement
from idesluss.ideas.rules import COMPLETABLE
from idesluss.insight.acts import Act
from idesluss.insight.reads.item import Item, Place, last_day
from idesluss.people.models import Person


def to_endorse(person: Person, *, at: datetime) -> Iterator[Item]:
    """Applications that the person is asked about as manager. One query."""
    asked = (
        Endorsement.objects.asked_of(person, at=at)
        .waiting()
        .filter(application__idea__stage__in=COMPLETABLE, application__outcome="")
        .select_related("application__idea", "application__round__programme__organisation")
    )
    for one in asked:
        case = one.application
        place = Place.of(case.round.programme.organisation)
        yield Item(
            act=Act.ENDORSE,
            place=place,
            thing=f"endorsement-{one.pk}",
            page="funding:endorse",
            arguments=(place.slug, one.pk),
            title=case.idea.title,
            number=case.idea.register_number,
            round=case.round.name,
            due=last_day(one.due_at, place.timezone),
            moment=one.due_at,
            since=one.asked_at,
        )
