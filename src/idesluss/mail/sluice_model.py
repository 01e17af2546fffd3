"""Letters about a model that has changed: to givers whose case has a step of another name now."""

from __future__ import annotations

from datetime import datetime

from idesluss.mail.cases import case_of, givers, tell_each
from idesluss.records.models import Entry


def edition_changed(entry: Entry, at: datetime) -> None:
    """To the givers, when the step that they know is called something else."""
    came_from, to = entry.data["came_from"], entry.data["to"]
    if came_from != to:
        people = givers(case_of(entry))
        tell_each(entry, entry.verb, people, at, came_from=came_from, to=to)
