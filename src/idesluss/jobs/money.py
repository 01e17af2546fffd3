"""Release money whose day has come: what was granted from a later year's pot, planned parts."""

from datetime import datetime

from idesluss.funding.usecases import release_due


def release_money(at: datetime) -> int:
    """Release it; returns how many parts."""
    return release_due(at=at)
