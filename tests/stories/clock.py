"""The time of a story: it stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


class StoryClock:
    """Stands in for ``django.utils.timezone.now`` in the test and in the server alike."""

    def __init__(self, when: str) -> None:
        self.turn_to(when)

    def __call__(self) -> datetime:
        return self.at

    def turn_to(self, when: str, zone: ZoneInfo = SWEDEN) -> datetime:
        """It is now ``when`` ("2022-09-05 09:30", local)."""
        self.at = datetime.fromisoformat(when).replace(tzinfo=zone).astimezone(UTC)
        return self.at

    def passes(self, **time: float) -> datetime:
        """So much later: ``passes(minutes=5)``."""
        self.at += timedelta(**time)
        return self.at
