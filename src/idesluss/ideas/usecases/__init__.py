"""Every write to ideas; one file per verb or small family."""

from idesluss.ideas.usecases.check import accept, redirect, take_back, undo_accept
from idesluss.ideas.usecases.complete import complete
from idesluss.ideas.usecases.completion import ask_completion, go_on_without
from idesluss.ideas.usecases.conflict import decide_conflict, declare, suspect
from idesluss.ideas.usecases.pause import pause, resume
from idesluss.ideas.usecases.step import step

__all__ = [
    "accept",
    "ask_completion",
    "complete",
    "decide_conflict",
    "declare",
    "go_on_without",
    "pause",
    "redirect",
    "resume",
    "step",
    "suspect",
    "take_back",
    "undo_accept",
]
