"""Parts of grants that somebody has to release by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from idesluss.funding.models import Instalment, Pot
from idesluss.funding.reads.waiting import run_by
from idesluss.funding.vocab import After
from idesluss.ideas.models import handled
from idesluss.insight.acts import Act
from idesluss.insight.reads.item import Item, Place
from idesluss.people.models import Person


def instalments_waiting(person: Person, *, at: datetime) -> Iterator[Item]:
    """Planned parts that the clock does not release, or has not been able to. One query.

    What waits for a coming day or for a report goes out by itself then. Left are parts whose
    release was taken back, and those whose day has passed. Nothing moves in a closed year.
    """
    closed = Pot.objects.filter(
        programme=OuterRef("grant__application__round__programme"),
        year=OuterRef("grant__year"),
        closed_at__isnull=False,
    )
    parts = (
        Instalment.objects.filter(handled(person, at=at, idea="grant__application__idea__"))
        .filter(grant__application__round__programme__organisation__in=run_by(person, at=at))
        .annotate(
            out=Coalesce(Sum("postings__amount_minor"), 0),
            rows=Count("postings"),
        )
        .filter(
            ~Exists(closed),
            Q(rows__gt=0)
            | Q(after=After.DECISION.value)
            | Q(after=After.DAY.value, day__lt=at.date()),
            out=0,
        )
        .select_related("grant__application__idea")
        .select_related("grant__application__round__programme__organisation")
    )
    for part in parts:
        case = part.grant.application
        place = Place.of(case.round.programme.organisation)
        yield Item(
            act=Act.PAY,
            place=place,
            thing=f"instalment-{part.pk}",
            page="funding:money",
            arguments=(place.slug, case.pk),
            title=case.idea.title,
            number=case.idea.register_number,
            round=case.round.name,
            due=part.day,
        )
