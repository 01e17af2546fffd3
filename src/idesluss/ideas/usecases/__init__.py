"""Every write to ideas; one file per verb or small family."""

from idesluss.ideas.usecases.answering import end, wake, withdraw
from idesluss.ideas.usecases.check import accept, redirect, take_back, undo_accept
from idesluss.ideas.usecases.complete import complete
from idesluss.ideas.usecases.completion import ask_completion, go_on_without
from idesluss.ideas.usecases.conflict import decide_conflict, declare, suspect
from idesluss.ideas.usecases.hand_in import Given, hand_in
from idesluss.ideas.usecases.moving import take_to
from idesluss.ideas.usecases.owning import give, set_next
from idesluss.ideas.usecases.pause import pause, resume
from idesluss.ideas.usecases.promising import tell_promises
from idesluss.ideas.usecases.rating import rate
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.talking import say

__all__ = [
    "Given",
    "accept",
    "ask_completion",
    "complete",
    "decide_conflict",
    "declare",
    "end",
    "give",
    "go_on_without",
    "hand_in",
    "pause",
    "rate",
    "redirect",
    "resume",
    "say",
    "set_next",
    "step",
    "suspect",
    "take_back",
    "take_to",
    "tell_promises",
    "undo_accept",
    "wake",
    "withdraw",
]
