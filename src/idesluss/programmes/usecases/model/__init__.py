"""A sluice's innovation model: begun from a ready one or the newest, written, opened."""

from idesluss.programmes.usecases.model.beginning import (
    NEWEST,
    NOTHING,
    begin_edition,
    drop_edition,
)
from idesluss.programmes.usecases.model.opening import open_edition
from idesluss.programmes.usecases.model.steps import (
    StepFacts,
    add_step,
    change_step,
    move_step,
    remove_step,
)

__all__ = [
    "NEWEST",
    "NOTHING",
    "StepFacts",
    "add_step",
    "begin_edition",
    "change_step",
    "drop_edition",
    "move_step",
    "open_edition",
    "remove_step",
]
