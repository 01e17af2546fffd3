"""What the home page shows, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from idesluss.people.models import Organisation
from idesluss.programmes.models import Round


@dataclass(slots=True)
class Entry:
    """One organisation on the home page, its rounds sorted into those three heaps."""

    organisation: Organisation
    open: list[Round] = field(default_factory=list)  # soonest to close first
    coming: list[Round] = field(default_factory=list)
    published: list[Round] = field(default_factory=list)  # newest first


def organisations_with_rounds(person: Any, *, at: datetime) -> list[Entry]:
    """Every organisation visible to ``person``, by name; two queries however many there are."""
    organisations = Organisation.objects.visible_to(person, at=at).order_by("name")
    entries = {it.pk: Entry(it) for it in organisations}
    rounds = Round.objects.visible_to(person, at=at).select_related("programme")
    for one in rounds.order_by("closes_at", "-project_year", "name"):
        entry = entries.get(one.programme.organisation_id)
        if entry is None:
            continue
        if one.results_at and one.results_at <= at:
            entry.published.append(one)
        elif one.window.is_open(at):
            entry.open.append(one)
        elif one.opens_at and one.opens_at > at:
            entry.coming.append(one)
    for entry in entries.values():
        entry.published.sort(key=lambda it: it.results_at or at, reverse=True)
    return list(entries.values())
