"""Every write in funding; one file per verb or small family."""

from idesluss.funding.usecases.apply import apply
from idesluss.funding.usecases.attach import attach, detach, put_back
from idesluss.funding.usecases.co_applicants import involve, uninvolve
from idesluss.funding.usecases.decide import save_choices
from idesluss.funding.usecases.forget import forget_discarded
from idesluss.funding.usecases.meeting import change_meeting, open_meeting, set_presence, take_up
from idesluss.funding.usecases.pot import set_pot
from idesluss.funding.usecases.recusal import recuse
from idesluss.funding.usecases.release import release
from idesluss.funding.usecases.submit import submit
from idesluss.funding.usecases.withdraw import discard, leave, restore, withdraw
from idesluss.funding.usecases.write import write

__all__ = [
    "apply",
    "attach",
    "change_meeting",
    "detach",
    "discard",
    "forget_discarded",
    "involve",
    "leave",
    "open_meeting",
    "put_back",
    "recuse",
    "release",
    "restore",
    "save_choices",
    "set_pot",
    "set_presence",
    "submit",
    "take_up",
    "uninvolve",
    "withdraw",
    "write",
]
