"""Challenges that have opened are offered to the givers of parked cases that they may wake."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from idesluss.ideas.models import Challenge
from idesluss.ideas.usecases.offering import MATCHED, offer_to_parked
from idesluss.insight.search.waking import parked_for
from idesluss.records.models import Entry


def offer_matches(at: datetime) -> int:
    """Offer each open challenge once; returns how many offers were made.

    Each challenge in a transaction of its own. Without an index they wait until there is one.
    """
    done = Entry.objects.filter(
        about_kind=Challenge._meta.label_lower, about_id=OuterRef("pk"), verb=MATCHED
    )
    new = Challenge.objects.open(at).filter(~Exists(done)).select_related("programme__organisation")
    made = 0
    for challenge in new.order_by("pk"):
        near = parked_for(challenge)
        if near is not None:
            made += offer_to_parked(challenge.pk, near, at=at)
    return made
