"""A challenge is offered to the givers of parked cases that may answer it, once each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from idesluss.ideas.models import Challenge, Idea, Match
from idesluss.ideas.reads.receivers import who_takes
from idesluss.ideas.rules import has_own_part, is_shut, may_be_responsible, may_offer
from idesluss.ideas.usecases.answering import wake_up
from idesluss.ideas.usecases.moving import WHY_LENGTH
from idesluss.ideas.usecases.worked import today
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, NotInTime, Refusal, gettext_noop, require
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.programmes.vocab import Audience
from idesluss.records.models import Entry
from idesluss.records.usecases import note

MOST = 50  # offers of one challenge that are made without anybody asking
WORDS = 8  # shared words that are told
MATCHED = "ideas.challenge_matched"


class ChallengeShut(NotInTime):
    """The challenge takes in no answers."""

    sentence = gettext_noop("The challenge is closed, so it takes in no more answers.")


class NotAsleep(Refusal):
    """The case is not parked."""

    sentence = gettext_noop("The case is not parked any more, so it need not be woken.")


@transaction.atomic
def offer_to_parked(challenge_id: int, near: Mapping[int, Sequence[str]], *, at: datetime) -> int:
    """Offer an open challenge to the givers of parked cases; returns how many.

    ``near``: what the search has found, by number of the case, the nearest first, with the words
    that it shares. What does not sleep in the same sluice, or came from somebody whom the
    challenge is not for, is left out, and so is what comes after ``MOST``.

    Once for each challenge, however often it is asked: notes ``ideas.challenge_matched``, and
    ``ideas.match_offered`` about each case. Not open: nothing, and it is not noted.
    """
    challenge = _locked(challenge_id)
    if not _is_open(challenge, at) or Entry.objects.about(challenge).filter(verb=MATCHED).exists():
        return 0
    parked = sleeping(challenge).exclude(pk__in=challenge.matches.values("idea"))
    cases = parked.in_bulk(list(near))
    asked = [number for number in near if number in cases][:MOST]
    for number in asked:
        _offer(challenge, cases[number], near[number], by=None, at=at)
    note(MATCHED, about=challenge, by=None, at=at, offered=len(asked))
    return len(asked)


@transaction.atomic
def offer_by_hand(
    challenge_id: int, idea_id: int, *, why: Sequence[str] = (), by: Person, at: datetime
) -> Match:
    """Offer a challenge to the giver of a parked case that ``by`` handles. A second time: the same.

    ``why``: the words that they share, if any.

    Raises:
        NotAllowed: ``by`` is neither coach, manager nor administrator, or does not handle the case.
        ChallengeShut: it is not open.
        NotAsleep: the case is not parked in the same sluice.
    """
    challenge = _locked(challenge_id)
    require(may_offer(by, challenge, at=at))
    require(_is_open(challenge, at), ChallengeShut)
    idea = Idea.objects.handled_by(by, at=at).filter(pk=idea_id).first()
    require(idea is not None)
    if there := challenge.matches.filter(idea=idea_id).first():
        return there
    same = idea is not None and idea.programme_id == challenge.programme_id
    if idea is None or not same or idea.stage != Stage.PARKED.value:
        raise NotAsleep
    return _offer(challenge, idea, why, by=by, at=at)


@transaction.atomic
def answer_offer(match_id: int, *, yes: bool, by: Person, at: datetime) -> Match:
    """Let a giver say yes, which wakes the case as an answer to the challenge, or no.

    Whoever had the case has it again, if they still can; its next date is the door's promise of a
    first answer. Notes ``ideas.match_taken`` (and ``ideas.woken``) or ``ideas.match_declined``.
    The same answer again changes nothing.

    Raises:
        NotAllowed: ``by`` does not hand the case in.
        AlreadyDone: the other answer was given.
        ChallengeShut: yes, and it is closed.
        NotAsleep: yes, and the case is not parked any more.
    """
    match = Match.objects.select_for_update(of=("self",)).get(pk=match_id)
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.select_related("door", "unit", "responsible").get(pk=match.idea_id)
    require(has_own_part(by, idea))
    if match.taken is not None:
        require(match.taken is yes, AlreadyDone)
        return match
    challenge = match.challenge
    if yes:
        require(_is_open(challenge, at), ChallengeShut)
        require(idea.stage == Stage.PARKED.value, NotAsleep)
        _wake(idea, challenge, by=by, at=at)
    match.taken, match.answered_at = yes, at
    match.save(update_fields=["taken", "answered_at"])
    verb = "ideas.match_taken" if yes else "ideas.match_declined"
    note(verb, about=idea, by=by, at=at, challenge=challenge.pk, title=challenge.title)
    return match


def sleeping(challenge: Challenge) -> QuerySet[Idea]:
    """Parked cases of the same sluice that came from somebody whom the challenge is for."""
    asked = [it.value for it in challenge.asked]
    came = Q(door__audience__in=asked)
    if Audience.STAFF in challenge.asked:
        came |= Q(door=None)
    return Idea.objects.filter(came, programme=challenge.programme_id, stage=Stage.PARKED.value)


def _wake(idea: Idea, challenge: Challenge, *, by: Person, at: datetime) -> None:
    idea.challenge = challenge
    had, here = idea.responsible, idea.organisation_id
    able = had and may_be_responsible(had, here, at=at) and not is_shut(had, idea)
    if had is None or (not able and idea.door is not None):
        had = who_takes(idea.door, idea.unit, at=at)  # type: ignore[arg-type]
    days = idea.door.first_days if idea.door else 5
    wake_up(
        idea,
        responsible=had,
        next_on=working_days_after(today(idea, at), days, idea.programme.organisation.country),
        why=challenge.title[:WHY_LENGTH],
        by=by,
        at=at,
        saving=("challenge",),
    )


def _offer(
    challenge: Challenge, idea: Idea, words: Sequence[str], *, by: Person | None, at: datetime
) -> Match:
    told = list(words[:WORDS])
    match = Match.objects.create(challenge=challenge, idea=idea, why=told, offered_at=at)
    note(
        "ideas.match_offered",
        about=idea,
        by=by,
        at=at,
        match=match.pk,
        challenge=challenge.pk,
        title=challenge.title,
        words=told,
        closes_at=challenge.closes_at.isoformat() if challenge.closes_at else "",
    )
    return match


def _locked(challenge_id: int) -> Challenge:
    found = Challenge.objects.select_for_update(of=("self",))
    return found.select_related("programme__organisation").get(pk=challenge_id)


def _is_open(challenge: Challenge, at: datetime) -> bool:
    return Challenge.objects.open(at).filter(pk=challenge.pk).exists()
