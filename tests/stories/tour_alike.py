"""The pages about what looks alike and what has been tried, and who goes there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from playwright.sync_api import Page

from idesluss.ideas.models import Alike, Idea
from idesluss.ideas.usecases.alike import Near, keep_alike, set_apart
from tests.stories.stops import NOBODY, OFFICE, TOWN, Stop, person
from tests.stories.tour_bank import CYCLING
from tests.stories.tour_ties import COACH, LIFT, TOOLS, sluiced

ROOMS, ROOM = "Föreningar hittar inga lokaler", "Ingen lokal till vår förening"
FAR = "Föreningarna saknar lokaler"  # in another town
WORDS = [("föreningar", "förening"), ("lokaler", "lokal"), ("träningar", "träningar")]


def found(_page: Page | None = None) -> None:
    """As the search finds them: a pair at home, one that is not the same, and one far away."""
    at = timezone.now()
    far = Idea.objects.get(title=FAR).pk
    pairs = {sluiced(ROOM)(): sluiced(ROOMS)(), sluiced(LIFT)(): sluiced(TOOLS)()}
    near = {one: [Near(other, 0.3, WORDS)] for one, other in pairs.items()}
    near[far] = [Near(sluiced(ROOMS)(), 0.3, WORDS)]
    keep_alike(near, at=at)
    apart = {sluiced(LIFT)(), sluiced(TOOLS)()}
    pair = Alike.objects.get(idea__in=apart, other__in=apart)
    set_apart(pair.pk, reason="Verktyg och lyftar", by=person(COACH), at=at)


def pair() -> int:
    """The number of the pair at home."""
    found()
    both = {sluiced(ROOM)(), sluiced(ROOMS)()}
    return Alike.objects.get(idea__in=both, other__in=both).pk


ALIKE: Mapping[str, tuple[Stop, ...]] = {
    "ideas:duplicates": (Stop(COACH, (TOWN,), before=found), Stop(OFFICE, (TOWN,))),
    "ideas:duplicate": (Stop(COACH, (TOWN, pair)),),
    "ideas:tried": (Stop(COACH, (TOWN, sluiced(ROOMS))),),
    "ideas:challenge_tried": (Stop(COACH, (TOWN, CYCLING)),),
    "insight:together": (Stop(NOBODY, (), before=found), Stop(COACH)),
}
