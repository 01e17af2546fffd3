"""Programmes: funds and sluices, their ways, doors, goals and rounds."""

from idesluss.programmes.models.doors import Door
from idesluss.programmes.models.programmes import Goal, Mandate, Programme
from idesluss.programmes.models.rounds import Criterion, Level, Question, Round
from idesluss.programmes.models.way import Edition, Step, StepQuestion

__all__ = [
    "Criterion",
    "Door",
    "Edition",
    "Goal",
    "Level",
    "Mandate",
    "Programme",
    "Question",
    "Round",
    "Step",
    "StepQuestion",
]
