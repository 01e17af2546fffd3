"""Whether an organisation has a sluice that somebody may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from idesluss.programmes.models import Programme


def has_sluice(person: Any, *, at: datetime) -> Exists:
    """For a query of organisations: is there a sluice whose start page ``person`` may see?"""
    seen = Programme.objects.sluices_for(person, at=at)
    return Exists(seen.filter(organisation=OuterRef("pk")))
