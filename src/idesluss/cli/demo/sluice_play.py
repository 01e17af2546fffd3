"""Play a sluice through its own use cases: set it up, and take each case as far as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases import Given, end, hand_in, say, take_to
from idesluss.ideas.usecases.guests import Guest, make_guest
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.ideas.usecases.supporting import support
from idesluss.ideas.vocab import Channel, IdeaKind, Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.programmes.models import Door, Programme, Step, StepQuestion
from idesluss.programmes.usecases.doors import DoorFacts, open_door
from idesluss.programmes.usecases.model import begin_edition, open_edition
from idesluss.programmes.usecases.sluices import add_sluice
from idesluss.programmes.vocab import Audience, Visibility

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DOORS = {
    Audience.STAFF: ("personal", Visibility.INSIDE, 3, 20),
    Audience.RESIDENTS: ("invanare", Visibility.PUBLIC, 5, 30),
    Audience.ASSOCIATIONS: ("foreningar", Visibility.PUBLIC, 5, 30),
    Audience.COMPANIES: ("foretag", Visibility.CLOSED, 5, 30),
}
"""For each group: the short link, how widely a case may be shown, working days promised."""


@dataclass(frozen=True, slots=True)
class Told:
    """One invented case: who says what, how long ago, and how far it has come."""

    title: str
    need: str
    door: Audience
    giver: str  # a name; an employee, or a guest
    days_ago: int
    for_whom: str = ""
    how_many: int | None = None
    evidence: str = ""  # how one knows
    unit: str = ""
    kind: IdeaKind = IdeaKind.IDEA
    channel: Channel = Channel.WEB
    on_behalf_of: str = ""
    talk: Sequence[tuple[str, str]] = ()  # (who, what): "coach", "note", "asks" or "giver"
    reply: Reply | None = None
    steps: Sequence[str] = ()  # the keys of those it was taken to
    whys: Mapping[str, str] = field(default_factory=dict)  # past a step: the reason, by key
    answers: Mapping[str, str] = field(default_factory=dict)  # to questions of the steps, by key
    supports: Sequence[tuple[str, str]] = ()  # (who, why)
    ending: Stage | None = None
    answer: str = ""
    offer: Offer = Offer.NONE


@dataclass(frozen=True, slots=True)
class Sluice:
    """What a sluice says of itself, and the ready model that it follows."""

    name: str
    slug: str
    model: str
    purpose: str
    welcome: str


def open_sluice(
    town: Town, sluice: Sluice, coach: Person, audiences: Sequence[Audience], at: datetime
) -> dict[Audience, Door]:
    """Set up ``sluice`` with its model opened and a door for each of ``audiences``."""
    made = add_sluice(
        town.organisation.pk,
        name=sluice.name,
        slug=sluice.slug,
        purpose=sluice.purpose,
        welcome=sluice.welcome,
        public=True,
        by=town.administrator,
        at=at,
    )
    edition = begin_edition(made.pk, sluice.model, by=town.administrator, at=at)
    open_edition(edition.pk, by=town.administrator, at=at)
    return {audience: _door(town, made, audience, coach, at) for audience in audiences}


def _door(
    town: Town, sluice: Programme, audience: Audience, receiver: Person, at: datetime
) -> Door:
    slug, widest, first, decision = DOORS[audience]
    facts = DoorFacts(
        receiver,
        slug=slug,
        welcome="Berätta vad som skaver, eller vad du har för idé. Tre frågor räcker.",
        visibility=widest.value,
        first_days=first,
        decision_days=decision,
    )
    return open_door(sluice.pk, audience, facts, by=town.administrator, at=at)


def play_case(
    town: Town,
    door: Door,
    coach: Person,
    told: Told,
    now: datetime,
    *,
    challenge: Challenge | None = None,
) -> Idea:
    """Hand a case in, talk about it, take it as far as it has come, at the times it happened."""
    at = now - told.days_ago * DAY
    giver = _person(told.giver, town)
    given = Given(
        need=told.need,
        title=told.title,
        kind=told.kind,
        for_whom=told.for_whom,
        how_many=told.how_many,
        evidence=told.evidence,
        challenge=challenge,
        unit=town.units.get(told.unit),
        on_behalf_of=told.on_behalf_of,
        name_shown=Visibility.INSIDE if door.audience == Audience.STAFF else Visibility.CLOSED,
    )
    idea = hand_in(door, given, by=giver, at=at, channel=told.channel, invented=True)
    for number, (who, text) in enumerate(told.talk, start=1):
        say(
            idea.pk,
            text,
            by=giver if who == "giver" else coach,
            at=at + number * 6 * HOUR,
            inside=who == "note",
            asks_giver=who == "asks",
            reply=told.reply if number == 1 else None,
        )
    for name, why in told.supports:
        support(idea.pk, why, by=_person(name, town), at=at + 2 * DAY)
    pace = DAY * max(1, (told.days_ago - 3) // (len(told.steps) + 1))
    at += 2 * DAY
    for key in told.steps:
        at += pace
        _answer(idea, told, coach, at)
        step = Step.objects.get(edition=idea.edition_id, key=key)
        take_to(idea.pk, step.pk, why=told.whys.get(key, ""), gate_met=True, by=coach, at=at)
    idea.refresh_from_db()
    _answer(idea, told, coach, at + HOUR)
    if told.ending:
        end(
            idea.pk,
            told.ending,
            answer=told.answer,
            offer=told.offer,
            by=coach,
            at=at + max(HOUR, pace - DAY),
        )
    return idea


def _answer(idea: Idea, told: Told, coach: Person, at: datetime) -> None:
    """Answer what the step asks that the case is in."""
    idea.refresh_from_db()
    for question in StepQuestion.objects.filter(step=idea.at_step_id):
        if text := told.answers.get(question.key):
            answer_question(idea.pk, question.pk, text, seen=0, by=coach, at=at)


def _person(name: str, town: Town) -> Person:
    """An employee of that name, or a guest who is nobody else."""
    here = Person.objects.filter(appointments__organisation=town.organisation, guest=False)
    known = here.filter(name__in=[name, f"{name} (påhittad)"]).first()
    guest = Guest(f"{name} (påhittad)")
    return known or make_guest(guest, language=town.organisation.language, invented=True)
