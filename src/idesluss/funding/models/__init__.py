"""Money: the year's pot, applications for it, the meeting that decides, grants, and the ledger."""

from idesluss.funding.models.applications import (
    Application,
    ApplicationQuerySet,
    BudgetLine,
    Endorsement,
    EndorsementQuerySet,
)
from idesluss.funding.models.celebration import Celebration, News
from idesluss.funding.models.meetings import (
    Decision,
    Meeting,
    MeetingQuerySet,
    Presence,
    Recusal,
    RoundImport,
)
from idesluss.funding.models.money import Grant, Instalment, Posting, Pot

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "BudgetLine",
    "Celebration",
    "Decision",
    "Endorsement",
    "EndorsementQuerySet",
    "Grant",
    "Instalment",
    "Meeting",
    "MeetingQuerySet",
    "News",
    "Posting",
    "Pot",
    "Presence",
    "Recusal",
    "RoundImport",
]
