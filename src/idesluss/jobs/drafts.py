"""Drafts: those thrown away long ago are forgotten, those left behind are shown the way on."""

from datetime import datetime

from idesluss.funding.usecases import forget_discarded
from idesluss.funding.usecases.tell_next import tell_of_next_round


def forget_drafts(at: datetime) -> int:
    """Forget them; returns how many."""
    return forget_discarded(at=at)


def show_the_way_on(at: datetime) -> int:
    """Tell owners of drafts that the next round is open to them; returns how many."""
    return tell_of_next_round(at=at)
