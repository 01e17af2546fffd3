"""Where a case leads: to its need, its challenge, a round, what it joined or was parted from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from idesluss.funding.models import Application
from idesluss.ideas.models import Idea
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.names import Reader
from idesluss.web.frame.request import Request


@dataclass(frozen=True, slots=True)
class Link:
    """One other page; ``words`` say what it has to do with the case."""

    words: str
    title: str
    url: str
    stage: str = ""


def links_of(request: Request, page: CasePage) -> list[Link]:
    """Every page that the case is bound up with and that the reader may see."""
    return [*_cases(request, page), *_challenge(request, page), *_rounds(request, page)]


def _cases(request: Request, page: CasePage) -> Iterator[Link]:
    towards = {
        "answers_to": gettext("An idea for this need"),
        "merged_into": gettext("Goes on in"),
        "split_from": gettext("Parted from"),
    }
    hither = {
        "answers_to": gettext("Idea for it"),
        "merged_into": gettext("Put together with this"),
        "split_from": gettext("Parted from this"),
    }
    for how, words in towards.items():
        if one := page.towards(how):
            yield _case(request, words, one)
    for how, words in hither.items():
        for one in page.linked(how):
            yield _case(request, words, one)


def _case(request: Request, words: str, idea: Idea) -> Link:
    url = reverse("ideas:case", args=[request.organisation.slug, idea.pk])
    return Link(words, idea.title, url, idea.stage)


def _challenge(request: Request, page: CasePage) -> Iterator[Link]:
    one = page.idea.challenge
    if one is None or one.opens_at is None or one.opens_at > request.at:
        return
    if page.reader is Reader.OUTSIDE and not one.public:
        return
    try:
        url = reverse("ideas:challenge", args=[request.organisation.slug, one.slug])
    except NoReverseMatch:
        return
    yield Link(gettext("Answers the challenge"), one.title, url)


def _rounds(request: Request, page: CasePage) -> Iterator[Link]:
    """Where it asks for money; one query, if it does."""
    if not page.idea.asks_for_money:
        return
    seen = Application.objects.visible_to(request.user, at=request.at)
    grown = seen.filter(idea__grown_from=page.idea.pk).exclude(idea__stage="draft")
    for one in grown.select_related("round", "idea"):
        url = reverse("funding:application", args=[request.organisation.slug, one.pk])
        yield Link(gettext("Asks for money in"), one.round.name, url, one.idea.stage)
