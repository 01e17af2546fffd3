"""An idea begins: a draft that only those who write it can see."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Programme
from idesluss.records.usecases import note


def start(
    programme: Programme,
    *,
    unit: Unit | None,
    language: str,
    by: Person,
    at: datetime,
    owner: Person | None = None,
) -> Idea:
    """Make an empty draft in ``programme`` of ``owner``, else of ``by``; note ``ideas.started``.

    For use cases only: they ask their own rule first, and fill the draft in the same
    transaction, so that no empty one stays. ``language`` is the one it is written in.
    """
    idea = Idea.objects.create(
        programme=programme, unit=unit, language=language, stage_at=at, created_at=at
    )
    Involvement.objects.create(idea=idea, person=owner or by, part=Part.OWNER.value, since=at)
    note("ideas.started", about=idea, by=by, at=at)
    return idea
