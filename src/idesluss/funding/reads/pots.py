"""The pot of a round's year and what is bound in it already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from idesluss.funding.models import Decision, Grant, Meeting, Pot
from idesluss.funding.models.money import GrantQuerySet
from idesluss.funding.reads.members import shut_to
from idesluss.programmes.models import Round


def pot_of(meeting: Meeting, person: Any, *, at: datetime) -> tuple[Pot | None, int]:
    """The pot that ``meeting`` shares out, and what other meetings have bound in it (minor units).

    A grant whose case is shut to ``person`` counts only once its result is public. One query.
    """
    open_to_all = Q(application__round__results_at__lte=at)
    here = Decision.objects.filter(meeting=meeting)
    others = Grant.objects.exclude(application__in=here.values("application")).exclude(
        shut_to(person, idea="application__idea__") & ~open_to_all
    )
    return with_bound(meeting.round, others)


def with_bound(round: Round, grants: GrantQuerySet) -> tuple[Pot | None, int]:
    """The pot of the round's year with its total, and what those of ``grants`` bind in it now."""
    bound = (
        grants.filter(
            application__round__programme=OuterRef("programme"),
            year=OuterRef("year"),
            currency=OuterRef("currency"),
        )
        .with_bound()
        .order_by()
        .values("application__round__programme")
        .annotate(sum=Sum("bound_minor"))
        .values("sum")
    )
    pots = Pot.objects.filter(programme=round.programme_id, year=round.project_year)
    pot = pots.with_total().annotate(bound_minor=Coalesce(Subquery(bound), 0)).first()
    return pot, (pot.bound_minor if pot else 0)
