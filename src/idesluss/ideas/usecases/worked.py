"""The case of a sluice that somebody works on, locked for the length of the act."""

from __future__ import annotations

from datetime import date, datetime

from idesluss.ideas.models import LIVE, Idea
from idesluss.ideas.rules import is_shut, may_work
from idesluss.logic.refusals import Disqualified, Refusal, gettext_noop, require
from idesluss.people.models import Person


class NotAtWork(Refusal):
    """The case has ended, or is not handed in yet."""

    sentence = gettext_noop(
        "The case is not being worked on any more, so this cannot be done now. Look at where it is."
    )


class NextDatePassed(Refusal):
    """A next date that lies in the past."""

    sentence = gettext_noop("The next date has passed already. Choose today or a later day.")
    field = "next_on"


def worked(idea_id: int, *, by: Person, at: datetime, live: bool = True) -> Idea:
    """The locked case, when ``by`` works with it; ``live``: only while it is going on.

    Raises:
        Idea.DoesNotExist: there is none.
        Disqualified: the case is shut for ``by``.
        NotAllowed: ``by`` does not work with it.
        NotAtWork: it has ended.
    """
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    require(not is_shut(by, idea), Disqualified)
    require(may_work(by, idea, at=at))
    require(not live or idea.stage in LIVE, NotAtWork)
    return idea


def today(idea: Idea, at: datetime) -> date:
    """The day that ``at`` is in the case's municipality."""
    return at.astimezone(idea.programme.organisation.timezone).date()
