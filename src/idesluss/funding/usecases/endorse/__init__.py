"""What managers say to an application: asked, answered, passed on, called off."""

from idesluss.funding.usecases.endorse.answering import Reply, answer, pass_on
from idesluss.funding.usecases.endorse.asking import ask_managers, follow, name_manager
from idesluss.funding.usecases.endorse.silence import remind, settle

__all__ = [
    "Reply",
    "answer",
    "ask_managers",
    "follow",
    "name_manager",
    "pass_on",
    "remind",
    "settle",
]
