"""What a reader of a case can do with it: links to the pages of the acts, as far as they exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.case import CasePage
from idesluss.logic.lifecycle import Stage

EARLY = (Stage.RECEIVED.value, Stage.EXPLORING.value, Stage.ASSESSING.value)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the name of its address (which takes ``org`` and the case's number), and words."""

    url_name: str
    label: object
    offered: Callable[[CasePage], bool]
    main: bool = False  # one of the few that carry the case on


def _working(page: CasePage) -> bool:
    return page.works and page.live


def _asleep(page: CasePage) -> bool:
    asleep = page.idea.stage in (Stage.PARKED.value, Stage.REDIRECTED.value)
    return page.works and asleep and page.idea.at_step_id is not None  # sealed: never woken


def _merged(page: CasePage) -> bool:
    return page.works and page.idea.stage == Stage.MERGED.value


def _early(page: CasePage) -> bool:
    """Whether the giver can still take it back, or it can be put together with another."""
    return page.idea.stage in EARLY


ACTS: Sequence[Act] = (
    Act("ideas:step", _("Take it on to a step"), _working, main=True),
    Act("ideas:answer", _("Answer and end it"), _working, main=True),
    Act("ideas:wake", _("Take it up again"), _asleep, main=True),
    Act("ideas:questions", _("The questions of the step"), _working),
    Act("ideas:next", _("Set the next date"), _working),
    Act("ideas:give", _("Give it to somebody else"), _working),
    Act("ideas:just_do", _("Just do it"), _working),
    Act(
        "ideas:link",
        _("Say which need it is for"),
        lambda it: _working(it) or (it.gives and it.live),
    ),
    Act("ideas:carry", _("Ask for money in a round"), lambda it: it.live and it.whole),
    Act("ideas:send_on", _("Wrong door: send it on"), lambda it: _working(it) and _early(it)),
    Act("ideas:merge", _("Put together with another case"), lambda it: _working(it) and _early(it)),
    Act("ideas:unmerge", _("Take it out of the other case"), _merged),
    Act("ideas:split", _("Split it"), _working),
    Act("ideas:mask", _("Mask something private"), lambda it: it.office),
    Act("ideas:givers", _("Those who hand it in"), lambda it: it.gives or _working(it)),
    Act("ideas:width", _("Who may see it"), lambda it: it.gives or it.works),
    Act("ideas:withdraw", _("Take it back"), lambda it: it.gives and it.live),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """An act that is offered on this page."""

    label: object
    url: str
    main: bool


def address(url_name: str, page: CasePage, org: str) -> str:
    """The address of a page about the case, "" when there is no such page."""
    try:
        return reverse(url_name, args=[org, page.idea.pk])
    except NoReverseMatch:
        return ""


def acts_of(page: CasePage, org: str) -> list[Offered]:
    """What the reader can do, in order; nothing that only reads."""
    return [
        Offered(act.label, url, act.main)
        for act in ACTS
        if act.offered(page) and (url := address(act.url_name, page, org))
    ]
