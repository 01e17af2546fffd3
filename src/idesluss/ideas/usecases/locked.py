"""The case that an administrator acts on, locked for the length of the act."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import is_shut, may_check
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Disqualified, Refusal, gettext_noop, require
from idesluss.people.models import Person


class CheckOver(Refusal):
    """The case is not at a stage where this can be done."""

    sentence = gettext_noop(
        "The case has moved since, so this cannot be done now. Look at where it is."
    )


def locked(idea_id: int, *stages: Stage, by: Person, at: datetime) -> Idea:
    """The locked idea, when ``by`` handles it as administrator and it is at one of ``stages``.

    Raises:
        Disqualified: the case is shut for ``by``.
        NotAllowed: ``by`` does not handle the case as administrator.
        CheckOver: the case is at another stage.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    require(not is_shut(by, idea), Disqualified)
    require(may_check(by, idea, at=at))
    require(idea.stage in stages, CheckOver)
    return idea
