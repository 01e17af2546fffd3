"""What was taken away from a round or a programme and can come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from idesluss.programmes.models import Programme, Round
from idesluss.programmes.vocab import BROUGHT_BACK, TAKEN_AWAY
from idesluss.records.models import Entry


@dataclass(frozen=True, slots=True)
class TakenAway:
    """One thing: the record that keeps it, what kind it is in words, its name, and when."""

    entry: int
    kind: str
    name: str
    at: datetime


def taken_away(thing: Round | Programme) -> list[TakenAway]:
    """What ``usecases.bring_back`` can make again for ``thing``, the latest first; one query."""
    verbs = [*TAKEN_AWAY, BROUGHT_BACK]
    found: dict[int, TakenAway] = {}
    for entry in Entry.objects.about(thing).filter(verb__in=verbs):
        if entry.verb == BROUGHT_BACK:
            found.pop(entry.data["entry"], None)
        elif kept := entry.data.get("kept"):
            name = entry.data.get("body") or kept.get("name") or kept.get("text", "")
            found[entry.pk] = TakenAway(entry.pk, str(TAKEN_AWAY[entry.verb]), name, entry.at)
    return list(reversed(found.values()))
