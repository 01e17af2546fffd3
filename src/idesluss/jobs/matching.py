"""Challenges that have opened are offered to the givers of parked cases that they may wake."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from idesluss.ideas.models import Challenge
from idesluss.ideas.usecases.offering import MATCHED, offer_to_parked
from idesluss.records.models import Entry


def offer_matches(at: datetime) -> int:
    """Offer each open challenge once; returns how many offers were made.

    Each challenge in a transaction of its own.
    """
    done = Entry.objects.filter(
        about_kind=Challenge._meta.label_lower, about_id=OuterRef("pk"), verb=MATCHED
    )
    new = Challenge.objects.open(at).filter(~Exists(done)).order_by("pk")
    return sum(offer_to_parked(number, at=at) for number in new.values_list("pk", flat=True))
