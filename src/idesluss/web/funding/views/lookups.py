"""The round and the meeting that an address means, for those who may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from idesluss.funding.models import Meeting
from idesluss.funding.reads.meetings import meetings_of
from idesluss.funding.vocab import Arrangement
from idesluss.programmes.models import Round
from idesluss.web.frame.request import Request


def rounds_here(request: Request, slug: str) -> QuerySet[Round]:
    """The round of the address (or none), if it is there for this person."""
    rounds = Round.objects.visible_to(request.user, at=request.at)
    return rounds.filter(programme__organisation=request.organisation, slug=slug)


def round_of(request: Request, slug: str) -> Round:
    """The same; 404 when there is none."""
    rounds = rounds_here(request, slug).select_related(
        "programme__organisation", "programme__body", "contact"
    )
    found = rounds.first()
    if found is None:
        raise Http404
    return found


def meetings_here(request: Request, slug: str) -> list[Meeting]:
    """The meetings of the round that the address means, as far as this person may see them."""
    return list(meetings_of(rounds_here(request, slug), request.user, at=request.at))


def meeting_of(request: Request, slug: str) -> Meeting:
    """The meeting that the address means; 404 when there is none for this person."""
    return chosen(request, meetings_here(request, slug))


def chosen(request: Request, found: list[Meeting]) -> Meeting:
    """The meeting numbered in the query string, else the first."""
    number = request.GET.get("meeting", "")
    for one in found:
        if number in ("", str(one.pk)):
            return one
    raise Http404


def arrangement(request: Request) -> Arrangement:
    """The order that was asked for, by a button of the form or in the address."""
    wish = request.GET.get("by", "")
    return Arrangement(wish) if wish in Arrangement.values else Arrangement.NUMBER


def meeting_url(request: Request, current: Meeting, page: str = "funding:meeting") -> str:
    """The address of a page about the meeting."""
    url = reverse(page, args=[request.organisation.slug, current.round.slug])
    number: Any = request.GET.get("meeting")
    return f"{url}?meeting={number}" if number else url
