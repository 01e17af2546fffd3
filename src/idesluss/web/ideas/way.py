"""The lock of a case: the steps of its own edition as chambers."""

from __future__ import annotations

from django.utils.translation import gettext

from idesluss.ideas.reads.case import CasePage
from idesluss.logic.lifecycle import Stage
from idesluss.people.days import day
from idesluss.web.frame.templatetags.frame import Step


def lock_of(page: CasePage) -> list[Step]:
    """The chambers, with the day on which the case came to each, or that it was left out."""
    idea, zone = page.idea, page.idea.programme.organisation.timezone
    here = next(
        (i for i, it in enumerate(page.chambers) if it.step.pk == idea.at_step_id),
        len(page.chambers),
    )

    def chamber(index: int) -> Step:
        one = page.chambers[index]
        note = day(one.entered_at, zone) if one.entered_at else ""
        if idea.stage == one.step.stage == Stage.PERMANENT.value:
            return Step(one.step.name, "done", note)
        if index > here:
            return Step(one.step.name, "later")
        if index < here:
            return Step(one.step.name, "done", note or gettext("left out"))
        if page.live:
            return Step(one.step.name, "now", note)
        over = "done" if idea.stage == Stage.PERMANENT.value else "stopped"
        return Step(one.step.name, over, note)

    return [chamber(index) for index in range(len(page.chambers))]
