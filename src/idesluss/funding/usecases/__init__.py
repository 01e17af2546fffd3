"""Every write in funding; one file per verb or small family."""

from idesluss.funding.usecases.apply import apply
from idesluss.funding.usecases.attach import attach, detach, put_back
from idesluss.funding.usecases.co_applicants import involve, uninvolve
from idesluss.funding.usecases.submit import submit
from idesluss.funding.usecases.withdraw import discard, leave, restore, withdraw
from idesluss.funding.usecases.write import write

__all__ = [
    "apply",
    "attach",
    "detach",
    "discard",
    "involve",
    "leave",
    "put_back",
    "restore",
    "submit",
    "uninvolve",
    "withdraw",
    "write",
]
