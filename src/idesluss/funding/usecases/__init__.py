"""Every write in funding; one file per verb or small family."""

from idesluss.funding.usecases.add_to_pot import add_to_pot
from idesluss.funding.usecases.apply import apply
from idesluss.funding.usecases.attach import attach, detach, put_back
from idesluss.funding.usecases.celebrating import call_off, invite, plan_celebration
from idesluss.funding.usecases.change_grant import change_grant, transfer_to_next_year
from idesluss.funding.usecases.close_year import close_year, reopen_year
from idesluss.funding.usecases.co_applicants import involve, uninvolve
from idesluss.funding.usecases.decide import save_choices
from idesluss.funding.usecases.find_complete import find_complete
from idesluss.funding.usecases.forget import forget_discarded
from idesluss.funding.usecases.instalments import (
    Part,
    plan_instalments,
    release_due,
    release_instalment,
    release_next,
    release_part,
    undo_release,
)
from idesluss.funding.usecases.meeting import change_meeting, open_meeting, set_presence, take_up
from idesluss.funding.usecases.news import publish_news, save_news, take_back_news
from idesluss.funding.usecases.pot import set_pot
from idesluss.funding.usecases.recommend import recommend
from idesluss.funding.usecases.recusal import recuse
from idesluss.funding.usecases.release import release
from idesluss.funding.usecases.submit import submit
from idesluss.funding.usecases.use import book_used, return_unused
from idesluss.funding.usecases.withdraw import discard, leave, restore, withdraw
from idesluss.funding.usecases.write import write

__all__ = [
    "Part",
    "add_to_pot",
    "apply",
    "attach",
    "book_used",
    "call_off",
    "change_grant",
    "change_meeting",
    "close_year",
    "detach",
    "discard",
    "find_complete",
    "forget_discarded",
    "invite",
    "involve",
    "leave",
    "open_meeting",
    "plan_celebration",
    "plan_instalments",
    "publish_news",
    "put_back",
    "recommend",
    "recuse",
    "release",
    "release_due",
    "release_instalment",
    "release_next",
    "release_part",
    "reopen_year",
    "restore",
    "return_unused",
    "save_choices",
    "save_news",
    "set_pot",
    "set_presence",
    "submit",
    "take_back_news",
    "take_up",
    "transfer_to_next_year",
    "undo_release",
    "uninvolve",
    "withdraw",
    "write",
]
