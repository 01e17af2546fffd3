"""Challenges as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from idesluss.ideas.models import Challenge, Idea, Match
from idesluss.ideas.reads.cases import NOT_COUNTED, handles_here
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Organisation
from idesluss.programmes.models import Door

SHOWN = 50  # answers on the page of a challenge


class When(StrEnum):
    """How it stands with a challenge."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


def when_of(challenge: Challenge, at: datetime) -> When:
    """How it stands with ``challenge`` at ``at``."""
    if challenge.ended_at is not None and challenge.ended_at <= at:
        return When.ENDED
    if challenge.opens_at is None:
        return When.DRAFT
    if challenge.opens_at > at:
        return When.COMING
    closed = challenge.closes_at is not None and challenge.closes_at <= at
    return When.CLOSED if closed else When.OPEN


def challenges_of(organisation: Organisation, person: Any, *, at: datetime) -> QuerySet[Any]:
    """The challenges of an organisation that ``person`` may read, with ``answers``, a number."""
    counted = Idea.objects.filter(challenge=OuterRef("pk")).exclude(stage__in=NOT_COUNTED)
    number = counted.order_by().values("challenge").annotate(n=Count("pk")).values("n")
    return (
        Challenge.objects.visible_to(person, at=at)
        .filter(programme__organisation=organisation)
        .select_related("programme__organisation", "owner", "unit", "round", "need")
        .annotate(answers=Coalesce(Subquery(number), Value(0)))
        .order_by(F("opens_at").desc(nulls_first=True), "pk")
    )


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """What the page of a challenge says to one reader."""

    challenge: Any
    when: When
    doors: Sequence[Door]  # open ones, of the groups that are asked, that the reader may use
    answers: Sequence[Idea]  # those that the reader may see
    matches: Sequence[Match]  # of parked cases that the reader handles
    office: bool


def challenge_page(challenge: Any, person: Any, *, at: datetime) -> ChallengePage:
    """At most three queries: doors, answers, and for those who handle cases the offers."""
    when = when_of(challenge, at)
    here = challenge.organisation_id
    doors: Sequence[Door] = ()
    if when is When.OPEN:
        open_ones = Door.objects.visible_to(person, at=at).filter(
            programme=challenge.programme_id, audience__in=[it.value for it in challenge.asked]
        )
        doors = list(open_ones)
    seen = Idea.objects.shown_to(person, at=at).filter(challenge=challenge)
    seen = seen.exclude(stage__in=NOT_COUNTED).select_related("at_step")
    office = handles_here(person, here, at=at)
    matches: Sequence[Match] = ()
    if office:
        handled = Idea.objects.handled_by(person, at=at).filter(programme=challenge.programme_id)
        offered = Match.objects.filter(challenge=challenge, idea__in=handled.values("pk"))
        matches = list(offered.select_related("idea").order_by("pk")[:SHOWN])
    answers = list(seen.order_by("-received_at", "-pk")[:SHOWN])
    return ChallengePage(challenge, when, doors, answers, matches, office)


def sleepers(challenge: Challenge, person: Any, *, at: datetime) -> QuerySet[Idea]:
    """Parked cases of the sluice that ``person`` handles and that were not offered this yet."""
    handled = Idea.objects.handled_by(person, at=at).filter(
        programme=challenge.programme_id, stage=Stage.PARKED.value
    )
    offered = Match.objects.filter(challenge=challenge).values("idea")
    return handled.filter(~Q(pk__in=offered)).order_by("-received_at", "-pk")
