"""The one place where a case moves: nothing else writes ``Idea.stage``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from idesluss.ideas.models import Idea
from idesluss.logic import lifecycle
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.records.usecases import note


def step(
    idea: Idea,
    to: Stage,
    *,
    by: Person | None,
    at: datetime,
    saving: Sequence[str] = (),
    past_the_model: bool = False,
) -> None:
    """Take ``idea`` to the stage ``to`` and note ``ideas.stepped`` with where it came from.

    For use cases only, which ask their own rule first and note their own verb. ``idea`` is
    locked in the caller's transaction and already holds whatever the new stage demands (a case
    that is handed in has a register number). A programme that has steps of its own allows only
    those. ``by`` is None for what the clock does; ``at`` is aware. ``saving`` names other fields
    of ``idea`` that were changed and are saved with the stage. ``past_the_model``: any canonical
    way will do, for what a workplace does by itself whatever steps the programme has.

    Raises:
        NoSuchStep: or the subclass that says why; nothing is written.
        RuntimeError: called outside a transaction.
    """
    steps = idea.programme.steps.all()
    used = frozenset(Stage(it.stage) for it in steps if it.edition_id == idea.edition_id)
    steps_of_programme = None if past_the_model else used or None
    came_from = Stage(idea.stage)
    idea.stage = lifecycle.step(came_from, to, steps_of_programme).value
    idea.stage_at = at
    idea.save(update_fields=["stage", "stage_at", *saving])
    note("ideas.stepped", about=idea, by=by, at=at, stage=came_from.value, to=to.value)
