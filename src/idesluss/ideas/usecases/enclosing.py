"""Files that came in with a mail: those that can be kept are, the others are told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.attach import attach
from idesluss.logic.incoming import Enclosed
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.records.usecases import note

MOST = 50  # files of a case that goes on by mail


def enclose(idea: Idea, files: Iterable[Enclosed], *, by: Person, at: datetime) -> list[str]:
    """Attach ``files`` to a locked case; return the names of those that cannot be kept.

    For use cases only. Notes ``ideas.attached`` for each, and ``ideas.files_left_out`` once, with
    names and reasons, so that the giver can be told.
    """
    left_out = []
    for file in files:
        content, size = BytesIO(file.content), len(file.content)
        try:
            attach(idea, name=file.name, content=content, size=size, most=MOST, by=by, at=at)
        except Refusal as refusal:
            left_out.append({"name": file.name[:200], "why": refusal.message})
    if left_out:
        note("ideas.files_left_out", about=idea, by=by, at=at, files=left_out)
    return [it["name"] for it in left_out]
