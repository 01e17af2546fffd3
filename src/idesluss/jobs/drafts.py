"""Forget drafts that were thrown away long ago."""

from datetime import datetime

from idesluss.funding.usecases import forget_discarded


def forget_drafts(at: datetime) -> int:
    """Forget them; returns how many."""
    return forget_discarded(at=at)
